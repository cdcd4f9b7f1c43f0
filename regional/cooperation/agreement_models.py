"""The agreement between the kommuner of a region: its versions, its money, its papers, and the steps that change it.

Nothing here is ever changed: what was agreed before can always be read. What holds now is the newest that has begun.
"""

from uuid import UUID

from django.db import models

from regional.cooperation.steps import KINDS, MARKS
from varde.access.held import holds
from varde.access.permissions import Permission
from varde.access.rows import RowRights, said_now
from varde.privacy.fields import SealedTextField
from varde.privacy.keyring import purpose_id
from varde.privacy.models import AppendOnly
from varde.tenancy.door import need_office

_MANAGE = holds(Permission.COOPERATION_MANAGE)
_SAID = f"{_MANAGE} AND {said_now('by_name', 'at')}"
# An agreement between kommuner is public; everybody in the region's office works by it.
_OPEN = RowRights(people="true", may_insert=_SAID, purposes={"setup": "SELECT, INSERT", "post": "SELECT, INSERT"})
# Papers and answers carry names of those who sign and decide.
_CLOSER = RowRights(
    people=holds(Permission.COOPERATION_READ),
    may_insert=_SAID,
    purposes={"setup": "SELECT, INSERT", "post": "SELECT, INSERT"},
)
# The bytes of one: said with the paper's own row.
_PIECE = RowRights(people=holds(Permission.COOPERATION_READ), may_insert=_MANAGE, purposes={"setup": "SELECT, INSERT"})
_EMPLOYEE = "Navnet på en ansatt. Står også i innsynsloggen."


class Agreement(AppendOnly):
    """One cooperation. Its id is the one that the words of the registry carry (`registry_standing.agreement`)."""

    row_rights = _OPEN
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "cooperation_agreement"

    class Privacy:
        personal = ("by_name",)
        free_text = ()
        safe = ("id", "at")
        open_because = {"by_name": _EMPLOYEE}


class AgreementVersion(AppendOnly):
    """What the agreement says from a day on (see `terms`), who wrote it and why."""

    row_rights = _OPEN
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    from_day = models.DateField()
    # As `terms_file.to_json` has it.
    content = models.JSONField()
    # The version of the lists of forms, models and tasks that it was written with.
    lists = models.CharField(max_length=20)
    why = models.CharField(max_length=500)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "cooperation_version"
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="cooperation_version_number"),
        ]

    class Privacy:
        personal = ("by_name",)
        free_text = ("content", "why")
        safe = ("id", "agreement", "number", "from_day", "lists", "at")
        open_because = {
            "content": "Avtalen mellom kommunene: parter, oppgaver og andeler. Et offentlig dokument uten personer.",
            "lists": "Utgaven av listene over former og oppgaver.",
            "why": "Hvorfor avtalen ble endret. Ingen sak står i den.",
            "by_name": _EMPLOYEE,
        }


class AgreementMoney(AppendOnly):
    """A figure of a year: the grant as a whole (no party), or what a party was to have, got, or used. The newest holds.

    Whole kroner.
    """

    row_rights = _OPEN
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="money")
    year = models.PositiveSmallIntegerField()
    party = models.UUIDField(null=True)
    what = models.CharField(max_length=10)
    kroner = models.BigIntegerField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "cooperation_money"
        indexes = [models.Index(fields=["agreement", "year"], name="cooperation_money_year")]

    class Privacy:
        personal = ("by_name",)
        free_text = ()
        safe = ("id", "agreement", "year", "party", "what", "kroner", "at")
        open_because = {"what": "En kode for hva tallet er.", "by_name": _EMPLOYEE}


class AgreementDocument(AppendOnly):
    """A paper of the agreement: the signed text, a decision. Its bytes lie in `AgreementPiece`."""

    row_rights = _CLOSER
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="documents")
    title = models.CharField(max_length=200)
    # Of varde.documents.kinds.
    kind = models.CharField(max_length=10)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    # Of varde.documents.scanner, when it came.
    verdict = models.CharField(max_length=10)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "cooperation_document"

    class Privacy:
        personal = ("by_name",)
        free_text = ("title",)
        safe = ("id", "agreement", "kind", "size", "sha256", "verdict", "at")
        open_because = {
            "title": "Hva dokumentet er, for eksempel «Signert avtale». Ingen sak står i det.",
            "kind": "En kode for filtypen.",
            "sha256": "Fingeravtrykk av filen.",
            "verdict": "En kode for virussjekken.",
            "by_name": _EMPLOYEE,
        }


class AgreementPiece(AppendOnly):
    """A piece of a paper, base64, sealed under the office's own key."""

    row_rights = _PIECE
    document = models.ForeignKey(AgreementDocument, on_delete=models.PROTECT, related_name="pieces")
    ordinal = models.PositiveIntegerField()
    content = SealedTextField()

    class Meta:
        db_table = "cooperation_piece"
        indexes = [models.Index(fields=["document", "ordinal"], name="cooperation_piece_order")]

    class Privacy:
        personal = ()
        free_text = ("content",)
        safe = ("id", "document", "ordinal")

    @property
    def key_id(self) -> UUID:
        """The office's own for its agreement."""
        return purpose_id(need_office(), "agreement")


class AgreementStep(AppendOnly):
    """A kommune joins or leaves, everybody ends it, or the host changes. What has happened stands in its marks."""

    row_rights = _OPEN
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=6, choices=list(KINDS.items()))
    # The kommune that joins, leaves or becomes host; empty when everybody ends it.
    kommune = models.UUIDField(null=True)
    # From when it holds.
    starts_at = models.DateTimeField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "cooperation_step"

    class Privacy:
        personal = ("by_name",)
        free_text = ()
        safe = ("id", "agreement", "kind", "kommune", "starts_at", "at")
        open_because = {"kind": "En kode for hva slags steg det er.", "by_name": _EMPLOYEE}


class StepMark(AppendOnly):
    """Something that happened in a step: sent, answered, decided, done, called off."""

    row_rights = _CLOSER
    step = models.ForeignKey(AgreementStep, on_delete=models.PROTECT, related_name="marks")
    mark = models.CharField(max_length=12, choices=[(code, label) for code, label in MARKS.items()])
    # The kommune that it is about, where the step is about several.
    kommune = models.UUIDField(null=True)
    text = models.TextField(blank=True)
    # What was shown of consequences, as it was seen; empty where nothing was to be shown.
    shown = models.JSONField(default=list)
    letter_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "cooperation_mark"
        indexes = [models.Index(fields=["step", "at"], name="cooperation_mark_order")]

    class Privacy:
        personal = ("by_name",)
        free_text = ("text", "shown")
        safe = ("id", "step", "mark", "kommune", "letter_id", "at")
        open_because = {
            "mark": "En kode for hva som skjedde.",
            "text": "Hvem som bestemte i kommunen, og hvorfor. Står i kommunens vedtak; ingen sak.",
            "shown": "Hva siden viste om følgene: antall og setninger, ingen sak.",
            "by_name": "Navnet på den i kommunen eller regionen som gjorde det.",
        }
