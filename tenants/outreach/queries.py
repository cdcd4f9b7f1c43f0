"""Asking about activities, the plan and a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from tenants.outreach.models import Activity, PlanNumbers
from tenants.outreach.rings import AUDIENCES, KINDS, Held, Ring, expert_days, new_staff, rings
from tenants.outreach.work import Group, groups
from tenants.team import register_queries
from tenants.team.register import KINDS as TRAINING
from varde.access import Permission, Reader
from varde.refusal import print_of

FIRST_YEAR = 2018


@dataclass(frozen=True, slots=True)
class Line:
    """A kind or an audience in a year: how many activities, how many reached, what they cost."""

    label: str
    count: int
    reach: int
    cost: int


@dataclass(frozen=True, slots=True)
class Year:
    """A year of outreach, training and work."""

    year: int
    activities: Sequence[Activity]
    kinds: Sequence[Line]
    audiences: Sequence[Line]
    sentences: Sequence[str]
    training: Sequence[tuple[str, int]]
    rite: Sequence[tuple[str, int]]
    hours: Sequence[tuple[str, str]]
    # What the reader sees of the year's work in matters; empty for those who see none.
    work: Sequence[Group]

    @property
    def reach(self) -> int:
        """Of all activities together."""
        return sum(line.reach for line in self.kinds)

    @property
    def cost(self) -> int:
        """In kroner, where it was written down."""
        return sum(line.cost for line in self.kinds)


def as_seen(activity: Activity) -> str:
    """An activity, for the page to send back."""
    plain = ("kind", "title", "held_on", "audience", "reach", "place", "material", "cost", "evaluation")
    return print_of(activity, (*plain, "responsible_id"))


def activities() -> QuerySet[Activity]:
    """The newest first."""
    return Activity.objects.select_related("responsible").order_by("-held_on", "-made_at")


def held() -> list[Held]:
    """Every activity as the plan counts it."""
    rows = Activity.objects.values_list("kind", "audience", "held_on", "reach")
    return [Held(kind, audience, day, reach or 0) for kind, audience, day, reach in rows]


def numbers() -> PlanNumbers | None:
    """The numbers that hold now."""
    return PlanNumbers.objects.order_by("-set_at").first()


def plan(today: date) -> tuple[Ring, Ring] | None:
    """The rings until today; None before the numbers are set."""
    found = numbers()
    if found is None:
        return None
    been = [one for one in held() if one.held_on <= today]
    return rings(been, staff=found.staff, inhabitants=found.inhabitants, start=found.started_on)


def sentences(year: int, today: date) -> list[str]:
    """What is said of a year's duties."""
    rows = held()
    return [expert_days(rows, year, today), new_staff(rows, year, today)]


def year_of(reader: Reader, year: int, today: date) -> Year:
    """The figures of a year, as the reader may see them."""
    rows = list(activities().filter(held_on__year=year, held_on__lte=today).order_by("held_on", "made_at"))
    done = register_queries.done_in(year) if reader.may(Permission.TEAM_REGISTER) else {}
    return Year(
        year=year,
        activities=rows,
        kinds=_lines(rows, "kind", KINDS),
        audiences=_lines(rows, "audience", AUDIENCES),
        sentences=sentences(year, today),
        training=[(label, done[code]) for code, label in TRAINING if code in done],
        rite=_rite(today) if reader.may(Permission.TEAM_REGISTER) else [],
        hours=_hours(reader, year, today),
        work=groups(year) if reader.may(Permission.CASES) else [],
    )


def _lines(rows: Sequence[Activity], field: str, choices: Sequence[tuple[str, str]]) -> list[Line]:
    found = []
    for code, label in choices:
        mine = [row for row in rows if getattr(row, field) == code]
        if mine:
            reach, cost = sum(row.reach or 0 for row in mine), sum(row.cost or 0 for row in mine)
            found.append(Line(label, len(mine), reach, cost))
    return found


def _rite(today: date) -> list[tuple[str, int]]:
    found = register_queries.rite_counts(today)
    words = (("ok", "Gyldig"), ("soon", "Går ut innen 60 dager"), ("over", "Gått ut"), ("", "Ikke sertifisert"))
    return [(label, found[code]) for code, label in words]


def _hours(reader: Reader, year: int, today: date) -> list[tuple[str, str]]:
    if not reader.may(Permission.TEAM_REGISTER):
        return []
    last = min(today, date(year, 12, 31))
    return [(row.get_role_display(), f"{row.hours:f}".replace(".", ",")) for row in register_queries.hours(last)]
