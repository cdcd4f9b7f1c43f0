"""Who may see which card: those who see its matter. The getter is the guard; the log's rows are the matter's."""

from collections.abc import Collection
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL
from django.http import Http404

from tenants.inbox.access import look
from tenants.inbox.models import Concern
from tenants.inbox.queries import ground_of, held_by_right
from tenants.persons.models import Person
from tenants.persons.spoken import SafetyWarning
from varde.access import Permission, Reader
from varde.audit.actions import Action, record
from varde.audit.phrases import short


def _there(person_id: UUID) -> RawSQL:
    """As `inbox.queries.there`: the same way, and the same time, for a hidden card and one that is not there."""
    return RawSQL("persons_there(%s)", [person_id], output_field=BooleanField())


def person_for(reader: Reader, person_id: UUID) -> Person:
    """A card with its concern, the look logged. Http404 (logged too) when hidden or absent."""
    rows = Person.objects.select_related("concern").filter(_there(person_id), pk=person_id)
    found = rows.first() if reader.may(Permission.INBOX_READ) else None
    if found is None:
        record(by=reader, action=Action.DENIED, what="persons.person", ids=[person_id])
        raise Http404
    ground = ground_of(found.concern_id)
    record(
        by=reader,
        action=look(ground),
        what="persons.person",
        ids=[found.concern_id],
        reason=card_name(found),
        ground=ground,
    )
    return found


def card_named(typed: str) -> Person | None:
    """The card under an id that a form sent, if the reader sees it."""
    try:
        key = UUID(typed)
    except ValueError:
        return None
    return Person.objects.select_related("concern").filter(_there(key), pk=key).first()


def card_name(person: Person) -> str:
    """Which card of the matter a row of the log is about, without saying whose."""
    return f"kort {short(str(person.pk))}"


def note_listed(reader: Reader, what: str, concerns: Collection[UUID]) -> None:
    """Log that a page listed the `what` of these matters."""
    if concerns:
        record(by=reader, action=Action.LIST, what=what, ids=concerns)


def held(by: Reader, concern_id: UUID) -> Concern:
    """For actions: the matter as it is now, held until the end. PermissionDenied unless it is there for this reader."""
    found = Concern.objects.select_for_update().filter(pk=concern_id).first()
    if found is None or not by.may(Permission.INBOX_READ):
        raise PermissionDenied
    return found


def require_by_right(concern_id: UUID) -> None:
    """PermissionDenied for somebody whom break-glass let in."""
    if not held_by_right(concern_id):
        raise PermissionDenied


def warning_in(reader: Reader, concern: Concern, warning_id: UUID) -> SafetyWarning:
    """A warning of a matter that the reader has been shown. Http404 (logged too) when it is not one of it."""
    found = SafetyWarning.objects.filter(pk=warning_id, concern=concern).first()
    if found is None:
        record(by=reader, action=Action.DENIED, what="persons.warning", ids=[warning_id])
        raise Http404
    return found
