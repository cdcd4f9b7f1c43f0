"""How long what is kept, what the archive got, what was confirmed, and what remains of what is gone.

What is about a matter hangs on it and goes with it. A tombstone hangs on nothing: no text, no person, no id of before.
"""

from uuid import UUID

from django.db import models

from tenants.inbox.attached import Attachment
from tenants.inbox.models import IN_MATTER, Concern
from tenants.kept.states import ENDS
from varde.access.held import holds, is_a
from varde.access.permissions import Permission
from varde.access.roles import Role
from varde.access.rows import USER, RowRights
from varde.privacy.fields import SealedTextField
from varde.privacy.models import AppendOnly, Row

_TEAM = holds(Permission.CASES)
_COORDINATOR = is_a(Role.COORDINATOR)
# Sees it by right, and not because the glass was broken.
_HELD = f"matter_held(concern_id, {USER})"
# Of a covered matter the coordinators may know nothing: then whoever has it decides on its end.
_COVERED = "EXISTS (SELECT 1 FROM inbox_cover v WHERE v.concern_id = {}.concern_id)"
# What is written down as done was not done in a time to come: what was changed since is counted from it.
_BY_NOW = "<= clock_timestamp() + interval '1 minute'"
_KEPT_BY_US = "Navnet på den ansatte som gjorde det. Står også i innsynsloggen."
_CODE = "En kode fra en fast liste."


class RetentionClass(AppendOnly):
    """A class as the kommune decided on it; the newest row of a code holds, older ones are the history."""

    row_rights = RowRights(
        people="true",
        may_insert=f"{holds(Permission.SETTINGS)} AND decided_at {_BY_NOW}",
        purposes={"retention": "SELECT"},
    )
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    ground = models.CharField(max_length=500)
    starts = models.CharField(max_length=12)
    months = models.PositiveSmallIntegerField()
    then = models.CharField(max_length=8, choices=ENDS)
    decided_at = models.DateTimeField()
    decided_by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "kept_class"

    class Privacy:
        personal = ("decided_by_name",)
        free_text = ()
        safe = ("id", "code", "name", "ground", "starts", "months", "then", "decided_at")
        open_because = {
            "code": _CODE,
            "name": "Klassens navn, som kommunen velger. Sier ikke noe om noen.",
            "ground": "Hjemmelen for klassen, som kommunen viser til. Sier ikke noe om noen.",
            "starts": _CODE,
            "then": _CODE,
            "decided_by_name": _KEPT_BY_US,
        }


class DueMark(Row):
    """The time of a matter is over, and when the coordinators were told. Laid and taken away by the daily look."""

    row_rights = RowRights(
        people=IN_MATTER,
        may_insert="false",
        may_change="false",
        purposes={"retention": "SELECT, INSERT, UPDATE, DELETE"},
    )
    concern = models.OneToOneField(Concern, on_delete=models.PROTECT, related_name="+")
    class_code = models.CharField(max_length=12)
    due_on = models.DateField()
    marked_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "kept_due"
        indexes = [models.Index(fields=["due_on"], name="kept_due_first")]

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "concern", "class_code", "due_on", "marked_at", "told_at")
        open_because = {"class_code": _CODE}


class Bundle(AppendOnly):
    """A bundle for the archive was made: how many files, and the print of the list of them. The bytes are not kept."""

    row_rights = RowRights(
        people=IN_MATTER,
        may_insert=f"{_HELD} AND made_by = {USER} AND made_at {_BY_NOW}",
        purposes={"retention": "SELECT"},
    )
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    made_by_name = models.CharField(max_length=200)
    files = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    # Ids of the files of the matter that are not in it. None: made before that was noted.
    without = models.JSONField(null=True)

    class Meta:
        db_table = "kept_bundle"

    class Privacy:
        personal = ("made_by", "made_by_name")
        free_text = ()
        safe = ("id", "concern", "made_at", "files", "sha256", "without")
        open_because = {
            "without": "Id-er til vedlegg i samme sak. Sier ikke hva de er.",
            "made_by_name": _KEPT_BY_US,
            "sha256": "Et fingeravtrykk av listen over filer. Innholdet kan ikke leses ut av det.",
        }


