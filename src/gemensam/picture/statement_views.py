"""Statements: a sentence written down with source and via, confirmed or denied by the one that it is about."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.ledger.noting import note_reading
from gemensam.organisations.domain import function, organisations
from gemensam.picture import commands
from gemensam.picture.acts import acts_on
from gemensam.picture.commands import Sent
from gemensam.picture.domain.statements import HERE, STATEMENT_MAX, WRITERS, is_unconfirmed
from gemensam.picture.domain.written import BY_MAX, Written
from gemensam.picture.duplicates_shown import shown_duplicates
from gemensam.picture.form_fields import Careful, LocalTime, clean_place, kommuner_field, point_field
from gemensam.picture.late_entry import afterwards, read_written, waited, written_in
from gemensam.picture.lists import OTHER_ROW, Lists, value_of
from gemensam.picture.marking import MarkField, marks_of, offer_marks
from gemensam.picture.place_words import Places, place_fields
from gemensam.picture.readers import reader_list
from gemensam.picture.report_boxes import warning
from gemensam.picture.report_pages import sent_of
from gemensam.picture.report_shown import qualifiers
from gemensam.picture.traces import trace
from gemensam.web import page as pages
from gemensam.web import times
from gemensam.web.access import Request, may, principal_of, signed_in
from gemensam.web.answering import refused_page, seen_again, told_in_form
from gemensam.web.returning import back_to

FUTURE_MS = 5 * times.MINUTE
# Fields of the form that become something else than content of the same name.
NOT_CONTENT = frozenset({"via", "mark", "kommuner", "point", "written_by", "written_at"})


class StatementForm(forms.Form):
    """A statement as `StatementPayload` wants it, with `via` for the header."""

    text = Careful(
        label=gettext_lazy("What is stated"), widget=forms.Textarea(attrs={"rows": 3}), max_length=STATEMENT_MAX
    )
    stated_at = LocalTime(
        coming=False, label=gettext_lazy("When was it true?"), required=False, help_text=gettext_lazy("Empty: now.")
    )
    type = forms.ChoiceField(label=gettext_lazy("Type"))
    certainty = forms.ChoiceField(label=gettext_lazy("Certainty"), required=False)
    source = forms.ChoiceField(label=gettext_lazy("Source"))
    source_text = Careful(label=gettext_lazy("Which source"), max_length=500, required=False)
    via = forms.ChoiceField(label=gettext_lazy("How it came in"), required=False)
    received_by = Careful(
        label=gettext_lazy("Received by"), max_length=200, required=False,
        help_text=gettext_lazy("The function, not a person's name."),
    )  # fmt: skip
    written_by = Careful(
        label=gettext_lazy("Written by"), max_length=BY_MAX, required=False,
        help_text=gettext_lazy("The function, not a person's name."),
    )  # fmt: skip
    written_at = forms.CharField(
        label=gettext_lazy("Written at"), max_length=40, required=False,
        help_text=gettext_lazy("The time that stands on the paper, or when it was said."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    about = forms.ChoiceField(label=gettext_lazy("Concerns the organisation"), required=False)
    row = forms.ChoiceField(label=gettext_lazy("Function of society"), required=False)
    status = forms.ChoiceField(
        label=gettext_lazy("Speaks for the impact"), required=False,
        help_text=gettext_lazy("On the chosen function of society, in the place."),
    )  # fmt: skip
    place = Careful(label=gettext_lazy("Place in words"), max_length=200, required=False)
    kommuner = kommuner_field(
        gettext_lazy("Names with commas between. Empty: that of the organisation concerned, or your own.")
    )
    point = point_field()
    mark = MarkField()

    def __init__(self, *args: Any, lists: Lists, page: pages.SpacePage, **more: Any) -> None:
        super().__init__(*args, **more)
        self._lists, self._page, self._places = lists, page, Places(page.lens.directory)
        self._now, self.written = page.written_at, waited(page)
        self.fields["stated_at"].now = page.written_at  # type: ignore[attr-defined]
        known = [(one.id, one.name) for one in organisations(page.lens.directory)]
        self._choose("type", lists.choices("statement_types"))
        self._choose("certainty", [("", "–"), *lists.choices("certainty")])
        self._choose("source", lists.choices("sources"))
        self._choose("via", [("", "–"), *lists.choices("via")])
        self._choose("about", [("", "–"), *known])
        offer_marks(self, lists)
        self._choose("status", [("", "–"), *lists.choices("status")])
        self._choose("row", [("", "–"), *lists.choices("rows"), (OTHER_ROW, lists.row(OTHER_ROW))])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_stated_at(self) -> int:
        at: int = self.cleaned_data["stated_at"] or self._now
        if at > self._now + FUTURE_MS:
            raise forms.ValidationError(_("It cannot have been true later than now."))
        return at

    def clean(self) -> dict[str, Any]:
        given = dict(super().clean() or {})
        source = self._lists.item("sources", given.get("source", "")) or {}
        if source.get("needs_name") and not given.get("source_text"):
            self.add_error("source_text", _("Say which organisation."))
        if given.get("status") and not given.get("row"):
            self.add_error("row", _("Choose the function of society that it speaks for."))
        self.written = self._read_written(given)
        given["where"] = clean_place(self, given, self._places.names)
        return given

    def _read_written(self, given: Mapping[str, Any]) -> Written | None:
        """What came by radio or paper came in the way that the form says; who wrote it and when goes with that."""
        told = {name: str(given.get(name) or "") for name in ("written_by", "written_at")}
        if any(told.values()):
            told["written_medium"] = str(given.get("via") or "")
        errors: dict[str, str] = {}
        found = read_written(told, self._lists, self._page, errors)
        for name, error in errors.items():
            self.add_error("via" if name == "written_medium" else name, error)
        return found

    def content(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in NOT_CONTENT}

    @property
    def marks(self) -> tuple[str, ...]:
        marks: tuple[str, ...] = self.cleaned_data["mark"]
        return marks


class CorrectionForm(StatementForm):
    """The whole new content; how the statement came in stays."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("via", "written_by", "written_at"):
            del self.fields[name]


