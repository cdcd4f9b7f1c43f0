"""What people decide about the end: the classes, the archive, keeping longer, confirming and taking it back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from tenants.inbox.models import Concern
from tenants.kept import queries
from tenants.kept.access import may_confirm, require_held
from tenants.kept.models import (
    Archived,
    Bundle,
    Clearing,
    ClearingRegret,
    KeptLonger,
    Order,
    Regret,
    RetentionClass,
    WithoutFile,
)
from tenants.kept.states import LOOSE, REGRET, Class, check_hold, stops
from varde import turn
from varde.access import Permission, Reader, Role, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Refused, check_seen
from varde.retention.rules import latest_start
from varde.ui.dates import day_of

_OPEN = "Saken er ikke avsluttet. Den kan ikke arkiveres eller slettes nå."
_TAKEN = "Slettingen er alt bekreftet av {}. Trekk bekreftelsen tilbake først hvis noe skal endres."


@dataclass(frozen=True, slots=True)
class Wanted:
    """A class as somebody wants it."""

    name: str
    ground: str
    starts: str
    months: int
    then: str


@transaction.atomic
def decide_class(*, chosen: Class, wanted: Wanted, by: Reader, seen: str | None = None) -> RetentionClass:
    """The kommune decides on a class, also when it is the proposal unchanged.

    `seen` is when the page's version was decided ("" for the proposal); None where there was no page. Raises Overtaken
    when somebody was first, Refused for a time that cannot be.
    """
    require(by, Permission.SETTINGS)
    turn.wait_for("kept.class")
    stands = queries.classes()[chosen.code]
    check_seen(seen, str(stands.decided_at or ""))
    if wanted.starts not in chosen.possible or wanted.months < 1:
        raise Refused("Velg når tiden begynner, og minst én måned.")
    row = RetentionClass(
        code=chosen.code,
        name=wanted.name,
        ground=wanted.ground,
        starts=wanted.starts,
        months=wanted.months,
        then=wanted.then,
        decided_at=now(),
        decided_by_name=by.name[:200],
    )
    row.save()
    record(by=by, action=Action.CHANGE, what="kept.class", ids=[row.id])
    return row


def _person(by: Reader) -> UUID:
    """Only a person does this; PermissionDenied otherwise."""
    if by.user_id is None:
        raise PermissionDenied
    return by.user_id


def closed(*, concern: Concern, by: Reader, free: bool = True) -> queries.Seen:
    """The matter, held, as it stands. Raises Refused when it is open, or (`free`) its end is confirmed already."""
    require_held(by, concern)
    Concern.objects.select_for_update().get(pk=concern.pk)
    found = queries.one(concern)
    if found is None:
        raise Refused(_OPEN)
    if free and found.order is not None:
        raise Refused(_TAKEN.format(found.order.confirmed_by_name))
    return found


@transaction.atomic
def note_bundle(
    *, concern: Concern, files: int, sha256: str, made_at: datetime, by: Reader, without: Collection[UUID] = ()
) -> Bundle:
    """A bundle was made and left the house, `without` these files of the matter; logged as an export.

    `made_at` is when the first of it was read: what is written after that is not in it.
    """
    closed(concern=concern, by=by)
    row = Bundle(
        concern=concern,
        made_at=made_at,
        made_by=_person(by),
        made_by_name=by.name[:200],
        files=files,
        sha256=sha256,
        without=sorted(map(str, without)),
    )
    row.save()
    record(by=by, action=Action.EXPORT, what="kept.bundle", ids=[concern.pk])
    return row


@transaction.atomic
def note_archived(*, concern: Concern, bundle_id: UUID, reference: str, received_on: date, by: Reader) -> Archived:
    """The archive has got this bundle. Raises Refused for none, for one that is out of date, and for a wrong day."""
    found = closed(concern=concern, by=by)
    bundle = queries.bundles(concern).filter(pk=bundle_id).first()
    if bundle is None or bundle.made_at < found.matter.closed_at:
        raise Refused("Lag arkivpakken først.")
    if queries.changed({concern.pk: bundle.made_at}):
        raise Refused("Saken er endret etter at pakken ble laget. Lag en ny pakke til arkivet.")
    if not day_of(bundle.made_at) <= received_on <= queries.today():
        raise Refused("Datoen må være fra og med dagen pakken ble laget, og til og med i dag.")
    row = Archived(
        concern=concern,
        bundle=bundle,
        reference=reference,
        received_on=received_on,
        at=now(),
        by_user=_person(by),
        by_name=by.name[:200],
    )
    row.save()
    record(by=by, action=Action.CREATE, what="kept.archived", ids=[concern.pk])
    return row


@transaction.atomic
def keep_longer(*, concern: Concern, until: date | None, reason: str, by: Reader) -> KeptLonger:
    """Keep a matter past its time, until a day and for a reason; None: not longer after all."""
    closed(concern=concern, by=by)
    if until is not None:
        check_hold(until, queries.today())
    row = KeptLonger(concern=concern, until=until, reason=reason, at=now(), by_user=_person(by), by_name=by.name[:200])
    row.save()
    record(by=by, action=Action.CHANGE, what="kept.longer", ids=[concern.pk])
    return row


@transaction.atomic
def go_without(*, concern: Concern, chosen: Collection[UUID], reason: str, by: Reader) -> None:
    """These files are deleted with the matter though the archive has not got them. Raises Refused without a reason, and
    for a file that the newest bundle holds or that somebody has decided on."""
    found = closed(concern=concern, by=by)
    if not may_confirm(by, concern):
        raise PermissionDenied
    if not chosen or not set(chosen) <= {each.pk for each in queries.left_out(found.bundle)}:
        raise Refused("Velg filer som ikke er med i den siste pakken.")
    if not reason.strip():
        raise Refused("Skriv hvorfor.")
    for key in chosen:
        WithoutFile(
            concern=concern, attachment_id=key, reason=reason, at=now(), by_user=_person(by), by_name=by.name[:200]
        ).save()
    record(by=by, action=Action.CREATE, what="kept.file", ids=[concern.pk])


@transaction.atomic
def confirm(*, concern: Concern, by: Reader) -> Order:
    """The first step of the end: it may be taken back for a week. Raises Refused with what stops it."""
    found = closed(concern=concern, by=by)
    if not may_confirm(by, concern):
        raise PermissionDenied
    against = stops(found.standing)
    if against:
        raise Refused(" ".join(against))
    moment = now()
    row = Order(
        concern=concern,
        class_code=found.standing.chosen.code,
        archived=found.archived,
        confirmed_at=moment,
        confirmed_by=_person(by),
        confirmed_by_name=by.name[:200],
        not_before=moment + REGRET,
    )
    row.save()
    record(by=by, action=Action.CREATE, what="kept.order", ids=[concern.pk])
    return row


@transaction.atomic
def regret(*, concern: Concern, by: Reader) -> None:
    """Take a confirmation back. Whoever sees the matter may: nothing is lost by it. Refused when there is none."""
    found = closed(concern=concern, by=by, free=False)
    if found.order is None:
        raise Refused("Det er ingen bekreftelse å trekke tilbake.")
    row = Regret(concern=concern, order=found.order, at=now(), by_user=_person(by), by_name=by.name[:200])
    row.save()
    record(by=by, action=Action.CHANGE, what="kept.order.taken_back", ids=[concern.pk])


@transaction.atomic
def clear(*, kind: str, by: Reader) -> Clearing:
    """What belongs to no matter and whose time is over goes in a week. Raises Refused for an undecided class."""
    require(by, Permission.CASES)
    if not by.has(Role.COORDINATOR):
        raise PermissionDenied
    if kind not in LOOSE:
        raise Refused("Dette kan ikke slettes herfra.")
    chosen = queries.classes()[kind]
    if not chosen.decided:
        raise Refused(
            "Kommunen har ikke vedtatt tiden for denne klassen ennå. Det gjøres under Oppsett, Lagringstider."
        )
    moment = now()
    row = Clearing(
        kind=kind,
        through=latest_start(chosen.months, queries.today()),
        confirmed_at=moment,
        confirmed_by=_person(by),
        confirmed_by_name=by.name[:200],
        not_before=moment + REGRET,
    )
    row.save()
    record(by=by, action=Action.CREATE, what="kept.clearing", ids=[row.id])
    return row


@transaction.atomic
def take_back_clearing(*, kind: str, by: Reader) -> None:
    """Nothing of this kind goes by what was confirmed so far. Raises Refused when nothing is confirmed."""
    require(by, Permission.CASES)
    if not by.has(Role.COORDINATOR):
        raise PermissionDenied
    turn.wait_for("kept.clearing")
    stand = list(queries.clearings(kind))
    if not stand:
        raise Refused("Det er ingen bekreftelse å trekke tilbake.")
    for clearing in stand:
        ClearingRegret(clearing=clearing, at=now(), by_user=_person(by), by_name=by.name[:200]).save()
    record(by=by, action=Action.CHANGE, what="kept.clearing.taken_back", ids=[clearing.id for clearing in stand])
