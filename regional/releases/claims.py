"""What others are said to have published: whether it can be read, and whether what is frozen bears it out. Pure.

The second is asked by the worker alone and told to nobody: else a figure could be found out by claiming it.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from regional.releases.asked import model
from regional.releases.cells import FIRST, QUARTERS, SECOND, Cell, canonical
from regional.releases.ledger import Ledger
from regional.releases.problem import Fact, Rule, World, problem
from shared.codes.forms import REPORTED
from varde.refusal import Refused

MOST = 5
SPAN = timedelta(days=183)
NOT_CLOSED = "Opplysningen gjelder en periode som ikke er lukket: {period}."
NO_FIGURE = "Opplysningen gjelder et tall som skjemaet ikke har."
NO_BOUNDS = "Oppgi tallet som hele tall, der det minste ikke er større enn det største."
NOT_THERE = "Opplysningen gjelder en kommune som ikke var med i periodene."
TOO_MANY = f"Det er lagt inn {MOST} slike opplysninger det siste halvåret. Flere kan ikke legges inn nå."


def claim(told: Ledger, cell: Cell, low: int, high: int | None, kommuner: Collection[str] | None) -> Fact:
    """The claim as a fact. Raises Refused where it is about no figure there is; never for what it says."""
    missing = [period for period in cell.periods if period not in told.periods]
    if missing or not cell.periods:
        raise Refused(NOT_CLOSED.format(period=", ".join(missing) or "ingen"))
    if low < 0 or (high is not None and high < low):
        raise Refused(NO_BOUNDS)
    own = {each.id for closed in told.closed if closed.period in cell.periods for each in closed.members}
    if kommuner is not None and not (kommuner and set(kommuner) <= own):
        raise Refused(NOT_THERE)
    if not _there(cell):
        raise Refused(NO_FIGURE)
    whose = None if kommuner is None else frozenset(kommuner)
    return Fact(canonical(cell, model(REPORTED)), low, high, whose)


def _there(cell: Cell) -> bool:
    of = model(REPORTED)
    if cell.question == QUARTERS:
        return cell.kind == "codes" and bool(cell.codes) and set(cell.codes) <= {FIRST, SECOND}
    if cell.question in of.figures:
        return cell.kind in ("cross", "of", "rest") and not cell.codes
    asked = of.questions.get(cell.question)
    if asked is None or cell.kind not in ("codes", "answered", "blank", "ticks", "multi"):
        return False
    return set(cell.codes) <= set(asked.codes) and bool(cell.codes) == (cell.kind == "codes")


def bears_out(found: World, fact: Fact) -> bool:
    """Is it so, by what is frozen?"""
    try:
        made = problem(found, [], rule=Rule(), facts=[fact])
    except (KeyError, ValueError):
        return False
    atoms = made["rows"][-1]["atoms"]
    number = sum(each["count"] for each in made["atoms"] if each["id"] in atoms)
    return fact.low <= number and (fact.high is None or number <= fact.high)


def too_many(at: datetime, times: Sequence[datetime]) -> bool:
    """Have as many been entered as may be in half a year?"""
    return sum(each > at - SPAN for each in times) >= MOST