def initial_of(content: Mapping[str, Any], marks: Sequence[str], places: Places) -> dict[str, Any]:
    """Return what the form starts with for a statement that is corrected."""
    stated_at = times.field(content["stated_at"])
    codes, point = place_fields(content, places)
    return {
        **content, "stated_at": stated_at, "mark": tuple(marks), "kommuner": codes, "point": point,
    }  # fmt: skip


@signed_in
@require_http_methods(["GET", "POST"])
def record_statement(request: Request, space: str) -> HttpResponse:
    """Write down a sentence with no report behind it (R32)."""
    page = _writable(request, space)
    lists = Lists(page.lens.directory, page.state)
    if request.method != "POST":
        return _form(request, page, StatementForm(lists=lists, page=page, initial=_initial(page)))
    form = StatementForm(request.POST, lists=lists, page=page)
    if not form.is_valid():
        return _form(request, page, form, status=422)
    try:
        via, sent = form.cleaned_data["via"], _sent(request, form)
        receipt = commands.record_statement(page.lens, space, form.content(), via=via, sent=sent)
    except Refused as refused:
        words, status = told_in_form(refused)
        return _form(request, page, form, refusal=words, status=status)
    messages.success(request, _("The statement is recorded."))
    return HttpResponseRedirect(_url(space, receipt.subject))


@signed_in
@require_http_methods(["GET", "POST"])
def correct_statement(request: Request, space: str, subject: str) -> HttpResponse:
    """The whole new content of one's own statement; what stood before stays in its history (R29)."""
    page = _writable(request, space)
    thing = _thing(page, subject)
    _check_correctable(page, thing)
    lists = Lists(page.lens.directory, page.state)
    content = page.lens.payloads(space, [thing.data.content]).get(thing.data.content)
    if request.method != "POST":
        marks = marks_of(page.lens, space, thing.data.content)
        initial = initial_of(content, marks, Places(page.lens.directory)) if content is not None else _initial(page)
        return _form(request, page, CorrectionForm(lists=lists, page=page, initial=initial), corrected=thing)
    form = CorrectionForm(request.POST, lists=lists, page=page)
    if not form.is_valid():
        return _form(request, page, form, status=422, corrected=thing, seen=seen_again(request))
    try:
        told = {**form.content(), **_exact_time(form, content)}
        commands.correct_statement(page.lens, space, subject, told, sent=_sent(request, form))
    except Refused as refused:
        words, status = told_in_form(refused)
        seen = seen_again(request, refused)
        return _form(request, page, form, refusal=words, status=status, corrected=thing, seen=seen)
    messages.success(request, _("The statement is corrected. What stood before is kept in its history."))
    return HttpResponseRedirect(_url(space, subject))


def _check_correctable(page: pages.SpacePage, thing: Thing) -> None:
    if thing.organisation != page.lens.principal.organisation:
        raise Refused("not_owner")
    if "statement_corrected" not in _acts(page, thing):
        raise Refused("not_allowed_now", status=thing.status)


def _exact_time(form: StatementForm, before: Mapping[str, Any] | None) -> dict[str, int]:
    """A time that was not changed is the one before, to the millisecond; the field shows only its minute."""
    if before is None or form.data.get("stated_at", "").strip() != times.field(before["stated_at"]):
        return {}
    return {"stated_at": before["stated_at"]}


def _sent(request: Request, form: StatementForm) -> Sent:
    circle, seen = request.POST.get("circle", ""), request.POST.get("seen", "")[:64]
    key = request.POST.get("key", "")[:100]
    seen_circle = int(circle) if circle.isdigit() else None
    return Sent(seen_circle, last=seen, key=key, marks=form.marks, written=form.written)


@signed_in
@require_GET
def show_statement(request: Request, space: str, subject: str) -> HttpResponse:
    """A statement with its trace."""
    page = pages.space_page(request, space)
    return pages.render(request, "picture/statement_record.html", _context(page, _thing(page, subject)))


