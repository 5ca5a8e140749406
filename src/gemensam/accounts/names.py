"""What functions and organisations are called, also those that the directory no longer has."""

from gemensam.accounts.models import Appointment
from gemensam.core.state import SpaceState
from gemensam.organisations import domain
from gemensam.web import times


class Names:
    """Names out of one state of the directory, in the active language; an id stands for what it no longer has."""

    def __init__(self, directory: SpaceState) -> None:
        self._directory = directory

    def organisation(self, organisation: str) -> str:
        found = domain.organisation(self._directory, organisation)
        return found.short if found else organisation

    def function(self, function: str) -> str:
        found = domain.function(self._directory, function)
        return _in_language(found) if found else function

    def of(self, appointment: Appointment) -> tuple[str, str]:
        """Organisation and function of an appointment."""
        return self.organisation(appointment.organisation), self.function(appointment.function)

    def choices(self, organisation: str) -> list[tuple[str, str]]:
        """The organisation's functions in use as (id, name)."""
        return [(each.id, _in_language(each)) for each in domain.functions(self._directory, organisation)]

    def organisations(self) -> list[tuple[str, str]]:
        """Every organisation of the network as (id, name), in Swedish order."""
        return [(each.id, each.name) for each in domain.organisations(self._directory)]


def _in_language(function: domain.Function) -> str:
    return function.name_en or function.name if times.language() == "en" else function.name
