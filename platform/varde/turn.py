"""One at a time, for what has no row of its own to hold."""

from django.db import connection


def wait_for(what: str) -> None:
    """Until the transaction ends nobody else in this office gets past here with the same word."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || ' ' || %s, 0))", [what])
