"""What functions do with places in a scenario: where something is, how a member is reached, drawing on the map."""

from collections.abc import Mapping
from typing import Any

from gemensam.demo.moments import MINUTE
from gemensam.demo.stage import Scene
from gemensam.geography import commands as geography
from gemensam.picture import commands
from gemensam.picture.commands import Sent
from gemensam.picture.domain.coordinates import read_point


def where_of(about: Mapping[str, Any]) -> dict[str, Any]:
    """Return the place that an event names: `kommuner` by code, `point` in one of the three systems."""
    point = read_point(about["point"])._asdict() if about.get("point") else {"latitude": None, "longitude": None}
    return {"kommuner": list(about.get("kommuner", ())), **point}


def contact(scene: Scene) -> None:
    about = scene.event.about
    content = {
        "about": about["about"],
        "state": about["state"],
        "via": scene.text("via"),
        "since_at": scene.now - int(about.get("since_min_ago", 0)) * MINUTE,
        "note": scene.text("note"),
    }
    scene.write(lambda key: commands.note_contact(scene.lens, scene.space, content, sent=Sent(key=key)))


def draw(scene: Scene) -> None:
    about = scene.event.about
    content = {
        "shape": about["shape"],
        "label": about["label"],
        "corners": [read_point(corner)._asdict() for corner in about["corners"]],
        "valid_from": scene.now,
        "valid_until": scene.now + int(about["valid_min"]) * MINUTE if "valid_min" in about else None,
        "note": scene.text("note"),
    }
    scene.write(lambda key: geography.make_drawing(scene.lens, scene.space, content, sent=geography.Sent(key=key)))
