"""Who sees which call back: those who see its matter; without one, its maker, its owner and mostly the coordinators."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL
from django.http import Http404

from tenants.inbox.callbacks_states import OF_REPORTER, editable
from tenants.inbox.calls_models import Callback, CallbackTry, CallbackVersion
from tenants.inbox.calls_states import AFTER
from tenants.inbox.handing import counted
from tenants.inbox.models import Concern
from tenants.inbox.queries import readers_of
from tenants.inbox.safe import REPORTER, WHOSE, Piece
from varde.access import Permission, Reader, Role
from varde.audit import hooks
from varde.audit.actions import Action, record
from varde.identity.models import User
from varde.identity.queries import people
from varde.privacy.errors import Destroyed
from varde.privacy.fields import open_together
from varde.refusal import print_of_values
from varde.ui.gone import words

_TEAM = (Role.COORDINATOR, Role.TEAM_MEMBER)


def callback_for(reader: Reader, callback_id: UUID) -> Callback:
    """One call back with its owner, the look logged; Http404 (logged too) when hidden or absent."""
    there = RawSQL("callback_there(%s)", [callback_id], output_field=BooleanField())
    rows = Callback.objects.select_related("owner").filter(there, id=callback_id)
    found = rows.first() if reader.may(Permission.INBOX_READ) else None
    if found is None:
        record(by=reader, action=Action.DENIED, what="inbox.callback", ids=[callback_id])
        raise Http404
    record(by=reader, action=Action.VIEW, what="inbox.callback", ids=[found.concern_id or found.id])
    return found


def owners(concern: Concern | None) -> list[User]:
    """Who can be asked to call: those who see the matter, or without one those who read the inbox."""
    return readers_of(concern.id) if concern else people(*_TEAM)


def as_seen(callback: Callback) -> str:
    """Who calls and when, in a line that a page sends back."""
    return f"{callback.owner_id} {callback.due_at.isoformat()}"


def content(callback: Callback) -> dict[str, str]:
    """What can be put right, as it stands."""
    return {name: words(callback, name) for name in editable(to_reporter=callback.to_reporter)}


def written(callback: Callback) -> str:
    """A print of it that a page sends back."""
    return print_of_values(content(callback))


def versions_of(callback: Callback) -> list[CallbackVersion]:
    """What was put right, the newest first."""
    rows = list(CallbackVersion.objects.filter(callback=callback).order_by("-at", "id"))
    open_together(rows)
    return rows


def said_in(concern: Concern) -> list[Piece]:
    """What the calls back of a matter say of safe contact, also those that are done; what was put right is as new as
    that."""
    rows = list(Callback.objects.filter(concern=concern).order_by("made_at", "id"))
    versions = list(CallbackVersion.objects.filter(concern=concern).order_by("at", "id")) if rows else []
    open_together([*rows, *versions])
    found = []
    for row in rows:
        try:
            said = {name: str(getattr(row, name)) for name in (*OF_REPORTER, "who")}
            again = [(each.at, {name: said.get(name, "") for name in each.was}) for each in versions if _of(each, row)]
        except Destroyed:
            continue
        key, whose = (REPORTER, WHOSE[REPORTER]) if row.to_reporter else ("", said["who"])
        found += [Piece(whose, at, each, key) for at, each in [(row.made_at, said), *again]]
    return found


def _of(version: CallbackVersion, row: Callback) -> bool:
    return version.callback_id == row.id


def waiting() -> QuerySet[Callback]:
    """Whom somebody waits to call, the most urgent first."""
    return Callback.objects.filter(done_at__isnull=True).select_related("owner").order_by("due_at", "id")


def over() -> QuerySet[Callback]:
    """Those that are done, the newest first."""
    return Callback.objects.filter(done_at__isnull=False).select_related("owner").order_by("-done_at", "id")


def of_matter(concern_id: UUID) -> list[Callback]:
    """Those of one matter that are not done."""
    return list(waiting().filter(concern_id=concern_id))


def note_listed(reader: Reader, shown: list[Callback]) -> None:
    """Log which a page showed, and open their keys together."""
    open_together(shown)
    record(by=reader, action=Action.LIST, what="inbox.callback", ids=[row.concern_id or row.id for row in shown])


def tries_of(callback: Callback) -> list[CallbackTry]:
    """What came of trying, the newest first."""
    return list(CallbackTry.objects.filter(callback=callback).order_by("-at"))


def late(moment: datetime) -> list[Callback]:
    """Those whose time is past and whose owner has not been told; held for the task."""
    return list(_overdue().filter(due_at__lt=moment, reminded_at__isnull=True))


def late_long(moment: datetime) -> list[Callback]:
    """Those whose time has been past for a while, and of which nobody but the owner has been told; held."""
    return list(_overdue().filter(due_at__lt=moment - AFTER, reminded_at__isnull=False, escalated_at__isnull=True))


def _overdue() -> QuerySet[Callback]:
    # Of matters that are over too: who closed one said who still calls.
    rows = Callback.objects.filter(done_at__isnull=True).select_related("owner")
    return rows.select_for_update(of=("self",), skip_locked=True).order_by("due_at", "id")


def seers(callback: Callback) -> list[User]:
    """Who sees it by right; for the task."""
    if callback.concern_id is not None:
        return readers_of(callback.concern_id)
    team, coordinators = people(*_TEAM), people(Role.COORDINATOR)
    own = [one for one in team if one.id in (callback.made_by, callback.owner_id)]
    return own if callback.about_staff and own else sorted({*own, *coordinators}, key=lambda one: one.name)


def after_owner(callback: Callback, on_duty: Collection[User]) -> list[User]:
    """Whom to tell when the owner lets it lie: who has the phone and the coordinators, of those who see it; else all
    of those."""
    able = [one for one in seers(callback) if one != callback.owner]
    coordinators = people(Role.COORDINATOR)
    return [one for one in able if one in on_duty or one in coordinators] or able


def held(concern_id: UUID, user: User) -> str | None:
    """Why a person cannot leave a matter, or None."""
    if Callback.objects.filter(concern=concern_id, owner=user, done_at__isnull=True).exists():
        return f"{user.name} skal ringe noen i saken. La en annen ringe først."
    return None


def counts(users: Collection[UUID]) -> Mapping[UUID, int]:
    """How many each is to call, among those that the one who asks sees; for the team's register."""
    return counted(Callback.objects.filter(done_at__isnull=True, owner__in=users), "owner_id")


def tasks(matters: Collection[UUID]) -> Mapping[UUID, Sequence[hooks.Task]]:
    """For the log's control: who is to call somebody has something to do with the matter until it is done."""
    rows = Callback.objects.filter(concern_id__in=matters)
    found: dict[UUID, list[hooks.Task]] = {}
    for matter, owner, since, until in rows.values_list("concern_id", "owner_id", "made_at", "done_at"):
        if matter is not None:
            found.setdefault(matter, []).append(hooks.Task(owner, since, until))
    return found
