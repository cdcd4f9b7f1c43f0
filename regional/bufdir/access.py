"""Who sees reports: those who see statistics see the frozen ones, those who give out see drafts too. Getters guard."""

from uuid import UUID

from django.http import Http404

from regional.bufdir.making import NEEDS
from regional.bufdir.models import Draft, FrozenReport, Kind
from varde.access import Permission, Reader
from varde.audit.actions import Action, record


def may_make(by: Reader, kind: Kind) -> bool:
    """Those who may see all that the report is made from."""
    return all(by.may(needed) for needed in NEEDS[kind])


def report_for(by: Reader, number: int) -> FrozenReport:
    """A frozen report by its number. Http404, logged."""
    found = FrozenReport.objects.filter(number=number).first() if by.may(Permission.STATISTICS_READ) else None
    if found is None:
        record(by=by, action=Action.DENIED, what="bufdir.report", ids=[])
        raise Http404
    record(by=by, action=Action.VIEW, what="bufdir.report", ids=[found.id])
    return found


def draft_for(by: Reader, draft_id: UUID) -> Draft:
    """A draft that waits or is over. Http404, logged."""
    found = Draft.objects.filter(pk=draft_id).first() if by.may(Permission.STATISTICS_RELEASE) else None
    if found is None:
        record(by=by, action=Action.DENIED, what="bufdir.draft", ids=[draft_id])
        raise Http404
    record(by=by, action=Action.VIEW, what="bufdir.draft", ids=[found.id])
    return found


def kind_for(by: Reader, name: str) -> Kind:
    """A kind of report that this reader may make. Http404, logged."""
    found = next((one for one in Kind if one.value == name), None)
    if found is None or not may_make(by, found):
        record(by=by, action=Action.DENIED, what="bufdir.draft", ids=[])
        raise Http404
    return found
