"""The composition: every kind of entry that this program knows."""

from gemensam.activation.domain import KINDS as ACTIVATION
from gemensam.capabilities.domain import KINDS as CAPABILITIES
from gemensam.consultation.domain import KINDS as CONSULTATION
from gemensam.coordination.domain import KINDS as COORDINATION
from gemensam.core.kinds import collect
from gemensam.costs.domain import KINDS as COSTS
from gemensam.geography.domain import KINDS as GEOGRAPHY
from gemensam.governance.domain import KINDS as GOVERNANCE
from gemensam.ledger.domain import KINDS as LEDGER
from gemensam.objectives.domain import KINDS as OBJECTIVES
from gemensam.organisations.domain import KINDS as ORGANISATIONS
from gemensam.picture.domain import KINDS as PICTURE
from gemensam.planning.domain import KINDS as PLANNING
from gemensam.rosters.domain import KINDS as ROSTERS

REGISTRY = collect(
    LEDGER, ORGANISATIONS, ROSTERS, PICTURE, GEOGRAPHY, COORDINATION, ACTIVATION,
    COSTS, GOVERNANCE, OBJECTIVES, PLANNING, CONSULTATION, CAPABILITIES,
)  # fmt: skip
