"""`{% load passkey %}`: what the passkey script needs, as an attribute, because our pages hold no inline script."""

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder

register = template.Library()


@register.filter
def as_json(value: Any) -> str:
    """JSON text; the template escapes it like any other attribute."""
    return json.dumps(value, cls=DjangoJSONEncoder)
