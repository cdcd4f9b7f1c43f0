"""«Slik når dere personen trygt» for the top of a page, and what of it a form is filled in with."""

from collections.abc import Iterable

from tenants.inbox import safe_queries
from tenants.inbox.models import Concern
from tenants.inbox.panels import Panel
from tenants.inbox.safe import Safe
from varde.access import Reader

TEMPLATE = "inbox/_safe.html"


def panel(concern: Concern, by: Reader) -> Panel | None:
    """Of everybody of whom something is known; nothing where nothing is."""
    shown = shown_of(safe_queries.of_matter(concern))
    return Panel(TEMPLATE, {"people": shown}, top=True) if shown else None


def shown_of(known: Iterable[Safe]) -> list[Safe]:
    """Those of whom there is something to show."""
    return [each for each in known if each.lines]
