"""Asking about major matters. Which are there for the one who asks, the database says."""

from uuid import UUID

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from tenants.inbox.home import Home, homes_of
from tenants.inbox.models import Concern
from tenants.inbox.queries import readers_of
from tenants.joined.models import MajorAlert, MajorKommune, MajorLink, MajorMatter, MajorMember
from varde.access import Reader, Role
from varde.identity.models import User
from varde.identity.queries import people
from varde.privacy.fields import open_together


def majors() -> list[MajorMatter]:
    """Those that the reader is on, the open ones first, then the newest."""
    rows = sorted(MajorMatter.objects.order_by("-made_at"), key=lambda row: row.closed_at is not None)
    open_together(rows)
    return rows


def majors_of(concern: Concern) -> list[MajorMatter]:
    """Those that this matter is part of."""
    return list(MajorMatter.objects.filter(links__concern=concern, closed_at__isnull=True).order_by("made_at"))


def alerts_to(reader: Reader) -> list[MajorAlert]:
    """What this leader has been told, the newest first."""
    return list(MajorAlert.objects.filter(to_id=reader.user_id).order_by("-at")) if reader.user_id else []


def matters_in(major: MajorMatter) -> list[tuple[UUID, Home]]:
    """The matters in it with their names, in the order they came."""
    ids = list(MajorLink.objects.filter(major=major).order_by("at", "id").values_list("concern_id", flat=True))
    homes = homes_of(ids)
    return [(key, homes[key]) for key in ids if key in homes]


def members_of(major: MajorMatter) -> list[User]:
    """Who is on it, by name."""
    rows = User.objects.filter(id__in=MajorMember.objects.filter(major=major).values("user_id"))
    return list(rows.order_by("name", "id"))


def could_join(major: MajorMatter) -> list[User]:
    """Who sees every matter in it and is not on it."""
    on_it = {user.pk for user in members_of(major)}
    seeing = [{user.pk for user in readers_of(key)} for key, _ in matters_in(major)]
    everywhere = set.intersection(*seeing) if seeing else set()
    return list(User.objects.filter(pk__in=everywhere - on_it).order_by("name", "id"))


def kommuner_of(major: MajorMatter) -> list[MajorKommune]:
    """The kommuner that it concerns, in the order they were written up."""
    rows = list(MajorKommune.objects.filter(major=major).order_by("at", "id"))
    open_together(rows)
    return rows


def blind_to(major: MajorMatter, concern: Concern) -> list[User]:
    """Who is on it and does not see this matter."""
    seeing = {user.pk for user in readers_of(concern.pk)}
    return [user for user in members_of(major) if user.pk not in seeing]


def leaders(major: MajorMatter) -> list[User]:
    """Leaders who can be told: not those who are shut out of one of the matters."""
    rows = [user.pk for user in people(Role.LEADER)]
    told = RawSQL("major_may_tell(%s, identity_user.id)", [major.pk], output_field=BooleanField())
    return list(User.objects.filter(pk__in=rows).filter(told).order_by("name", "id"))


def alerts_of(major: MajorMatter) -> list[MajorAlert]:
    """Which leaders have been told what, the newest first."""
    return list(MajorAlert.objects.filter(major=major).select_related("to").order_by("-at", "id"))


def untold() -> list[MajorAlert]:
    """Those of which the leader has had no mail and may still be told; held for the task."""
    may = RawSQL("major_may_tell(joined_majoralert.major_id, joined_majoralert.to_id)", [], output_field=BooleanField())
    rows = MajorAlert.objects.filter(may, told_at__isnull=True).select_related("to")
    return list(rows.select_for_update(of=("self",), skip_locked=True).order_by("at"))
