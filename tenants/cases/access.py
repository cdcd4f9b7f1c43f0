"""Who may see which case. The getter is the guard: a hidden case and an absent one answer alike."""

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from tenants.cases.models import Case
from tenants.cases.queries import visible_cases
from varde.access import Reader, Role
from varde.audit.actions import Action, record


def case_for(reader: Reader, case_id: UUID) -> Case:
    """A case with its concern, the look logged. Http404 (logged too) when it is hidden or does not exist."""
    case = visible_cases(reader).select_related("concern").filter(pk=case_id).first()
    if case is None:
        record(by=reader, action=Action.DENIED, what="cases.case", ids=[case_id])
        raise Http404
    record(by=reader, action=Action.VIEW, what="cases.case", ids=[case.id])
    return case


def require_case(by: Reader, case: Case) -> None:
    """For actions: PermissionDenied unless the case is there for this reader."""
    if not visible_cases(by).filter(pk=case.pk).exists():
        raise PermissionDenied


def note_listed(reader: Reader, cases: Sequence[Case]) -> None:
    """Log which cases a page of the list showed."""
    record(by=reader, action=Action.LIST, what="cases.case", ids=[case.id for case in cases])


def may_choose_members(reader: Reader) -> bool:
    """Only a coordinator opens a case to somebody, or shuts somebody out."""
    return reader.has(Role.COORDINATOR)


def require_choosing_members(reader: Reader) -> None:
    """PermissionDenied for anybody else."""
    if not may_choose_members(reader):
        raise PermissionDenied
