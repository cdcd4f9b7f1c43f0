"""Which table answers a period that somebody asks for by its quarters. Pure.

Only planned tables exist: a period that is none of them is answered where a table holds the same quarters with figures,
as «2018Q4..2019Q3» is all there is up to the second half of 2019. Anything else is not given out.
"""

from collections.abc import Collection, Sequence

from regional.releases.offered import Offered, half_of, tables
from shared.codes.periods import Quarter, parse


def table_for(quarters: Sequence[Quarter], closed: Sequence[str], have: Collection[Quarter]) -> Offered | None:
    """The table of closed periods with exactly these of the quarters that anybody has sent for; None: there is none.

    Where several do, the one with the narrowest name: a half-year before a year before all since the start.
    """
    wanted = set(quarters) & set(have)
    found = [
        one
        for period in closed
        for one in tables(period, [each for each in closed if each <= period])
        if wanted and quarters_of(one) & set(have) == wanted
    ]
    return min(found, key=lambda one: (len(one.periods), one.id != f"{quarters[0]}", one.id), default=None)


def quarters_of(table: Offered) -> set[Quarter]:
    """The quarters that a table adds up."""
    if table.quarter:
        return set(parse(table.id))
    return {quarter for period in table.periods for quarter in parse(period)}


def to_close(quarters: Sequence[Quarter], closed: Sequence[str], following: str | None) -> list[str]:
    """The half-years that must be closed first, in order, before anything can be said of these quarters. `following`:
    the one that comes next, None while nobody has sent anything."""
    last = half_of(quarters[-1])
    found: list[str] = []
    period = following
    while period is not None and period <= last and period not in closed:
        found.append(period)
        period = half_of(parse(period)[-1].next)
    return found
