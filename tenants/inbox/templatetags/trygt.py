"""`{% trygt concern %}` on a later room's page: how the people of the matter are safely reached."""

from typing import Any

from django import template

from tenants.inbox import safe_queries, safe_views
from tenants.inbox.models import Concern

register = template.Library()


@register.inclusion_tag(safe_views.TEMPLATE)
def trygt(concern: Concern | None) -> dict[str, Any]:
    """What holds now of each; nothing for a page about no matter."""
    return {"panel": {"people": safe_views.shown_of(safe_queries.of_matter(concern)) if concern else []}}
