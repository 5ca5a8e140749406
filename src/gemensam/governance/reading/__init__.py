"""Reading a member's decision document into the fields that a registrar would enter, each with its place (G7).

`domain` is pure: lines in, a decision out. Nothing is registered here; a person confirms what was read.
"""
