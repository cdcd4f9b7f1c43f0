"""Folder = where the row lives: compared with TENANT_TYPES at every start."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register

FOLDERS = {"shared": "public", "tenants": "kommune", "regional": "region"}


@register
def apps_live_where_their_folder_says(**_kwargs: Any) -> list[Error]:
    """An app of `tenants/` in the region's list (or the reverse) would put persons in the wrong schema."""
    errors = []
    for kind, spec in settings.TENANT_TYPES.items():
        for name in spec["APPS"]:
            belongs = FOLDERS.get(name.split(".")[0])
            if belongs and belongs != kind:
                errors.append(Error(f"{name} hører hjemme i {belongs}, ikke i {kind}.", id="varde.E001"))
    return errors
