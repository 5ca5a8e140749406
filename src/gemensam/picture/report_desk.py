"""What a report form is drawn from: whose report, which template and rows, earlier content, drafts, open requests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.ledger.blobs import open_blob
from gemensam.ledger.drafts import SavedDraft, load_draft, save_draft
from gemensam.organisations.domain import organisation
from gemensam.picture.commands import CORRECTION_DRAFT, RELAY_DRAFT, REPORT_DRAFT, seen
from gemensam.picture.lists import OTHER_ROW, Item, Lists
from gemensam.picture.marking import is_mark, is_secrecy, mark_fields, marks_of
from gemensam.picture.queries import cadence_of
from gemensam.picture.quick_answers import Review, is_weekly, review_of
from gemensam.picture.report_fields import Filled, Sheet, attachment_digests, fields_of, read_report
from gemensam.picture.report_shown import ShownCell, cells_of
from gemensam.picture.reporting_queries import (
    REMINDER_LEAD_MS,
    RequestView,
    content_of,
    latest_report,
    open_requests_for,
)
from gemensam.web import times
from gemensam.web.page import SpacePage

OWN, RELAYED, CORRECTED, LINKED = "own", "relayed", "corrected", "linked"
PURPOSES = {OWN: REPORT_DRAFT, RELAYED: RELAY_DRAFT, CORRECTED: CORRECTION_DRAFT}
Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Started:
    """What a form was opened on: the report seen then, the draft's version, and which open form it is (`writer`).

    `writer` is random, made by the browser: two who write at once are told apart also when they act in one function.
    """

    seen: str = ""
    version: int = 0
    writer: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A further question of an open request, and the name of the field for its answer."""

    name: str
    request: str
    asker: str
    text: str


