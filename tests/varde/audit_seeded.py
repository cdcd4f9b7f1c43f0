"""A kommune's log of half a year, made from a seed, with people planted in it who look where they should not.

The pattern is the one found by chance in Norwegian kommuner: small look-ups, one or two at a time, over a long time, at
people one has no task with. Around it: honest work with evenings on call, cover for a sick colleague, a busy month.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from varde.audit.hooks import Task
from varde.audit.models import Rule
from varde.audit.review import earlier, month_of, next_month
from varde.audit.rules import ASKED_FOR, Known, Look, Odd, odd

START, DAYS = datetime(2026, 3, 2, tzinfo=UTC), 180
EVERYWHERE = frozenset({"Koordinator"})


@dataclass
class Seeded:
    """Looks, what the rooms know, and what was planted: (rule, user, matter or None)."""

    chance: Random
    looks: list[Look] = field(default_factory=list)
    tasks: dict[UUID, list[Task]] = field(default_factory=dict)
    hints: dict[tuple[UUID, UUID], frozenset[Rule]] = field(default_factory=dict)
    shifts: set[tuple[UUID, int]] = field(default_factory=set)
    planted: set[tuple[Rule, UUID, UUID | None]] = field(default_factory=set)

    def one(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128), version=4)

    def look(
        self, user: UUID, matter: UUID | None, at: datetime, action: str = "view", role: str = "Teammedlem"
    ) -> None:
        request = f"{self.chance.getrandbits(64):016x}"
        self.looks.append(Look(at, user, str(user)[:8], role, action, matter, str(matter or self.one()), request))

    def on_shift(self, user: UUID, at: datetime) -> bool:
        return (user, at.date().toordinal()) in self.shifts

    def workday(self) -> datetime:
        while True:
            at = START + timedelta(days=self.chance.randrange(DAYS), hours=self.chance.uniform(7, 13))
            if not quiet(at):
                return at


def quiet(at: datetime) -> bool:
    from varde.audit.quiet import off_hours

    return off_hours(at)


def seeded(seed: int) -> Seeded:
    """Two coordinators, ten members, 120 matters; honest work first, then those who snoop."""
    made = Seeded(Random(seed))
    coordinators, members = [made.one() for _ in range(2)], [made.one() for _ in range(10)]
    matters = [made.one() for _ in range(120)]
    on = {matter: made.chance.sample(members, 2) for matter in matters}
    for matter, people in on.items():
        made.tasks[matter] = [Task(user, START) for user in people]
        for user in people:
            for _ in range(made.chance.randrange(8, 40)):
                made.look(user, matter, made.workday())
    for user in coordinators:
        for _ in range(1500):
            made.look(user, made.chance.choice(matters), made.workday(), role="Koordinator")
    _honest_exceptions(made, members, matters, on)
    _plant(made, members, coordinators, matters, on)
    return made


def _honest_exceptions(made: Seeded, members: list[UUID], matters: list[UUID], on: dict[UUID, list[UUID]]) -> None:
    """On call in the evenings, a look in a weekend now and then, a wrong click refused, help to a colleague."""
    for user in members[:4]:
        for _ in range(25):
            at = START + timedelta(days=made.chance.randrange(DAYS), hours=22.5)
            made.shifts.add((user, at.date().toordinal()))
            made.look(user, made.chance.choice([m for m in matters if user in on[m]]), at)
    for user in members:
        own = [m for m in matters if user in on[m]]
        made.look(user, made.chance.choice(own), START + timedelta(days=5 + 7 * made.chance.randrange(20), hours=10))
        made.look(user, None, made.workday(), action="denied")
    for _ in range(12):  # covers for somebody, without having been put on the case: a false alarm that is worth asking
        matter = made.chance.choice(matters)
        made.look(made.chance.choice([m for m in members if m not in on[matter]]), matter, made.workday())


def _plant(
    made: Seeded, members: list[UUID], coordinators: list[UUID], matters: list[UUID], on: dict[UUID, list[UUID]]
) -> None:
    snoop, night, sweeper, prober = members[-4:]
    for matter in made.chance.sample(
        [m for m in matters if snoop not in on[m]], 8
    ):  # one look a week or so, for months
        for week in made.chance.sample(range(25), 3):
            made.look(snoop, matter, START + timedelta(days=7 * week + 2, hours=9))
        made.planted.add((Rule.NO_TASK, snoop, matter))
    for matter, leads in zip(made.chance.sample(matters, 4), [True, False] * 2, strict=True):
        who = coordinators[0] if leads else on[matter][0]
        made.hints[who, matter] = frozenset({Rule.OWN_NAME})
        made.look(who, matter, made.workday(), role="Koordinator" if leads else "Teammedlem")
        made.planted.add((Rule.OWN_NAME, who, matter))
    for week in range(6):
        at = START + timedelta(days=28 + week, hours=23)
        made.look(night, next(m for m in matters if night in on[m]), at)
    made.planted.add((Rule.OFF_HOURS, night, None))
    for matter in matters[:100]:
        made.look(sweeper, matter, START + timedelta(days=150, hours=8 + made.chance.random()))
        if sweeper not in on[matter]:
            made.planted.add((Rule.NO_TASK, sweeper, matter))
    made.planted.add((Rule.VOLUME, sweeper, None))
    for minute in range(6):
        made.look(prober, None, START + timedelta(days=100, hours=9, minutes=minute), action="denied")
    made.planted.add((Rule.DENIED, prober, None))


def found_in(made: Seeded, rules: tuple[Rule, ...] = tuple(Rule)) -> Iterator[Odd]:
    """What the monthly look finds, month by month."""
    by_month: dict[object, list[Look]] = {}
    for look in made.looks:
        by_month.setdefault(month_of(look.at), []).append(look)
    counted = {month: _counts(looks) for month, looks in by_month.items()}
    for month, looks in sorted(by_month.items(), key=lambda pair: str(pair[0])):
        before = [counted.get(earlier(month, back), {}) for back in range(1, 7)]
        usual = {user: [m[user] for m in before if user in m] for m in before for user in m}
        known = Known(made.tasks, made.hints, usual, EVERYWHERE, made.on_shift)
        assert next_month(month) > month
        yield from odd(looks, known, rules=rules)


def _counts(looks: list[Look]) -> dict[UUID, int]:
    seen: dict[UUID, set[UUID | None]] = {}
    for look in looks:
        if look.matter and look.action in ASKED_FOR:
            seen.setdefault(look.user_id, set()).add(look.matter)
    return {user: len(matters) for user, matters in seen.items()}


@dataclass(frozen=True)
class Figures:
    """How good the rules are on one log."""

    reads: int
    planted: int
    caught: int
    false: int

    @property
    def per_thousand(self) -> float:
        return 1000 * self.false / self.reads


def measure(made: Seeded, rules: tuple[Rule, ...] = tuple(Rule)) -> Figures:
    """Of what was planted, how much was found; and what was found that nobody planted."""
    found = {(each.rule, each.user_id, each.matter) for each in found_in(made, rules)}
    return Figures(len(made.looks), len(made.planted), len(found & made.planted), len(found - made.planted))
