"""Prints a token for each of some users as JSON: `gemensam token add` for many, in one process."""

import json
import os
import sys


def main(data: str, *users: str) -> None:
    os.environ.update(GEMENSAM_DATA=data, DJANGO_SETTINGS_MODULE="gemensam.web.settings")
    import django

    django.setup()
    from gemensam.accounts.provision import create_token

    print(json.dumps({user: create_token(user, label="stories") for user in users}))


if __name__ == "__main__":
    main(*sys.argv[1:])
