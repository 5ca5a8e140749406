"""Whether an entry would be in force: judged before it is written here, so that it is never superseded here."""

from gemensam.core.kinds import Kind
from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.core.transitions import START
from gemensam.core.writing import Draft


def check_transition(kind: Kind, draft: Draft, organisation: str, thing: Thing | None) -> None:
    """Check that an entry would be in force, so that what is written here is never superseded here."""
    exists = thing is not None and thing.exists
    if thing is not None and thing.needs_upgrade:
        raise Refused("needs_upgrade")
    if exists and thing is not None and draft.based_on is not None and thing.last != draft.based_on:
        raise Refused("moved", last=thing.last, based_on=draft.based_on)
    if not exists or thing is None:
        if not kind.creates:
            raise Refused("no_such_subject", subject=draft.subject)
        return
    if thing.type != kind.subject.name:
        raise Refused("subject_exists", subject=draft.subject)
    if kind.by_owner and thing.organisation != organisation:
        raise Refused("not_owner", owner=thing.organisation)
    machine = kind.subject.owner if kind.by_owner else kind.subject.each
    status = thing.status if kind.by_owner else thing.parties.get(organisation, START)
    if machine.follow(status, kind.name) is None:
        code = "subject_exists" if kind.by_owner and kind.creates else "not_allowed_now"
        raise Refused(code, status=status, kind=kind.name)
