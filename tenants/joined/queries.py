"""Asking about joined matters. Only those who see both of two matters learn of a joining."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL

from tenants.cases.models import Case, CaseMember
from tenants.inbox.home import home_of
from tenants.inbox.models import Concern, Cover, Denial
from tenants.inbox.queries import cover_of, is_denied, readers_of
from tenants.joined.models import Join
from tenants.joined.states import HIDDEN, Standing
from tenants.persons.models import PersonLink
from tenants.triage.queries import newest_assessment
from varde.identity.models import User
from varde.privacy.fields import open_together
from varde.refusal import Refused

OPENED = ("opened", "in_progress")
_MOST = 30


def case_of(concern: Concern) -> Case | None:
    """The case that the concern has become."""
    return Case.objects.select_related("concern").filter(concern=concern).first()


def standing(concern: Concern) -> Standing:
    """How far a matter has come, for the rules."""
    newest, cover = newest_assessment(concern), cover_of(concern)
    both = (cover.holder_id, cover.substitute_id) if cover else ()
    return Standing(
        home_of(concern).name,
        concern.progress,
        case_of(concern) is not None,
        newest.category if newest else "",
        concern.received_at,
        concern.acute,
        cover is not None,
        frozenset(one for one in both if one is not None),
    )


def went_on_as(concern: Concern) -> Join | None:
    """Where this matter goes on; None when it was not joined, or the other is hidden."""
    return _rows().filter(concern=concern, ended_at__isnull=True).first()


def joined_here(concern: Concern) -> list[Join]:
    """What goes on as this matter, also by way of another one, the oldest first. One query where there is none."""
    found: list[Join] = []
    heads = {concern.pk}
    while heads:
        rows = list(_rows().filter(into__in=heads, ended_at__isnull=True).order_by("at"))
        found += rows
        heads = {row.concern_id for row in rows}
    return sorted(found, key=lambda row: row.at)


def history(concern: Concern) -> list[Join]:
    """Every joining that this matter was part of, also those that were undone, the oldest first."""
    rows = list(_rows().filter(Q(concern=concern) | Q(into=concern)).order_by("at", "id"))
    open_together(rows)
    return rows


def _rows() -> QuerySet[Join]:
    return Join.objects.select_related("concern", "into")


def joined_cases() -> set[UUID]:
    """Cases that go on as another one, of those that are there for the one who asks: they are not counted again."""
    gone = Join.objects.filter(ended_at__isnull=True).values("concern_id")
    return set(Case.objects.filter(concern__in=gone).values_list("id", flat=True))


def kept_from_somebody() -> set[UUID]:
    """Cases that are covered or that somebody is shut out of, also by way of one that they were joined with; of those
    that are there for the one who asks."""
    keys = set(Denial.objects.filter(lifted_at=None).values_list("concern_id", flat=True))
    keys |= set(Cover.objects.values_list("concern_id", flat=True))
    pairs = list(Join.objects.values_list("concern_id", "into_id"))
    while more := {key for pair in pairs if keys.intersection(pair) for key in pair} - keys:
        keys |= more
    return set(Case.objects.filter(concern__in=keys).values_list("id", flat=True))


def linked_with(concern: Concern) -> list[Concern]:
    """Open matters in which somebody has said that the same person is, the newest first."""
    either = PersonLink.objects.filter(Q(concern=concern) | Q(other=concern), ended_at__isnull=True)
    ids = {key for pair in either.values_list("concern_id", "other_id") for key in pair} - {concern.pk}
    rows = Concern.objects.filter(id__in=ids, progress__in=OPENED)
    return list(rows.order_by("-received_at", "id"))


def shut_out_of(concern: Concern) -> list[User]:
    """Everybody who is shut out of the matter, or of one that it was ever joined with."""
    denied = RawSQL("matter_denied(%s, identity_user.id)", [concern.pk], output_field=BooleanField())
    return list(User.objects.filter(denied).order_by("name", "id"))


def shut_together(*, concern: Concern, shut: list[User]) -> list[Concern]:
    """The other matters that it was ever joined with: who is shut out of one is shut out of all. Raises Refused when
    somebody of these sees one that is hidden from the one who asks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT joined_shut_with(%s, %s::uuid[])", [concern.pk, [user.pk for user in shut]])
        keys = [key for (key,) in cursor.fetchall()]
    if None in keys:
        raise Refused(HIDDEN)
    return list(Concern.objects.filter(pk__in=keys)) if keys else []


def lacking_members(gone: Concern, kept: Concern) -> list[User]:
    """Who is on the case that goes, still sees it, and does not see the one that is kept."""
    on_it = CaseMember.objects.filter(case__concern=gone).values("user_id")
    seeing = {user.pk for user in readers_of(kept.pk)}
    here = {user.pk for user in readers_of(gone.pk)}
    rows = User.objects.filter(pk__in=on_it).order_by("name", "id")
    return [user for user in rows if user.pk in here - seeing and not is_denied(kept, user)]


def others(concern: Concern) -> list[Concern]:
    """Concerns that have been opened and are no case yet, the newest first: the usual second report of a matter."""
    rows = Concern.objects.filter(progress__in=OPENED, case=None).exclude(pk=concern.pk)
    return list(rows.order_by("-received_at", "id")[:_MOST])


def gone_on(case: Case) -> bool:
    """Was the case joined into another one?"""
    return Join.objects.filter(concern=case.concern_id, ended_at__isnull=True).exists()


def is_joined(concern: Concern) -> bool:
    """Does it go on as another one, or another one as this?"""
    return Join.objects.filter(Q(concern=concern) | Q(into=concern), ended_at__isnull=True).exists()


def check_alone(concern: Concern) -> None:
    """Raise Refused while the matter is joined with another: both must be covered for the same, or neither."""
    if is_joined(concern):
        raise Refused("Den er slått sammen med en annen. Skill dem fra hverandre før dere endrer skjermingen.")


@dataclass(frozen=True, slots=True)
class Moved:
    """A case that is counted as part of another one, and since when."""

    name: str
    into: str
    at: datetime


def counted_with_others(first: date, last: date) -> list[Moved]:
    """Why a quarter has fewer cases than before: of those counted from these days, the joined ones that are seen."""
    rows = _rows().filter(ended_at__isnull=True, concern__case__counted_from__range=(first, last)).order_by("at")
    return [Moved(home_of(row.concern).name, home_of(row.into).name, row.at) for row in rows]
