"""Forms of projects: a project with a row for each step, a new state, and whether one takes part."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from gemensam.coordination.domain.rules import LINE_MAX, TEXT_MAX
from gemensam.picture.lists import Lists
from gemensam.planning.domain.projects import STATES, STEPS_MAX, TITLE_MAX
from gemensam.planning.event_forms import text_area
from gemensam.web.forms import Careful, DayField

SPARE_ROWS = 3
STEP_PARTS = ("text", "due_on", "done_on")


class ProjectForm(forms.Form):
    """A project. An empty row is no step."""

    title = Careful(label=gettext_lazy("Title"), max_length=TITLE_MAX)
    purpose = Careful(label=gettext_lazy("Purpose"), max_length=TEXT_MAX, required=False, widget=text_area())
    goal_text = Careful(
        label=gettext_lazy("Which goal does it serve?"), max_length=TEXT_MAX, required=False, widget=text_area(2)
    )
    goal = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)
    state = forms.ChoiceField(label=pgettext_lazy("project", "State"))
    begins_on = DayField(label=gettext_lazy("Begins"))
    ends_on = DayField(label=pgettext_lazy("project", "Ends"))
    invited = forms.MultipleChoiceField(
        label=gettext_lazy("Whom do you ask to take part?"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=gettext_lazy("Each answers for itself. Others may join unasked."),
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, lists: Lists, organisations: Sequence[tuple[str, str]],
        project: Mapping[str, Any] | None = None, written: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        """`project`: the one that is changed; `written`: what has been written so far, to go on with in more rows."""
        super().__init__(data, initial=_initial(project, written))
        rows = _rows_sent(data) or _rows_sent(written) or len((project or {}).get("steps", ()))
        self.rows = [f"step-{number}" for number in range(min(rows + (0 if data else SPARE_ROWS), STEPS_MAX))]
        self._codes = {f"step-{number}": step["code"] for number, step in enumerate((project or {}).get("steps", ()))}
        self.fields["invited"].choices = organisations  # type: ignore[attr-defined]
        self.fields["state"].choices = lists.choices(STATES)  # type: ignore[attr-defined]
        for prefix in self.rows:
            self.fields[f"{prefix}-text"] = Careful(label=_("Step"), max_length=LINE_MAX, required=False)
            self.fields[f"{prefix}-due_on"] = DayField(label=_("Done by"))
            self.fields[f"{prefix}-done_on"] = DayField(label=_("Was done on"))
        if project:
            del self.fields["state"]
            self.fields["reason"] = Careful(label=_("Why is it changed?"), max_length=LINE_MAX)

    def steps(self) -> Iterator[list[forms.BoundField]]:
        """The fields of each row."""
        return ([self[f"{prefix}-{part}"] for part in STEP_PARTS] for prefix in self.rows)

    def content(self) -> dict[str, Any]:
        """Return the project as `ProjectOpened` or `ProjectChanged` wants it."""
        given = self.cleaned_data
        names = ("title", "purpose", "goal", "goal_text", "invited", "state", "reason")
        chosen = {name: given[name] for name in names if name in given}
        days = {name: _iso(given[name]) for name in ("begins_on", "ends_on")}
        return {**chosen, **days, "steps": [step for prefix in self.rows if (step := self._step(prefix))]}

    def _step(self, prefix: str) -> dict[str, str] | None:
        given = self.cleaned_data
        if not given[f"{prefix}-text"]:
            return None
        days = {part: _iso(given[f"{prefix}-{part}"]) for part in ("due_on", "done_on")}
        return {"text": given[f"{prefix}-text"], **days, "code": self._codes.get(prefix, "")}


def _initial(project: Mapping[str, Any] | None, written: Mapping[str, Any] | None) -> dict[str, Any]:
    found: dict[str, Any] = dict(project or {})
    for number, step in enumerate(found.get("steps", ())):
        found |= {f"step-{number}-{part}": step[part] for part in STEP_PARTS}
    return {**found, **(written or {})}


def _rows_sent(data: Mapping[str, Any] | None) -> int:
    told = str((data or {}).get("rows", ""))
    return int(told) if told.isdecimal() and len(told) < 4 else 0


def _iso(day: Any) -> str:
    return day.isoformat() if day else ""


class MoveForm(forms.Form):
    """A new state, with the reason and the result where the list asks for them."""

    state = forms.ChoiceField(label=pgettext_lazy("project", "State"))
    reason = Careful(
        label=pgettext_lazy("planning", "Why?"), max_length=LINE_MAX, required=False,
        help_text=gettext_lazy("Needed where it is paused or discontinued."),
    )  # fmt: skip
    result = Careful(
        label=gettext_lazy("Result"), max_length=TEXT_MAX, required=False, widget=text_area(),
        help_text=gettext_lazy("Needed where it is over: what came of it, also when it is nothing."),
    )  # fmt: skip

    def __init__(self, *args: Any, lists: Lists, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["state"].choices = lists.choices(STATES)  # type: ignore[attr-defined]


class TakePartForm(forms.Form):
    """With what an organisation takes part, or why not."""

    text = Careful(label=gettext_lazy("With what, or why not?"), max_length=LINE_MAX, required=False)
