"""Asking which checklist is in force."""

from shared.codes.checklists import Checklist, acute
from tenants.triage.lists_models import ChecklistVersion


def loaded() -> list[ChecklistVersion]:
    """The lists that the office has loaded, the newest first."""
    return list(ChecklistVersion.objects.order_by("-loaded_at", "-id"))


def in_force() -> Checklist:
    """The list that new answers are asked by: the newest that was loaded, else the shipped one."""
    newest = ChecklistVersion.objects.order_by("-loaded_at", "-id").first()
    return newest.checklist if newest else acute()
