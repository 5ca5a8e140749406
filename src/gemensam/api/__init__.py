"""The HTTP interface for other programs: `/api/v1/`, bearer tokens, OpenAPI, problem documents (R88)."""
