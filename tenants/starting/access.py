"""Who walks the steps, and who may say yes or no to the agreement."""

from uuid import UUID

from django.http import Http404

from shared.codes.starting import Step, by_code
from tenants.starting.models import Document, Notice
from varde.access import Permission, Reader
from varde.audit.actions import Action, record


def note_read(by: Reader) -> None:
    """The steps were looked at; Http404 for those who may not."""
    if not by.may(Permission.STARTING):
        raise Http404
    record(by=by, action=Action.LIST, what="starting.step")


def step_for(by: Reader, code: str) -> Step:
    """A step of the list; Http404 for any other."""
    found = by_code().get(code)
    if found is None or not by.may(Permission.STARTING):
        raise Http404
    return found


def document_for(by: Reader, document_id: UUID) -> Document:
    """A document with its content; Http404 otherwise. Logged."""
    found = Document.objects.filter(pk=document_id).first() if by.may(Permission.STARTING) else None
    if found is None:
        record(by=by, action=Action.DENIED, what="starting.document", ids=[document_id])
        raise Http404
    record(by=by, action=Action.EXPORT, what="starting.document", ids=[found.id])
    return found


def notice_for(by: Reader, notice_id: UUID) -> Notice:
    """What a region wrote of the agreement; Http404 otherwise. Logged."""
    sees = by.may(Permission.STARTING) or by.may(Permission.AGREEMENT_SAY)
    found = Notice.objects.filter(pk=notice_id).first() if sees else None
    if found is None:
        record(by=by, action=Action.DENIED, what="starting.agreement", ids=[notice_id])
        raise Http404
    record(by=by, action=Action.VIEW, what="starting.agreement", ids=[found.id])
    return found
