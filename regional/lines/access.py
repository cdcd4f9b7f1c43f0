"""Who may look at and change lines and set-ups."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from regional.lines.models import Line
from varde.access import Permission, Reader
from varde.audit.actions import Action, record


def sets_up(by: Reader) -> None:
    """PermissionDenied for those who do not run the phone."""
    if by.purpose != "setup" and not by.may(Permission.HOTLINE_MANAGE):
        raise PermissionDenied


def note_read(by: Reader, what: str = "lines.line") -> None:
    """A page was read; Http404 for those who may not."""
    if not by.may(Permission.HOTLINE_MANAGE):
        raise Http404
    record(by=by, action=Action.LIST, what=what)


def line(line_id: UUID, by: Reader) -> Line:
    """A line that is in use; Http404, logged, when there is none."""
    found = Line.objects.filter(id=line_id, closed_at=None).first() if by.may(Permission.HOTLINE_MANAGE) else None
    if found is None:
        record(by=by, action=Action.DENIED, what="lines.line", ids=[line_id])
        raise Http404
    record(by=by, action=Action.VIEW, what="lines.line", ids=[line_id])
    return found
