"""Which service answers the phone of a kommune at a time. Pure; hours are what the clock in Oslo shows.

A set-up is a few rules in order and what holds when none of them is open: the first open rule answers. Versions of a
set-up hold from a time on, and of two from the same time the one that was said last.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any, Literal, cast, get_args

from varde.days import TWO_YEARS
from varde.refusal import Refused
from varde.worktime import MIDNIGHT, ROUND_THE_CLOCK, Calendar, Opening, Span, Week, open_spans

Service = Literal["hotline", "own", "krisesenter"]
Kind = Literal["hotline", "own", "krisesenter", "form", "legevakt"]
When = Literal["always", "open", "hours"]
SERVICES: dict[Service, str] = {
    "hotline": "Vakttelefonen",
    "own": "Kommunens egen telefon",
    "krisesenter": "Krisesenteret",
}
KINDS: dict[Kind, str] = {**cast(dict[Kind, str], SERVICES), "form": "Bare skjema", "legevakt": "Legevakten 116 117"}
WHENS: dict[When, str] = {
    "always": "Hele døgnet",
    "open": "Når vakttelefonen er åpen",
    "hours": "I disse timene",
}
MOST_RULES = 4
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Rule:
    """A service, and when it answers; `days` (0 is Monday), `opens` and `closes` are for "hours" alone.

    What closes no later than it opens goes on into the next day.
    """

    service: Service
    when: When = "always"
    days: tuple[int, ...] = ()
    opens: time = MIDNIGHT
    closes: time = MIDNIGHT
    on_holidays: bool = False

    def calendar(self, hotline: Calendar) -> Calendar:
        """When it is open; `hotline` is the shared phone's own calendar."""
        if self.when == "open":
            return hotline
        if self.when == "always":
            return Calendar((Opening(date.min, ROUND_THE_CLOCK, on_holidays=True),))
        return Calendar((Opening(date.min, week(self.days, self.opens, self.closes), self.on_holidays),))


@dataclass(frozen=True, slots=True)
class Setup:
    """The rules of one kommune, and what holds when none is open."""

    rules: tuple[Rule, ...]
    fallback: Kind = "form"


