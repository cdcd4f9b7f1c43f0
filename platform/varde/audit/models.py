"""The log of an office: append-only by the login's rights, chained by the database, without foreign keys.

Number and digest are set by a trigger (see the migration): number and previous digest are taken while the one row of
`Head` is locked, so that two writers can never hang on the same row before them.
"""

from typing import ClassVar

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
    number = models.BigIntegerField(db_default=0, editable=False)
    previous = models.CharField(max_length=64, db_default="", editable=False)
    digest = models.CharField(max_length=64, db_default="", editable=False)

    class Meta:
        db_table = "audit_entry"
        indexes = [
            models.Index(fields=["what", "object_id", "at"], name="audit_object"),
            models.Index(fields=["at"], name="audit_at"),
            models.Index(fields=["number"], name="audit_number"),
        ]

    class Privacy:
        personal = ("user_id", "name")
        free_text = ("reason",)
        safe = (
            "id", "at", "role", "action", "what", "object_id", "ground", "request_id", "number", "previous",
            "digest",
        )  # fmt: skip


class Head(models.Model):
    """The end of the chain: one row that only the trigger may touch."""

    office_rights: ClassVar[str] = ""
    id = models.SmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")

    class Meta:
        db_table = "audit_head"

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "number", "digest")
