"""Publishing a version: numbered, immutable, read by all with its stable codes."""

import pytest

from gemensam.core.refusal import Refused
from gemensam.objectives.commands import Edition, publish_version, withdraw_version
from gemensam.objectives.queries import get_version_for, list_versions_for
from tests.network import Network
from tests.objectives.making import STRATEGIST, period, text


@pytest.mark.database
def test_versions_are_numbered_and_read_by_every_member(network: Network) -> None:
    space, lens = period(network), network.lens(STRATEGIST)
    first = publish_version(lens, space, Edition("remissversion", "Målbild, remiss", text()))
    publish_version(lens, space, Edition("antagande", "Målbild", text(), "Efter remissen"))
    reader = network.lens("nacka-tib")
    assert [(each.number, each.kind) for each in list_versions_for(reader, space)] == [
        (2, "antagande"), (1, "remissversion"),
    ]  # fmt: skip
    version = get_version_for(reader, space, first.subject)
    assert (version.title, version.sections, version.holds) == ("Målbild, remiss", text(), True)
    stored = network.lens("nacka-tib").payloads(space, [version.digest])[version.digest]
    assert stored is not None
    assert stored["basis"]
    withdraw_version(network.lens(STRATEGIST), space, first.subject, "fel bilaga")
    assert not get_version_for(network.lens("nacka-tib"), space, first.subject).holds


@pytest.mark.database
def test_a_version_is_published_by_those_who_govern_in_a_period(network: Network) -> None:
    space = period(network)
    with pytest.raises(Refused, match="not_permitted"):
        publish_version(network.lens("nacka-tib"), space, Edition("remissversion", "Målbild", text()))
    with pytest.raises(Refused, match="kind_not_here"):
        publish_version(network.lens(STRATEGIST), network.open_incident(), Edition("remissversion", "Målbild", text()))
    with pytest.raises(Refused, match="unknown_version_kind"):
        publish_version(network.lens(STRATEGIST), space, Edition("utkast", "Målbild", text()))
    assert not list_versions_for(network.lens(STRATEGIST), space)


@pytest.mark.database
def test_what_is_no_version_is_not_found(network: Network) -> None:
    space = period(network)
    for subject in (f"years-{space}", "nothing"):
        with pytest.raises(Refused, match="not_found"):
            get_version_for(network.lens(STRATEGIST), space, subject)
