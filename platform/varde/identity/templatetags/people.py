"""`{% load people %}`: what the log-in page asks of the office."""

from django import template

from varde.identity import queries
from varde.identity.models import Provider

register = template.Library()


@register.simple_tag
def active_providers() -> list[Provider]:
    """Where this office's people may log in besides here."""
    return queries.active_providers()
