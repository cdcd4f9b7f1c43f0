"""What the holder of a receipt is told when the report was deleted by the rules."""

from django.db import connection

from tenants.inbox.gone_receipts import Deleted


def gone() -> Deleted | None:
    """Of the receipt that was just asked for in this transaction; None when it is none of ours."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT received_month, deleted_on FROM receipt_gone()")
        row = cursor.fetchone()
    return Deleted(*row) if row else None
