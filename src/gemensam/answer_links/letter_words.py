"""Secrets of links that go out in letters: made of this installation's key, and stored nowhere.

A letter is written anew at each look of the worker, so its secret must be found again; the table keeps its digest
alone. Where the key has been changed a secret does not fit its digest any more: then no letter has it.
"""

import base64
import hmac

from django.utils.crypto import salted_hmac

from gemensam.accounts.principals import token_digest
from gemensam.answer_links.models import AnswerLink

SALT = "gemensam.answer_links.letter"


def letter_word(link: AnswerLink) -> str:
    """Return the secret of a link that goes out in a letter: 32 bytes that only who has the key can make."""
    told = "\0".join((link.about, link.space, link.subject, link.organisation, str(link.made_at)))
    made = salted_hmac(SALT, told, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def fits(link: AnswerLink, raw: str) -> bool:
    """Whether a secret is the link's."""
    return hmac.compare_digest(link.sha256, token_digest(raw))
