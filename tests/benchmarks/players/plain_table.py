"""The bare peer made ready: its one table."""

from django.db import connection

from tests.benchmarks.peer.plain.models import Report


def main() -> None:
    """Make it."""
    with connection.schema_editor() as editor:
        editor.create_model(Report)
