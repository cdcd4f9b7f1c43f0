"""Asking about requests. The database says which are there: those of one's matters, and those given to oneself."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from shared.codes import legal
from tenants.cases.models import Case
from tenants.inbox.models import Concern, Cover
from tenants.measures.requests_models import Request
from tenants.measures.requests_states import NO_NAMES, NOBODY_NAMED, WAITING
from varde.access import Reader, Role
from varde.identity.models import User
from varde.identity.queries import people
from varde.refusal import print_of


def as_seen(request: Request) -> str:
    """Who follows a request up and until when, for the page to send back."""
    return print_of(request, ("owner_id", "due_on"))


def of_case(case: Case) -> list[Request]:
    """The requests of a case: those that wait first, the longest overdue at the top."""
    rows = list(_rows().filter(case=case).order_by("due_on", "sent_at"))
    return sorted(rows, key=lambda row: row.state not in WAITING)


def waiting_in(concern: Concern) -> list[Request]:
    """Those of a matter that nobody has answered, the first due first."""
    return list(_rows().filter(concern=concern, state__in=WAITING).order_by("due_on", "id"))


def waiting(reader: Reader, *, mine: bool = False, among: Q | None = None) -> list[Request]:
    """Requests without an answer that the reader sees, the longest overdue first; at most fifty. Also of closed cases:
    what goes on there still needs somebody who looks after it."""
    rows = _rows().select_related("case").filter(among or Q(), state__in=WAITING)
    if mine and reader.user_id is not None:
        rows = rows.filter(owner_id=reader.user_id)
    return list(rows.order_by("due_on", "id")[:50])


def given_to(reader: Reader) -> list[Request]:
    """What a kontaktperson is asked, what waits first. Nothing of the case is fetched with it."""
    rows = Request.objects.filter(recipient_id=reader.user_id).order_by("due_on", "sent_at")
    return sorted(rows, key=lambda row: row.state not in WAITING)


def contacts() -> list[User]:
    """Who can be asked here: active kontaktpersoner, by name."""
    return people(Role.CONTACT)


def to_remind(today: date) -> QuerySet[Request]:
    """Requests without an answer past their day whose owner has not been told; locked for the task."""
    rows = Request.objects.filter(state__in=WAITING, due_on__lt=today, reminded_at__isnull=True)
    return rows.select_related("owner").select_for_update(of=("self",)).order_by("id")


def to_tell() -> QuerySet[Request]:
    """Requests with something new that somebody has not been told of; locked for the task.

    Whoever was asked in a matter that has been covered sees nothing, so they are not told.
    """
    covered = Exists(Cover.objects.filter(concern=OuterRef("concern")))
    rows = Request.objects.exclude(to_tell="").exclude(covered, to_tell="recipient")
    rows = rows.select_related("owner", "recipient")
    return rows.select_for_update(of=("self",)).order_by("id")


def held(case: Case, user: User) -> str | None:
    """Why a person cannot leave a case, or None."""
    if Request.objects.filter(case=case, owner=user, state__in=WAITING).exists():
        return f"{user.name} følger opp en forespørsel som ikke er besvart. Gi den til en annen først."
    return None


def ground_label(code: str) -> str:
    """The ground in words."""
    return NO_NAMES if code == NOBODY_NAMED else legal.reference(code).label


def _rows() -> QuerySet[Request]:
    return Request.objects.select_related("partner", "recipient", "owner")
