"""Adding, changing and withdrawing målområden, goals, milestones and activities: one view for the four of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_POST

from gemensam.core.refusal import Refused
from gemensam.core.state import Thing
from gemensam.objectives import plan_commands as commands
from gemensam.objectives.domain.areas import WITHDRAWN
from gemensam.objectives.domain.rules import years_in
from gemensam.objectives.forms import ActivityForm, AreaForm, ContentForm, GoalForm, MilestoneForm, ReasonForm
from gemensam.objectives.plan_queries import NOUN_TYPES, list_of, text_of, thing_of, titles
from gemensam.objectives.sources_shown import places, prefilled
from gemensam.objectives.view_parts import organisation_choices, period_page, sent_of, speech_of, writable
from gemensam.picture.readers import reader_list
from gemensam.web.access import Request, may
from gemensam.web.answering import answered, go_on, pressed, there
from gemensam.web.page import SpacePage

TEMPLATE = "objectives/content_form.html"


@dataclass(frozen=True, slots=True)
class Noun:
    """How one of the four is called in addresses and on the page of its form."""

    path: str
    form: type[ContentForm]
    adding: Promise
    changing: Promise
    has_page: bool = True


NOUNS: Mapping[str, Noun] = {
    "area": Noun("areas", AreaForm, gettext_lazy("Add an area"), gettext_lazy("Change the area"), has_page=False),
    "goal": Noun("goals", GoalForm, gettext_lazy("Add a goal"), gettext_lazy("Change the goal")),
    "milestone": Noun(
        "milestones", MilestoneForm, gettext_lazy("Add a milestone"), gettext_lazy("Change the milestone")
    ),
    "activity": Noun(
        "activities", ActivityForm, gettext_lazy("Add an activity"), gettext_lazy("Change the activity"), has_page=False
    ),
}


@may("govern")
@require_http_methods(["GET", "POST"])
def add(request: Request, space: str, noun: str) -> HttpResponse:
    """Add one of them. A link may fill in the form: `?title=…&text=…&area=…&goal=…&from=…`."""
    page = writable(period_page(request, space))
    data = request.POST if request.method == "POST" else None
    initial = {name: request.GET[name][:4000] for name in ("title", "text", "area", "goal") if name in request.GET}
    traces = prefilled(page, request.GET.get("from", "")[:500])
    form = _form(page, noun, data, initial={**_usual(page), **initial}, traces=traces)
    context = {**_context(page, noun, form), "heading": NOUNS[noun].adding}

    def write() -> HttpResponse:
        receipt = commands.add(page.lens, space, noun, form.content(), sent=sent_of(request))
        return go_on(request, _("It is added."), _page_of(space, noun, receipt.subject))

    return answered(request, TEMPLATE, context, write)


@may("govern")
@require_http_methods(["GET", "POST"])
def change(request: Request, space: str, noun: str, subject: str) -> HttpResponse:
    """Give one of them another content, as a whole."""
    page = writable(period_page(request, space))
    thing = _own(page, noun, subject)
    stands = dict(text_of(page.lens, space, thing))
    data = request.POST if request.method == "POST" else None
    form = _form(page, noun, data, initial=stands, traces=stands.get("traces", ()))
    context = {
        **_context(page, noun, form),
        "heading": NOUNS[noun].changing,
        "thing": thing,
        "stands": stands,
        "seen": thing.data.content,
        "reason_form": ReasonForm(),
    }

    def write() -> HttpResponse:
        commands.change(page.lens, space, subject, form.content(), sent=sent_of(request))
        done = _("It is changed. What stood before is kept in its history.")
        return go_on(request, done, _page_of(space, noun, subject))

    return answered(request, TEMPLATE, context, write)


@may("govern")
@require_POST
def withdraw(request: Request, space: str, noun: str, subject: str) -> HttpResponse:
    """Take one of them back, with the reason."""
    page, form = writable(period_page(request, space)), ReasonForm(request.POST)
    _own(page, noun, subject)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return pressed(
        request, lambda: commands.withdraw(page.lens, space, subject, reason, sent=sent_of(request)),
        _("It is withdrawn. It stays in the log."), _page_of(space, noun, subject),
    )  # fmt: skip


def _own(page: SpacePage, noun: str, subject: str) -> Thing:
    thing = thing_of(page.state, subject, NOUN_TYPES[noun].name)
    if thing.organisation != page.lens.principal.organisation:
        raise Refused("not_owner")
    if thing.status == WITHDRAWN:
        raise Refused("not_allowed_now", status=thing.status)
    return thing


def _form(page: SpacePage, noun: str, data: Any, *, initial: Mapping[str, Any], traces: Any = ()) -> ContentForm:
    more: dict[str, Any] = {"choices": _choices(page), "initial": dict(initial)}
    if noun in ("goal", "milestone"):
        more["traces"] = traces
    if noun == "milestone":
        more["areas_of_goals"] = {goal.subject: goal.data.area for goal in list_of(page.state, "goals", page.moment)}
    return NOUNS[noun].form(data, **more)


def _usual(page: SpacePage) -> dict[str, Any]:
    """Return what a new one begins with: the place after the last area, the period's first year."""
    years = years_in(page.state)
    order = 1 + max((area.data.order for area in page.state.group("areas")), default=0)
    return {"order": order, "year": years.first_year if years else "", "quarter": 1}


def _choices(page: SpacePage) -> dict[str, Any]:
    lists, years = speech_of(page).lists, years_in(page.state)
    return {
        "area": _with_empty(titles(list_of(page.state, "areas", page.moment))),
        "goal": _with_empty(titles(list_of(page.state, "goals", page.moment))),
        "level": lists.choices("levels"),
        "concerns": organisation_choices(page, members_only=True),
        "responsible": [("", "–"), *organisation_choices(page)],
        "state": lists.choices("activity_states"),
        "year": [(year, str(year)) for year in range(years.first_year, years.last_year + 1)] if years else [],
        "trace_kinds": lists.choices("trace_kinds"),
        "trace_places": places(page),
    }


def _with_empty(found: Mapping[str, str]) -> list[tuple[str, str]]:
    return [("", "–"), *found.items()]


def _context(page: SpacePage, noun: str, form: ContentForm) -> dict[str, Any]:
    rows = getattr(form, "trace_fields", ())
    plain = [bound for bound in form if not bound.name.startswith("trace_")]
    return {
        "form": form, "noun": noun, "path": NOUNS[noun].path, "plain": plain, "trace_rows": rows,
        "readers": reader_list(page.lens, page.space), "back": "yearly-plan/" if noun == "activity" else "objectives/",
        "lacks_areas": noun != "area" and not page.state.size("areas"),
        "of": pgettext("objectives", "Where it comes from"),
    }  # fmt: skip


def _page_of(space: str, noun: str, subject: str) -> HttpResponseRedirect:
    if NOUNS[noun].has_page:
        return there(space, f"{NOUNS[noun].path}/{subject}/")
    return there(space, "yearly-plan/" if noun == "activity" else "objectives/")
