"""What those who may write at a meeting have typed on its points and not saved: minutes must not go out without it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from regional.meetings import queries
from regional.meetings.models import Meeting
from varde.access import Permission
from varde.access.roles import roles_with
from varde.identity import drafts
from varde.identity.models import User
from varde.ui.dates import date_and_time

# The form of what is said and decided, by its first field; "" is what the server kept when a session was over.
_FORMS = ("s-said", "")


@dataclass(frozen=True, slots=True)
class Unsaved:
    """Somebody's text on a point: the point's number and id, who writes, and when they wrote last."""

    number: int
    item: UUID
    user: UUID
    name: str
    at: datetime

    @property
    def label(self) -> str:
        """«punkt 3 (Kari Nordmann, 12.03.2027 kl. 09.40)»"""
        return f"punkt {self.number} ({self.name}, {date_and_time(self.at)})"


def waiting(meeting: Meeting) -> list[Unsaved]:
    """In the agenda's order. Whoever may no longer write there has nothing that could be saved."""
    places = dict(_places(meeting, _writers(meeting)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT place, saved_at FROM meetings_unsaved(%s)", [list(places)])
        rows: Sequence[tuple[str, datetime]] = cursor.fetchall()
    found = {places[place]: at for place, at in sorted(rows, key=lambda row: row[1]) if at >= drafts.oldest()}
    told = [Unsaved(number, item, user.id, user.name, at) for (number, item, user), at in found.items()]
    return sorted(told, key=lambda one: (one.number, one.name))


def _places(meeting: Meeting, writers: Sequence[User]) -> Iterator[tuple[str, tuple[int, UUID, User]]]:
    for number, item in enumerate(queries.items(meeting), start=1):
        path = f"/lederteam/moter/{meeting.id}/punkt/{item.id}"
        for user in writers:
            for form in _FORMS:
                yield drafts.place_of(user.id, path, form), (number, item.id, user)


def _writers(meeting: Meeting) -> list[User]:
    roles = roles_with(Permission.LEADERS_MANAGE)
    led = [one for one in (meeting.chair_user_id, meeting.taker_user_id) if one is not None]
    here = User.objects.here().filter(is_active=True)
    return list((here.filter(grants__role__in=roles) | here.filter(pk__in=led)).distinct())
