"""Closing a half-year: what each kommune contributes is frozen, and what came too late goes in the one after. Pure.

A kommune's contribution is all that it has sent for the quarters up to the period's end, less all that is frozen of it
already. So a late case is in the period in which it became known, and a correction is made up for in the next period.
Where that gives numbers that no cases can have, the largest part of them that cases can have goes in: all the cases
first, with what cannot be answered as not answered, then question by question, then planned figures at the nearest
value that can be. The rest waits for the next closing. Frozen and waiting together are always what was sent.

A half-year with too few kommuner is closed empty: nothing is frozen, and the next closing has it all.

Kommuner that have become one are one here: the new one takes over what its parents sent and what waited for them. What
it sends for a quarter before its birth takes the place of what the parents sent for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from regional.releases.asked import folded, model
from regional.releases.cells import FIRST, QUARTERS, SECOND
from regional.releases.flat import CASES, Flat, flat, less, total
from regional.releases.problem import Part
from regional.releases.room import largest
from shared.codes.forms import REPORTED, form
from shared.codes.periods import Quarter, parse
from shared.contracts import Counts


@dataclass(frozen=True, slots=True)
class Sending:
    """The newest return of a quarter, and the form that it is in."""

    quarter: Quarter
    form: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Frozen:
    """What a kommune gets in a period (None: nothing).

    `late`: something in it is from before the period, or taken back from there. `waits`: something does not fit.
    """

    part: Part | None
    waits: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """All that a kommune and those it has become of have sent, the newest of each quarter.

    `aside`: for quarters in which it was no part of the region, as is known today: it counts in no period.
    """

    own: Sequence[Sending]
    parents: Mapping[str, "Sent"] = field(default_factory=dict)
    aside: Sequence[Sending] = ()

    @property
    def all(self) -> list[Sending]:
        """Every sending that counts: the parents' for the quarters that the new one has not sent for itself."""
        mine = {each.quarter for each in self.own}
        old = [each for parent in self.parents.values() for each in parent.all]
        return [*(each for each in old if each.quarter not in mine), *self.own]

    @property
    def set_aside(self) -> list[Sending]:
        """What counts in no period, of the parents too."""
        return [*self.aside, *(each for parent in self.parents.values() for each in parent.set_aside)]


def freeze(kommune: str, period: str, sent: Sent, frozen: Sequence[Part]) -> Frozen:
    """One kommune's contribution to a period. `frozen`: its own and its parents' in all periods before."""
    quarters = parse(period)
    known = [each for each in sent.all if each.quarter <= quarters[-1]]
    here = [each for each in known if each.quarter in quarters]
    own = _in_quarters(_numbers(here), here, quarters)
    due = less(_numbers(known), _without_quarters(total(part.numbers for part in frozen)))
    if not here and not any(due.values()):
        return Frozen(None)
    version = _newest_form(here or known)
    part = Part(kommune, version, largest(placed(due, own), model(version)))
    left = _without_quarters(less(due, part.numbers))
    late = less(_without_quarters(part.numbers), _without_quarters(own))
    return Frozen(part, waits=any(left.values()), late=any(late.values()))


def placed(due: Flat, own: Flat) -> Flat:
    """The cases in the two quarters: late ones are in the first, what is taken back goes from there while it lasts."""
    cases = max(0, due.get(CASES, 0))
    first = max(0, cases - own.get((QUARTERS, "code", SECOND), 0))
    return {**due, (QUARTERS, "code", FIRST): first, (QUARTERS, "code", SECOND): cases - first}


def waiting(sent: Sent, frozen: Sequence[Part], until: Quarter) -> Flat:
    """What has been sent for quarters up to this one and is in no closed period; every number 0 when nothing waits."""
    known = _numbers([each for each in [*sent.all, *sent.set_aside] if each.quarter <= until])
    return less(known, _without_quarters(total(part.numbers for part in frozen)))


def _numbers(sendings: Sequence[Sending]) -> Flat:
    """Added up under the model's questions."""
    return total(folded(flat(each.counts), form(each.form), form(REPORTED)) for each in sendings)


def _in_quarters(numbers: Flat, sendings: Sequence[Sending], quarters: Sequence[Quarter]) -> Flat:
    """The same with the cases of each of the two quarters."""
    cases = {
        (QUARTERS, "code", number): sum(each.counts.cases for each in sendings if each.quarter == quarter)
        for number, quarter in zip((FIRST, SECOND), quarters, strict=True)
    }
    return {**numbers, **cases}


def _newest_form(sendings: Sequence[Sending]) -> str:
    return max(sendings, key=lambda each: each.quarter).form


def _without_quarters(numbers: Flat) -> Flat:
    return {name: count for name, count in numbers.items() if name[0] != QUARTERS}


@dataclass(frozen=True, slots=True)
class Closing:
    """A half-year as it would be closed: what each kommune gets, nothing where they are too few; is something from
    before in it, and does something wait? Whose, nobody is told: that would tell that there is something."""

    period: str
    parts: tuple[Part, ...]
    late: bool = False
    waits: bool = False


def close(
    period: str,
    sent: Mapping[str, Sent],
    frozen: Mapping[str, Sequence[Part]],
    *,
    least: int,
    others: Mapping[str, Sent] | None = None,
) -> Closing:
    """Every kommune that may contribute. `frozen`: by kommune of today, its own and its parents' parts. `others`: those
    that are in the region no more, or not yet; what they have sent and is not frozen waits.

    With fewer than `least` that have sent anything the half-year is empty and all of it waits.
    """
    until = parse(period)[-1]
    aside = any(_anything(waiting(each, frozen.get(one, ()), until)) for one, each in (others or {}).items())
    found = {kommune: freeze(kommune, period, each, frozen.get(kommune, ())) for kommune, each in sent.items()}
    parts = tuple(each.part for each in found.values() if each.part is not None)
    if len(parts) < least:
        return Closing(period, (), waits=aside or bool(parts))
    aside = aside or any(each.set_aside for each in sent.values())
    late, waits = (any(getattr(each, name) for each in found.values()) for name in ("late", "waits"))
    return Closing(period, parts, late=late, waits=waits or aside)


def _anything(numbers: Flat) -> bool:
    return any(numbers.values())


def refusal(*, missing: Sequence[str], without: bool, over: bool) -> str:
    """Why the half-year cannot be closed, "" when it can. `missing`: kommuner that should have sent for it.

    `without`: close it although some have not sent; what they send later is in the next one.
    """
    if not over:
        return "Halvåret er ikke over ennå."
    if missing and not without:
        return (
            f"Tall mangler fra {', '.join(missing)}. Vent på dem, eller lukk halvåret uten: da er de med i det neste."
        )
    return ""
