"""Files of a matter: what came, its sealed pieces, what was found out about it since, and who laid a later one.

All of it is append-only: nobody can say of a file that it was checked but the task that checks, and nobody can put
another file in its place.
"""

from uuid import UUID

from django.db import models

from tenants.inbox.models import IN_MATTER, Concern
from varde.access.rows import RowRights
from varde.privacy.fields import SealedTextField
from varde.privacy.models import AppendOnly

# Whoever lays a concern here may lay files beside it in the same transaction, and need not be able to read them.
_LAID = "matter_newborn(concern_id)"
# Later files: by those who see the matter, while it goes on; the pieces in the same transaction as their file.
_GOES_ON = "EXISTS (SELECT 1 FROM inbox_concern c WHERE c.id = concern_id AND c.progress IN ('opened', 'in_progress'))"
_NEW_FILE = "attachment_newborn(attachment_id, concern_id)"
PARTS = [("original", "original"), ("copy", "renset kopi")]
OPENINGS = [
    ("waiting", "ikke åpnet ennå"),
    ("cleaned", "renset kopi er laget"),
    ("kept", "det kan ikke lages renset kopi av denne filtypen"),
    ("unreadable", "det ble ikke laget renset kopi"),
]
_IN_NAMES = "Kode fra vår egen liste, aldri avsenderens ord."


class Attachment(AppendOnly):
    """A file as it came. The name and the type that the sender gave are sealed and never used."""

    row_rights = RowRights(
        people=IN_MATTER,
        may_insert=f"{IN_MATTER} AND {_GOES_ON}",
        purposes={"documents": "SELECT"},
        deposit=_LAID,
    )
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="attachments")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    name = SealedTextField(blank=True)
    declared = SealedTextField(blank=True)
    kind = models.CharField(max_length=10)
    size = models.PositiveBigIntegerField()
    # From another office: its pieces come in letters of their own, and until the last one nobody opens it.
    arriving = models.BooleanField(default=False)

    class Meta:
        db_table = "inbox_attachment"

    class Privacy:
        personal = ()
        free_text = ("name", "declared")
        safe = ("id", "concern", "number", "at", "kind", "size", "arriving")
        open_because = {"kind": _IN_NAMES}

    @property
    def key_id(self) -> UUID:
        """The matter."""
        return self.concern_id


class AttachmentChunk(AppendOnly):
    """A sealed piece of a file or of its cleaned copy; bound to its file, part, place and whether it is the last."""

    row_rights = RowRights(
        people=IN_MATTER,
        may_insert=f"{IN_MATTER} AND part = 'original' AND {_NEW_FILE}",
        purposes={"documents": "SELECT, INSERT"},
        deposit=_LAID,
    )
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="chunks")
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=8, choices=PARTS)
    ordinal = models.PositiveIntegerField()
    last = models.BooleanField()
    sealed = models.BinaryField()

    class Meta:
        db_table = "inbox_attachmentchunk"
        constraints = [
            models.UniqueConstraint(fields=["attachment", "part", "ordinal"], name="inbox_chunk_once"),
        ]

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "attachment", "concern", "part", "ordinal", "last", "sealed")
        open_because = {"part": _IN_NAMES, "sealed": "Er selv lukket med sakens nøkkel, bit for bit."}


class AttachmentLater(AppendOnly):
    """That a file was laid beside the matter after the report came: who laid it, when, and from whom it came.

    A file without such a row came with the report.
    """

    row_rights = RowRights(
        people=IN_MATTER, may_insert=f"{IN_MATTER} AND {_NEW_FILE}", deposit=f"{_LAID} AND {_NEW_FILE}"
    )
    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="later")
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    came_from = SealedTextField()
    # Empty for one that another kommune laid before it sent the matter here; its name stands instead.
    by_user = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "inbox_attachmentlater"

    class Privacy:
        personal = ("by_user", "by_name")
        free_text = ("came_from",)
        safe = ("id", "attachment", "concern", "at")
        open_because = {"by_name": "Navnet på den ansatte (eller kommunen) som la ved filen, ikke på noen i saken."}

    @property
    def key_id(self) -> UUID:
        """The matter."""
        return self.concern_id


class AttachmentFinding(AppendOnly):
    """What the virus check and the opening said; the last one counts. Written by the task alone."""

    row_rights = RowRights(people=IN_MATTER, may_insert="false", purposes={"documents": "SELECT, INSERT"})
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="findings")
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    virus = models.CharField(max_length=10)
    found = models.CharField(max_length=100, blank=True)
    opening = models.CharField(max_length=10, choices=OPENINGS)
    reason = models.CharField(max_length=20, blank=True)
    notes = models.CharField(max_length=100, blank=True)
    copy_kind = models.CharField(max_length=10, blank=True)
    copy_size = models.PositiveBigIntegerField(default=0)

    class Meta:
        db_table = "inbox_attachmentfinding"

    class Privacy:
        personal = ()
        free_text = ()
        safe = (
            "id", "attachment", "concern", "at", "virus", "found", "opening", "reason", "notes", "copy_kind",
            "copy_size",
        )  # fmt: skip
        open_because = {
            "virus": _IN_NAMES,
            "found": "Virusskannerens navn på skadevaren.",
            "opening": _IN_NAMES,
            "reason": _IN_NAMES,
            "notes": _IN_NAMES,
            "copy_kind": _IN_NAMES,
        }
