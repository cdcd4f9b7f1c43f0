"""What is odd in a month of the log. Pure: looks and what is known of them go in, findings come out.

The pattern that must be caught is not the big sweep but the small one: one look now and then, for years, at people
one has nothing to do with. So a single look without a task is enough; what everybody does much of is not.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID

from varde.audit.hooks import Pair, Task
from varde.audit.models import Action, Rule
from varde.audit.quiet import off_hours

# A list passes by without being asked for one matter; these ask for it.
ASKED_FOR = frozenset({Action.VIEW, Action.SEARCH, Action.PRINT, Action.EXPORT, Action.BREAK_GLASS})


@dataclass(frozen=True, slots=True)
class Look:
    """A row of the log as the rules see it; never what was in it."""

    at: datetime
    user_id: UUID
    name: str
    role: str
    action: str
    matter: UUID | None
    object_id: str
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What the rooms say. `usual`: how many matters each person looked at in earlier months; `everywhere`: roles that
    have something to do with every matter; `on_shift`: was it this person's turn then?"""

    tasks: Mapping[UUID, Sequence[Task]] = field(default_factory=dict)
    hints: Mapping[Pair, frozenset[Rule]] = field(default_factory=dict)
    usual: Mapping[UUID, Sequence[int]] = field(default_factory=dict)
    everywhere: frozenset[str] = frozenset()
    on_shift: Callable[[UUID, datetime], bool] = lambda _user, _at: False


@dataclass(frozen=True, slots=True)
class Limits:
    """Where odd begins. `quiet`: requests outside working hours in a month. `volume_*`: matters in a month, at least
    and as many times the median. `denied_*`: different things that were refused, in a day and in a month."""

    quiet: int = 3
    volume_least: int = 20
    volume_times: float = 3.0
    denied_day: int = 3
    denied_month: int = 5


@dataclass(frozen=True, slots=True)
class Odd:
    """What is put before somebody: rule, person, matter (None when it is about many), and how much and when."""

    rule: Rule
    user_id: UUID
    name: str
    role: str
    matter: UUID | None
    looks: int
    first_at: datetime
    last_at: datetime


def odd(
    looks: Iterable[Look], known: Known, limits: Limits | None = None, rules: Iterable[Rule] = tuple(Rule)
) -> list[Odd]:
    """Every finding of the chosen rules, the newest last."""
    rows, limits = list(looks), limits or Limits()
    asked = [look for look in rows if look.action in ASKED_FOR]
    found: list[Odd] = []
    for rule in rules:
        found += _RULES[rule](rows if rule is Rule.DENIED else asked, known, limits)
    return sorted(found, key=lambda each: (each.last_at, each.rule, str(each.user_id), str(each.matter)))


def _hinted(rule: Rule) -> "Judge":
    def judge(looks: list[Look], known: Known, _limits: Limits) -> list[Odd]:
        hit = [look for look in looks if look.matter and rule in known.hints.get((look.user_id, look.matter), ())]
        return _per_matter(rule, hit)

    return judge


def _no_task(looks: list[Look], known: Known, _limits: Limits) -> list[Odd]:
    return _per_matter(Rule.NO_TASK, [look for look in looks if look.matter and not _has_task(look, known)])


def _has_task(look: Look, known: Known) -> bool:
    if known.everywhere.intersection(look.role.split(", ")):
        return True
    tasks = known.tasks.get(look.matter, ()) if look.matter else ()
    return any(task.holds(look.user_id, look.at) for task in tasks)


def _off_hours(looks: list[Look], known: Known, limits: Limits) -> list[Odd]:
    quiet = [look for look in looks if look.matter and off_hours(look.at) and not known.on_shift(look.user_id, look.at)]
    return [
        _one(Rule.OFF_HOURS, theirs)
        for theirs in _by(quiet, lambda look: look.user_id)
        if len({look.request_id or look.at for look in theirs}) >= limits.quiet
    ]


def _volume(looks: list[Look], known: Known, limits: Limits) -> list[Odd]:
    people = _by([look for look in looks if look.matter], lambda look: look.user_id)
    counts = {theirs[0].user_id: len({look.matter for look in theirs}) for theirs in people}
    found = []
    for theirs in people:
        user, count = theirs[0].user_id, counts[theirs[0].user_id]
        others = [number for other, number in counts.items() if other != user]
        usual = [median(known.usual[user])] if known.usual.get(user) else []
        most = max([limits.volume_least / limits.volume_times, *usual, *([median(others)] if others else [])])
        if count > most * limits.volume_times:
            found.append(_one(Rule.VOLUME, theirs))
    return found


def _denied(looks: list[Look], _known: Known, limits: Limits) -> list[Odd]:
    refused = _by([look for look in looks if look.action == Action.DENIED], lambda look: look.user_id)
    return [_one(Rule.DENIED, theirs) for theirs in refused if _probes(theirs, limits)]


def _probes(looks: list[Look], limits: Limits) -> bool:
    if len({look.object_id for look in looks}) >= limits.denied_month:
        return True
    days = ([other for other in looks if timedelta(0) <= other.at - look.at < timedelta(days=1)] for look in looks)
    return any(len({look.object_id for look in day}) >= limits.denied_day for day in days)


def _per_matter(rule: Rule, looks: list[Look]) -> list[Odd]:
    return [_one(rule, group, group[0].matter) for group in _by(looks, lambda look: (look.user_id, look.matter))]


def _by(looks: list[Look], key: Callable[[Look], object]) -> list[list[Look]]:
    groups: dict[object, list[Look]] = {}
    for look in looks:
        groups.setdefault(key(look), []).append(look)
    return list(groups.values())


def _one(rule: Rule, looks: list[Look], matter: UUID | None = None) -> Odd:
    times = [look.at for look in looks]
    last = max(looks, key=lambda look: look.at)
    requests = len({look.request_id or look.at for look in looks})
    return Odd(rule, last.user_id, last.name, last.role, matter, requests, min(times), max(times))


Judge = Callable[[list[Look], Known, Limits], list[Odd]]
_RULES: dict[Rule, Judge] = {
    Rule.OWN_NAME: _hinted(Rule.OWN_NAME),
    Rule.NO_TASK: _no_task,
    Rule.OFF_HOURS: _off_hours,
    Rule.VOLUME: _volume,
    Rule.DENIED: _denied,
}
