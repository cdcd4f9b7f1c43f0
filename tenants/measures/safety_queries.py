"""Asking about safety plans; seen by those who see the case."""

from collections.abc import Mapping

from tenants.cases.models import Case
from tenants.measures.safety_models import SafetyPlan
from varde.privacy.errors import Destroyed


def versions(case: Case) -> list[SafetyPlan]:
    """All versions, the newest first."""
    return list(SafetyPlan.objects.filter(case=case).order_by("-version"))


def newest(case: Case) -> SafetyPlan | None:
    """The version that holds."""
    return SafetyPlan.objects.filter(case=case).order_by("-version").first()


def parts_of(plan: SafetyPlan | None) -> Mapping[str, str]:
    """The texts of a version; none when the content has been deleted for good."""
    try:
        return {code: str(text) for code, text in plan.parts.items()} if plan else {}
    except Destroyed:
        return {}
