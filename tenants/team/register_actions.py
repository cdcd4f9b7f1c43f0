"""Keeping the register."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from shared.codes.elearning import Module
from tenants.team import register, register_queries
from tenants.team.actions import set_place
from tenants.team.queries import place_of
from tenants.team.register_models import HandOver, Mandate, ModuleList, RoleHours, Routine, Training
from varde import turn
from varde.access import Permission, Reader, Role, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.identity.models import User
from varde.identity.queries import people
from varde.refusal import Refused, check_seen, overtaken
from varde.ui.dates import day_of


@dataclass(frozen=True, slots=True)
class Done:
    """A training that somebody has done."""

    kind: str
    done_on: date
    until: date | None = None
    module: str = ""
    title: str = ""
    holder: str = ""


@transaction.atomic
def add_training(*, user: User, done: Done, by: Reader) -> Training:
    """Write a training down. A RITE certification also moves the date that signing asks, never backwards.

    Raises Refused for one without an end, and for somebody whose place in the team is not written down.
    """
    require(by, Permission.SETTINGS)
    if done.kind == "rite":
        _certify(user, done, by)
    row = Training(user=user, made_at=now(), made_by_name=by.name[:200], **asdict(done))
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="team.training", ids=[user.id])
    return row


def _certify(user: User, done: Done, by: Reader) -> None:
    place = place_of(user)
    if done.until is None:
        raise Refused("Skriv til hvilken dag sertifiseringen gjelder.")
    if place is None:
        raise Refused(f"Skriv først inn plassen til {user.name} i teamet, med tjeneste og dato.")
    if place.rite_until is None or place.rite_until < done.until:
        set_place(
            user=user, service=place.service, deputy=place.deputy, rite_until=done.until, since=place.since, by=by
        )


@transaction.atomic
def take_back_training(*, training: Training, reason: str, by: Reader) -> Training:
    """It was entered by mistake: it counts no more, and stays. Of a RITE certification the date that signing asks goes
    back to the last one that is left. Raises Refused without a reason, and when it was said already."""
    require(by, Permission.SETTINGS)
    row = Training.objects.select_for_update(of=("self",)).select_related("user").get(pk=training.pk)
    if row.gone_at is not None:
        raise Refused(f"{row.gone_by_name} har alt merket dette som feilført: {row.gone_reason}")
    if not reason:
        raise Refused("Skriv hva som er feil.")
    row.gone_at, row.gone_by_name, row.gone_reason = now(), by.name[:200], reason
    row.save(update_fields=["gone_at", "gone_by_name", "gone_reason"])
    place = place_of(row.user) if row.kind == "rite" else None
    if place is not None and place.rite_until == row.until:
        until = register_queries.certified_until(row.user)
        set_place(user=row.user, service=place.service, deputy=place.deputy, rite_until=until, since=place.since, by=by)
    record(by=by, action=Action.CHANGE, what="team.training", ids=[row.user_id], reason="feilført")
    return row


@transaction.atomic
def load_modules(*, modules: tuple[Module, ...], by: Reader, seen: str | None = None) -> None:
    """The kommune's own list from now on, after the one that was `seen` (its id, "" for none). Raises Overtaken."""
    require(by, Permission.SETTINGS)
    turn.wait_for("team.modules")
    newest = register_queries.newest_modules()
    did = overtaken(newest.loaded_by_name, newest.loaded_at) if newest else ""
    check_seen(seen, str(newest.pk) if newest else "", did)
    row = ModuleList(modules=[asdict(one) for one in modules], loaded_at=now(), loaded_by_name=by.name[:200])
    row.save()
    record(by=by, action=Action.CHANGE, what="team.modules", ids=[row.id])


@transaction.atomic
def set_hours(*, role: str, hours: Decimal, valid_from: date, by: Reader) -> None:
    """Hours a week of a role, from a day."""
    require(by, Permission.SETTINGS)
    row = RoleHours(role=role, hours=hours, valid_from=valid_from, set_at=now(), set_by=by.name[:200])
    row.save()
    record(by=by, action=Action.CHANGE, what="team.role_hours", ids=[row.id])


@transaction.atomic
def write_mandate(*, text: str, decided_on: date, decided_by: str, by: Reader, seen: str | None = None) -> None:
    """A new version after the one that was `seen` (its id, "" for none); the earlier ones stay. Raises Overtaken."""
    require(by, Permission.SETTINGS)
    turn.wait_for("team.mandate")
    newest = register_queries.newest_mandate()
    did = overtaken(newest.written_by_name, newest.written_at) if newest else ""
    check_seen(seen, str(newest.pk) if newest else "", did)
    row = Mandate(
        text=text, decided_on=decided_on, decided_by=decided_by, written_at=now(), written_by_name=by.name[:200]
    )
    row.save()
    record(by=by, action=Action.CREATE, what="team.mandate", ids=[row.id])


