"""A founded network for tests: the Stockholm region, lenses of its functions, an incident, signed-in clients."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client

from gemensam.core.policy import Principal
from gemensam.core.writing import Draft, Receipt
from gemensam.ledger.append import append, now_ms
from gemensam.ledger.node import create_node
from gemensam.ledger.reading import Lens, lens_for
from gemensam.organisations.founding import found_network, pins
from gemensam.regions import load_region
from tests.ids import new_id


def build() -> None:
    """Found the Stockholm region in the database that is open."""
    node = create_node(Path(settings.GEMENSAM_DATA), "kansliet")
    found_network(load_region("stockholm"), node)


@dataclass(frozen=True)
class Network:
    """A founded network in a database of its own. A function is named by its id, e.g. `nacka-tib`."""

    data: Path

    def principal(self, function: str) -> Principal:
        """Return a function of an organisation as a principal; its rights are judged when it is used."""
        directory = lens_for(Principal("", "kansliet", "", frozenset())).directory
        thing = directory.thing(function)
        assert thing is not None, f"no function {function}"
        return Principal(f"account-{function}", thing.organisation, function, frozenset({"read"}))

    def lens(self, function: str, now: int | None = None) -> Lens:
        return lens_for(self.principal(function), now)

    def write(self, function: str, *drafts: Draft, key: str = "", now: int | None = None) -> tuple[Receipt, ...]:
        return append(self.principal(function), drafts, key=key, now=now)

    def open_incident(self, title: str = "Snöoväder", function: str = "lansstyrelsen-tib") -> str:
        """Open an incident and return its space."""
        space = new_id()
        payload = {"space_kind": "incident", "title": title, "pins": pins()}
        self.write(function, Draft("space.opened", space, space, payload))
        return space

    def open_sub_space(self, parent: str, *readers: str, function: str = "lansstyrelsen-tib") -> str:
        """Open a narrower space for functions, or for organisations given as `nacka/*`, and return it."""
        space = new_id()
        pairs = [reader.split("/") if "/" in reader else self._pair(reader) for reader in (function, *readers)]
        circle = [{"organisation": organisation, "function": chosen} for organisation, chosen in pairs]
        payload = {"space_kind": "sub", "title": "Mindre krets", "parent": parent, "circle": circle, "pins": pins()}
        self.write(function, Draft("space.opened", space, space, payload))
        return space

    def _pair(self, function: str) -> tuple[str, str]:
        return self.principal(function).organisation, function

    def client(self, function: str, **headers: Any) -> Client:
        """Return a Django client that is signed in and acts in a function."""
        from gemensam.accounts.provision import create_user

        username = f"{function}-{now_ms()}"
        # With a second factor, which the gate asks for; without a password, whose hashing takes long by design.
        user = create_user(username, "", [function], totp_secret="JBSWY3DPEHPK3PXP", encoded_password="!")
        client = Client(**headers)
        client.force_login(user)
        session = client.session
        session["function"] = function
        session["second_factor"] = True
        session.save()
        return client
