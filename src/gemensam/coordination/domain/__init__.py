"""The samverkanskonferens: its entries, states and rules (R31–R33). Pure."""

from gemensam.coordination.domain import agreements, conferences, minutes, needs, questions, registrations

TYPES = (*conferences.TYPES, *needs.TYPES, *agreements.TYPES, *minutes.TYPES, *questions.TYPES, *registrations.TYPES)
KINDS = (*conferences.KINDS, *needs.KINDS, *agreements.KINDS, *minutes.KINDS, *questions.KINDS, *registrations.KINDS)
