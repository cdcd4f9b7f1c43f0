"""Stock django-tenants: create_schema, which runs the migrations of the same apps. Seconds for one tenant."""

import time
from itertools import count

from django.db import connection

from tests.benchmarks.peer.stock.models import Domain, Tenant
from tests.benchmarks.players.turns import serve

numbers = count()


def play(_: float) -> float:
    """One more tenant."""
    began = time.perf_counter()
    tenant = Tenant(schema_name=f"tenant_{next(numbers)}", name="Ny")
    tenant.save()
    tenant.create_schema(check_if_exists=True, verbosity=0)
    return time.perf_counter() - began


def main() -> None:
    """The tables that all tenants share, then play."""
    with connection.schema_editor() as editor:
        editor.create_model(Tenant)
        editor.create_model(Domain)
    serve(play)
