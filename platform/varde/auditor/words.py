"""What a finding says: a short sum with the cells' ids, and a sentence for people."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from varde.auditor.sums import Sum, Term
from varde.auditor.views import Target


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


def sentence(target: Target, low: End, high: End, threshold: int) -> str:
    """For people: who can find out what, and the sum with its figures."""
    if not (low.proven and high.proven):
        return undecided(target)
    exact = next((end.sum for end in (low, high) if end.sum and end.sum.exact and end.sum.total == end.value), None)
    if exact and low.value == high.value:
        return f"{start(target)} kan regne ut {what(target)}: {_figures(exact)}."
    said = []
    if low.value:
        said.append(f"er minst {low.value}{_why(low)}")
    if high.value is not None and high.value < threshold:
        said.append(f"er høyst {high.value}{_why(high)}")
    return f"{start(target)} kan regne seg fram til at {what(target)} {' og '.join(said)}."


def undecided(target: Target) -> str:
    """For people: what took too long counts as unsafe."""
    return (
        f"Det lot seg ikke avgjøre innen tiden hva {_who(target.attacker)} kan regne ut om {what(target)}; "
        "derfor regnes tallet som usikret."
    )


def _who(attacker: Sequence[str]) -> str:
    names = " og ".join([", ".join(attacker[:-1]), attacker[-1]] if len(attacker) > 1 else attacker)
    return f"{names or 'hvem som helst'}{' sammen' if len(attacker) > 1 else ''}"


def start(target: Target) -> str:
    """The attacker, where a sentence begins."""
    name = _who(target.attacker)
    return name[0].upper() + name[1:]


def what(target: Target) -> str:
    """The rest, in a sentence."""
    return f"resten av «{target.cell}» uten egne tall" if target.attacker else f"«{target.cell}»"


def _limit(end: End, sign: str) -> str:
    text = f"rest {sign} {end.value}"
    if end.sum and end.sum.terms:
        text = f"rest {sign} {symbols(end.sum)}"
    if end.cases or (end.sum and end.sum.total != end.value):
        text += f" (whole numbers: {end.value}{f', {end.cases} cases' if end.cases else ''})"
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
    figures = [(term.times, str(term.value)) for term in found.terms]
    if found.own:
        names.append((-found.own, "egne tall"))
        figures.append((Fraction(-1) if found.own > 0 else Fraction(1), str(abs(found.own))))
    if len(names) == 1 and names[0][0] == 1:
        return f"{names[0][1]} = {found.total}"
    return f"{_joined(names)} = {_joined(figures)} = {found.total}".replace(" - ", " − ")


def _id(term: Term) -> str:
    return term.name if term.name is not None else f"row {term.number}"


def _called(term: Term) -> str:
    return f"«{term.name}»" if term.name is not None else f"opplysning {term.number}"


def _joined(parts: Sequence[tuple[Fraction, str]]) -> str:
    text = ""
    for times, name in parts:
        size = "" if abs(times) == 1 or name in ("own", "egne tall") else f"{abs(times)} × "
        sign = ("-" if times < 0 else "") if not text else (" - " if times < 0 else " + ")
        text += f"{sign}{size}{name}"
    return text or "0"
