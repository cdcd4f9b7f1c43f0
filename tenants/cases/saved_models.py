"""A choice among the cases that somebody has given a name, for themselves alone."""

from django.db import models

from varde.access.rows import USER, RowRights
from varde.identity.models import User
from varde.privacy.models import Row


class SavedView(Row):
    """`chosen` is a query string of codes (`filters.address`), so it says nothing of any case."""

    row_rights = RowRights(people=f"user_id = {USER}")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views")
    # Closed under a key of the office: people write names in names.
    name = models.TextField()
    chosen = models.CharField(max_length=400)
    at = models.DateTimeField()

    class Meta:
        db_table = "cases_savedview"

    class Privacy:
        personal = ("user",)
        free_text = ("name",)
        safe = ("id", "chosen", "at")
        open_because = {
            "name": "Lukket under kontorets nøkkel (varde.privacy.box).",
            "chosen": "Koder fra faste lister og en ansatts id; lest inn på nytt hver gang.",
        }
