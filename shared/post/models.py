"""Letters and receipts, in the public schema under row rights: an office sees only its own.

A letter is immutable and readable only with the recipient's private key; a receipt is a row of its own.
"""

import uuid
from typing import ClassVar

from django.db import models

from varde.privacy.models import AppendOnly


class PostKey(AppendOnly):
    """The public half of an office's key for one month (YYYY-MM); the private half lies outside the database."""

    office_rights: ClassVar[str] = "SELECT, INSERT"
    office_id = models.UUIDField()
    month = models.CharField(max_length=7)
    public = models.BinaryField()

    class Meta:
        db_table = "post_key"
        constraints = [models.UniqueConstraint(fields=["office_id", "month"], name="post_one_key_a_month")]

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "office_id", "month", "public")
        open_because = {
            "month": "Måneden nøkkelen gjelder for.",
            "public": "Den offentlige halvdelen av en nøkkel, som er laget for å deles.",
        }


class SealedLetter(AppendOnly):
    """What lies in the post: who to whom, what type, when; the rest is sealed."""

    office_rights: ClassVar[str] = "SELECT, INSERT"
    kind = models.CharField(max_length=40)
    sender = models.UUIDField()
    recipient = models.UUIDField()
    month = models.CharField(max_length=7)
    sealed = models.BinaryField()
    sent_at = models.DateTimeField()
    # The database's own, for those types of which the last one counts: `sent_at` is by the sender's clock. Else 0.
    number = models.BigIntegerField(default=0, editable=False)

    class Meta:
        db_table = "post_letter"
        indexes = [
            models.Index(fields=["recipient", "sent_at"], name="post_to"),
            models.Index(fields=["sender", "sent_at"], name="post_from"),
        ]

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "kind", "sender", "recipient", "month", "sealed", "sent_at", "number")
        open_because = {
            "kind": "En kode fra en fast liste over typer brev.",
            "month": "Måneden nøkkelen gjelder for.",
            "sealed": "Er selv en forseglet konvolutt, som bare mottakerens private nøkkel åpner.",
        }


class LetterHead(models.Model):
    """How many such letters one office has laid for another, also when they are cleared away; the trigger alone."""

    office_rights: ClassVar[str] = ""
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sender = models.UUIDField()
    recipient = models.UUIDField()
    number = models.BigIntegerField()

    class Meta:
        db_table = "post_head"
        constraints = [models.UniqueConstraint(fields=["sender", "recipient"], name="post_one_head")]

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "sender", "recipient", "number")
        open_because: ClassVar[dict[str, str]] = {}


class Receipt(AppendOnly):
    """The recipient stored the letter (or could not read it); the id is the letter's, so there is only one."""

    class State(models.TextChoices):
        STORED = "stored", "lagret"
        UNREADABLE = "unreadable", "kunne ikke leses"

    office_rights: ClassVar[str] = "SELECT, INSERT"
    sender = models.UUIDField()
    recipient = models.UUIDField()
    state = models.CharField(max_length=12, choices=State.choices)
    at = models.DateTimeField()

    class Meta:
        db_table = "post_receipt"

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "sender", "recipient", "state", "at")
        open_because = {"state": "En kode fra en fast liste med to verdier."}


from shared.post import ledger_models  # noqa: E402, F401 - tables in a file of their own
