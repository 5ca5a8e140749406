"""A working group: its circle, revisions with what changed, comments, and lifting a revision to the whole network."""

import pytest
from django.test import Client

from gemensam.core.moment import Moment
from gemensam.core.refusal import Refused
from gemensam.ledger.append import now_ms
from gemensam.objectives import draft_commands as commands
from gemensam.objectives.domain.texts import read_typed
from gemensam.objectives.draft_commands import Group, Typed
from gemensam.objectives.draft_queries import list_comments, list_revisions
from gemensam.objectives.posting import Sent
from gemensam.objectives.queries import get_version_for, list_versions_for
from tests.network import Network
from tests.objectives.making import FIRST_PART, SECOND_PART, STRATEGIST, TEXT, period

pytestmark = pytest.mark.database
MEMBER, OTHER, OUTSIDER = "nacka-tib", "taby-tib", "solna-tib"


def client(network: Network, function: str) -> Client:
    return network.client(function, headers={"accept-language": "sv"})


def group(network: Network) -> tuple[str, str]:
    """Open a period and a working group in it; return both spaces."""
    space = period(network)
    readers = (("nacka", "*"), ("taby", "*"))
    return space, commands.open_group(network.lens(STRATEGIST), space, Group("Arbetsgrupp", readers)).space


def revise(network: Network, space: str, text: str, function: str = STRATEGIST, *, seen: str = "") -> str:
    typed = Typed("Målbild 2027–2030", read_typed(FIRST_PART, text))
    return commands.write_revision(network.lens(function), space, typed, sent=Sent(seen=seen)).subject


def latest(network: Network, space: str) -> str:
    return str(list_revisions(network.lens(STRATEGIST), space, Moment(now_ms()))[0].data.content)


def test_only_the_group_reads_the_draft(network: Network) -> None:
    space, narrow = group(network)
    revise(network, narrow, TEXT)
    assert client(network, MEMBER).get(f"/spaces/{narrow}/draft/").status_code == 200
    assert client(network, OUTSIDER).get(f"/spaces/{narrow}/draft/").status_code == 404
    assert narrow not in client(network, OUTSIDER).get(f"/spaces/{space}/vision/").content.decode()
    assert "Arbetsgrupp" in client(network, MEMBER).get(f"/spaces/{space}/vision/").content.decode()


def test_a_group_is_opened_by_a_form(network: Network) -> None:
    space = period(network)
    sent = {"title": "Arbetsgrupp", "organisations": ["nacka"]}
    answer = client(network, STRATEGIST).post(f"/spaces/{space}/vision/groups/new/", sent)
    assert answer.status_code == 302
    assert client(network, MEMBER).get(answer["Location"]).status_code == 200
    assert client(network, "nacka-lasare").post(f"/spaces/{space}/vision/groups/new/", sent).status_code == 403
    assert client(network, STRATEGIST).post(f"/spaces/{space}/vision/groups/new/", {"title": "X"}).status_code == 422


def test_a_revision_is_written_by_a_form_and_shows_what_it_changed(network: Network) -> None:
    _, narrow = group(network)
    first = {"title": "Målbild", f"part_{FIRST_PART}": TEXT, f"part_{SECOND_PART}": "# Mål\n\nAlla kan larma."}
    assert client(network, STRATEGIST).post(f"/spaces/{narrow}/draft/new/", first).status_code == 302
    seen = latest(network, narrow)
    second = {**first, f"part_{SECOND_PART}": "# Mål\n\nAlla kan alltid larma.", "seen": seen, "changed": "Tydligare"}
    assert client(network, MEMBER).post(f"/spaces/{narrow}/draft/new/", second).status_code == 302
    newest = list_revisions(network.lens(OTHER), narrow, Moment(now_ms()))[0]
    told = client(network, OTHER).get(f"/spaces/{narrow}/draft/{newest.subject}/").content.decode()
    assert "<ins>alltid </ins>" in told
    assert "Tydligare" in told
    assert newest.organisation == "nacka"


def test_a_revision_from_an_older_one_is_refused_with_both_texts(network: Network) -> None:
    _, narrow = group(network)
    revise(network, narrow, TEXT)
    seen = latest(network, narrow)
    revise(network, narrow, f"{TEXT}\n\nTillagt av Nacka.", MEMBER, seen=seen)
    sent = {"title": "Målbild", f"part_{FIRST_PART}": f"{TEXT}\n\nTillagt av Täby.", "seen": seen}
    answer = client(network, OTHER).post(f"/spaces/{narrow}/draft/new/", sent)
    told = answer.content.decode()
    assert answer.status_code == 409
    assert "Tillagt av Nacka." in told
    assert "Tillagt av Täby." in told
    assert len(list_revisions(network.lens(OTHER), narrow, Moment(now_ms()))) == 2


@pytest.mark.parametrize("text", ["", "Utan rubrik", "#\n\nText"])
def test_what_is_no_text_is_refused_and_kept(network: Network, text: str) -> None:
    _, narrow = group(network)
    sent = {"title": "Min titel", f"part_{FIRST_PART}": text}
    answer = client(network, STRATEGIST).post(f"/spaces/{narrow}/draft/new/", sent)
    assert answer.status_code == 422
    assert "Min titel" in answer.content.decode()


