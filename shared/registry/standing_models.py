"""What regions and kommuner have said of working together; nothing else decides it (ADR 0029)."""

from typing import ClassVar, Literal

from django.db import models

from shared.registry.standing import Word
from varde.privacy.models import AppendOnly


class Standing(AppendOnly):
    """One side's word on an agreement, from `at`. Laid by the office that says it (see the migration), read by all.

    No foreign keys: the offices are views where this is asked.
    """

    class Said(models.TextChoices):
        IN = "in", "med"
        OUT = "out", "ut"

    office_rights: ClassVar[str] = "SELECT, INSERT"
    public_rights: ClassVar[str] = "SELECT"
    agreement = models.UUIDField()
    region = models.UUIDField()
    kommune = models.UUIDField()
    said_by = models.UUIDField()
    word = models.CharField(max_length=3, choices=Said.choices)
    at = models.DateTimeField()
    said_at = models.DateTimeField()
    host = models.BooleanField(default=False)

    class Meta:
        db_table = "registry_standing"
        indexes = [
            models.Index(fields=["kommune", "at"], name="registry_standing_kommune"),
            models.Index(fields=["region", "at"], name="registry_standing_region"),
        ]

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "agreement", "region", "kommune", "said_by", "word", "at", "said_at", "host")
        open_because = {"word": "En kode fra en fast liste med to verdier."}

    @property
    def said(self) -> Word:
        """As the rule reads it."""
        word: Literal["in", "out"] = "in" if self.word == self.Said.IN else "out"
        return Word(
            self.agreement, self.region, self.kommune, self.said_by, word, self.at, self.said_at, self.host, self.id
        )  # fmt: skip
