"""Settings of sign-in, taken over by `gemensam.web.settings`.

The account itself is Django's: a login name and a password, no person's name. Everything about signing in is
django-allauth's; who may act as what is ours.
"""

import os
from typing import Any
from urllib.parse import unquote, urlsplit

from gemensam.web.configuration import BadSetting, read_configuration

_DAY = 24 * 60 * 60

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_ENGINE = "gemensam.accounts.sessions"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "gemensam.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {"login": "gemensam.accounts.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]  # nobody signs up; the library checks the list
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = False  # signed in until the browser is closed, and never longer than the session's age
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_RATE_LIMITS = {
    # Many organisations reach us from one address each, so the address is allowed more than one name is.
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "reset_password": "10/m/ip,3/m/key",
}
# A request answered by link: what is sent by one link, and how often an address may come with a link that is none.
GEMENSAM_PER_MINUTE = {"answer_link": 30, "answer_link_missed": 30}

MFA_ADAPTER = "gemensam.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "add_webauthn": "gemensam.accounts.forms.AddKeyForm",
    "edit_webauthn": "gemensam.accounts.forms.RenameKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute wrong
MFA_RECOVERY_CODE_COUNT = 10

ALLAUTH_TRUSTED_PROXY_COUNT = 1 if read_configuration().proxy else 0
PASSWORD_RESET_TIMEOUT = _DAY

# R67: flagged after this many days without a sign-in; refused after the second figure (0: never). People who are on
# call twice a year must not find themselves shut out at 03.40, so the second is more than a year.
GEMENSAM_UNUSED_DAYS = 90
GEMENSAM_UNUSED_BLOCK_DAYS = 400
GEMENSAM_INVITATION_DAYS = 7


def mail_settings(address: str) -> dict[str, Any]:
    """Django's mail settings for `smtp://user:password@host:587` (STARTTLS) or `smtps://…:465`.

    `smtp+plain://localhost:25` speaks without encryption, to a relay on this machine and to no other. Empty: letters
    are written as files to the folder `mail` of the data folder, and pages say that none is sent. Raises `BadSetting`.
    """
    if not address:
        folder = read_configuration().data / "mail"
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": str(folder)}
    parts = urlsplit(address)
    plain = parts.scheme == "smtp+plain" and parts.hostname in ("localhost", "127.0.0.1", "::1")
    if not (plain or parts.scheme in ("smtp", "smtps")) or not parts.hostname:
        raise BadSetting("GEMENSAM_MAIL: give smtp://user:password@host:587, smtps://…:465, or leave it empty")
    safe = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if safe else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": safe,
        "EMAIL_USE_TLS": not safe and not plain,
        "EMAIL_TIMEOUT": 10,
    }


GEMENSAM_MAIL = bool(os.environ.get("GEMENSAM_MAIL"))
globals().update(mail_settings(os.environ.get("GEMENSAM_MAIL", "")))
DEFAULT_FROM_EMAIL = os.environ.get("GEMENSAM_MAIL_FROM", "gemensam@localhost")
