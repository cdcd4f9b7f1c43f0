"""Asking about the checklist, the calls, and which services there are."""

from tenants.inbox.models import Concern
from tenants.team.models import TeamMember
from tenants.triage.checklist_models import Checked, EmergencyCall
from varde.identity.models import User
from varde.privacy.fields import open_together


def checked(concern: Concern) -> list[Checked]:
    """Every checklist of the matter, the newest first."""
    rows = list(Checked.objects.filter(concern=concern).order_by("-at", "-id"))
    open_together(rows)
    return rows


def calls(concern: Concern) -> list[EmergencyCall]:
    """Every call, the newest first."""
    rows = list(EmergencyCall.objects.filter(concern=concern).order_by("-called_at", "-id"))
    open_together(rows)
    return rows


def services() -> list[str]:
    """The services that people here belong to, by name; each once, as it is written first."""
    named = [*User.objects.filter(is_active=True).values_list("service", flat=True)]
    named += TeamMember.objects.values_list("service", flat=True)
    found: dict[str, str] = {}
    for name in sorted(each.strip() for each in named if each and each.strip()):
        found.setdefault(name.casefold(), name)
    return sorted(found.values(), key=str.casefold)
