"""Which app's tables live in which type of office: TENANT_TYPES says it, and only that."""

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django_tenants.routers import TenantSyncRouter

if TYPE_CHECKING:
    from collections.abc import Iterator

_rendering: ContextVar[str | None] = ContextVar("varde_rendering_kind", default=None)


@contextmanager
def rendering(kind: str) -> "Iterator[None]":
    """While the SQL of one office type is being rendered."""
    token = _rendering.set(kind)
    try:
        yield
    finally:
        _rendering.reset(token)


class RoomRouter(TenantSyncRouter):  # type: ignore[misc]
    """Answers from the type being rendered; outside of rendering nothing migrates."""

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool | None:
        kind = _rendering.get()
        if kind is None:
            return False
        return None if self.app_in_list(app_label, settings.TENANT_TYPES[kind]["APPS"]) else False
