"""The delivery ledger: what each office says of its own letters, and what the comparison found. No content, no names.

Offices read what they and their counterpart say of letters between the two; counts of a round are also for the region
and for the platform's own staff (see the migration).
"""

from typing import ClassVar

from django.db import models

from varde.privacy.models import AppendOnly, Row

SAID = [
    ("laid", "sendt"),
    ("kept", "finnes hos mottakeren"),
    ("opened", "åpnet av et menneske"),
    ("heard", "avsenderen vet at det er åpnet"),
    ("moved", "kom tilbake og går videre"),
    ("lost", "finnes ikke hos mottakeren"),
    ("twice", "finnes to ganger"),
    ("ended", "slettet etter reglene"),
]
CODES = [
    ("no_letter", "Sendt, men brevet finnes ikke"),
    ("no_receipt", "Ingen kvittering"),
    ("unreadable", "Kunne ikke leses"),
    ("lost", "Kvittert for, men finnes ikke"),
    ("gone", "Har vært der, men er borte"),
    ("one_opened", "Bare den ene siden vet at det er åpnet"),
    ("twice", "Finnes to ganger"),
    ("silent", "Kontoret svarer ikke"),
    ("clock", "Klokken går feil"),
]


class Stated(AppendOnly):
    """`office` says this of a letter between it and `other`, and said something else before."""

    office_rights: ClassVar[str] = "SELECT, INSERT"
    office = models.UUIDField()
    other = models.UUIDField()
    letter_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    said = models.CharField(max_length=6, choices=SAID)
    at = models.DateTimeField()

    class Meta:
        db_table = "post_stated"
        indexes = [
            models.Index(fields=["letter_id", "office"], name="post_stated_letter"),
            models.Index(fields=["office", "at"], name="post_stated_office"),
            models.Index(fields=["other", "at"], name="post_stated_other"),
        ]

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "office", "other", "letter_id", "kind", "said", "at")
        open_because = {
            "kind": "En kode fra en fast liste over typer brev.",
            "said": "En kode fra en fast liste.",
        }


class Round(Row):
    """An office's latest look at its own letters on a day: how many of each, and its own clock beside the database's.

    The id is made of office and day. `heard_at` is what the database's clock said then.
    """

    office_rights: ClassVar[str] = "SELECT, INSERT, UPDATE"
    office = models.UUIDField()
    day = models.DateField()
    at = models.DateTimeField()
    heard_at = models.DateTimeField()
    sent = models.PositiveIntegerField()
    stored = models.PositiveIntegerField()
    opened = models.PositiveIntegerField()
    waiting = models.PositiveIntegerField()
    overdue = models.PositiveIntegerField()
    missing = models.PositiveIntegerField()
    oldest_at = models.DateTimeField(null=True)
    # Of those sent, by `ledger_rules.GROUPS`: group -> [sent, stored, opened].
    groups = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "post_round"
        indexes = [models.Index(fields=["office", "-at"], name="post_round_newest")]

    class Privacy:
        personal = ()
        free_text = ()
        safe = (
            "id", "office", "day", "at", "heard_at", "sent", "stored", "opened", "waiting", "overdue", "missing",
            "oldest_at", "groups", "digest",
        )  # fmt: skip
        open_because = {
            "groups": "Koder fra en fast liste, hver med tre antall.",
            "digest": "Et fingeravtrykk av brevenes tilfeldige id-er.",
        }


class Finding(Row):
    """Something that does not fit, as `office` found it: a letter, or another office as a whole (no letter)."""

    office_rights: ClassVar[str] = "SELECT, INSERT, UPDATE"
    office = models.UUIDField()
    other = models.UUIDField()
    letter_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=10, choices=CODES)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    solved_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "post_finding"
        indexes = [
            models.Index(fields=["office", "-last_at"], name="post_finding_office"),
            models.Index(fields=["letter_id"], name="post_finding_letter"),
        ]

    class Privacy:
        personal = ()
        free_text = ()
        safe = (
            "id", "office", "other", "letter_id", "kind", "code", "first_at", "last_at", "solved_at", "told_at",
        )  # fmt: skip
        open_because = {
            "kind": "En kode fra en fast liste over typer brev.",
            "code": "En kode fra en fast liste.",
        }


class Again(Row):
    """Somebody asks that a letter be opened again by its recipient, who says when that was done."""

    office_rights: ClassVar[str] = "SELECT, INSERT, UPDATE"
    letter_id = models.UUIDField()
    sender = models.UUIDField()
    recipient = models.UUIDField()
    asked_by = models.UUIDField()
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "post_again"
        indexes = [models.Index(fields=["recipient", "done_at"], name="post_again_to")]

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "letter_id", "sender", "recipient", "asked_by", "at", "done_at")


class Clearing(AppendOnly):
    """An office asks that old letters to it be taken out of the post. A trigger does it, and leaves what is needed."""

    office_rights: ClassVar[str] = "SELECT, INSERT"
    office = models.UUIDField()
    before = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        db_table = "post_clearing"

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "office", "before", "at")
