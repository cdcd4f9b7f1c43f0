"""Who sits: places outside the rotation, and people's time in all places."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from regional.leaders.access import manages
from regional.leaders.people_models import FIXED, Place, Term
from regional.leaders.queries import Slot, office_named
from shared.registry.models import Office
from varde import turn
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.identity.models import User
from varde.refusal import Refused, check_seen, print_of
from varde.ui.dates import date_and_time

_DAY = timedelta(days=1)
_PHONE = "Den som svarer vakttelefonen, har alltid fast plass. Legg inn hvem som overtar, før denne avsluttes."
TERM_FIELDS = ("name", "title", "email", "user", "since", "until")
PLACE_FIELDS = ("body", "kommune", "capacity", "coordinator", "answers_phone", "since", "until")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who sits, and for how long; `kommune` is where the person is from, "" for the place's own."""

    name: str
    since: date
    until: date | None = None
    title: str = ""
    email: str = ""
    user: UUID | None = None
    kommune: str = ""
    substitute: bool = False


@transaction.atomic
def seat_person(*, slot: Slot, person: Person, by: Reader) -> Term:
    """Somebody has a place from a day on. Whoever had it goes out the day before; two cannot begin the same day.

    A substitute sits beside whoever has the place; two substitutes for the same day are refused.
    """
    manages(by)
    turn.wait_for("leaders.people")
    _check_days(person.since, person.until)
    _check_account(person.user, person.kommune or slot.kommune, by)
    others = list(_beside(slot, person))
    for other in others:
        if person.substitute or other.since >= person.since:
            raise Refused(f"{other.name} sitter i plassen fra {date_and_time(other.since)}. Avslutt den tiden først.")
        other.until = person.since - _DAY
        other.save(update_fields=["until"])
    row = Term(
        seat="" if slot.place else slot.seat,
        place=slot.place,
        kommune=person.kommune or slot.kommune,
        instead_of=slot.kommune if person.substitute and not slot.place else "",
        name=person.name,
        title=person.title,
        email=person.email,
        user=person.user,
        since=person.since,
        until=person.until,
        substitute=person.substitute,
        made_at=now(),
        made_by_name=by.name,
    )
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="leaders.term", ids=[row.id, *(other.id for other in others)])
    return row


@transaction.atomic
def change_term(*, term: Term, person: Person, by: Reader, seen: str | None = None) -> None:
    """Correct who it is or until when. Raises Overtaken when somebody else did so first."""
    manages(by)
    turn.wait_for("leaders.people")
    term.refresh_from_db()
    check_seen(seen, print_of(term, TERM_FIELDS))
    _check_days(person.since, person.until)
    if person.user != term.user:
        _check_account(person.user, term.kommune, by)
    asked = replace(person, substitute=term.substitute)
    slot = Slot(term.seat, term.instead_of or term.kommune, "seat", term.place)
    for other in _beside(slot, asked).exclude(id=term.id):
        raise Refused(f"{other.name} sitter i plassen fra {date_and_time(other.since)} i den samme tiden.")
    for name in TERM_FIELDS:
        setattr(term, name, getattr(person, name))
    term.save(update_fields=TERM_FIELDS)
    record(by=by, action=Action.CHANGE, what="leaders.term", ids=[term.id])


@transaction.atomic
def take_back_term(*, term: Term, by: Reader) -> None:
    """Entered by mistake: it counts no more, and stays."""
    manages(by)
    turn.wait_for("leaders.people")
    term.refresh_from_db()
    if term.gone_at is not None:
        raise Refused("Noen andre har alt tatt det tilbake.")
    term.gone_at, term.gone_by_name = now(), by.name
    term.save(update_fields=["gone_at", "gone_by_name"])
    record(by=by, action=Action.CHANGE, what="leaders.term", ids=[term.id], reason="feilført")


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A place outside the rotation."""

    body: str
    since: date
    until: date | None = None
    kommune: str = ""
    capacity: str = FIXED
    coordinator: bool = False
    answers_phone: bool = False


@transaction.atomic
def add_place(*, asked: Body, by: Reader) -> Place:
    """A body or an office gets a place. Raises Refused for the phone's body without a fixed one."""
    manages(by)
    turn.wait_for("leaders.people")
    _check_body(asked)
    row = Place(**_fields(asked), made_at=now(), made_by_name=by.name)
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="leaders.place", ids=[row.id])
    return row


@transaction.atomic
def change_place(*, place: Place, asked: Body, by: Reader, seen: str | None = None) -> None:
    """Correct a place, or end it. Raises Refused where the phone would be left without its place."""
    manages(by)
    turn.wait_for("leaders.people")
    place.refresh_from_db()
    check_seen(seen, print_of(place, PLACE_FIELDS))
    _check_body(asked)
    if place.answers_phone and (not asked.answers_phone or asked.until is not None):
        _check_phone(place, asked.until)
    for name, value in _fields(asked).items():
        setattr(place, name, value)
    place.save(update_fields=PLACE_FIELDS)
    record(by=by, action=Action.CHANGE, what="leaders.place", ids=[place.id])


def _fields(asked: Body) -> dict[str, object]:
    return {name: getattr(asked, name) for name in PLACE_FIELDS}


def _check_body(asked: Body) -> None:
    _check_days(asked.since, asked.until)
    if asked.answers_phone and asked.capacity != FIXED:
        raise Refused("Den som svarer vakttelefonen, har fast plass.")
    if asked.coordinator and not asked.kommune:
        raise Refused("Velg hvilken kommune koordinatoren er fra.")


def _check_phone(place: Place, until: date | None) -> None:
    """Somebody else answers the phone from the day after, or before that."""
    next_day = until + _DAY if until else place.since
    rows = Place.objects.filter(answers_phone=True, since__lte=next_day).exclude(id=place.id)
    if not rows.filter(Q(until=None) | Q(until__gt=next_day)).exists():
        raise Refused(_PHONE)


def _check_days(since: date, until: date | None) -> None:
    if until is not None and until < since:
        raise Refused("Siste dag kan ikke være før den første.")


def _check_account(user: UUID | None, kommune: str, by: Reader) -> None:
    """Whoever logs in for a kommune is lent by it, so that the access ends with the agreement. The host's people tend
    the region's own office."""
    if user is None or not kommune:
        return
    offices = Office.objects.filter(region_id=by.office.id, kind="kommune", active=True, host=False)
    lender = offices.filter(id=office_named(by, kommune)).first()
    if lender is None:
        return
    account = User.objects.get(id=user)
    if account.for_office != lender.id:
        raise Refused(
            f"Kontoen til {account.name} følger ikke avtalen med {kommune}, og ville ha beholdt tilgangen om kommunen "
            f"går ut. Før {kommune} i «Handler på vegne av» under Folk først, eller lagre uten konto."
        )


def _beside(slot: Slot, person: Person) -> QuerySet[Term]:
    """Terms of the same kind in the same place, in the same time."""
    rows = Term.objects.filter(gone_at=None, substitute=person.substitute).filter(
        Q(until=None) | Q(until__gte=person.since)
    )
    if person.until is not None:
        rows = rows.filter(since__lte=person.until)
    if slot.place:
        return rows.filter(place=slot.place)
    if person.substitute:
        return rows.filter(seat=slot.seat, instead_of=slot.kommune)
    return rows.filter(seat=slot.seat, kommune=slot.kommune)
