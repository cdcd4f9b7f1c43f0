"""What a finding says: a short sum with the cells' ids, and a sentence for people."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from varde.auditor.reading import bare, quoted
from varde.auditor.sums import Sum, Term
from varde.auditor.views import Target

OWN, OWN_SHARE = "egne tall", "egen del av dem"


@dataclass(frozen=True, slots=True)
class End:
    """One end of what a rest can be. `value` None: without end. `cases`: see `whole.Bound`."""

    value: int | None
    sum: Sum | None = None
    cases: int = 0
    proven: bool = True


def because(low: End, high: End, threshold: int) -> str:
    """The sum that gives the rest away: `c1 - c4 - own = 3`, or the limits that do."""
    exact = next((end.sum for end in (low, high) if end.sum and end.sum.exact and end.sum.total == end.value), None)
    if exact and low.value == high.value:
        return symbols(exact)
    parts = []
    if low.value:
        parts.append(_limit(low, ">="))
    if high.value is not None and high.value < threshold:
        parts.append(_limit(high, "<="))
    return "; ".join(parts)


def symbols(found: Sum) -> str:
    """terms - own = total, with ids."""
    own = [(-found.own, "own")] if found.own else []
    named = [(term.times, _id(term)) for term in found.terms]
    return f"{_joined([*named, *own])} = {found.total}"


def sentence(target: Target, low: End, high: End, threshold: int, *, late: bool = False) -> str:
    """For people: who can find out what, and the sum with its figures. `late`: time ran out."""
    if not (low.proven and high.proven):
        return undecided(target, late=late)
    exact = next((end.sum for end in (low, high) if end.sum and end.sum.exact and end.sum.total == end.value), None)
    if exact and low.value == high.value:
        return f"{start(target)} kan regne ut {what(target)}: {_figures(exact)}."
    said = []
    if low.value:
        said.append(f"er minst {low.value}{_why(low)}")
    if high.value is not None and high.value < threshold:
        said.append(f"er høyst {high.value}{_why(high)}")
    return f"{start(target)} kan regne seg fram til at {what(target)} {' og '.join(said)}."


UNDECIDED = "ikke avgjort"


def undecided(target: Target, *, late: bool) -> str:
    """For people: what was not decided counts as unsafe."""
    return (
        f"Det lot seg ikke avgjøre{' innen tiden' if late else ''} hva {_who(target.attacker)} kan regne ut om "
        f"{what(target)}; "
        "derfor regnes tallet som usikret."
    )


def _who(attacker: Sequence[str]) -> str:
    known = [bare(name) for name in attacker]
    names = " og ".join([", ".join(known[:-1]), known[-1]] if len(known) > 1 else known)
    return f"{names or 'hvem som helst'}{' sammen' if len(attacker) > 1 else ''}"


def start(target: Target) -> str:
    """The attacker, where a sentence begins."""
    name = _who(target.attacker)
    return name[0].upper() + name[1:]


def what(target: Target) -> str:
    """The rest, in a sentence."""
    return f"resten av {quoted(target.cell)} uten egne tall" if target.attacker else quoted(target.cell)


def _limit(end: End, sign: str) -> str:
    text = f"rest {sign} {end.value}"
    if end.sum and end.sum.terms:
        text = f"rest {sign} {symbols(end.sum)}"
    if end.cases or (end.sum and end.sum.total != end.value):
        text += f" (hele tall: {end.value}{f', {end.cases} tilfeller' if end.cases else ''})"
    return text


def _why(end: End) -> str:
    parts = []
    if end.sum and end.sum.terms:
        parts.append(_figures(end.sum))
    if end.cases:
        parts.append(
            f"bare hele tall gir {end.value}: delt i {end.cases} tilfeller går regnestykket ikke opp i noen av dem"
        )
    elif end.sum and end.sum.total != end.value:
        parts.append(f"i hele tall {end.value}")
    return f" ({'; '.join(parts)})" if parts else ""


def _figures(found: Sum) -> str:
    """The sum twice: in names, and in the figures that were printed."""
    names = [(term.times, _called(term)) for term in found.terms]
    figures = [(term.times, str(term.value) if term.value >= 0 else f"(-{-term.value})") for term in found.terms]
    if found.own:
        # A plain sum takes all of the reader's own figures away; any other one only the same share of them.
        plain = all(abs(term.times) == 1 for term in found.terms)
        names.append((-found.own, OWN if plain else OWN_SHARE))
        figures.append((Fraction(-1) if found.own > 0 else Fraction(1), str(abs(found.own))))
    if len(names) == 1 and names[0][0] == 1:
        return f"{names[0][1]} = {found.total}"
    return f"{_joined(names)} = {_joined(figures)} = {found.total}".replace(" - ", " − ")


def _id(term: Term) -> str:
    return term.name if term.name is not None else f"row {term.number}"


def _called(term: Term) -> str:
    return quoted(term.name) if term.name is not None else f"opplysning {term.number}"


def _joined(parts: Sequence[tuple[Fraction, str]]) -> str:
    text = ""
    for times, name in parts:
        size = "" if abs(times) == 1 or name in ("own", OWN, OWN_SHARE) else f"{abs(times)} × "
        sign = ("-" if times < 0 else "") if not text else (" - " if times < 0 else " + ")
        text += f"{sign}{size}{name}"
    return text or "0"
