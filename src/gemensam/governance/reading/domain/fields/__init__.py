"""The recognisers, one field each: a source in, an answer with its place out."""
