"""Asking for the kommune's own chain of leaders; the newest counts and the ones before it are kept."""

from tenants.inbox.replies_models import LeaderChain

MOST = 6
Line = tuple[str, str]  # position, phone


def newest() -> LeaderChain | None:
    """What counts now."""
    return LeaderChain.objects.order_by("-valid_from", "-id").first()


def lines() -> list[Line]:
    """(position, phone) with the nearest leader first; [] where the kommune has set none."""
    found = newest()
    return [(str(title), str(phone)) for title, phone in found.lines] if found else []
