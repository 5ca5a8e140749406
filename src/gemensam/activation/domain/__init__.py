"""Activation: calls, lägen, larm and their answers: entries, states and rules (R1–R5, R9–R14). Pure."""

from gemensam.activation.domain import calls, incidents, larm_rules, modes, texts
from gemensam.organisations.domain.rules import register_list_check

TYPES = (*calls.TYPES, *modes.TYPES, *incidents.TYPES, *larm_rules.TYPES)
KINDS = (*calls.KINDS, *modes.KINDS, *incidents.KINDS, *larm_rules.KINDS)

register_list_check(texts.TEXTS, texts.check_edited_texts)
register_list_check(texts.FIELDS, texts.check_edited_fields)