def test_who_only_reads_in_the_group_writes_nothing(network: Network) -> None:
    _, narrow = group(network)
    sent = {"title": "Målbild", f"part_{FIRST_PART}": TEXT}
    assert client(network, "nacka-lasare").post(f"/spaces/{narrow}/draft/new/", sent).status_code == 403
    with pytest.raises(Refused, match="not_permitted"):
        revise(network, narrow, TEXT, "nacka-lasare")


def test_a_comment_is_answered_seen_to_and_resolved(network: Network) -> None:
    _, narrow = group(network)
    revision = revise(network, narrow, TEXT)
    made = {"paragraph": "p2", "text": "Vad menas med krig?"}
    assert client(network, MEMBER).post(f"/spaces/{narrow}/draft/{revision}/comment/", made).status_code == 302
    (comment,) = list_comments(network.lens(MEMBER), narrow, Moment(now_ms()))
    url = f"/spaces/{narrow}/draft-comments/{comment.thing.subject}/"
    client(network, STRATEGIST).post(url, {"verb": "answered", "text": "Höjd beredskap."})
    client(network, STRATEGIST).post(url, {"verb": "settled", "text": "Skrivet i nästa."})
    (comment,) = list_comments(network.lens(MEMBER), narrow, Moment(now_ms()))
    assert (comment.status, len(comment.answers)) == ("settled", 2)
    assert "reopened" in comment.acts
    client(network, MEMBER).post(url, {"verb": "reopened"})
    (comment,) = list_comments(network.lens(MEMBER), narrow, Moment(now_ms()))
    assert (comment.is_open, comment.contradiction) == (True, "still_open")
    client(network, MEMBER).post(url, {"verb": "resolved"})
    (comment,) = list_comments(network.lens(MEMBER), narrow, Moment(now_ms()))
    assert (comment.status, comment.contradiction) == ("resolved", "")
    told = client(network, OTHER).get(f"/spaces/{narrow}/draft/").content.decode()
    assert "Vad menas med krig?" in told
    assert "Skrivet i nästa." in told


def test_only_its_writer_resolves_a_comment_and_only_on_a_paragraph_that_is_there(network: Network) -> None:
    _, narrow = group(network)
    revision = revise(network, narrow, TEXT)
    with pytest.raises(Refused, match="unknown_paragraph"):
        commands.comment(network.lens(MEMBER), narrow, revision, ("p9", "Var?"))
    made = commands.comment(network.lens(MEMBER), narrow, revision, ("p1", "Var?")).subject
    with pytest.raises(Refused, match="not_owner"):
        commands.say_of_comment(network.lens(OTHER), narrow, made, ("resolved", ""))


def test_a_comment_follows_its_paragraph_to_the_next_revision(network: Network) -> None:
    _, narrow = group(network)
    revision = revise(network, narrow, TEXT)
    commands.comment(network.lens(MEMBER), narrow, revision, ("p2", "Om krig"))
    revise(network, narrow, f"# Nytt först\n\nInledning.\n\n{TEXT}", seen=latest(network, narrow))
    told = client(network, MEMBER).get(f"/spaces/{narrow}/draft/").content.decode()
    assert told.index("Vi samverkar också i krig.") < told.index("Om krig") < told.index("Kostnader</h3>")


def test_a_lifted_revision_is_read_by_all_and_names_nothing_of_the_group(network: Network) -> None:
    space, narrow = group(network)
    revision = revise(network, narrow, TEXT)
    commands.comment(network.lens(MEMBER), narrow, revision, ("p1", "Hemlig synpunkt"))
    url = f"/spaces/{narrow}/draft/{revision}/publish/"
    assert client(network, MEMBER).post(url, {"kind": "remissversion"}).status_code == 403
    assert client(network, STRATEGIST).post(url, {"kind": "strunt"}).status_code == 422
    assert "Läses av 38 aktörer" in client(network, STRATEGIST).get(url).content.decode()
    assert client(network, STRATEGIST).post(url, {"kind": "remissversion"}).status_code == 302
    (listed,) = list_versions_for(network.lens(OUTSIDER), space)
    version = get_version_for(network.lens(OUTSIDER), space, listed.subject)
    assert [one.code for section in version.sections for one in section.paragraphs] == ["p1", "p2", "p3"]
    rows = network.lens(OUTSIDER).history(space, listed.subject)
    assert narrow not in "".join(row.header_text + str(row.payload) for row in rows)
    page = client(network, OUTSIDER).get(f"/spaces/{space}/vision/{listed.subject}/")
    assert "Vi samverkar också i krig." in page.content.decode()
    made = client(network, OUTSIDER).get(f"/spaces/{space}/vision/{listed.subject}/text.pdf")
    assert made.content.startswith(b"%PDF")


def test_nothing_is_drafted_outside_a_group(network: Network) -> None:
    space = period(network)
    incident = network.open_incident()
    narrow = network.open_sub_space(incident, "nacka-tib")
    for where in (space, incident, narrow):
        with pytest.raises(Refused, match=r"kind_not_here|not_in_a_group"):
            revise(network, where, TEXT, "lansstyrelsen-tib")
        assert client(network, "lansstyrelsen-tib").get(f"/spaces/{where}/draft/").status_code == 404
