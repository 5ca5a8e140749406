"""Call lists, duty contacts, shifts and covers: entries, states and rules (R6–R8). Pure."""

from gemensam.rosters.domain import contacts, covers, lists, shifts

TYPES = (lists.CALL_LIST, contacts.DUTY_CONTACT, shifts.SHIFT, covers.COVER)
KINDS = (*lists.KINDS, *contacts.KINDS, *shifts.KINDS, *covers.KINDS)