@transaction.atomic
def save_routine(
    *,
    routine: Routine | None,
    title: str,
    place: str,
    owner: User,
    review_on: date,
    reviewed: bool,
    by: Reader,
    seen: str | None = None,
) -> Routine:
    """A new routine, or a change; `reviewed` says that it was looked over today.

    `seen` is what the page showed (`register_queries.as_seen`). Raises Overtaken when somebody else was first.
    """
    require(by, Permission.SETTINGS)
    row = Routine(made_at=now())
    if routine is not None:
        row = Routine.objects.select_for_update().get(pk=routine.pk)
        check_seen(seen, register_queries.as_seen(row))
    row.title, row.place, row.owner, row.review_on = title, place, owner, review_on
    if reviewed:
        row.reviewed_on = day_of(now())
    row.save(force_insert=routine is None)
    record(by=by, action=Action.CHANGE if routine else Action.CREATE, what="team.routine", ids=[row.id])
    return row


@transaction.atomic
def begin_handover(*, leaving: User, heir: User, last_day: date, by: Reader) -> HandOver:
    """A coordinator is to leave. Raises Refused for nobody to take over, and when it has begun."""
    require(by, Permission.SETTINGS)
    if leaving == heir:
        raise Refused("Den som tar over, må være en annen enn den som slutter.")
    if leaving not in people(Role.COORDINATOR):
        raise Refused(f"{leaving.name} er ikke koordinator.")
    User.objects.select_for_update().get(pk=leaving.pk)  # two who begin at once
    if HandOver.objects.filter(leaving=leaving, ended_at__isnull=True).exists():
        raise Refused(f"Overleveringen etter {leaving.name} er alt i gang.")
    row = HandOver(leaving=leaving, heir=heir, last_day=last_day, started_at=now(), started_by_name=by.name[:200])
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="team.handover", ids=[row.id])
    return row


@transaction.atomic
def change_handover(*, handover: HandOver, heir: User, last_day: date, by: Reader) -> None:
    """Somebody else takes over, or it is another day. Raises Refused for the one who leaves, and when it has ended."""
    row = _under_way(handover, by)
    if row.leaving == heir:
        raise Refused("Den som tar over, må være en annen enn den som slutter.")
    row.heir, row.last_day = heir, last_day
    row.save(update_fields=["heir", "last_day"])
    record(by=by, action=Action.CHANGE, what="team.handover", ids=[row.id])


@transaction.atomic
def call_off_handover(*, handover: HandOver, by: Reader) -> None:
    """Nobody leaves after all, or it was begun by mistake; it stands as called off."""
    row = _under_way(handover, by)
    row.ended_at, row.ended_by_name, row.called_off = now(), by.name[:200], True
    row.save(update_fields=["ended_at", "ended_by_name", "called_off"])
    record(by=by, action=Action.CHANGE, what="team.handover", ids=[row.id], reason="avbrutt")


@transaction.atomic
def tick(*, handover: HandOver, codes: Collection[str], by: Reader, seen: str | None = None) -> None:
    """What of the checklist is done now; who and when stays with what was done before.

    `seen` is what the page showed (`register_queries.ticked`). Raises Refused when it ended, Overtaken when somebody
    else ticked meanwhile.
    """
    row = _under_way(handover, by)
    check_seen(seen, register_queries.ticked(row))
    said = {"at": now().isoformat(), "by": by.name}
    row.done = {code: row.done.get(code, said) for code, _ in register.CHECKLIST if code in codes}
    row.save(update_fields=["done"])
    record(by=by, action=Action.CHANGE, what="team.handover", ids=[row.id])


@transaction.atomic
def end_handover(*, handover: HandOver, by: Reader) -> None:
    """The coordinator has handed everything over. Raises Refused while anything is left.

    Only a coordinator sees what is left: an administrator sees no matter, and would find nothing.
    """
    row = _under_way(handover, by)
    sees = by.has(Role.COORDINATOR)
    register.check_done(row.done, register.held_by(row.leaving_id) if sees else ())
    if not sees:
        raise Refused("Bare en koordinator ser hva som er igjen. Be en koordinator fullføre overleveringen.")
    row.ended_at, row.ended_by_name = now(), by.name[:200]
    row.save(update_fields=["ended_at", "ended_by_name"])
    record(by=by, action=Action.CHANGE, what="team.handover", ids=[row.id], reason="fullført")


def _under_way(handover: HandOver, by: Reader) -> HandOver:
    require(by, Permission.SETTINGS)
    row = HandOver.objects.select_for_update().get(pk=handover.pk)
    if row.ended_at is not None:
        raise Refused("Overleveringen er alt avsluttet.")
    return row
