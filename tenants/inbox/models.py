"""Concerns as they came, frozen; and what has been said to the reporter since."""

from uuid import UUID

from django.db import models

from tenants.inbox.states import CHANNELS, DENIALS, NO_RECEIPT, PROGRESS
from varde.access.rows import USER, RowRights
from varde.identity.models import User
from varde.privacy.fields import SealedTextField
from varde.privacy.models import AppendOnly, Row

# The matter is the concern and everything that comes of it; `matter_open` is the one place that says who sees it.
IN_MATTER = f"matter_open(concern_id, {USER})"
IMPORTED = "matter_imported(concern_id)"


class Concern(Row):
    """A concern as received. What was told is frozen, by a trigger too; `progress` and who opened it change."""

    office_rights = "SELECT, INSERT, UPDATE"
    row_rights = RowRights(
        people=f"matter_open(id, {USER})",
        purposes={
            "import": "SELECT, INSERT, UPDATE",
            "intake": "INSERT",
            "post": "INSERT",
            "reminders": "SELECT, UPDATE",
            "returns": "SELECT",
            "verify": "SELECT",
            "keys": "SELECT",
            "ledger": "SELECT",
        },
        purpose_rows={"import": "channel = 'import'", "ledger": "letter_id IS NOT NULL"},
        # Whoever can register lays a concern in the inbox, and need not be able to read it afterwards.
        deposit=f"{USER} IS NOT NULL",
    )
    channel = models.CharField(max_length=10, choices=CHANNELS)
    received_at = models.DateTimeField()
    reporter_kind = models.CharField(max_length=10, choices=[("privat", "privatperson"), ("ansatt", "ansatt")])
    anonymous = models.BooleanField(default=False)
    acute = models.BooleanField(default=False)
    # The day it happened last, when the reporter knows it; `when` is in the reporter's own words.
    occurred_on = models.DateField(null=True, blank=True)
    what = SealedTextField()
    who = SealedTextField(blank=True)
    where_lives = SealedTextField(blank=True)
    where_happened = SealedTextField(blank=True)
    when = SealedTextField(blank=True)
    suspected = SealedTextField(blank=True)
    reporter_name = SealedTextField(blank=True)
    reporter_phone = SealedTextField(blank=True)
    reporter_relation = SealedTextField(blank=True)
    safe_person = SealedTextField(blank=True)
    safe_contact = SealedTextField(blank=True)
    # Were the two asked apart? Where they were not, nobody knows whom `safe_contact` speaks of.
    safe_apart = models.BooleanField(default=False)
    extra = SealedTextField(blank=True)
    # Employees' form: does the person know and consent (never required)? Has a leader been told?
    person_knows = models.CharField(max_length=10, blank=True)
    leader_told = models.CharField(max_length=10, blank=True)
    # Who told of it first, which need not be who reports.
    first_teller = SealedTextField(blank=True)
    # Does it concern somebody who works here? Then fewer may see it; see `Cover`.
    about_staff = SealedTextField(blank=True)

    progress = models.CharField(max_length=12, choices=PROGRESS, default="received")
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.UUIDField(null=True, blank=True)
    opened_by_name = models.CharField(max_length=200, blank=True)
    registered_by = models.UUIDField(null=True, blank=True)
    # When those who see it were told that something is new; empty until the mail has gone.
    told_at = models.DateTimeField(null=True, blank=True)
    # Came in a flood without having answered the form's challenge: read like the others, in a list of its own.
    sorted_later = models.BooleanField(default=False)

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
            "who", "where_lives", "suspected", "reporter_name", "reporter_phone", "reporter_relation", "safe_person",
            "safe_contact", "opened_by", "opened_by_name", "registered_by",
        )  # fmt: skip
        free_text = ("what", "where_happened", "when", "extra")
        safe = (
            "id", "channel", "received_at", "reporter_kind", "anonymous", "acute", "occurred_on", "person_knows",
            "leader_told", "progress", "opened_at", "receipt_hash", "letter_id", "reference", "origin", "about_staff",
            "told_at", "sorted_later", "first_teller", "safe_apart",
        )  # fmt: skip
        open_because = {
            "channel": "Kode fra en fast liste.",
            "reporter_kind": "Kode fra en fast liste.",
            "person_knows": "Kode fra en fast liste.",
            "leader_told": "Kode fra en fast liste.",
            "progress": "Kode fra en fast liste. Melderen får den oppgitt.",
            "opened_by_name": "Navn på den ansatte som tok imot. Står også i innsynsloggen.",
            "receipt_hash": "Nøklet avtrykk av kvitteringen.",
            "reference": "Vakttelefonens løpenummer, uten innhold.",
        }

    @property
    def key_id(self) -> UUID:
        """The concern is the matter: everything that comes of it is sealed under the same key."""
        return self.pk

    @property
    def reaches_nobody(self) -> str:
        """Why a message from here would reach no reporter, as a sentence; "" where a receipt is good here."""
        return NO_RECEIPT.get(self.channel, "")


