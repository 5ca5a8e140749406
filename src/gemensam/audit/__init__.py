"""The second, local log: reads of marked items, searches, exports, sign-ins, permission changes (R65, R66)."""
