"""The region's word on every lend is what the agreement's text says, day by day (ADR 0029)."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID

from regional.cooperation import agreement_queries as queries
from regional.cooperation.agreement_models import Agreement
from regional.cooperation.agreement_queries import Version
from regional.cooperation.terms import Lend as Agreed
from shared.registry import lends_actions
from shared.registry.lends import Lend
from shared.registry.lends_queries import Known, about
from shared.registry.models import Office
from varde.access import Reader
from varde.clock import now
from varde.ui.dates import day_of
from varde.worktime import moment as at_clock

type Story = list[tuple[datetime, bool]]
_DAY = timedelta(days=1)


def follow(row: Agreement, by: Reader) -> None:
    """Say what the text says of each lend, wherever our word is another. Raises Refused for a day that is too far."""
    moment, known = now(), about(by.office.id)
    wanted = _wanted(row, by.office.id, moment)
    own = {word.lend for word in known.said if word.said_by == by.office.id}
    for lend in sorted(own | set(wanted), key=str):
        story = wanted.get(lend, [(moment, False)])
        if not _says(known, lend, by.office.id, story):
            lends_actions.say(lend=lend, story=story, by=by)


def _says(known: Known, lend: Lend, side: UUID, story: Story) -> bool:
    """Is this what we have said, now and at each time to come?"""
    moment = story[0][0]
    times = sorted({at for at, _ in story} | set(known.changes(lend, side, moment)))
    return all(known.says_yes(lend, side, at) == _at(story, at) for at in times)


def _at(story: Story, at: datetime) -> bool:
    return [yes for since, yes in story if since <= at][-1]


def _wanted(row: Agreement, region: UUID, moment: datetime) -> dict[Lend, Story]:
    today, here = day_of(moment), set(Office.objects.filter(kind="kommune", active=True).values_list("id", flat=True))
    spans: dict[Lend, list[tuple[date, date]]] = {}
    for version, last in _each_until(queries.ahead(row, today)):
        for agreed in version.terms.lends:
            if {agreed.lender, agreed.borrower} - {None} <= here:
                for role in agreed.roles:
                    lend = Lend(row.id, region, agreed.lender, agreed.borrower or region, role)
                    spans.setdefault(lend, []).append(_span(version, last, agreed))
    return {lend: _story(found, today, moment) for lend, found in spans.items()}


def _each_until(versions: list[Version]) -> Iterable[tuple[Version, date]]:
    """Each with its last day."""
    yield from ((one, after.from_day - _DAY) for one, after in pairwise(versions))
    yield from ((one, date.max) for one in versions[-1:])


def _span(version: Version, last: date, agreed: Agreed) -> tuple[date, date]:
    return max(version.from_day, agreed.starts_on or date.min), min(last, agreed.ends_on or date.max)


def _story(spans: list[tuple[date, date]], today: date, moment: datetime) -> Story:
    """From now: yes or no, and when that changes."""
    days = {start for start, _ in spans} | {last + _DAY for _, last in spans if last < date.max}
    story: Story = []
    for day in (today, *sorted(day for day in days if day > today)):
        yes = any(start <= day <= last for start, last in spans)
        if not story or story[-1][1] != yes:
            story.append((at_clock(day, time(0)) if story else moment, yes))
    return story
