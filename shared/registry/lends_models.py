"""What offices have said of lending each other people; nothing else lets somebody in who is lent (ADR 0029)."""

from typing import ClassVar, Literal

from django.db import models

from shared.registry.lends import Lend, LendWord
from varde.privacy.models import AppendOnly


class LendSaid(AppendOnly):
    """One office's word on a lend, from `at`. Laid by the office that says it (see the migration), read by all.

    No foreign keys: the offices are views where this is asked.
    """

    class Said(models.TextChoices):
        IN = "in", "lånes ut"
        OUT = "out", "lånes ikke ut"

    office_rights: ClassVar[str] = "SELECT, INSERT"
    agreement = models.UUIDField()
    region = models.UUIDField()
    lender = models.UUIDField()
    # The region's own office, or a kommune of it.
    borrower = models.UUIDField()
    role = models.CharField(max_length=40)
    said_by = models.UUIDField()
    word = models.CharField(max_length=3, choices=Said.choices)
    at = models.DateTimeField()
    said_at = models.DateTimeField()

    class Meta:
        db_table = "registry_lend"
        indexes = [models.Index(fields=["borrower", "lender", "role"], name="registry_lend_between")]

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "agreement", "region", "lender", "borrower", "role", "said_by", "word", "at", "said_at")
        open_because = {"word": "En kode fra en fast liste med to verdier.", "role": "Navnet på en rolle."}

    @property
    def said(self) -> LendWord:
        """As the rule reads it."""
        word: Literal["in", "out"] = "in" if self.word == self.Said.IN else "out"
        lend = Lend(self.agreement, self.region, self.lender, self.borrower, self.role)
        return LendWord(lend, self.said_by, word, self.at, self.said_at, self.id)
