"""Who may read and change the agreement, and the getters that are the guard."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from regional.cooperation import agreement_queries as queries
from regional.cooperation.agreement_models import Agreement, AgreementDocument, AgreementStep
from regional.cooperation.agreement_queries import Version
from varde.access import Permission, Reader
from varde.audit.actions import Action, record


def manages(by: Reader) -> None:
    """PermissionDenied for those who do not change the agreement."""
    if by.purpose != "setup" and not by.may(Permission.COOPERATION_MANAGE):
        raise PermissionDenied


def note_read(by: Reader, what: str = "cooperation.agreement") -> None:
    """A page was read; Http404 for those who may not."""
    if not by.may(Permission.COOPERATION_READ):
        raise Http404
    record(by=by, action=Action.LIST, what=what)


def the_agreement(by: Reader) -> Agreement | None:
    """The region's agreement; None when there is none. Http404, logged, for those who may not."""
    if not by.may(Permission.COOPERATION_READ):
        record(by=by, action=Action.DENIED, what="cooperation.agreement")
        raise Http404
    found = queries.agreement(by)
    record(by=by, action=Action.VIEW, what="cooperation.agreement", ids=[found.id] if found else [])
    return found


def version(agreement_id: UUID, number: int, by: Reader) -> Version:
    """A version of this agreement or of one that has ended; Http404, logged, when there is none."""
    row = Agreement.objects.filter(id=agreement_id).first() if by.may(Permission.COOPERATION_READ) else None
    found = next((each for each in queries.versions(row) if each.number == number), None) if row else None
    if found is None:
        record(by=by, action=Action.DENIED, what="cooperation.version", ids=[agreement_id])
        raise Http404
    record(by=by, action=Action.VIEW, what="cooperation.version", ids=[found.row.id])
    return found


def document(document_id: UUID, by: Reader) -> AgreementDocument:
    """A paper; Http404, logged, when there is none."""
    rows = AgreementDocument.objects.filter(id=document_id)
    found = rows.first() if by.may(Permission.COOPERATION_READ) else None
    if found is None:
        record(by=by, action=Action.DENIED, what="cooperation.document", ids=[document_id])
        raise Http404
    record(by=by, action=Action.EXPORT, what="cooperation.document", ids=[found.id])
    return found


def step(step_id: UUID, by: Reader) -> AgreementStep:
    """A step; Http404, logged, when there is none."""
    rows = AgreementStep.objects.filter(id=step_id).select_related("agreement")
    found = rows.first() if by.may(Permission.COOPERATION_READ) else None
    if found is None:
        record(by=by, action=Action.DENIED, what="cooperation.step", ids=[step_id])
        raise Http404
    record(by=by, action=Action.VIEW, what="cooperation.step", ids=[step_id])
    return found
