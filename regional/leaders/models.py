"""The leader team's table: which kommune holds which seat in which period, and where the table comes from."""

from django.db import models

from varde.privacy.models import Row


class RotationTable(Row):
    """Seats and kommuner in order; the engine makes the table from them, so it is not stored twice."""

    source = models.CharField(max_length=200)
    kommuner = models.JSONField()
    seats = models.JSONField()
    first_year = models.PositiveIntegerField()
    years = models.PositiveSmallIntegerField()
    fixed_members = models.JSONField(default=list)
    by_request = models.JSONField(default=list)
    proposal = models.BooleanField(default=True)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "leaders_rotation"

    class Privacy:
        personal = ()
        free_text = ("source",)
        safe = (
            "id", "kommuner", "seats", "first_year", "years", "fixed_members", "by_request", "proposal", "made_at",
        )  # fmt: skip
        open_because = {
            "source": "Hvilket vedtak tabellen er hentet fra, et offentlig dokument.",
            "kommuner": "Navn på kommuner, som er offentlige.",
            "seats": "Navn på plasser i lederteamet, uten personer.",
            "fixed_members": "Navn på virksomheter og verv med fast plass, uten personer.",
            "by_request": "Navn på virksomheter og verv som innkalles ved behov, uten personer.",
        }
