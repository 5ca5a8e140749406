"""What a log line must never hold: query strings, and links that let their holder in."""

import logging
import re

_PERSONAL = re.compile(
    r"(/invitation/|/answer/|/duty-calendar/|/callbacks/|/accounts/password/reset/key/|/accounts/confirm-email/)[^\s?'\"]+"
)
_QUERY = re.compile(r"(?<=[\w/])\?[^\s'\"]+")


class HideSecrets(logging.Filter):
    """Cut personal links and query strings out of every message that is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = hide_secrets(record.getMessage()), None
        return True


def hide_secrets(text: str) -> str:
    """`text` without query strings and without the secret part of personal links."""
    return _QUERY.sub("?…", _PERSONAL.sub(r"\1…", text))
