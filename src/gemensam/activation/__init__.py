"""Activation: gröna knappen, lägen, larm, answers and escalation around the clock (R1–R5, R9–R14, R92)."""
