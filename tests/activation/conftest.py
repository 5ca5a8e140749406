"""The provider's process, for tests in which telephones answer."""

from tests.delivery.conftest import provider

__all__ = ["provider"]
