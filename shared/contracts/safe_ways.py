"""How somebody is safely reached: a call asks for it in three fields, a concern has one text for them.

The hotline puts them together as the kommune's own call does, and the kommune takes them apart."""

_IN_ONE = (("listening", "Hvem kan høre på: "), ("interpreter", "Tolk: "))


def as_told(ways: str, listening: str = "", interpreter: str = "") -> str:
    """The three as one text, each of the last two on a line of its own."""
    said = {"listening": listening, "interpreter": interpreter}
    lines = [f"{label}{' '.join(said[name].split())}" for name, label in _IN_ONE if said[name].strip()]
    return "\n".join(filter(None, [ways.strip(), *lines]))


def from_told(text: str) -> dict[str, str]:
    """The text taken apart again; one that was never put together is the ways alone."""
    lines, found = text.strip().splitlines(), {}
    for name, label in reversed(_IN_ONE):
        if lines and lines[-1].startswith(label):
            found[name] = lines.pop().removeprefix(label)
    return {"safe_ways": "\n".join(lines).strip(), **found}
