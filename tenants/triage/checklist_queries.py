"""Asking about the checklist, the calls, and which services there are."""

from dataclasses import dataclass

from tenants.inbox.mistakes_queries import Mark, address, marks_of
from tenants.inbox.models import Concern
from tenants.team.models import TeamMember
from tenants.triage.checklist_models import Checked, EmergencyCall
from varde.identity.models import User
from varde.privacy.fields import open_together


@dataclass(frozen=True, slots=True)
class Called:
    """A call; `mark` says that it was entered wrongly, `mark_at` where that is said."""

    call: EmergencyCall
    mark: Mark | None
    mark_at: str


def checked(concern: Concern) -> list[Checked]:
    """Every checklist of the matter, the newest first."""
    rows = list(Checked.objects.filter(concern=concern).order_by("-at", "-id"))
    open_together(rows)
    return rows


def calls(concern: Concern) -> list[EmergencyCall]:
    """The calls, the newest first; not those that were entered wrongly."""
    return [each.call for each in every_call(concern) if each.mark is None]


def every_call(concern: Concern) -> list[Called]:
    """Every call, the newest first, each with its mark when it was entered wrongly, else with where it is marked."""
    rows = list(EmergencyCall.objects.filter(concern=concern).order_by("-called_at", "-id"))
    open_together(rows)
    marks = marks_of(EmergencyCall, [row.pk for row in rows])
    return [
        Called(row, marks.get(row.pk), "" if row.pk in marks else address(concern.pk, "nodsamtale", row.pk))
        for row in rows
    ]


def services() -> list[str]:
    """The services that people here belong to, by name; each once, as it is written first."""
    named = [*User.objects.filter(is_active=True).values_list("service", flat=True)]
    named += TeamMember.objects.values_list("service", flat=True)
    found: dict[str, str] = {}
    for name in sorted(each.strip() for each in named if each and each.strip()):
        found.setdefault(name.casefold(), name)
    return sorted(found.values(), key=str.casefold)