class Archived(AppendOnly):
    """The archive has got a bundle, under the number that it gave."""

    row_rights = RowRights(
        people=IN_MATTER, may_insert=f"{_HELD} AND by_user = {USER}", purposes={"retention": "SELECT"}
    )
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    bundle = models.ForeignKey(Bundle, on_delete=models.PROTECT, related_name="archived")
    reference = models.CharField(max_length=60)
    received_on = models.DateField()
    at = models.DateTimeField()
    by_user = models.UUIDField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "kept_archived"

    class Privacy:
        personal = ("by_user", "by_name")
        free_text = ()
        safe = ("id", "concern", "bundle", "reference", "received_on", "at")
        open_because = {
            "reference": "Arkivets saksnummer. Skjemaet tar bare tall, bokstaver, skråstrek, punktum og bindestrek.",
            "by_name": _KEPT_BY_US,
        }


class KeptLonger(AppendOnly):
    """Somebody keeps a matter past its time, until a day and for a reason; the newest row holds."""

    row_rights = RowRights(
        people=IN_MATTER,
        may_insert=f"{_HELD} AND by_user = {USER} AND at {_BY_NOW}",
        purposes={"retention": "SELECT"},
    )
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    # Empty: it is not kept longer after all.
    until = models.DateField(null=True)
    reason = SealedTextField()
    at = models.DateTimeField()
    by_user = models.UUIDField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "kept_longer"

    class Privacy:
        personal = ("by_user", "by_name")
        free_text = ("reason",)
        safe = ("id", "concern", "until", "at")
        open_because = {"by_name": _KEPT_BY_US}

    @property
    def key_id(self) -> UUID:
        """The matter."""
        return self.concern_id


class WithoutFile(AppendOnly):
    """A file that no bundle can hold goes with its matter all the same: somebody who may confirm the end said why."""

    row_rights = RowRights(
        people=IN_MATTER,
        may_insert=(
            f"{_HELD} AND by_user = {USER} AND at {_BY_NOW}"
            f" AND ({_COORDINATOR} OR {_COVERED.format('kept_withoutfile')})"
        ),
        purposes={"retention": "SELECT"},
    )
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    reason = SealedTextField()
    at = models.DateTimeField()
    by_user = models.UUIDField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "kept_withoutfile"

    class Privacy:
        personal = ("by_user", "by_name")
        free_text = ("reason",)
        safe = ("id", "concern", "attachment", "at")
        open_because = {"by_name": _KEPT_BY_US}

    @property
    def key_id(self) -> UUID:
        """The matter."""
        return self.concern_id


class Order(AppendOnly):
    """Somebody confirmed that a matter is to be deleted, not before a week has gone: a coordinator, or of a covered one
    whoever has it."""

    row_rights = RowRights(
        people=IN_MATTER,
        may_insert=(
            f"{_HELD} AND confirmed_by = {USER} AND not_before >= now() + interval '6 days' AND confirmed_at {_BY_NOW}"
            f" AND ({_COORDINATOR} OR {_COVERED.format('kept_order')})"
        ),
        purposes={"retention": "SELECT"},
    )
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    class_code = models.CharField(max_length=12)
    # What the archive got; empty for a class that is deleted without it.
    archived = models.ForeignKey(Archived, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField()
    confirmed_by = models.UUIDField()
    confirmed_by_name = models.CharField(max_length=200)
    not_before = models.DateTimeField()

    class Meta:
        db_table = "kept_order"

    class Privacy:
        personal = ("confirmed_by", "confirmed_by_name")
        free_text = ()
        safe = ("id", "concern", "class_code", "archived", "confirmed_at", "not_before")
        open_because = {"class_code": _CODE, "confirmed_by_name": _KEPT_BY_US}


class Regret(AppendOnly):
    """A confirmation was taken back before its time."""

    row_rights = RowRights(
        people=IN_MATTER, may_insert=f"{_HELD} AND by_user = {USER}", purposes={"retention": "SELECT"}
    )
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="regret")
    at = models.DateTimeField()
    by_user = models.UUIDField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "kept_regret"

    class Privacy:
        personal = ("by_user", "by_name")
        free_text = ()
        safe = ("id", "concern", "order", "at")
        open_because = {"by_name": _KEPT_BY_US}


