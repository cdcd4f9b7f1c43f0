"""The demo's past cases: each was told of, decided on, helped and closed by the coordinator, at a time of its own.

The rooms' own actions do it, inside the time that is told of, so that times, deadlines and persons can be counted as of
any other case. Nobody real is behind them, and there is no name in them.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from shared.codes.categories import category
from shared.codes.forms import CURRENT
from shared.codes.periods import Quarter
from tenants.cases.actions import answer
from tenants.cases.models import Case
from tenants.closing.actions import Report, close
from tenants.closing.checklist import OUTCOME
from tenants.inbox.actions import open_concern, register
from tenants.inbox.models import Concern
from tenants.inbox.told import Told
from tenants.measures.actions import Plan, move_measure, plan_measure
from tenants.persons.actions import add_person, link
from tenants.persons.card import Card
from tenants.persons.models import Person
from tenants.returns.import_file import ImportedCase
from tenants.returns.importing import reporter_kind
from tenants.triage.actions import NewStep, decide
from tenants.triage.states import CATEGORIES
from varde.access import Reader
from varde.clock import OSLO, now, telling
from varde.identity.models import User
from varde.ui.dates import day_of

MORNING = time(8, tzinfo=OSLO)
HELD, HELPED, KNOWN = 0.86, 0.82, 0.12
"""How often a deadline holds, how often there is a measure, and how often the person has had a case before."""
LONGEST = timedelta(days=75)
"""From the decision until it is closed."""
WAYS, SERVICES = ("phone", "letter", "visit"), ("Hjemmetjenesten", "Nav", "Boligtjenesten", "Fastlegen")
UNRATED = "bor"


@dataclass(frozen=True, slots=True)
class Course:
    """When each thing happened; `measured` is None where nothing was done."""

    received: datetime
    opened: datetime
    decided: datetime
    measured: datetime | None
    closed: datetime


def course(rated: str, quarter: Quarter, dice: random.Random, until: datetime) -> Course:
    """Times that go with a category, all before `until`, the first in the quarter."""
    days = (quarter.last_day - quarter.first_day).days
    day = quarter.first_day + timedelta(days=dice.randrange(days))
    received = min(datetime.combine(day, MORNING) + timedelta(hours=8 * dice.random()), until - timedelta(days=1))
    found = category(rated)
    limit = timedelta(hours=found.deadline_hours or found.collect_more_hours or 0)
    share = 0.05 + 0.9 * dice.random() ** 2 if dice.random() < HELD else 1.1 + dice.random()
    # With too little to go on it is the closing that has to be in time.
    later = limit * share if found.deadline_hours else timedelta(hours=20 * dice.random())
    decided = min(received + later, until)
    last = decided + LONGEST * (0.1 + 0.9 * dice.random()) if found.deadline_hours else received + limit * share
    closed = max(min(last, until), decided)
    measured = decided + (closed - decided) * 0.6 * dice.random() ** 2 if dice.random() < HELPED else None
    return Course(received, received + (decided - received) * 0.4, decided, measured, closed)


def lay(cases: Sequence[ImportedCase], dice: random.Random, by: Reader) -> int:
    """All of them, the oldest first, as the coordinator `by`; how many."""
    me, until = User.objects.get(id=str(by.user_id)), now() - timedelta(hours=1)
    known: list[Person] = []
    for one in cases:
        rated = _rated(one)
        _live(one, rated, course(rated, one.quarter, dice, until), me, known, dice, by)
    return len(cases)


def _rated(made: ImportedCase) -> str:
    given = made.answers.get("kategori", ())
    return given[0] if given and given[0] in dict(CATEGORIES) else UNRATED


def _live(
    made: ImportedCase,
    rated: str,
    went: Course,
    me: User,
    known: list[Person],
    dice: random.Random,
    by: Reader,
) -> None:
    with telling(went.received):
        told = Told(reporter_kind=reporter_kind(made), what="Oppdiktet bekymring, så demoen har tall å vise.")
        concern_id = register(told=told, channel=dice.choice(WAYS), by=by).concern_id
    with telling(went.opened):
        concern = open_concern(concern=Concern.objects.get(id=concern_id), by=by)
    with telling(went.decided):
        step = NewStep("Snakke med den det gjelder", me, now() + timedelta(days=2))
        decide(concern=concern, category=rated, outcome="case", reason="Oppdiktet.", step=step, by=by)
        _person(concern, known, dice, by)
    case = Case.objects.get(concern_id=concern_id)
    answer(case=case, form=CURRENT, answers=dict(_answers(made)), by=by)
    if went.measured is not None:
        with telling(went.measured):
            _measure(case, me, dice, by)
    with telling(went.closed):
        outcomes = made.answers.get(OUTCOME) or ("talks",)
        close(case=case, report=Report(done="Oppdiktet sak: samtaler og oppfølging."), outcomes=outcomes, by=by)


def _answers(made: ImportedCase) -> Iterator[tuple[str, tuple[str, ...]]]:
    """All but the outcome, which belongs to the closing."""
    return ((key, codes) for key, codes in made.answers.items() if key != OUTCOME)


def _person(concern: Concern, known: list[Person], dice: random.Random, by: Reader) -> None:
    laid = add_person(concern=concern, role="exposed", card=Card(known="half", description="Oppdiktet"), by=by)
    if known and dice.random() < KNOWN:
        link(person=laid, other=dice.choice(known), by=by)
    known.append(laid)


def _measure(case: Case, me: User, dice: random.Random, by: Reader) -> None:
    plan = Plan("concrete", "Faste samtaler og besøk", me, day_of(now()) + timedelta(days=7), dice.choice(SERVICES))
    made = plan_measure(case=case, plan=plan, by=by)
    move_measure(measure=made, to="done", effect="Gjennomført.", by=by)