@dataclass(frozen=True, slots=True)
class Version:
    """A set-up that holds from `since`."""

    since: datetime
    setup: Setup


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `starts` until `ends` (UTC) this answers."""

    starts: datetime
    ends: datetime
    kind: Kind


# Before a region has said anything: the shared phone, when it is open.
DEFAULT = Version(datetime.min.replace(tzinfo=UTC), Setup((Rule("hotline", "open"),)))


class BadSetup(ValueError):
    """A set-up that cannot be; a sentence to show."""


def from_when(since: datetime | None, moment: datetime) -> datetime:
    """From when it holds (None: from now). Raises Refused for a time that is over, or far off."""
    if since is None:
        return moment
    if since < moment:
        raise Refused("Tidspunktet er passert. Velg «med en gang» eller et senere tidspunkt.")
    if since > moment + TWO_YEARS:
        raise Refused("Tidspunktet er mer enn to år fram. Velg et nærmere tidspunkt.")
    return since


def check(setup: Setup) -> None:
    """Raise BadSetup for a set-up without a rule, or a rule whose hours are none."""
    if not setup.rules:
        raise BadSetup("Velg minst én tjeneste som svarer.")
    for rule in setup.rules:
        if rule.when == "open" and rule.service != "hotline":
            raise BadSetup(f"«{WHENS['open']}» gjelder bare vakttelefonen. Velg timer for {SERVICES[rule.service]}.")
        if rule.when == "hours" and not rule.days:
            raise BadSetup(f"Velg ukedager for {SERVICES[rule.service]}.")


def week(days: Iterable[int], opens: time, closes: time) -> Week:
    """The same hours on these weekdays; what goes on past midnight also stands on the day after."""
    found: dict[int, list[Span]] = {}
    for day in days:
        if closes > opens or closes == MIDNIGHT:
            found.setdefault(day, []).append(Span(opens, closes))
        else:
            found.setdefault(day, []).append(Span(opens, MIDNIGHT))
            found.setdefault((day + 1) % 7, []).append(Span(MIDNIGHT, closes))
    return {day: tuple(sorted(spans, key=lambda span: span.opens)) for day, spans in found.items()}


def version_at(versions: Sequence[Version], at: datetime) -> Version:
    """The one that holds: of those that have begun the latest, of equal ones the last in the list."""
    ordered = _ordered(versions)
    return ordered[bisect_right(ordered, at, key=lambda each: each.since) - 1]


def next_switch(versions: Sequence[Version], now: datetime) -> Version | None:
    """The first version to come that says something else than what holds now."""
    holds = version_at(versions, now).setup
    starts = sorted({each.since for each in versions if each.since > now})
    coming = (version_at(versions, start) for start in starts)
    return next((each for each in coming if each.setup != holds), None)


def answer_at(versions: Sequence[Version], at: datetime, hotline: Calendar) -> Kind:
    """What answers at a time."""
    return stretches(versions, at, at + _INSTANT, hotline)[0].kind


def until(versions: Sequence[Version], at: datetime, hotline: Calendar, days: int = 8) -> datetime | None:
    """When something else begins to answer; None when nothing else does within so many days."""
    found = stretches(versions, at, at + timedelta(days=days), hotline)
    return found[0].ends if len(found) > 1 else None


def stretches(versions: Sequence[Version], since: datetime, until: datetime, hotline: Calendar) -> list[Stretch]:
    """[since, until) without a hole, cut where another kind begins to answer."""
    since, until = since.astimezone(UTC), until.astimezone(UTC)
    begins = {each.since.astimezone(UTC) for each in versions if since < each.since < until}
    found: list[Stretch] = []
    for starts, ends in pairwise(sorted({since, until, *begins})):
        for each in _of_one(version_at(versions, starts).setup, starts, ends, hotline):
            kept = found.pop() if found and found[-1].kind == each.kind else each
            found.append(Stretch(kept.starts, each.ends, each.kind))
    return found


def cut(found: Iterable[Stretch], times: Iterable[datetime]) -> list[Stretch]:
    """The same, cut at these times as well."""
    wanted = sorted(time.astimezone(UTC) for time in times)
    parts = ((each, [each.starts, *(t for t in wanted if each.starts < t < each.ends), each.ends]) for each in found)
    return [Stretch(starts, ends, each.kind) for each, cuts in parts for starts, ends in pairwise(cuts)]


def silent(
    found: Iterable[Stretch], lacks: Callable[[Kind, datetime], str], unmanned: Iterable[tuple[datetime, datetime]]
) -> list[tuple[datetime, datetime, str]]:
    """When somebody rings in vain, and why: what a service `lacks` ("" for nothing), or that the shared phone is
    `unmanned`."""
    holes = list(unmanned)
    none: list[tuple[datetime, datetime, str]] = []
    for each in found:
        if why := lacks(each.kind, each.starts):
            none.append((each.starts, each.ends, why))
        elif each.kind == "hotline":
            within = ((max(each.starts, starts), min(each.ends, ends)) for starts, ends in holes)
            none += [(starts, ends, "Ingen har vakt på vakttelefonen") for starts, ends in within if starts < ends]
    return _joined(none)


def _joined(holes: Iterable[tuple[datetime, datetime, str]]) -> list[tuple[datetime, datetime, str]]:
    joined: list[tuple[datetime, datetime, str]] = []
    for starts, ends, why in holes:
        if joined and joined[-1][1:] == (starts, why):
            starts = joined.pop()[0]
        joined.append((starts, ends, why))
    return joined


def in_words(setup: Setup) -> str:
    """«Kommunens egen telefon mandag–fredag 08.00–15.30. Vakttelefonen når den er åpen. Ellers bare skjema.»"""
    said = [f"{SERVICES[rule.service]} {when_in_words(rule)}." for rule in setup.rules]
    if any(rule.when == "always" for rule in setup.rules):
        return " ".join(said)
    return " ".join([*said, f"Ellers {_small(KINDS[setup.fallback])}."])


def when_in_words(rule: Rule) -> str:
    """«hele døgnet», «mandag–fredag 08.00–15.30»."""
    if rule.when != "hours":
        return {"always": "hele døgnet", "open": "når den er åpen"}[rule.when]
    hours = "hele døgnet" if rule.opens == rule.closes else f"{rule.opens:%H.%M}–{rule.closes:%H.%M}"
    return f"{days_in_words(rule.days)} {hours}{', også helligdager' if rule.on_holidays else ''}"


def days_in_words(days: Sequence[int]) -> str:
    """«mandag–fredag», «lørdag og søndag», «hver dag»."""
    ordered = sorted(set(days))
    if len(ordered) == 7:
        return "hver dag"
    if len(ordered) > 2 and ordered[-1] - ordered[0] == len(ordered) - 1:
        return f"{_WEEKDAYS[ordered[0]]}–{_WEEKDAYS[ordered[-1]]}"
    return " og ".join(_WEEKDAYS[day] for day in ordered)


_WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")


def to_json(setup: Setup) -> dict[str, Any]:
    """As it is stored."""
    rules = [
        {
            "service": rule.service, "when": rule.when, "days": list(rule.days), "opens": f"{rule.opens:%H:%M}",
            "closes": f"{rule.closes:%H:%M}", "on_holidays": rule.on_holidays,
        }
        for rule in setup.rules
    ]  # fmt: skip
    return {"rules": rules, "fallback": setup.fallback}


def from_json(content: Mapping[str, Any]) -> Setup:
    """As it was stored. Raises ValueError for what no version of ours has written."""
    rules = tuple(
        Rule(
            cast(Service, _known(rule["service"], get_args(Service))),
            cast(When, _known(rule["when"], get_args(When))),
            tuple(int(day) for day in rule["days"]),
            time.fromisoformat(rule["opens"]),
            time.fromisoformat(rule["closes"]),
            bool(rule["on_holidays"]),
        )
        for rule in content["rules"]
    )
    return Setup(rules, cast(Kind, _known(content["fallback"], get_args(Kind))))


def _known(code: str, codes: Iterable[str]) -> str:
    if code not in codes:
        raise ValueError(f"Ukjent kode i oppsettet: {code}.")
    return code


def _ordered(versions: Sequence[Version]) -> list[Version]:
    return sorted((DEFAULT, *versions), key=lambda each: each.since)


def _of_one(setup: Setup, since: datetime, until: datetime, hotline: Calendar) -> Iterable[Stretch]:
    """The stretches of one set-up; equal neighbours are joined by whoever asks."""
    opened = [(rule.service, list(open_spans(since, until, rule.calendar(hotline)))) for rule in setup.rules]
    cuts = {since, until} | {cut for _, spans in opened for span in spans for cut in span}
    for starts, ends in pairwise(sorted(cuts)):
        on = (service for service, spans in opened if any(a <= starts < b for a, b in spans))
        yield Stretch(starts, ends, next(on, setup.fallback))


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
