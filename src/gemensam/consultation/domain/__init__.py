"""Remiss: sent to chosen members, answered, its synpunkter met one by one, put together (G5). Pure."""

from gemensam.consultation.domain import registries, remisses, responses, summaries, synpunkter

TYPES = (*registries.TYPES, *remisses.TYPES, *synpunkter.TYPES, *responses.TYPES, *summaries.TYPES)
KINDS = (*registries.KINDS, *remisses.KINDS, *synpunkter.KINDS, *responses.KINDS, *summaries.KINDS)
