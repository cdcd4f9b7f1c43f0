"""`{% farer concern %}` on a later room's page: what whoever meets or calls somebody of the matter must know."""

from collections.abc import Mapping
from typing import Any

from django import template

from tenants.inbox.models import Concern
from tenants.persons.panels import danger_panel
from varde.access import reader

register = template.Library()


@register.inclusion_tag("persons/_dangers.html", takes_context=True)
def farer(context: Mapping[str, Any], concern: Concern | None) -> dict[str, Any]:
    """The warnings of the matter and those of others that hold here; nothing for a page about no matter."""
    shown = danger_panel(concern, reader(context["request"])) if concern else {}
    return {"panel": shown}
