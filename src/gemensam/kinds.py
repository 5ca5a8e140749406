"""The composition: every kind of entry that this program knows."""

from gemensam.activation.domain import KINDS as ACTIVATION
from gemensam.coordination.domain import KINDS as COORDINATION
from gemensam.core.kinds import collect
from gemensam.geography.domain import KINDS as GEOGRAPHY
from gemensam.ledger.domain import KINDS as LEDGER
from gemensam.organisations.domain import KINDS as ORGANISATIONS
from gemensam.picture.domain import KINDS as PICTURE
from gemensam.rosters.domain import KINDS as ROSTERS

REGISTRY = collect(LEDGER, ORGANISATIONS, ROSTERS, PICTURE, GEOGRAPHY, COORDINATION, ACTIVATION)
