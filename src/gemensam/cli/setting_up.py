"""What the commands share: Django for a data folder that has been initialised."""

import os
from pathlib import Path

from gemensam.core.refusal import Refused


def open_data() -> Path:
    """Load Django for the data folder in `GEMENSAM_DATA`; raises `Refused("not_initialised")`."""
    data = Path(os.environ["GEMENSAM_DATA"])
    if not (data / "node.json").exists():
        raise Refused("not_initialised")
    load_django()
    return data


def load_django() -> None:
    """Load Django with our settings for the data folder in `GEMENSAM_DATA`."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gemensam.web.settings")
    django.setup()


def migrate() -> None:
    """Bring the database's tables up to this version of the program."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
