"""«Slik når dere personen trygt», and whoever reported, for the top of a page."""

from collections.abc import Iterable

from tenants.inbox import safe_queries
from tenants.inbox.models import Concern
from tenants.inbox.panels import Panel
from tenants.inbox.safe import BOXES, Safe
from varde.access import Reader

TEMPLATE = "inbox/_safe.html"


def panel(concern: Concern, by: Reader) -> Panel | None:
    """Of everybody of whom something is known; nothing where nothing is."""
    shown = shown_of(safe_queries.of_matter(concern))
    return Panel(TEMPLATE, {"people": shown}, top=True) if shown else None


def shown_of(known: Iterable[Safe]) -> list[Safe]:
    """Those of whom there is something to show, in the order of the boxes."""
    order = list(BOXES)
    return sorted((each for each in known if each.lines), key=lambda each: order.index(each.box))
