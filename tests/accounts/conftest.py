"""Quick password hashing, and people with accounts. Imports wait until Django is set up."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.accounts.names import PASSWORD, SECRET

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from pytest_django.fixtures import Settings

    from tests.network import Network


@pytest.fixture
def network(network: "Network", settings: "Settings") -> "Iterator[Network]":
    """The shared network, with quick hashing, letters in memory, and nobody locked out."""
    from django.core.cache import cache

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    yield network
    cache.clear()


@pytest.fixture
def user(network: "Network") -> "Callable[..., User]":
    """`user("nacka-tib", …)`: an account named after its first function, with a second factor and the password."""
    from gemensam.accounts.provision import create_user

    def make(*functions: str, second_factor: bool = True) -> "User":
        secret = SECRET if second_factor else None
        return create_user(functions[0], PASSWORD, functions, totp_secret=secret)

    return make