@dataclass
class Desk:
    """A report being written in a space for an organisation.

    `mode`: an own report, one entered for another organisation, a correction, or an answer by link. `base`: the report
    that it starts from: the organisation's latest, or the corrected one. Everything is read from this space alone (F4).
    """

    page: SpacePage
    mode: str
    organisation: str
    base: Thing | None
    template_code: str = ""
    lists: Lists = field(init=False)
    content: Content | None = field(init=False)
    requests: list[RequestView] = field(init=False)

    def __post_init__(self) -> None:
        self.lists = Lists(self.page.lens.directory, self.page.state)
        self.content = content_of(self.page.lens, self.page.space, self.base)
        self.requests = []
        if self.mode in (OWN, RELAYED):
            self.requests = open_requests_for(self.page.state, self.organisation, self.page.moment)

    @property
    def url(self) -> str:
        tail = {OWN: "report/", RELAYED: f"report/for/{self.organisation}/"}
        return f"/spaces/{self.page.space}/" + tail.get(self.mode, f"reports/{self.corrected}/correct/")

    @property
    def corrected(self) -> str:
        return self.base.subject if self.mode == CORRECTED and self.base is not None else ""

    @property
    def draft_subject(self) -> str:
        return {OWN: "", RELAYED: self.organisation}.get(self.mode, self.corrected)

    @property
    def seen(self) -> str:
        """What the form keeps of what its author saw: the latest report, or the corrected one's last entry."""
        if self.mode == OWN:
            return seen(self.base)
        return self.base.last if self.mode == CORRECTED and self.base is not None else ""

    @property
    def walk(self) -> list[ShownCell]:
        """What is to be gone through before *oförändrat* is said once more; empty where it need not be."""
        review = review_of(self.lists)
        if self.mode != OWN or self.content is None or not review.is_due(self.base, self.page.moment.at):
            return []
        return [cell for cell in cells_of(self.content, self.lists, self.page.moment.at) if _is_heavy(cell, review)]

    @property
    def offers_nothing(self) -> bool:
        """Whether *inget att rapportera* is offered: weekly, or to who has no row to say *ingen påverkan* of."""
        weekly = self.page.info.kind == "standing" or self.template["code"] == "vecka"
        return weekly or not self.organisation_rows or not is_weekly(self.lists)

    @property
    def template(self) -> Item:
        items = self.lists.items("report_templates")
        wanted = (self.template_code, self._expected_template())
        for code in wanted:
            if found := next((item for item in items if item["code"] == code), None):
                return found
        if not items:
            raise Refused("no_such_vocabulary", vocabulary="report_templates")
        return items[0]

    def _expected_template(self) -> str:
        if self.mode == CORRECTED and self.base is not None:
            return str(self.base.data.template)
        if self.requests:
            return self.requests[0].data.template
        if self.page.info.kind == "standing":
            return "vecka"
        return "full" if self.base is not None and self.mode == OWN else "forsta"

    @property
    def sets_status(self) -> bool:
        return any(one["kind"] == "cells" for one in self.template["fields"])

    @property
    def organisation_rows(self) -> tuple[str, ...]:
        """The rows that the organisation normally answers for."""
        found = organisation(self.page.lens.directory, self.organisation)
        return found.rows if found is not None else ()

    def rows(self) -> tuple[str, ...]:
        """Return the rows that the organisation answers for, is asked about, or has reported, in the list's order."""
        if not self.sets_status:
            return ()
        wanted = set(self.organisation_rows)
        wanted |= {row for view in self.requests for row in view.data.questions}
        wanted |= {cell["row"] for cell in self.content["cells"]} if self.content is not None else set()
        return tuple(item["code"] for item in self.lists.items("rows") if item["code"] in wanted)

    def more_rows(self) -> tuple[str, ...]:
        """Return the other rows, *Annat* last."""
        if not self.sets_status:
            return ()
        shown = set(self.rows())
        return (*(item["code"] for item in self.lists.items("rows") if item["code"] not in shown), OTHER_ROW)

    def questions(self) -> list[Question]:
        """Return the further questions of the open requests."""
        digests = [view.data.content for view in self.requests]
        contents = self.page.lens.payloads(self.page.space, digests)
        return [
            Question(f"reply-{subject}-{place}", subject, self.lists.organisation(view.thing.organisation), text)
            for view in self.requests
            for subject in (view.thing.subject,)
            for place, text in enumerate((contents.get(view.data.content) or {}).get("extra", ()))
        ]

    def draft(self) -> SavedDraft | None:
        return load_draft(self.page.lens, self.page.space, PURPOSES[self.mode], self.draft_subject)

    def save(self, fields: Mapping[str, str], answers: Sequence[str], started: "Started") -> SavedDraft:
        """Save the draft; raises `Refused("draft_moved")` where somebody else has saved since the form was opened."""
        found = self.check_draft(fields, started)
        body = {"fields": dict(fields), "answers": list(answers), "writer": started.writer}
        return save_draft(
            self.page.lens, self.page.space, PURPOSES[self.mode], self.draft_subject, body, based_on=started.seen,
            version=found.version if found is not None else None,
        )  # fmt: skip

    def check_draft(self, fields: Mapping[str, str], started: "Started") -> SavedDraft | None:
        """Return the draft as it is; raises `Refused("draft_moved")` where another form has saved something else."""
        found = self.draft()
        if found is None or found.version == started.version or dict(fields) == found.body.get("fields"):
            return found
        function = self.page.lens.principal.function
        mine = found.body.get("writer") == started.writer if started.writer else found.saved_by == function
        if not mine:
            raise Refused("draft_moved", saved_at=found.saved_at, saved_by=found.saved_by, version=found.version)
        return found

    def start(self, draft: SavedDraft | None) -> tuple[dict[str, str], list[str]]:
        """Return the fields and answered requests that the form starts with: the draft, else the earlier report."""
        everything = [view.thing.subject for view in self.requests]
        if draft is not None:
            answers = draft.body.get("answers")
            return dict(draft.body.get("fields", {})), list(everything if answers is None else answers)
        if self.content is None or self.mode == RELAYED:
            return self._due(), everything
        fields = fields_of(self.content, self.lists, with_times=self.mode == CORRECTED)
        return {**self._due(), **fields, **self._mark()}, everything

    def _due(self) -> dict[str, str]:
        """Return when the takt expects the report after this one: what is written just before a time is for that."""
        cadence = cadence_of(self.page.lens, self.page.state, self.page.moment)
        if cadence is None or self.mode == CORRECTED:
            return {}
        following = cadence.beats.following("report", self.page.lens.now + REMINDER_LEAD_MS)
        return {"next_at": times.field(following)} if following is not None else {}

    def _mark(self) -> dict[str, str]:
        """Return the mark that the earlier content carries: what goes on from it keeps it until somebody chooses."""
        marks = marks_of(self.page.lens, self.page.space, self.base.data.content) if self.base is not None else ()
        return mark_fields(self.lists, marks)

    def read(self, fields: Mapping[str, str]) -> Filled:
        """Return what the fields say; raises `Refused("not_found")` for a file that is not of this space."""
        sheet = Sheet(self.lists, self.template, self.rows(), self.page.written_at, self._exact())
        filled = read_report(fields, sheet)
        filled.content["attachments"] = self.attachments(fields)
        filled.content["replies"] = self._replies(fields)
        if not is_mark(self.lists, fields.get("mark", "")):
            filled.errors["mark"] = _("This mark is not in the list.")
        if not is_secrecy(self.lists, fields.get("mark_secrecy", "")):
            filled.errors["mark_secrecy"] = _("This mark is not in the list.")
        return filled

    def _replies(self, fields: Mapping[str, str]) -> list[Any]:
        if self.mode == CORRECTED:
            return list(self.content["replies"]) if self.content is not None else []
        return [
            {"request": one.request, "question": one.text, "text": fields[one.name]}
            for one in self.questions()
            if fields.get(one.name)
        ]

    def attachments(self, fields: Mapping[str, str]) -> list[dict[str, Any]]:
        """Return the files of the form as a report's content holds them."""
        found = (open_blob(self.page.lens, self.page.space, digest)[0] for digest in attachment_digests(fields))
        return [
            {"digest": one.digest, "name": one.name, "media_type": one.media_type, "size": one.size} for one in found
        ]

    def _exact(self) -> tuple[int, ...]:
        if self.content is None or self.mode != CORRECTED:
            return ()
        stated = (cell[name] for cell in self.content["cells"] for name in ("stated_at", "until_at"))
        figures = (figure["at"] for cell in self.content["cells"] for figure in cell["figures"])
        return tuple(at for at in (self.content["stated_at"], self.content["next_at"], *stated, *figures) if at)


def _is_heavy(cell: ShownCell, review: Review) -> bool:
    return bool(cell.figures) or cell.value.digit >= review.from_digit


def desk_for(
    page: SpacePage, mode: str, organisation_id: str, *, corrected: Thing | None = None, template: str = ""
) -> Desk:
    """Return the desk for a report in a space as it is now."""
    base = corrected if corrected is not None else latest_report(page.state, organisation_id)
    return Desk(page, mode, organisation_id, base, template)


def desk_for_link(page: SpacePage, organisation_id: str, view: RequestView) -> Desk:
    """Return the desk for an answer by link: the one request, and nothing that anybody has said before (R85)."""
    desk = Desk(page, LINKED, organisation_id, None, view.data.template)
    desk.requests = [view]
    return desk
