"""The words of Swedish minutes and letters, and what is known of the network: data that the recognisers go by."""

from collections.abc import Mapping
from dataclasses import dataclass

Lists = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Words:
    """Words of decision documents in lower case, the same for every region; `…_patterns` are regular expressions."""

    months: Mapping[str, int]
    bodies: tuple[str, ...]
    body_parts: tuple[str, ...]
    body_endings: tuple[str, ...]
    body_adjectives: tuple[str, ...]
    short_bodies: Mapping[str, str]
    beside_bodies: tuple[str, ...]
    headings: Lists
    heading_patterns: Lists
    owners_patterns: tuple[str, ...]
    document_types: Lists
    labels: Lists
    outcome_patterns: tuple[tuple[str, str], ...]
    condition_patterns: tuple[str, ...]
    directors: tuple[str, ...]
    titles: tuple[str, ...]
    steering_documents: tuple[str, ...]
    organisation_endings: tuple[str, ...]
    organisation_beginnings: tuple[str, ...]
    no_names: tuple[str, ...]
    running: tuple[str, ...]
    nothing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownOrganisation:
    """An organisation of the directory: `name` is how it is written, `others` other ways to write it."""

    name: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """The network: how it is named, its own bodies, and the organisations that its directory holds."""

    network: tuple[str, ...]
    short: str
    bodies: tuple[str, ...]
    organisations: tuple[KnownOrganisation, ...]
