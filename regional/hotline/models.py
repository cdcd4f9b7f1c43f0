"""Calls at the shared phone. After forwarding a call keeps only reference, time, kommune and state."""

from django.db import models

from regional.hotline.states import KINDS, STATES
from varde.privacy.models import Row


class Call(Row):
    """A call in the making, a forwarded one without content, or one that was no concern."""

    reference = models.CharField(max_length=20, unique=True)
    operator = models.UUIDField()
    operator_name = models.CharField(max_length=200)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=STATES, default="open")
    kind = models.CharField(max_length=12, choices=KINDS, blank=True)
    # The told fields: emptied in the same transaction that lays the sealed letter in the post.
    told = models.JSONField(default=dict)
    kommune = models.UUIDField(null=True, blank=True)
    letter_id = models.UUIDField(null=True, blank=True)
    forwarded_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "hotline_call"
        indexes = [models.Index(fields=["state", "started_at"], name="hotline_open")]

    class Privacy:
        personal = ("operator", "operator_name", "told")
        free_text = ()
        safe = (
            "id", "reference", "started_at", "ended_at", "state", "kind", "kommune", "letter_id",
            "forwarded_at", "opened_at",
        )  # fmt: skip