class Clearing(AppendOnly):
    """Somebody confirmed that what belongs to no matter goes: of one kind, whose clock began on a day or earlier."""

    row_rights = RowRights(
        people=_TEAM,
        may_insert=(
            f"{_COORDINATOR} AND confirmed_by = {USER} AND not_before >= now() + interval '6 days'"
            " AND through <= (now() AT TIME ZONE 'Europe/Oslo')::date"
        ),
        purposes={"retention": "SELECT"},
    )
    kind = models.CharField(max_length=12)
    through = models.DateField()
    confirmed_at = models.DateTimeField()
    confirmed_by = models.UUIDField()
    confirmed_by_name = models.CharField(max_length=200)
    not_before = models.DateTimeField()

    class Meta:
        db_table = "kept_clearing"

    class Privacy:
        personal = ("confirmed_by", "confirmed_by_name")
        free_text = ()
        safe = ("id", "kind", "through", "confirmed_at", "not_before")
        open_because = {"kind": _CODE, "confirmed_by_name": _KEPT_BY_US}


class ClearingRegret(AppendOnly):
    """What was confirmed of things without a matter was taken back."""

    row_rights = RowRights(
        people=_TEAM, may_insert=f"{_COORDINATOR} AND by_user = {USER}", purposes={"retention": "SELECT"}
    )
    clearing = models.OneToOneField(Clearing, on_delete=models.PROTECT, related_name="regret")
    at = models.DateTimeField()
    by_user = models.UUIDField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "kept_clearingregret"

    class Privacy:
        personal = ("by_user", "by_name")
        free_text = ()
        safe = ("id", "clearing", "at")
        open_because = {"by_name": _KEPT_BY_US}


class Tombstone(AppendOnly):
    """What remains of something that was deleted: for the coordinators and whoever confirmed it.

    Of a matter that was hidden, or joined with one that was, for the last one alone.
    """

    row_rights = RowRights(
        people=f"{_TEAM} AND (confirmed_by = {USER} OR NOT hidden AND {_COORDINATOR})",
        may_insert="false",
        purposes={"retention": "SELECT, INSERT", "returns": "SELECT"},
    )
    class_code = models.CharField(max_length=12)
    class_name = models.CharField(max_length=120)
    received_month = models.DateField()  # its first day
    closed_on = models.DateField()
    deleted_on = models.DateField()
    was_case = models.BooleanField()
    category = models.CharField(max_length=12, blank=True)
    hidden = models.BooleanField()
    archive_reference = models.CharField(max_length=60, blank=True)
    archived_on = models.DateField(null=True)
    confirmed_by = models.UUIDField()
    confirmed_by_name = models.CharField(max_length=200)
    key_destroyed = models.BooleanField()

    class Meta:
        db_table = "kept_tombstone"
        indexes = [models.Index(fields=["deleted_on"], name="kept_gone_on")]

    class Privacy:
        personal = ("confirmed_by", "confirmed_by_name")
        free_text = ()
        safe = (
            "id", "class_code", "class_name", "received_month", "closed_on", "deleted_on", "was_case", "category",
            "hidden", "archive_reference", "archived_on", "key_destroyed",
        )  # fmt: skip
        open_because = {
            "class_code": _CODE,
            "class_name": "Klassens navn, som kommunen velger.",
            "category": "En kode fra en fast liste med få verdier, til årets tall.",
            "archive_reference": "Arkivets saksnummer, så det arkivet fikk, kan finnes igjen der.",
            "confirmed_by_name": _KEPT_BY_US,
        }


class GoneReceipt(AppendOnly):
    """The keyed print of a receipt whose report was deleted by the rules, so that its holder is told so plainly."""

    # Written and asked by functions of the database alone.
    row_rights = RowRights()
    receipt_hash = models.CharField(max_length=64)
    received_month = models.DateField()
    deleted_on = models.DateField()

    class Meta:
        db_table = "kept_gonereceipt"
        indexes = [models.Index(fields=["receipt_hash"], name="kept_gone_receipt")]

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "receipt_hash", "received_month", "deleted_on")
        open_because = {"receipt_hash": "Nøklet avtrykk av kvitteringen. Henger ikke sammen med gravsteinen."}


class Shut(AppendOnly):
    """Who was shut out of a matter that is gone: what the log says of it stays shut for them."""

    # Written and asked by functions of the database alone.
    row_rights = RowRights()
    matter_id = models.UUIDField(db_index=True)
    # About somebody who works here: shut for all who have a part in the work.
    covered = models.BooleanField()
    user_id = models.UUIDField(null=True)
    service = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "kept_shut"

    class Privacy:
        personal = ("user_id",)
        free_text = ("service",)
        safe = ("id", "matter_id", "covered")
        open_because = {"service": "Navn på en tjeneste, ikke en person. Radreglene må kunne sammenligne det."}
