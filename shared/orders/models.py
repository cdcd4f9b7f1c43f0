"""What is asked of the platform as a whole, and how far it has come; in the public schema under row rights.

An order and its steps are only added to. Its state is that of its newest step. No person stands open in either.
"""

from typing import ClassVar

from django.db import models

from shared.orders.states import STATES
from varde.privacy.models import AppendOnly


class Order(AppendOnly):
    """Asked by an office (`asker`), about one (`office`). `person` is sealed under a file that is destroyed when the
    order is over (`order_box`)."""

    office_rights: ClassVar[str] = "SELECT, INSERT"
    kind = models.CharField(max_length=20)
    asker = models.UUIDField()
    # Before a birth: the identity that the office will have.
    office = models.UUIDField()
    facts = models.JSONField(default=dict)
    person = models.BinaryField(default=b"")
    asked_at = models.DateTimeField()

    class Meta:
        db_table = "orders_order"
        indexes = [models.Index(fields=["asked_at"], name="orders_order_at")]

    class Privacy:
        personal = ("person",)
        free_text = ()
        safe = ("id", "kind", "asker", "office", "facts", "asked_at")
        open_because = {
            "kind": "En kode fra en fast liste over bestillinger.",
            "facts": "Navn, nummer og adresse på et kontor, og den åpne halvdelen av en nøkkel.",
            "person": "Er selv forseglet under en nøkkel utenfor databasen, som slettes når bestillingen er over.",
        }


class OrderStep(AppendOnly):
    """One move. `office`: who says it, null for the platform's own work. `person`: an id in that office, so that two
    can be told from one."""

    office_rights: ClassVar[str] = "SELECT, INSERT"
    order = models.UUIDField()
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=STATES)
    office = models.UUIDField(null=True, blank=True)
    person = models.UUIDField(null=True, blank=True)
    # What was done, as a code, and a sentence for those who ask.
    code = models.CharField(max_length=30, blank=True)
    said = models.CharField(max_length=400, blank=True)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        db_table = "orders_step"
        constraints = [models.UniqueConstraint(fields=["order", "number"], name="orders_one_step_at_a_time")]

    class Privacy:
        personal = ("person",)
        free_text = ("said",)
        safe = ("id", "order", "number", "state", "office", "code", "facts", "at")
        open_because = {
            "state": "En kode fra en fast liste over tilstander.",
            "code": "En kode for hva som ble gjort, fra en fast liste.",
            "said": "En setning om kontoret, fra plattformen eller fra driften, uten personer.",
            "facts": "Antall rader per tabell, sjekksummer og tidspunkter.",
        }


class Certificate(AppendOnly):
    """What was destroyed when an office was closed; kept by the platform, and shown on the address that it had."""

    office_rights: ClassVar[str] = "SELECT"
    public_rights: ClassVar[str] = "SELECT"
    office = models.UUIDField(unique=True)
    facts = models.JSONField(default=dict)
    pdf = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "orders_certificate"

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "office", "facts", "pdf", "made_at")
        open_because = {
            "facts": "Antall rader per tabell, loggens siste sjekksum og hvilke kontorer som godkjente.",
            "pdf": "Attesten som papir, med det samme som står i radens tall.",
        }
