"""What the program answers when it will not do a thing."""


class Refused(Exception):
    """A command or a reading that is not allowed or not possible.

    `code` is a stable word (`not_found`, `readers_changed`, …) that the edge translates;
    `facts` are plain values for that translation and for the API's problem document.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in sorted(self.facts.items()))
        return f"{self.code}({told})" if told else self.code
