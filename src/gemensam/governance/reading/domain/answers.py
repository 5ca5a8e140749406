"""An answer: what was read, where, and how certain it is."""

from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from gemensam.governance.reading.domain.lines import Line

T = TypeVar("T")

STATED: Final = "stated"
INFERRED: Final = "inferred"
NOT_STATED: Final = "not_stated"


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """A value with page and line (from 1; 0 where there is none).

    `certainty`: stated (the document says so in so many words, at that place), inferred (it follows from what stands
    there), not_stated (value None, or the empty list where nothing is the answer).
    """

    value: T
    certainty: str
    page: int = 0
    line: int = 0


def stated(value: T, line: Line) -> Answer[T]:
    """Return what a line says in so many words."""
    return Answer(value, STATED, line.page, line.number)


def inferred(value: T, line: Line | None) -> Answer[T]:
    """Return what follows from a line."""
    return Answer(value, INFERRED, line.page, line.number) if line else Answer(value, INFERRED)


def not_stated(value: T) -> Answer[T]:
    """Return the value that stands for *ej angivet*: None, or an empty tuple."""
    return Answer(value, NOT_STATED)
