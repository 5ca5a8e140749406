"""What opens a scenario's incident and publishes its combined pictures."""

from collections import Counter
from collections.abc import Iterator

from gemensam.audit.deliveries import note_delivery, note_opening
from gemensam.core.moment import Moment
from gemensam.demo.stage import SPACE, Scene
from gemensam.organisations.commands.spaces import SpaceGiven, close_space, open_space
from gemensam.organisations.domain import members
from gemensam.picture.compile_draft import Chosen, Compilation
from gemensam.picture.compile_items import Choosable, list_choosable
from gemensam.picture.compiling import Takt, publish_picture, set_cadence
from gemensam.picture.domain.items import CELL, NEED
from gemensam.picture.domain.pictures import label_of, latest_picture
from gemensam.picture.queries import Live, get_live

WORST_FROM, PER_ROW, NEEDS = 3, 3, 8
TEXTS = {"sammanfattning": "summary", "bedomning": "assessment", "gapet": "gap"}


def open_incident(scene: Scene) -> None:
    """Open the incident's space and set its takt."""
    lens, about = scene.lens, scene.event.about
    given = SpaceGiven("incident", about["title"], purpose=scene.text("text"))
    scene.stage.space = scene.write(lambda key: open_space(lens, given, key=key), step=SPACE).space
    takt = Takt(about["cadence"], scene.text("title"), scene.now)
    scene.write(lambda key: set_cadence(scene.lens, scene.space, takt, key=key), step="cadence")


def close_incident(scene: Scene) -> None:
    """Close the incident's space: it can be read, and nothing more is written in it."""
    thing = scene.lens.state(scene.space).thing(scene.space)
    last = thing.last if thing is not None else ""
    scene.write(lambda key: close_space(scene.lens, scene.space, scene.text("text"), based_on=last, key=key))


def look(scene: Scene) -> None:
    """Organisations look at the space, and open what earlier events made: recorded as when a page is sent to them."""
    about, lens = scene.event.about, scene.lens
    named = [one.id for one in members(lens.directory)] if about["organisations"] == "all" else about["organisations"]
    position = lens.state(scene.space).position
    opened = [scene.stage.receipt(ref).digest for ref in about.get("opens", ())]
    for organisation in named:
        note_delivery(organisation, scene.space, position, scene.now)
        for digest in opened:
            note_opening(organisation, scene.space, digest, scene.now)


def publish(scene: Scene) -> None:
    """Publish the combined picture with the worst statements of each row and the needs."""
    lens = scene.lens
    before = latest_picture(lens.state(scene.space))
    live = get_live(lens, scene.space, Moment(scene.now))
    compiled = Compilation(
        stated_at=scene.now,
        valid_until=scene.in_minutes("valid"),
        next_at=scene.in_minutes("next_in"),
        follows=label_of(lens.state(scene.space), before) if before is not None else "",
        texts={code: scene.text(name) for code, name in TEXTS.items() if scene.text(name)},
        chosen=tuple(_chosen(list_choosable(lens, scene.space, live), live)),
    )
    scene.write(lambda key: publish_picture(lens, scene.space, compiled, key=key).receipt)


def _chosen(choosable: list[Choosable], live: Live) -> Iterator[Chosen]:
    taken: Counter[str] = Counter()
    for one in choosable:
        is_need = one.copy.kind == NEED
        is_bad = one.copy.kind == CELL and live.frame.digits.get(one.copy.status, 0) >= WORST_FROM
        place = NEED if is_need else one.copy.row
        if (is_need or is_bad) and taken[place] < (NEEDS if is_need else PER_ROW):
            taken[place] += 1
            yield Chosen(one.heading, one.copy.subject, one.copy.entry, one.copy.part)
