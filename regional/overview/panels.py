"""Every part of the overview in its order. A part that fails says that it cannot be shown; the others stand."""

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from types import ModuleType

from django.db import transaction

from regional.overview import (
    delivery_panel,
    figures_panel,
    matters_panel,
    meetings_panel,
    phone_panel,
    plan_panel,
    starting_panel,
)
from regional.overview.panel import Panel
from varde.access import Reader

log = logging.getLogger("varde.overview")


@dataclass(frozen=True, slots=True)
class Maker:
    """A part: its code and title stand also when it cannot be made."""

    code: str
    title: str
    make: Callable[[Reader, datetime], Panel]


def _of(module: ModuleType) -> Maker:
    return Maker(module.CODE, module.TITLE, module.panel)


PANELS: list[Maker] = [
    _of(module)
    for module in (
        meetings_panel,
        matters_panel,
        plan_panel,
        figures_panel,
        delivery_panel,
        phone_panel,
        starting_panel,
    )
]


def shown(by: Reader, at: datetime, only: Collection[str] = ()) -> list[Panel]:
    """All of them as they are now, or those with these codes."""
    return [_safe(maker, by, at) for maker in PANELS if not only or maker.code in only]


def _safe(maker: Maker, by: Reader, at: datetime) -> Panel:
    """In a transaction of its own, so that a question the database refuses does not end the page."""
    try:
        with transaction.atomic():
            return maker.make(by, at)
    except Exception:
        log.exception("a part of the overview could not be shown")
        return Panel(maker.code, maker.title, broken=True)
