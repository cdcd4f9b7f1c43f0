"""Stock django-tenants: tenant_context of one tenant after the other, one query in each. Seconds per switch."""

import time
from itertools import cycle, islice

from django_tenants.utils import tenant_context  # noqa: TID251 (this is what ours is measured against)

from tenants.inbox.models import Concern
from tests.benchmarks.peer.stock.models import Tenant
from tests.benchmarks.players.turns import serve

TENANTS = list(Tenant.objects.order_by("schema_name")[:8])


def play(switches: float) -> float:
    """`switches` times into the next tenant."""
    began = time.perf_counter()
    for tenant in islice(cycle(TENANTS), int(switches)):
        with tenant_context(tenant):
            Concern.objects.exists()
    return (time.perf_counter() - began) / switches


def main() -> None:
    """Play."""
    serve(play)
