"""Concerns as they came, frozen; and what has been said to the reporter since."""

from django.db import models

from tenants.inbox.states import CHANNELS, PROGRESS
from varde.privacy.models import AppendOnly, Row


class Concern(Row):
    """A concern as received. The told fields are never edited; `progress` and who opened it are."""

    channel = models.CharField(max_length=10, choices=CHANNELS)
    received_at = models.DateTimeField()
    reporter_kind = models.CharField(max_length=10, choices=[("privat", "privatperson"), ("ansatt", "ansatt")])
    anonymous = models.BooleanField(default=False)
    acute = models.BooleanField(default=False)
    # The day it happened last, when the reporter knows it; `when` is in the reporter's own words.
    occurred_on = models.DateField(null=True, blank=True)
    what = models.TextField()
    who = models.TextField(blank=True)
    where_lives = models.TextField(blank=True)
    where_happened = models.TextField(blank=True)
    when = models.TextField(blank=True)
    suspected = models.TextField(blank=True)
    reporter_name = models.TextField(blank=True)
    reporter_phone = models.TextField(blank=True)
    reporter_relation = models.TextField(blank=True)
    safe_contact = models.TextField(blank=True)
    extra = models.TextField(blank=True)
    # Employees' form: does the person know and consent (never required)? Has a leader been told?
    person_knows = models.CharField(max_length=10, blank=True)
    leader_told = models.CharField(max_length=10, blank=True)

    progress = models.CharField(max_length=12, choices=PROGRESS, default="received")
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.UUIDField(null=True, blank=True)
    opened_by_name = models.CharField(max_length=200, blank=True)
    registered_by = models.UUIDField(null=True, blank=True)

    # Only keyed hashes of the receipt and of the client's key: neither can be read from the database.
    receipt_hash = models.CharField(max_length=64, blank=True)
    # A letter's id when it came by post, so that one letter can only ever be one concern.
    letter_id = models.UUIDField(null=True, blank=True, unique=True)
    reference = models.CharField(max_length=20, blank=True)
    origin = models.UUIDField(null=True, blank=True)

    class Meta:
        db_table = "inbox_concern"
        indexes = [
            models.Index(fields=["progress", "received_at"], name="inbox_open"),
            models.Index(fields=["receipt_hash"], name="inbox_receipt"),
        ]

    class Privacy:
        personal = (
            "who", "where_lives", "suspected", "reporter_name", "reporter_phone", "reporter_relation", "safe_contact",
            "opened_by", "opened_by_name", "registered_by",
        )  # fmt: skip
        free_text = ("what", "where_happened", "when", "extra")
        safe = (
            "id", "channel", "received_at", "reporter_kind", "anonymous", "acute", "occurred_on", "person_knows",
            "leader_told", "progress", "opened_at", "receipt_hash", "letter_id", "reference", "origin",
        )  # fmt: skip


class ClientKey(Row):
    """An Idempotency-Key that has been used; the id is the keyed hash of the key as a UUID, so it exists once.

    A plain row, not an append-only one: after 30 days a key is forgotten and may be used anew.
    """

    concern_id = models.UUIDField()
    body_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField()

    class Meta:
        db_table = "inbox_clientkey"

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "concern_id", "body_hash", "used_at")


class ReporterMessage(AppendOnly):
    """A message from the team to whoever holds the receipt."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="messages")
    text = models.TextField()
    at = models.DateTimeField()
    by_user = models.UUIDField()

    class Meta:
        db_table = "inbox_reportermessage"

    class Privacy:
        personal = ("by_user",)
        free_text = ("text",)
        safe = ("id", "concern", "at")
