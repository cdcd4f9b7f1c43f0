"""What the kommuner's public pages say of the phone: worked out from the set-ups and numbers, and laid in the registry.

Whenever one of them changes, each time from which the pages would say something else gets a row of its own, so that
the pages follow the plan without anybody doing anything at that time.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from regional.lines import queries
from regional.lines import setup as rules
from regional.lines.board import Board, board
from regional.lines.setup import KINDS, Kind, Rule, Setup, days_in_words
from shared.registry.models import PublishedPhone
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.ui.dates import day_of
from varde.ui.numbers import phone as written
from varde.worktime import Calendar, Span

LONGEST = 200
# Number, when it is answered in words, and whose it is.
type Said = tuple[str, str, str]


def publish(*, by: Reader) -> int:
    """Lay what the pages of the region's kommuner do not say yet; how many rows. In the caller's transaction."""
    moment = now()
    known, laid = board(moment), 0
    for office in queries.to_set_up(by.office.id):
        stand = _published(office.id, by.office.id)
        for since, said in wanted(known, office.id, moment):
            if _said_at(stand, since) != said:
                number, hours, service = said
                PublishedPhone(
                    kommune=office.id, region=by.office.id, since=since, phone=number, phone_hours=hours,
                    service=service, set_at=moment,
                ).save()  # fmt: skip
                stand.append((since, said))
                laid += 1
    if laid:
        record(by=by, action=Action.CHANGE, what="lines.published")
    return laid


def wanted(known: Board, kommune: UUID, now: datetime) -> Iterator[tuple[datetime, Said]]:
    """(from, what the pages say) now and at each time to come when a set-up or a number changes.

    Nothing for a kommune of which nothing is set up here: its pages say what the registry holds.
    """
    said = known.versions.get(kommune, [])
    times = {now} | {each.since for each in said} | {row.since for row in known.pointings}
    for at in sorted(time for time in times if time >= now):
        if any(each.since <= at for each in said):
            yield at, in_words(known, kommune, rules.version_at(said, at).setup, at)


def in_words(known: Board, kommune: UUID, setup: Setup, at: datetime) -> Said:
    """The number of the first service that has one, and when it and the others answer."""
    parts: list[tuple[str, Kind, str]] = []
    for rule in setup.rules:
        number = known.number(kommune, rule.service, at)
        if number:
            parts.append((_hours(rule, known.hotline, day_of(at)), rule.service, number))
    if not any(rule.when == "always" for rule in setup.rules):
        number = known.number(kommune, setup.fallback, at)
        if number:
            parts.append(("Ellers", setup.fallback, number))
    if not parts:
        return "", "", ""
    first, rest = parts[0], parts[1:]
    others = [
        f"{hours}: {KINDS[kind]}{'' if kind == 'legevakt' else ' ' + _short(number)}" for hours, kind, number in rest
    ]
    whole = ". ".join([first[0], *others])
    return _short(first[2]), whole if len(whole) <= LONGEST else first[0][:LONGEST], first[1]


def _short(number: str) -> str:
    """As a Norwegian writes it: «61 18 95 00», «116 006»; a foreign one as it is."""
    return written(number.removeprefix("+47") if number.startswith("+47") else number)


def _hours(rule: Rule, hotline: Calendar, day: date) -> str:
    if rule.when == "always":
        return "Hele døgnet"
    if rule.when == "hours":
        said = rules.when_in_words(rule)
    else:
        opening = next((each for each in reversed(hotline.openings) if each.since <= day), None)
        said = _week(opening.week.items()) if opening else "i åpningstiden"
    return said[:1].upper() + said[1:]


def _week(week: Iterable[tuple[int, tuple[Span, ...]]]) -> str:
    """«mandag–fredag 08.00–15.30, lørdag 10.00–14.00»"""
    opened = sorted((day, spans) for day, spans in week if spans)
    parts = []
    for spans, group in groupby(sorted(opened, key=lambda each: (_order(each[1]), each[0])), key=lambda each: each[1]):
        days = [day for day, _ in group]
        hours = " og ".join(
            "hele døgnet" if s.opens == s.closes else f"{s.opens:%H.%M}–{s.closes:%H.%M}" for s in spans
        )
        parts.append((min(days), f"{days_in_words(days)} {hours}"))
    return ", ".join(text for _, text in sorted(parts)) or "stengt"


def _order(spans: tuple[Span, ...]) -> list[tuple[int, int]]:
    return [(span.opens.hour * 60 + span.opens.minute, span.closes.hour * 60 + span.closes.minute) for span in spans]


def _published(kommune: UUID, region: UUID) -> list[tuple[datetime, Said]]:
    rows = PublishedPhone.objects.filter(kommune=kommune, region=region).order_by("set_at", "id")
    return [(row.since, (row.phone, row.phone_hours, row.service)) for row in rows]


def _said_at(stand: list[tuple[datetime, Said]], at: datetime) -> Said | None:
    """What holds at a time: of those that have begun the latest, of equal ones the last laid."""
    begun = sorted((each for each in stand if each[0] <= at), key=lambda each: each[0])
    return begun[-1][1] if begun else None