class ClientKey(Row):
    """An Idempotency-Key that has been used; the id is the keyed hash of the key as a UUID, so it exists once.

    A plain row, not an append-only one: after 30 days a key is forgotten and may be used anew.
    """

    # Readable to those who send and register, so that a retry can be answered; it names no matter that they could open.
    row_rights = RowRights(
        people=f"by_user = {USER}",
        purposes={"intake": "SELECT, INSERT, DELETE", "keys": "SELECT, DELETE"},
        purpose_rows={"intake": "by_user IS NULL"},
    )
    concern_id = models.UUIDField()
    body_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField()
    by_user = models.UUIDField(null=True)
    # Repeated in the answer to a retry: whoever sends cannot read the concern itself.
    received_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "inbox_clientkey"

    class Privacy:
        personal = ("by_user",)
        free_text = ()
        safe = ("id", "concern_id", "body_hash", "used_at", "received_at")
        open_because = {"body_hash": "Nøklet avtrykk av teksten, ikke teksten."}


class ReporterMessage(AppendOnly):
    """A message from the team to whoever holds the receipt."""

    row_rights = RowRights(
        people=IN_MATTER,
        purposes={"receipt": "SELECT"},
        purpose_rows={"receipt": "concern_id = (SELECT receipt_matter())"},
    )
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="messages")
    text = SealedTextField()
    at = models.DateTimeField()
    by_user = models.UUIDField()

    class Meta:
        db_table = "inbox_reportermessage"

    class Privacy:
        personal = ("by_user",)
        free_text = ("text",)
        safe = ("id", "concern", "at")

    @property
    def key_id(self) -> UUID:
        """The matter's."""
        return self.concern_id


class SearchTerm(AppendOnly):
    """A name, a phone number or an id number that was told, as a keyed token: found when it is asked for exactly."""

    row_rights = RowRights(
        people=IN_MATTER,
        purposes={"verify": "SELECT"},
        deposit="matter_newborn(concern_id)",
    )
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="terms")
    token = models.BinaryField()

    class Meta:
        db_table = "inbox_searchterm"
        indexes = [models.Index(fields=["token"], name="inbox_token")]

    class Privacy:
        personal = ("token",)
        free_text = ()
        safe = ("id", "concern")
        open_because = {"token": "Nøklet avtrykk (HMAC) under kontorets søkenøkkel, kuttet til 10 byte."}


class Denial(Row):
    """Somebody, or a whole service, who must not see a matter. It wins over every role, from the same moment.

    Seen by those who see the matter, so never by the one it names.
    """

    office_rights = "SELECT, INSERT, UPDATE"
    # A trigger asks for the rest: who may shut out whom, and that somebody else still sees the matter.
    row_rights = RowRights(
        people=IN_MATTER,
        may_insert=f"matter_held(concern_id, {USER}) AND by_user = {USER}",
        may_change=f"matter_held(concern_id, {USER})",
    )
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="denials")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    service = models.CharField(max_length=120, blank=True)
    # Sealed: beside a name it would say of whom there is a suspicion.
    kind = SealedTextField()
    at = models.DateTimeField()
    by_user = models.UUIDField()
    by_name = models.CharField(max_length=200)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.UUIDField(null=True, blank=True)
    lifted_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "inbox_denial"
        constraints = [
            models.CheckConstraint(
                condition=~(models.Q(user=None) & models.Q(service="")), name="inbox_denies_somebody"
            )
        ]

    class Privacy:
        personal = ("user", "by_user", "by_name", "lifted_by", "lifted_by_name")
        free_text = ("service",)
        safe = ("id", "concern", "kind", "at", "lifted_at")
        open_because = {
            "service": "Navn på en tjeneste, ikke en person. Radreglene må kunne sammenligne det.",
            "by_name": "Navn på den ansatte som stengte ute. Står også i innsynsloggen.",
            "lifted_by_name": "Navn på den ansatte som opphevet. Står også i innsynsloggen.",
        }

    @property
    def key_id(self) -> UUID:
        """The matter's."""
        return self.concern_id

    @property
    def why(self) -> str:
        """The kind in words."""
        return dict(DENIALS).get(self.kind, self.kind)


class Cover(Row):
    """Suspicion against somebody who works here: one coordinator and one chosen substitute see the matter, no others.

    Until one has opened it, every coordinator may (or, where it is about a coordinator, every deputy). After that
    it is the holder who decides who sees it; a trigger asks.
    """

    row_rights = RowRights(
        people=IN_MATTER, purposes={"reminders": "SELECT, UPDATE"}, deposit="matter_newborn(concern_id)"
    )
    concern = models.OneToOneField(Concern, on_delete=models.PROTECT, related_name="cover")
    without_coordinators = models.BooleanField(default=False)
    holder = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    substitute = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    # Since when it has been noticed, and told, that neither of the two works here any more.
    vacant_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "inbox_cover"

    class Privacy:
        personal = ("holder", "substitute")
        free_text = ()
        safe = ("id", "concern", "without_coordinators", "at", "vacant_since")


from tenants.inbox import (  # noqa: E402  # further tables of this room, each with a file of their own
    attached,  # noqa: F401
    calls_models,  # noqa: F401
    handing_models,  # noqa: F401
    mistakes_models,  # noqa: F401
    places_models,  # noqa: F401
    replies_models,  # noqa: F401
    returned_models,  # noqa: F401
)
