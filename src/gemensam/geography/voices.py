"""What others say of a kommun in words: who, what, how old, and what stands on it."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gemensam.geography.domain.by_kommun import STATEMENT, PlaceCell, Voice
from gemensam.picture.domain import matrix as m
from gemensam.picture.domain.matrix import Frame
from gemensam.picture.domain.places import kommuner
from gemensam.picture.matrix_words import MatrixWords
from gemensam.web import times
from gemensam.web.shapes import Value


@dataclass(frozen=True, slots=True)
class ShownVoice:
    """A voice in words. `link`: its page below the space; `heard`: the whole of it in one line."""

    voice: Voice
    by: str
    value: Value
    notes: tuple[str, ...]
    link: str
    heard: str


class PlaceWords:
    """Words for one drawing of the situation by kommun."""

    def __init__(self, words: MatrixWords, frame: Frame) -> None:
        self.matrix, self.frame = words, frame

    @cached_property
    def names(self) -> dict[str, str]:
        return kommuner(self.matrix.lists.directory)

    def voice(self, voice: Voice) -> ShownVoice:
        value = self.matrix.value(voice.value) if voice.value else Value("", _("Statement"), 0, _("Stmt."))
        by, notes = self.matrix.name(voice.organisation), tuple(self._notes(voice))
        heard = ", ".join([f"{by}: {value.word}", times.age(voice.as_of, self.matrix.at), *notes])
        folder = "statements" if voice.source == STATEMENT else "reports"
        return ShownVoice(voice, by, value, notes, f"{folder}/{voice.subject}/", heard)

    def _notes(self, voice: Voice) -> list[str]:
        notes = [self.matrix.addition_name(m.STALE)] if voice.is_stale else []
        if voice.answer == "denied":
            notes.append(_("denied by the organisation"))
        elif voice.is_unconfirmed:
            notes.append(self.matrix.addition_name(m.UNCONFIRMED))
        if voice.twins:
            notes.append(ngettext("and %(n)s the same", "and %(n)s the same", voice.twins) % {"n": voice.twins})
        return notes

    def standing(self, cell: PlaceCell) -> tuple[Value, list[str]]:
        """Return the value that stands for a kommun on a row, and what stands on it."""
        told_by = cell.told_by(self.frame)
        if told_by is not None:
            shown = self.voice(told_by)
            return shown.value, [_("according to %(organisation)s") % {"organisation": shown.by}, *shown.notes]
        own = self.matrix.cell(cell.own, "")
        age = [times.age(cell.own.as_of, self.matrix.at)] if cell.own.stated_at else []
        return own.value, [*age, *own.notes]
