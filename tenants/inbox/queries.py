"""Asking about concerns. Who may see the answer is decided in `access`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from tenants.inbox import receipts
from tenants.inbox.models import Concern, Cover, Denial, ReporterMessage
from tenants.inbox.states import OVER
from tenants.team.models import TeamMember
from varde import turn
from varde.access import Role
from varde.identity.models import User
from varde.identity.queries import people
from varde.tenancy.door import OfficeRef

LAID_ASIDE = Q(sorted_later=True, progress="received")
OPEN = ("received", "opened", "in_progress")


def concerns(*, closed: bool, later: bool = False, among: Q | None = None) -> QuerySet[Concern]:
    """Closed ones with the newest first. Open ones: first what nobody has opened, the longest wait at the top.

    What came in a flood stands in a list of its own (`later`) until a person opens it. `among`: only these.
    """
    rows = Concern.objects.filter(among or Q())
    if later:
        return rows.filter(LAID_ASIDE).order_by("received_at", "id")
    if closed:
        return rows.filter(progress__in=OVER).order_by("-received_at", "id")
    opened = Case(When(progress="received", then=Value(0)), default=Value(1))
    return rows.filter(~LAID_ASIDE, progress__in=OPEN).order_by(opened, "received_at", "id")


def laid_aside() -> int:
    """How many came in a flood and wait for a person to open them."""
    return Concern.objects.filter(LAID_ASIDE).count()


@dataclass(frozen=True, slots=True)
class Followed:
    """What the holder of a receipt may know of the concern."""

    id: UUID
    progress: str
    received_at: datetime


def there(what: str, object_id: UUID) -> RawSQL:
    """A filter for getters: may the reader see the matter that this belongs to? PostgreSQL answers it before it looks
    for the row, so that what is hidden and what is not there take the same way, and the same time."""
    return RawSQL("matter_there(%s, %s)", [what, object_id], output_field=BooleanField())


def with_receipt(ref: OfficeRef, typed: str) -> Followed | None:
    """How far the concern has come that this receipt belongs to.

    For the purpose "receipt", which reads no concern: the database answers for the one receipt that is shown to it, and
    lets its messages be read for the rest of the transaction.
    """
    digits = receipts.digits_of(typed)
    if digits is None:
        return None
    row, *former = receipts.receipt_hashes(ref, digits)
    return _followed(row) or next(filter(None, map(_followed, former)), None)


def _followed(receipt: str) -> Followed | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('varde.receipt', %s, true)", [receipt])
        cursor.execute("SELECT id, progress, received_at FROM receipt_state()")
        row = cursor.fetchone()
    return Followed(*row) if row else None


def untold() -> list[Concern]:
    """Concerns that nobody has opened and whose readers have not been told; held for the task."""
    rows = Concern.objects.filter(told_at__isnull=True, progress="received")
    return list(rows.select_for_update(skip_locked=True).order_by("received_at"))


def readers_of(concern_id: UUID) -> list[User]:
    """Who may open the concern, by name; for those who see it and for the purpose that reminds."""
    allowed = RawSQL("SELECT matter_readers(%s)", [concern_id])
    return list(User.objects.filter(id__in=allowed).order_by("name", "id"))


def wait_for_talk(concern_id: UUID) -> None:
    """Until the transaction ends nobody else reads with the receipt or withdraws what was written to the reporter: a
    message is read or withdrawn, never both."""
    turn.wait_for(f"melder {concern_id}")


def messages_to_reporter(concern_id: UUID) -> list[ReporterMessage]:
    """What the team has written to the reporter, oldest first."""
    return list(ReporterMessage.objects.filter(concern_id=concern_id).order_by("at", "id"))


def services_of(user: User) -> set[str]:
    """The services that a person belongs to, casefolded, as deny rows name them."""
    place = TeamMember.objects.filter(user=user).first()
    return {name.strip().casefold() for name in (user.service, place.service if place else "")} - {""}


def denials(concern: Concern) -> list[Denial]:
    """Who is and was shut out of the matter, the newest first."""
    return list(Denial.objects.filter(concern=concern).select_related("user").order_by("-at"))


def cover_of(concern: Concern) -> Cover | None:
    """The cover of the matter, if it has one."""
    return Cover.objects.select_related("holder", "substitute").filter(concern=concern).first()


def keeps_coordinators_out(cover: Cover) -> bool:
    """Is it about a coordinator, and is neither of the two who see it one?"""
    two = {cover.holder_id, cover.substitute_id}
    return cover.without_coordinators and not any(one.id in two for one in people(Role.COORDINATOR))


def covered(concerns: Iterable[Concern]) -> set[UUID]:
    """Which of these are covered."""
    return set(Cover.objects.filter(concern__in=concerns).values_list("concern_id", flat=True))


def is_denied(concern: Concern, user: User) -> bool:
    """Is this person shut out of the matter, by name or by service, or of one that it was ever joined with?"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT matter_denied(%s, %s)", [concern.pk, user.pk])
        (denied,) = cursor.fetchone()
    return bool(denied)


LENT = "nødåpning"


def ground_of(concern_id: UUID) -> str:
    """Why the one who asks sees this matter, in words for the log; `LENT` for somebody whom break-glass let in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT matter_by(%s)", [concern_id])
        (ground,) = cursor.fetchone()
    return LENT if ground is None else str(ground)


def held_by_right(concern_id: UUID) -> bool:
    """Does the one who asks see this matter by right? A named purpose does; who was let in by break-glass does not."""
    return ground_of(concern_id) != LENT


def vacant(moment: datetime) -> list[Cover]:
    """Covers whose two people do not work here any more and that nobody has noticed; and back again. For the sweep."""
    rows = Cover.objects.filter(holder__isnull=False).exclude(concern__progress__in=OVER).select_related("concern")
    changed = []
    for row in rows.select_for_update(of=("self",), skip_locked=True):
        here = {one.id for one in readers_of(row.concern_id)} & {row.holder_id, row.substitute_id}
        if bool(here) != (row.vacant_since is None):
            row.vacant_since = None if here else moment
            changed.append(row)
    return changed


def staffed() -> bool:
    """Does anybody do the team's work?"""
    return bool(people(Role.COORDINATOR, Role.TEAM_MEMBER))


def unwatched() -> list[UUID]:
    """Matters that are not over and that nobody here may see."""
    rows = Concern.objects.exclude(progress__in=OVER).values_list("id", flat=True)
    return [key for key in rows if not readers_of(key)]
