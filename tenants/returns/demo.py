"""Made-up registrations of the last two years, so that the demo's figures and dashboard show something.

The oldest half-year, and all in a region too small to give figures out, is imported: the old form, without times.
After that the coordinator has worked in Varde: the rooms' own actions, at times of their own. Returns are sent by
post. No real case is behind them; the dice are loaded by the kommune's number: every demo of a day has the same.
"""

import random
from collections.abc import Iterator
from contextlib import suppress

from shared.codes.forms import REPORTED, Question, form
from shared.codes.periods import Quarter, quarter_of
from shared.registry.queries import facts, kommuner_of, region_of
from tenants.returns import demo_past, leaders, leaders_actions, leaders_queries
from tenants.returns.import_file import ImportedCase
from tenants.returns.importing import import_cases
from tenants.returns.leaders_models import GivenFigures
from tenants.returns.models import SentReturn
from tenants.returns.sending import deliver, send_all
from varde.access import Reader, Role
from varde.clock import now
from varde.demo_cast import NobodyHere, acting, once
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work
from varde.ui.dates import day_of

HALVES = 4
"""Half-years that are over: two that the region gives out, one that is a draft there, one that is not closed."""
MANY, FEW = (6, 10), (2, 4)
"""Registrations a quarter: in a region that gives figures out, enough to be divided into answers; in one that is too
small to, a few."""
ENOUGH = 3  # kommuner that send
IMPORTED = 2
"""Quarters, of the oldest, that were registered in the old form."""
# How likely a question is answered, and how much likelier an answer is than the next in the list.
ANSWERED, FALLING = 0.93, 0.75


def seed(ref: OfficeRef) -> bool:
    """Register, count, send and deliver; False when the kommune has no team or has sent something before."""
    with work(ref, "returns"):
        office = facts(ref)
        if not office.has_team or SentReturn.objects.exists():
            return False
        size = _size(ref)
    since = quarter_of(office.started_on) if office.started_on else None
    quarters = [quarter for quarter in last_quarters() if since is None or quarter >= since]
    cases = list(made_up(ref.number, quarters, size))
    old = [one for one in cases if size == FEW or one.quarter in quarters[:IMPORTED]]
    import_cases(ref, old)
    with suppress(NobodyHere), acting(ref, Role.COORDINATOR) as by:
        demo_past.lay(cases[len(old) :], random.Random(ref.number), by)  # noqa: S311 - nothing secret
    list(send_all([ref], quarters))
    deliver([ref])
    once(ref, there=GivenFigures.objects.exists, lay=_give)
    return True


def _give(by: Reader) -> None:
    """The leaders get the newest half-year that is over."""
    halves = [each for each in leaders_queries.waiting(day_of(now())) if "H" in each.value]
    for period in halves[:1]:
        content = leaders.protected(leaders_queries.counts_of(period))
        leaders_actions.give(period=period.value, seen=leaders.print_of(content), by=by)


def last_quarters() -> list[Quarter]:
    """The newest quarters that are over, the oldest first, from the first of a half-year; not yet cut to when the
    kommune started."""
    this = quarter_of(day_of(now()))
    found = [Quarter(this.year - HALVES // 2, 1 if this.number < 3 else 3)]
    while found[-1] < this:
        found.append(found[-1].next)
    return found[:-1]


def _size(ref: OfficeRef) -> tuple[int, int]:
    region = region_of(ref)
    sends = [each for each in kommuner_of(region.id) if facts(each).has_team] if region else []
    return MANY if len(sends) >= ENOUGH else FEW


def made_up(seed_text: str, quarters: list[Quarter], size: tuple[int, int]) -> Iterator[ImportedCase]:
    """So many registrations a quarter (fewest, most)."""
    dice = random.Random(seed_text)  # noqa: S311 - nothing secret, and the same every time
    for quarter in quarters:
        for number in range(dice.randint(*size)):
            drawn = {question.key: _draw(question, dice) for question in form(REPORTED).choices}
            answers = {key: codes for key, codes in drawn.items() if codes}
            yield ImportedCase(0, f"demo-{quarter}-{number}", "", quarter, answers)


def _draw(question: Question, dice: random.Random) -> tuple[str, ...]:
    if dice.random() > ANSWERED:
        return ()
    codes = [answer.code for answer in question.answers]
    weights = [FALLING**place for place in range(len(codes))]
    wanted = 1 if question.single or dice.random() < 0.6 else 2
    drawn = set(dice.choices(codes, weights, k=wanted))
    return tuple(code for code in codes if code in drawn)