@may("confirm")
@require_POST
def confirm_statement(request: Request, space: str, subject: str) -> HttpResponse:
    """Confirm a statement about the own organisation."""
    page = pages.space_page(request, space)
    page.require_now()
    commands.confirm_statement(page.lens, space, subject, sent=sent_of(request))
    messages.success(request, _("Confirmed."))
    return back_to(request, _url(space, subject))


@may("confirm")
@require_POST
def deny_statement(request: Request, space: str, subject: str) -> HttpResponse:
    """Deny a statement about the own organisation."""
    return _with_reason(request, space, subject, commands.deny_statement)


@signed_in
@require_POST
def withdraw_statement(request: Request, space: str, subject: str) -> HttpResponse:
    """Take one's own statement back."""
    return _with_reason(request, space, subject, commands.withdraw_statement)


@signed_in
@require_POST
def judge_duplicate(request: Request, space: str, subject: str) -> HttpResponse:
    """Say whether this statement and another one are the same (R26)."""
    page = _writable(request, space)
    _thing(page, subject)
    pair = subject, request.POST.get("other", "")[:64]
    same = request.POST.get("same") == "yes"
    commands.judge_duplicate(page.lens, space, pair, same=same, sent=sent_of(request))
    messages.success(request, _("Noted. Both statements are kept."))
    return HttpResponseRedirect(f"{_url(space, subject)}#duplicates")


def _with_reason(request: Request, space: str, subject: str, command: Any) -> HttpResponse:
    page = pages.space_page(request, space)
    page.require_now()
    thing = _thing(page, subject)
    try:
        command(page.lens, space, subject, request.POST.get("reason", "").strip(), sent=sent_of(request))
    except Refused as refused:
        return refused_page(request, "picture/statement_record.html", _context(page, thing), refused)
    return back_to(request, _url(space, subject))


def _initial(page: pages.SpacePage) -> dict[str, str]:
    found = function(page.lens.directory, page.lens.principal.function)
    return {"type": "bedomning", "received_by": found.name if found is not None else ""}


def _form(
    request: Request, page: pages.SpacePage, form: StatementForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    lists = Lists(page.lens.directory, page.state)
    context = {
        "form": form,
        "readers": reader_list(page.lens, page.space),
        "warnings": [warning(lists, "sakerhetsskydd"), warning(lists, "personuppgifter")],
        **more,
    }
    return pages.render(request, "picture/statement_form.html", context, status=status)


def _context(page: pages.SpacePage, thing: Thing) -> dict[str, Any]:
    lists = Lists(page.lens.directory, page.state)
    content = page.lens.payloads(page.space, [thing.data.content]).get(thing.data.content)
    rows = page.lens.history(page.space, thing.subject, page.moment)
    note_reading(page.lens.principal, page.space, rows)
    return {
        "thing": thing,
        "data": thing.data,
        "content": content,
        "writer": lists.organisation(thing.organisation),
        "about": lists.organisation(thing.data.about) if thing.data.about else "",
        "row": lists.row(thing.data.row) if thing.data.row else "",
        "value": value_of(lists, thing.data.status) if thing.data.status else None,
        "where": Places(page.lens.directory).shown(thing.data.where),
        "via": lists.word("via", thing.data.via, "text") if thing.data.via else "",
        "qualifiers": list(qualifiers(content, lists)) if content is not None else [],
        "is_unconfirmed": is_unconfirmed(thing),
        "is_held": any(row.held for row in rows if row.digest == thing.data.content),
        "written": afterwards(written_in(content), lists, thing.data.clock.ms),
        "marks": next((row.header.marks for row in rows if row.digest == thing.data.content), ()),
        "party": thing.party(thing.data.about) if thing.data.about else "",
        "trace": trace(rows, lists, page.lens.directory),
        "may": _acts(page, thing),
        "duplicates": shown_duplicates(page.lens, page.state, thing, lists),
        "may_judge": not page.readonly and not WRITERS.isdisjoint(page.lens.principal.permissions),
    }


def _acts(page: pages.SpacePage, thing: Thing) -> dict[str, bool]:
    own = page.lens.principal.organisation
    acts = acts_on(page, thing)
    if thing.data.about != own:
        acts -= {"statement.confirmed", "statement.denied"}
    if WRITERS.isdisjoint(page.lens.principal.permissions):
        acts -= {"statement.corrected", "statement.withdrawn"}
    return {name.replace(".", "_"): True for name in acts}


def _thing(page: pages.SpacePage, subject: str) -> Thing:
    thing = page.state.thing(subject)
    if thing is None or thing.type != "statement":
        raise Refused("not_found")
    return thing


def _writable(request: Request, space: str) -> pages.SpacePage:
    page = pages.space_page(request, space, HERE)
    if WRITERS.isdisjoint(principal_of(request).permissions):
        raise Refused("not_permitted", permission="report")
    page.require_open()
    return page


def _url(space: str, subject: str) -> str:
    return f"/spaces/{space}/statements/{subject}/"
