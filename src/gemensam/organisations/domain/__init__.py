"""`directory`: organisations, functions and vocabularies (G1, G15, R93). Everyone reads it, guests too."""

from gemensam.organisations.domain.bodies import BODY, Body, Seat, SeatData, bodies
from gemensam.organisations.domain.bodies import KINDS as _BODIES
from gemensam.organisations.domain.entries import (
    CONFIRMED,
    PROPOSAL,
    Function,
    FunctionCreated,
    FunctionRetired,
    Organisation,
    OrganisationDescribed,
    OrganisationJoined,
    OrganisationLeft,
    Representative,
    Vocabulary,
    VocabularyConfirmed,
    VocabularyPublished,
    VocabularyVersion,
)
from gemensam.organisations.domain.kinds import FUNCTION, HERE, ORGANISATION, VOCABULARY
from gemensam.organisations.domain.kinds import KINDS as _KINDS
from gemensam.organisations.domain.reading import (
    function,
    functions,
    members,
    membership,
    organisation,
    organisations,
    permissions_of,
    pinned_vocabulary,
    role_permissions,
    vocabularies,
    vocabulary,
)
from gemensam.organisations.domain.secrecy import secrecy_mark, secrecy_marks

KINDS = (*_KINDS, *_BODIES)

__all__ = [
    "BODY",
    "CONFIRMED",
    "FUNCTION",
    "HERE",
    "KINDS",
    "ORGANISATION",
    "PROPOSAL",
    "VOCABULARY",
    "Body",
    "Function",
    "FunctionCreated",
    "FunctionRetired",
    "Organisation",
    "OrganisationDescribed",
    "OrganisationJoined",
    "OrganisationLeft",
    "Representative",
    "Seat",
    "SeatData",
    "Vocabulary",
    "VocabularyConfirmed",
    "VocabularyPublished",
    "VocabularyVersion",
    "bodies",
    "function",
    "functions",
    "members",
    "membership",
    "organisation",
    "organisations",
    "permissions_of",
    "pinned_vocabulary",
    "role_permissions",
    "secrecy_mark",
    "secrecy_marks",
    "vocabularies",
    "vocabulary",
]
