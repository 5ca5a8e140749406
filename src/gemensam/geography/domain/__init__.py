"""The situation by kommun, and what is drawn on the map: pure."""

from gemensam.geography.domain import drawings

TYPES = drawings.TYPES
KINDS = drawings.KINDS
