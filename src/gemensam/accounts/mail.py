"""Letters: the invitation. Sent in the language of whoever invites."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from gemensam.accounts.models import Invitation

logger = logging.getLogger("gemensam.accounts")


def send_invitation(invitation: Invitation, *, link: str, function: str, organisation: str) -> bool:
    """Send the link; False where no mail server is set or it refused, so that the link is handed over otherwise."""
    facts = {"invitation": invitation, "link": link, "function": function, "organisation": organisation}
    network = settings.GEMENSAM_NETWORK_NAME
    body = render_to_string("accounts/email/invitation.txt", {**facts, "network_name": network})
    try:
        send_mail(_("Invitation to %(network)s") % {"network": network}, body, None, [invitation.email])
    except (OSError, SMTPException):
        logger.exception("an invitation could not be sent")
        return False
    return bool(settings.GEMENSAM_MAIL)
