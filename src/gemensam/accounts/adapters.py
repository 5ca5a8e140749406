"""How the sign-in library is bent to this program: closed sign-up, the local log, names, secrets at rest."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.encoding import force_bytes

from gemensam.accounts.domain import is_unused
from gemensam.accounts.principals import SECOND_FACTOR_USED
from gemensam.accounts.queries import has_second_factor, last_used_at, now_ms, organisations_of
from gemensam.audit.log import record_now
from gemensam.core.policy import Principal
from gemensam.live.access import rights_changed


class AccountAdapter(DefaultAccountAdapter):
    """Signing in and out is written to the log of every organisation that the account acts for."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: accounts come from invitations."""
        return False

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Refuse an account that has not been used for very long (R67), before its second factor is asked."""
        days = settings.GEMENSAM_UNUSED_BLOCK_DAYS
        answer: HttpResponse | None
        if is_unused(last_used_at(user), now_ms(), days=days):
            log_for(user, "login_refused", {"reason": "unused", "days": days})
            answer = self.respond_user_inactive(request, user)
        else:
            answer = super().pre_login(request, user, **kwargs)
        return answer

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in, and say so in the log with the means that were used."""
        with transaction.atomic():
            super().login(request, user)
            records = get_authentication_records(request, user)
            request.session[SECOND_FACTOR_USED] = any(used["method"] == "mfa" for used in records)
            means = sorted({_means(used) for used in records})
            log_for(user, "login", {"means": means, "address": self.get_client_ip(request)})

    def logout(self, request: HttpRequest) -> None:
        user = request.user
        super().logout(request)
        if isinstance(user, User):
            log_for(user, "logout")
        rights_changed()

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Log the try; a name that nobody has is not kept, since people type passwords into it."""
        user = User.objects.filter(username=credentials.get("username", "").lower()).first()
        log_for(user, "login_failed", {"address": self.get_client_ip(request)})

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not while the first second factor is set up, when the password was written at sign-in a moment ago."""
        user = context.request.user
        if isinstance(user, User) and _signed_in_recently(user) and _is_setting_up(user):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def send_notification_mail(self, template_prefix: str, user: User, *args: Any, **kwargs: Any) -> None:
        """Only to accounts that have an address."""
        if user.email:
            super().send_notification_mail(template_prefix, user, *args, **kwargs)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Names on authenticators and passkeys are the login name and the network's; secrets are encrypted at rest."""

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return user.get_username()

    def get_totp_issuer(self) -> str:
        return str(settings.GEMENSAM_NETWORK_NAME)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The relying party: a passkey is bound to this host's name."""
        return {"id": context.request.get_host().partition(":")[0], "name": self.get_totp_issuer()}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, Any]:
        name = user.get_username()
        return {**super().get_public_key_credential_user_entity(user), "display_name": name, "name": name}

    def encrypt(self, text: str) -> str:
        return _vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _vault().decrypt(encrypted_text.encode()).decode()


def log_for(user: User | None, action: str, detail: dict[str, Any] | None = None) -> None:
    """Write about an account to the log of each organisation that it acts for, or of none."""
    account = str(user.pk) if user else ""
    for organisation in (organisations_of(user) if user else []) or [""]:
        record_now(Principal(account, organisation, "", frozenset()), action, detail=detail)


def _signed_in_recently(user: User) -> bool:
    written = [used["at"] for used in get_authentication_records(context.request, user)]
    return bool(written) and now_ms() - written[-1] * 1000 < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT * 1000


def _is_setting_up(user: User) -> bool:
    """Whether the account has no second factor, or has not been shown the recovery codes that came with it."""
    codes = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return not has_second_factor(user) or (codes is not None and not codes.wrap().did_view)


def _means(used: dict[str, Any]) -> str:
    return str(used.get("type") or used.get("method"))


def _vault() -> MultiFernet:
    """Encrypts with a key made from SECRET_KEY; reads what SECRET_KEY_FALLBACKS wrote too."""
    return MultiFernet([Fernet(_derived(key)) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _derived(secret: str | bytes) -> bytes:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"gemensam second factor").derive(force_bytes(secret))
    return base64.urlsafe_b64encode(made)
