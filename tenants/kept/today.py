"""This room's part of «I dag»: matters whose time is over and that nobody has confirmed the end of."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef

from tenants.inbox.due import Due
from tenants.kept import queries
from tenants.kept.models import Order
from varde.access import Reader, Role


def over(reader: Reader, until: datetime, most: int) -> Iterator[Due]:
    """For a coordinator; without a date, because nothing is lost by waiting."""
    if not reader.has(Role.COORDINATOR):
        return
    confirmed = Order.objects.filter(
        concern=OuterRef("concern"), regret__isnull=True, confirmed_at__gte=OuterRef("marked_at")
    )
    for mark in queries.due().filter(~Exists(confirmed))[:most]:
        yield Due(
            "Oppbevaringstiden er ute", f"/oppbevaring/{mark.concern_id}", "kept.due", mark.id,
            text="Arkiver og slett, eller behold lenger", concern_id=mark.concern_id,
        )  # fmt: skip
