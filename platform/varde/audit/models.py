"""The log of an office: append-only by the login's rights, without foreign keys, so that no deletion follows it."""

from django.db import models

from varde.privacy.models import AppendOnly


class Action(models.TextChoices):
    """What was done; never what was in it."""

    VIEW = "view", "åpnet"
    LIST = "list", "så i en liste"
    SEARCH = "search", "søkte"
    PRINT = "print", "skrev ut"
    EXPORT = "export", "tok ut"
    CREATE = "create", "opprettet"
    CHANGE = "change", "endret"
    SEND = "send", "sendte"
    DENIED = "denied", "ble avvist"


class Entry(AppendOnly):
    """One act on one object (or on a page of them) by one reader."""

    at = models.DateTimeField()
    user_id = models.UUIDField(null=True)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=200)
    action = models.CharField(max_length=12, choices=Action.choices)
    what = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    reason = models.CharField(max_length=300)
    ground = models.CharField(max_length=60)
    request_id = models.CharField(max_length=32)

    class Meta:
        db_table = "audit_entry"
        indexes = [
            models.Index(fields=["what", "object_id", "at"], name="audit_object"),
            models.Index(fields=["at"], name="audit_at"),
        ]

    class Privacy:
        personal = ("user_id", "name")
        free_text = ("reason",)
        safe = ("id", "at", "role", "action", "what", "object_id", "ground", "request_id")
