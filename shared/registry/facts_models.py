"""What a kommune says of itself on its public pages. It says so itself, and the registry follows in the same commit."""

from typing import ClassVar

from django.db import models

from varde.privacy.models import AppendOnly

_PUBLIC = "Står på kommunens åpne sider."


class OwnFacts(AppendOnly):
    """Everything a kommune may say of itself, each time in full. A trigger carries it into `Office` (migration 0007).

    Only the kommune's own login may lay one, and only about itself. What a region publishes of the phone goes before.
    """

    office_rights: ClassVar[str] = "SELECT, INSERT"
    office = models.UUIDField()
    at = models.DateTimeField()
    phone = models.CharField(max_length=20, blank=True)
    phone_hours = models.CharField(max_length=120, blank=True)
    ordinary_name = models.CharField(max_length=120, blank=True)
    ordinary_phone = models.CharField(max_length=20, blank=True)
    ordinary_url = models.URLField(blank=True)
    accessibility_url = models.URLField(blank=True)
    theme = models.CharField(max_length=20, blank=True)
    has_team = models.BooleanField()
    started_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "registry_ownfacts"
        indexes = [models.Index(fields=["office", "at"], name="registry_ownfacts_of")]

    class Privacy:
        personal = ()
        free_text = ()
        safe = (
            "id", "office", "at", "phone", "phone_hours", "ordinary_name", "ordinary_phone", "ordinary_url",
            "accessibility_url", "theme", "has_team", "started_on",
        )  # fmt: skip
        open_because = {
            "phone": _PUBLIC,
            "phone_hours": _PUBLIC,
            "ordinary_name": _PUBLIC,
            "ordinary_phone": _PUBLIC,
            "ordinary_url": _PUBLIC,
            "accessibility_url": _PUBLIC,
            "theme": "En kode for hvordan sidene ser ut.",
        }
