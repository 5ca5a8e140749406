"""What entries of `directory` say, and what the state holds of organisations, functions and lists."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

PROPOSAL, CONFIRMED = "förslag", "bekräftad"


@dataclass(frozen=True)
class OrganisationJoined:
    """An organisation of the network or a guest.

    `member`: one of those who own the network; `insider`: reads its roots (members and the joint office).
    `about` holds the region's further facts as plain JSON: kommunkod, groups, rows it answers, representatives.
    """

    name: str
    short: str
    kind: str
    member: bool
    insider: bool
    about: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Representative:
    """Which function represents an organisation at a level in a läge (G1)."""

    level: str
    mode: str
    function: str


@dataclass(frozen=True)
class OrganisationDescribed:
    """What only the organisation itself can say: rows that it answers, its representatives, its reserve path."""

    rows: tuple[str, ...]
    representatives: tuple[Representative, ...] = ()
    reserve_organisation: str = ""
    reserve_text: str = ""
    reserve_text_en: str = ""


@dataclass(frozen=True)
class OrganisationLeft:
    """An organisation has left the network, or a guest's time is over."""

    reason: str


@dataclass(frozen=True)
class FunctionCreated:
    """A function of an organisation: what people act in, never a person (R6). No contact data here."""

    name: str
    name_en: str
    roles: tuple[str, ...]
    levels: tuple[str, ...] = ()
    about: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class FunctionRetired:
    """The function is no longer used; its entries stay."""

    reason: str


@dataclass(frozen=True)
class VocabularyPublished:
    """A version of a list; `items` are plain JSON objects with a stable `code`. Its number is the program's."""

    code: str
    name: str
    name_en: str
    items: tuple[dict[str, Any], ...]
    source_note: str = ""
    version: int = 0
    reason: str = ""


@dataclass(frozen=True)
class VocabularyConfirmed:
    """The joint office confirms a list, or the named items of it."""

    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Organisation:
    """What the directory says of an organisation; `own` is the part of `about` that it has said itself."""

    id: str
    name: str
    short: str
    kind: str
    member: bool
    insider: bool
    about: Mapping[str, Any]
    own: Mapping[str, Any] = field(default_factory=dict)

    @property
    def rows(self) -> tuple[str, ...]:
        """The codes of the verksamheter that it normally answers for; others are *har inte verksamheten*."""
        return tuple(self.about.get("rows", ()))

    @property
    def kommunkod(self) -> str:
        return str(self.about.get("kommunkod") or "")

    @property
    def group(self) -> str:
        return str(self.about.get("group") or "")

    @property
    def category(self) -> str:
        return str(self.about.get("category") or "")


@dataclass(frozen=True, slots=True)
class Function:
    """A function of an organisation, with its roles."""

    id: str
    organisation: str
    name: str
    name_en: str
    roles: tuple[str, ...]
    levels: tuple[str, ...]
    about: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class VocabularyVersion:
    """One version of a list; `digest` is the entry that published it."""

    code: str
    name: str
    name_en: str
    version: int
    digest: str
    items: tuple[Mapping[str, Any], ...]
    source_note: str
    published_at: int
    confirmed: frozenset[str] = frozenset()
    _by_code: Mapping[str, Mapping[str, Any]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # A report asks for some sixty items; of two with one code the first counts.
        object.__setattr__(self, "_by_code", {item["code"]: item for item in reversed(self.items)})

    @property
    def status(self) -> str:
        """*förslag* until every item is confirmed by the joint office."""
        return CONFIRMED if {item["code"] for item in self.items} <= self.confirmed else PROPOSAL

    def item(self, code: str) -> Mapping[str, Any] | None:
        return self._by_code.get(code)

    def codes(self) -> tuple[str, ...]:
        return tuple(item["code"] for item in self.items)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All versions of a list, oldest first."""

    code: str
    versions: tuple[VocabularyVersion, ...]
