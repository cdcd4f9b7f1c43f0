"""Asking about the register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max

from shared.codes import elearning
from shared.codes.elearning import Module
from tenants.team import queries, register
from tenants.team.models import TeamMember
from tenants.team.register_models import HandOver, Mandate, ModuleList, RoleHours, Routine, Training
from varde.access import Role
from varde.identity.models import User
from varde.refusal import print_of, print_of_values
from varde.ui.dates import count, short_date


@dataclass(frozen=True, slots=True)
class Row:
    """A line about one training, with how it stands."""

    training: Training
    label: str
    standing: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the team in the register. RITE is what the place in the team says: that is what signing asks."""

    user: User
    rite_until: date | None
    rite: str
    rows: Sequence[Row]
    lacks: Sequence[str]
    secrecy: date | None
    loads: Sequence[tuple[str, int, str]]


def modules() -> tuple[Module, ...]:
    """The list that holds now: the kommune's newest, else the shipped one."""
    own = newest_modules()
    return elearning.listed(own.modules) if own else elearning.shipped()


def people(today: date, loads: Sequence[register.Load]) -> list[Person]:
    """Everybody in the team; a constant number of queries."""
    known = {one.code: one for one in modules()}
    rows: dict[Any, list[Training]] = {}
    for row in Training.objects.filter(gone_at__isnull=True).order_by("-done_on", "-made_at"):
        rows.setdefault(row.user_id, []).append(row)
    return [
        _person(
            one,
            rows.get(one.user.id, []),
            known,
            today,
            [(load.label, load.counts.get(one.user.id, 0), load.address(one.user.id)) for load in loads],
        )
        for one in queries.team(today)
    ]


def _person(
    one: queries.Person, rows: list[Training], known: dict[str, Module], today: date, loads: list[tuple[str, int, str]]
) -> Person:
    valid = {row.module for row in rows if row.kind == "module" and register.standing(row.until, today) != "over"}
    secrecy = next((row.done_on for row in rows if row.kind == "secrecy"), None)
    shown = [Row(row, _label(row, known), register.standing(row.until, today)) for row in rows]
    lacks = [module.title for code, module in known.items() if code not in valid]
    return Person(one.user, one.rite_until, one.rite, shown, lacks, secrecy, loads)


def _label(row: Training, known: dict[str, Module]) -> str:
    if row.kind == "module":
        return known[row.module].title if row.module in known else row.module
    return row.title or row.get_kind_display()


def wrong() -> list[tuple[Training, str]]:
    """What was entered by mistake, the newest first, with its label."""
    known = {one.code: one for one in modules()}
    rows = Training.objects.filter(gone_at__isnull=False).select_related("user").order_by("-gone_at", "id")
    return [(row, _label(row, known)) for row in rows]


def label_of(row: Training) -> str:
    """What somebody has done, in words."""
    return _label(row, {one.code: one for one in modules()})


def certified_until(user: User) -> date | None:
    """The last day of a person's certifications, of those that were not entered by mistake."""
    rows = Training.objects.filter(user=user, kind="rite", gone_at__isnull=True)
    found: date | None = rows.aggregate(last=Max("until"))["last"]
    return found


def warnings(found: Sequence[Person], today: date) -> list[str]:
    """What ends within 60 days or has ended, as sentences; routines and hand-overs too."""
    said = [_ends(one.user.name, "RITE-sertifiseringen", one.rite_until, today) for one in found]
    for one in found:
        newest = {row.training.module: row for row in reversed(one.rows) if row.training.kind == "module"}
        said += [
            _ends(one.user.name, f"e-læringen «{row.label}»", row.training.until, today) for row in newest.values()
        ]
        if one.secrecy is None:
            said.append(f"{one.user.name} har ikke ført taushetserklæring.")
    for routine in Routine.objects.select_related("owner"):
        said.append(_review(routine, today))
    for row in handovers():
        left = len(register.missing(row.done))
        if row.ended_at is None:
            points = count(left, "punkt", "punkter")
            said.append(f"{row.leaving.name} slutter {short_date(row.last_day)}. {points} gjenstår i overleveringen.")
    return [one for one in said if one]


def _ends(name: str, what: str, until: date | None, today: date) -> str:
    match register.standing(until, today):
        case "over" if until:
            return f"{name}: {what} gikk ut {short_date(until)}."
        case "soon" if until:
            return f"{name}: {what} går ut {short_date(until)}, om {count((until - today).days, 'dag', 'dager')}."
    return ""


def _review(routine: Routine, today: date) -> str:
    match register.standing(routine.review_on, today):
        case "over":
            return f"Rutinen «{routine.title}» skulle vært gått gjennom {short_date(routine.review_on)}."
        case "soon":
            return f"Rutinen «{routine.title}» skal gås gjennom {short_date(routine.review_on)}."
    return ""


def rite_counts(today: date) -> dict[str, int]:
    """How many of the team are certified, soon not, not any more, and never were."""
    found = {"ok": 0, "soon": 0, "over": 0, "": 0}
    for one in queries.team(today):
        found[one.rite] += 1
    return found


def done_in(year: int) -> dict[str, int]:
    """How many trainings of each kind were done in a year."""
    found: dict[str, int] = {}
    for kind in Training.objects.filter(done_on__year=year, gone_at__isnull=True).values_list("kind", flat=True):
        found[kind] = found.get(kind, 0) + 1
    return found


def mandates() -> list[Mandate]:
    """Every version, the newest decision first."""
    return list(Mandate.objects.order_by("-decided_on", "-written_at"))


def as_seen(routine: Routine) -> str:
    """A routine, for the page to send back."""
    return print_of(routine, ("title", "place", "owner_id", "review_on"))


def newest_modules() -> ModuleList | None:
    """The kommune's own list that holds now."""
    return ModuleList.objects.order_by("-loaded_at", "-id").first()


def newest_mandate() -> Mandate | None:
    """The mandate that was written last, whatever day it was decided."""
    return Mandate.objects.order_by("-written_at", "-id").first()


def ticked(handover: HandOver) -> str:
    """What of a checklist is done, for the page to send back."""
    return print_of_values(sorted(handover.done))


def routines() -> list[Routine]:
    """The first to be looked over first."""
    return list(Routine.objects.select_related("owner").order_by("review_on", "title"))


def handovers() -> list[HandOver]:
    """Those under way first."""
    return list(HandOver.objects.select_related("leaving", "heir").order_by("ended_at", "last_day"))


def handover_of(user: User) -> HandOver | None:
    """The hand-over of somebody who is to leave, while it is under way."""
    return HandOver.objects.filter(leaving=user, ended_at__isnull=True).first()


def hours(today: date) -> list[RoleHours]:
    """What each role has now, for those that have been set."""
    newest: dict[str, RoleHours] = {}
    for row in RoleHours.objects.filter(valid_from__lte=today).order_by("valid_from", "set_at"):
        newest[row.role] = row
    return [newest[code] for code, _ in register.ROLES if code in newest]


def place_until(user: User) -> date | None:
    """Until when the place in the team says that somebody is certified."""
    return TeamMember.objects.filter(user=user).values_list("rite_until", flat=True).first()


def keeps_role(user: User, role: Role) -> str | None:
    """Why somebody stays coordinator: a hand-over that is not done, and would then never be. None for all others."""
    under_way = HandOver.objects.filter(leaving=user, ended_at__isnull=True)
    if role != Role.COORDINATOR or not under_way.exists():
        return None
    return f"{user.name} har en overlevering som ikke er fullført. Fullfør den, eller steng kontoen hvis det haster."
