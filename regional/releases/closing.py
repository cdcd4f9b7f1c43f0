"""Closing a half-year: what each kommune contributes is frozen, and what came too late goes in the one after. Pure.

A kommune's contribution is all that it has sent for the quarters up to the period's end, less all that is frozen of it
already. So a late case is in the period in which it became known, and a correction is made up for in the next period.
Where that gives numbers that no cases can have, the period gets its own quarters alone and the difference waits, whole,
for the next closing. Frozen and waiting together are always what was sent: every case counts once.

Kommuner that have become one are one here: the new one takes over what its parents sent and what waited for them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from regional.releases.asked import folded, model
from regional.releases.cells import FIRST, QUARTERS, SECOND
from regional.releases.flat import CASES, Flat, flat, less, total
from regional.releases.problem import Part, fits
from shared.codes.forms import REPORTED, form
from shared.codes.periods import Quarter, parse
from shared.contracts import Counts

WAITS = (
    "Rettelser eller sene saker for tidligere perioder passer ikke inn i dette halvåret. "
    "De venter til neste gang et halvår lukkes."
)
CHANGED_FORM = (
    "Rettelser eller sene saker for tidligere perioder er ført i et eldre skjema enn halvårets. "
    "De venter til neste gang et halvår lukkes."
)
TWO_FORMS = "Halvåret er sendt i to skjemaer som ikke kan legges sammen. Tallene venter."
WRONG = "Tallene henger ikke sammen. De venter til kommunen har sendt dem på nytt."


@dataclass(frozen=True, slots=True)
class Sending:
    """The newest return of a quarter, and the form that it is in."""

    quarter: Quarter
    form: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Frozen:
    """What a kommune gets in a period (None: nothing), and why something of it waits ("" when nothing does).

    `late`: is something in it from before the period, or taken back from there?
    """

    part: Part | None
    waits: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """All that a kommune and those it has become of have sent, and the quarter in which it was born of them."""

    own: Sequence[Sending]
    parents: Mapping[str, Sequence[Sending]] = field(default_factory=dict)
    born: Quarter | None = None

    @property
    def all(self) -> list[Sending]:
        """Every sending that counts: the parents' until the quarter in which the new one was born."""
        old = [each for sendings in self.parents.values() for each in sendings]
        return [*(each for each in old if self.born is None or each.quarter < self.born), *self.own]


def freeze(kommune: str, period: str, sent: Sent, frozen: Sequence[Part]) -> Frozen:
    """One kommune's contribution to a period. `frozen`: its own and its parents' in all periods before."""
    quarters = parse(period)
    known = [each for each in sent.all if each.quarter <= quarters[-1]]
    here = [each for each in known if each.quarter in quarters]
    own = _in_quarters(_numbers(here), here, quarters)
    due = less(_numbers(known), _without_quarters(total(part.numbers for part in frozen)))
    if not any(less(due, _without_quarters(own)).values()):
        return _checked(kommune, here, own, "")
    if not _one_model({each.form for each in known} | {part.form for part in frozen}):
        return _checked(kommune, here, own, CHANGED_FORM)
    whole = Part(kommune, _newest_form(known), placed(due, own))
    return Frozen(whole, late=True) if fits(whole, model(whole.form)) else _checked(kommune, here, own, WAITS)


def _checked(kommune: str, here: Sequence[Sending], numbers: Flat, waits: str) -> Frozen:
    """The period's own quarters; nothing where the kommune sent none, or what cannot be."""
    if not here:
        return Frozen(None, waits)
    part = Part(kommune, _newest_form(here), numbers)
    one_form = _one_model({each.form for each in here})
    if not one_form or not fits(part, model(part.form)):
        return Frozen(None, TWO_FORMS if not one_form else WRONG)
    return Frozen(part, waits)


def placed(due: Flat, own: Flat) -> Flat:
    """The cases in the two quarters: late ones are in the first, what is taken back goes from there while it lasts."""
    first = max(0, due.get(CASES, 0) - own.get((QUARTERS, "code", SECOND), 0))
    second = due.get(CASES, 0) - first
    return {**due, (QUARTERS, "code", FIRST): first, (QUARTERS, "code", SECOND): second}


def waiting(sent: Sent, frozen: Sequence[Part], until: Quarter) -> Flat:
    """What has been sent for quarters up to this one and is in no closed period; every number 0 when nothing waits."""
    known = _numbers([each for each in sent.all if each.quarter <= until])
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


def _one_model(versions: set[str]) -> bool:
    """Do these forms ask all questions alike?"""
    keys = {tuple(sorted(model(version).questions)) for version in versions}
    return len(keys) <= 1


def _without_quarters(numbers: Flat) -> Flat:
    return {name: count for name, count in numbers.items() if name[0] != QUARTERS}


@dataclass(frozen=True, slots=True)
class Closing:
    """A half-year as it would be closed: what each kommune gets, and what waits, as sentences by kommune."""

    period: str
    parts: tuple[Part, ...]
    waits: Mapping[str, str]


def close(period: str, sent: Mapping[str, Sent], frozen: Mapping[str, Sequence[Part]]) -> Closing:
    """Every kommune that may contribute. `frozen`: by kommune of today, its own and its parents' parts."""
    found = {kommune: freeze(kommune, period, each, frozen.get(kommune, ())) for kommune, each in sent.items()}
    return Closing(
        period,
        tuple(each.part for each in found.values() if each.part is not None),
        {kommune: each.waits for kommune, each in found.items() if each.waits},
    )


def refusal(closing: Closing, *, missing: Sequence[str], without: bool, over: bool, least: int) -> str:
    """Why the half-year cannot be closed, "" when it can. `missing`: kommuner that should have sent for it.

    `without`: close it although some have not sent; what they send later is in the next one.
    """
    if not over:
        return "Halvåret er ikke over ennå."
    if len(closing.parts) < least:
        return f"Bare {len(closing.parts)} kommuner har sendt tall, og det må være minst {least}."
    if missing and not without:
        return (
            f"Tall mangler fra {', '.join(missing)}. Vent på dem, eller lukk halvåret uten: da er de med i det neste."
        )
    return ""
