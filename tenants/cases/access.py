"""Who may see which case. The getter is the guard: a hidden case and an absent one answer alike."""

import re
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from tenants.cases.models import Case, CaseMember
from tenants.inbox.access import look
from tenants.inbox.models import Concern
from tenants.inbox.queries import ground_of, held_by_right, there
from tenants.inbox.search_named import is_id
from tenants.triage.models import NextStep
from varde.access import Reader, Role
from varde.audit import hooks
from varde.audit.actions import Action, record


def case_for(reader: Reader, case_id: UUID) -> Case:
    """A case with its concern, the look logged. Http404 (logged too) when it is hidden or does not exist."""
    case = Case.objects.select_related("concern").filter(there("cases.case", case_id), pk=case_id).first()
    if case is None:
        record(by=reader, action=Action.DENIED, what="cases.case", ids=[case_id])
        raise Http404
    ground = ground_of(case.concern_id)
    record(by=reader, action=look(ground), what="cases.case", ids=[case.id], ground=ground)
    return case


def require_case(by: Reader, case: Case) -> None:
    """For actions: PermissionDenied unless the case is there for this reader."""
    if not Case.objects.filter(pk=case.pk).exists():
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


def require_by_right(case: Case) -> None:
    """PermissionDenied for somebody whom break-glass let in."""
    if not held_by_right(case.concern_id):
        raise PermissionDenied


_SHORTEST = 6


def matter_named(reader: Reader, typed: str) -> UUID | None:
    """For the log: the matter under the name of its case («Sak 2026-1A2B3C»), or the number of either.

    None when the reader sees none, or more than one.
    """
    if not reader.has(Role.COORDINATOR):
        return None
    wanted = typed.strip().lower().removeprefix("sak").strip()
    digits = (wanted.rpartition("-")[2] if len(wanted) < 36 else wanted).replace("-", "")
    if not _SHORTEST <= len(digits) <= 32 or set(digits) - set("0123456789abcdef"):
        return None
    between = (UUID(digits.ljust(32, "0")), UUID(digits.ljust(32, "f")))
    found = set(Case.objects.filter(id__range=between).values_list("concern_id", flat=True)[:2])
    found |= set(Concern.objects.filter(id__range=between).values_list("id", flat=True)[:2])
    return found.pop() if len(found) == 1 else None


_NUMBER = re.compile(r"(?:sak )?(?:(?P<year>\d{4})-)?(?P<part>[0-9a-f]{6})(?:-(?P<twin>[2-9]))?", re.IGNORECASE)


def called(typed: str) -> set[UUID]:
    """For the search: the matters of the cases with this number («Sak 2026-1A2B3C», «1A2B3C») or id."""
    found = _NUMBER.fullmatch(typed)
    if found is None:
        cases = Case.objects.filter(id=UUID(typed)) if is_id(typed) else Case.objects.none()
    else:
        part, year = found["part"], found["year"]
        cases = Case.objects.filter(id__range=(UUID(part.ljust(32, "0")), UUID(part.ljust(32, "f"))))
        cases = cases.filter(counted_from__year=year) if year else cases
        cases = cases.filter(twin=found["twin"]) if found["twin"] else cases
    return set(cases.values_list("concern_id", flat=True))


def tasks(matters: Collection[UUID]) -> Mapping[UUID, Sequence[hooks.Task]]:
    """For the log's control: everybody in the team while it lies in the inbox; then its members and owners of steps."""
    found: dict[UUID, list[hooks.Task]] = {matter: [] for matter in matters}
    opened = dict(Case.objects.filter(concern__in=matters).values_list("concern_id", "opened_at"))
    for matter, received in Concern.objects.filter(id__in=matters).values_list("id", "received_at"):
        found[matter].append(hooks.Task(None, received, opened.get(matter)))
    members = CaseMember.objects.filter(case__concern__in=matters).values_list("case__concern", "user_id", "since")
    steps = NextStep.objects.filter(concern__in=matters).values_list("concern_id", "owner_id", "made_at", "done_at")
    for matter, user_id, since in members:
        found[matter].append(hooks.Task(user_id, since))
    for matter, user_id, since, until in steps:
        found[matter].append(hooks.Task(user_id, since, until))
    return found
