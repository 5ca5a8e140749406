"""How the network is governed: what the members decide about its common documents, as they themselves wrote it."""
