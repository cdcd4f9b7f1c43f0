"""The logs of offices that have become part of this one: each a chain of its own, as it was to the last row.

Copied once by the owner of the tables, when the office was born (ADR 0037). No login may add, change or take away.
"""

from typing import ClassVar

from django.db import models

from varde.access.rows import RowRights
from varde.audit.models import MAY_READ, Action, Entry
from varde.privacy.models import AppendOnly


class FormerEntry(AppendOnly):
    """A row of such a log, with every column that its digest was made of. `number` counts within its office."""

    office_rights: ClassVar[str] = "SELECT"
    row_rights = RowRights(people=MAY_READ, may_insert="false", purposes={"verify": "SELECT"})
    office = models.UUIDField()
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
    matter_id = models.UUIDField(null=True)
    number = models.BigIntegerField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "audit_former"
        indexes = [
            models.Index(fields=["office", "number"], name="audit_former_number"),
            models.Index(fields=["matter_id", "at"], name="audit_former_matter"),
        ]

    class Privacy:
        personal = ("user_id", "name")
        free_text = ("reason",)
        safe = (*Entry.Privacy.safe, "office")
        open_because = Entry.Privacy.open_because


class FormerLog(AppendOnly):
    """Where such a log ended, and whose it was. Its being here says that everything of that office is."""

    office_rights: ClassVar[str] = "SELECT"
    row_rights = RowRights(people="true", may_insert="false", purposes=dict.fromkeys(
        ("verify", "returns", "retention", "import", "post", "keys"), "SELECT"
    ))  # fmt: skip
    # `id` is the office's.
    name = models.CharField(max_length=80)
    number = models.CharField(max_length=6)
    slug = models.CharField(max_length=40)
    last = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        db_table = "audit_formerlog"

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "name", "number", "slug", "last", "digest", "at")
        open_because = {
            "name": "Navnet på et kontor, som er offentlig.",
            "number": "Kommunenummeret, som er offentlig.",
            "slug": "Kontorets nettadresse, som er offentlig.",
            "digest": "Et fingeravtrykk av den siste raden i loggen.",
        }
