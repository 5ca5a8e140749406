"""Forms of accounts."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from gemensam.web import times

Choices = Sequence[tuple[str, str]]


class SignInForm(LoginForm):
    """The library's, in our words: a label is no placeholder, and the page has its own link for a lost password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Login name")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class AddKeyForm(AddWebAuthnForm):
    """The library's, in our words; a key that signs in alone unless the holder says otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("What you call the key")
        self.fields["passwordless"].label = _("Sign in with the key alone, without password")
        self.fields["passwordless"].help_text = _("The key then asks for fingerprint, face or PIN.")
        self.fields["passwordless"].initial = True


class RenameKeyForm(EditWebAuthnForm):
    """The library's, in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("What you call the key")


class InviteForm(forms.Form):
    """An invitation to a function; `functions` are the choices (id, name)."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The function's address if it has one, such as tib@example.se, rather than a person's."),
        max_length=254,
    )
    function = forms.ChoiceField(label=_("Function"))

    def __init__(self, *args: Any, functions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["function"].choices = [("", _("Choose a function")), *functions]  # type: ignore[attr-defined]


class AppointForm(forms.Form):
    """One more function for an account that the organisation already has."""

    username = forms.CharField(label=_("Login name"), max_length=60)
    function = forms.ChoiceField(label=_("Function"))
    last_day = forms.DateField(
        label=_("Last day"),
        help_text=_("Leave empty if it has no end."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, functions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["function"].choices = [("", _("Choose a function")), *functions]  # type: ignore[attr-defined]

    def until(self) -> int | None:
        """The midnight in Stockholm that ends the last day, in ms since epoch UTC."""
        last_day = self.cleaned_data["last_day"]
        if not last_day:
            return None
        return times.instant(datetime.combine(last_day + timedelta(days=1), time()))


class AcceptForm(forms.Form):
    """Login name and password of a new account."""

    username = forms.CharField(
        label=_("Login name"),
        help_text=_("Of your own choice, for example nacka.tib. Not a personal identity number."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 12 characters. A sentence is good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The password once more"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("password") != cleaned.get("again") and "again" in cleaned:
            self.add_error("again", _("The two passwords are not the same."))
        return cleaned
