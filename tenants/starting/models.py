"""What people say of the steps to an open phone, the papers that show it, and what is said of the agreement."""

from django.db import models

from varde.access.held import holds
from varde.access.permissions import Permission
from varde.access.rows import RowRights, said_now
from varde.privacy.models import AppendOnly

_SEES = holds(Permission.STARTING, Permission.AGREEMENT_SAY)
_WALKS = f"{holds(Permission.STARTING)} AND {said_now()}"
_EMPLOYEE = "Navnet på en ansatt. Står også i innsynsloggen."
_OURS = "Om kommunens egen start, ikke om noen i en sak. Skjemaet sier det."
_CODE = "En kode fra en fast liste."
STATES = [("done", "Gjort"), ("not_relevant", "Ikke aktuelt"), ("open", "Tatt tilbake")]


class Said(AppendOnly):
    """A person says that a step is done, or that it is not relevant, or takes it back. The newest counts."""

    row_rights = RowRights(people=_SEES, may_insert=_WALKS, purposes={"starting": "SELECT"})
    step = models.CharField(max_length=20)
    state = models.CharField(max_length=14, choices=STATES)
    day = models.DateField(null=True, blank=True)
    text = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "starting_said"
        indexes = [models.Index(fields=["step", "at"], name="starting_said_newest")]

    class Privacy:
        personal = ("by_name",)
        free_text = ("text",)
        safe = ("id", "step", "state", "day", "at")
        open_because = {"step": _CODE, "state": _CODE, "text": _OURS, "by_name": _EMPLOYEE}


class Document(AppendOnly):
    """A document that shows a step, for instance the decision. The newest of a step is the one that counts."""

    row_rights = RowRights(people=_SEES, may_insert=_WALKS, purposes={"starting": "SELECT"})
    step = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "starting_document"

    class Privacy:
        personal = ("by_name",)
        free_text = ("name",)
        safe = ("id", "step", "kind", "size", "sha256", "content", "at")
        open_because = {
            "step": _CODE,
            "kind": "En kode for filtypen.",
            "name": "Navnet på et vedtak. Skjemaet sier at vedtaket skal være offentlig.",
            "sha256": "Et fingeravtrykk av filen.",
            "content": "Et vedtak, som er offentlig. Skjemaet sier at det ikke skal stå noe om noen i en sak.",
            "by_name": _EMPLOYEE,
        }


class Asked(AppendOnly):
    """The kommune asked its region for a test concern."""

    row_rights = RowRights(people=_SEES, may_insert=_WALKS, purposes={"starting": "SELECT"})
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "starting_asked"

    class Privacy:
        personal = ("by_name",)
        free_text = ()
        safe = ("id", "at")
        open_because = {"by_name": _EMPLOYEE}


class Notice(AppendOnly):
    """What a region has written of the agreement; the id is that of the letter."""

    row_rights = RowRights(people=_SEES, may_insert="false", purposes={"post": "SELECT, INSERT"})
    agreement = models.UUIDField()
    region = models.UUIDField()
    asks = models.CharField(max_length=10)
    # The letter as it came: `fields.to_json(AgreementNotice)`.
    content = models.JSONField()
    sent_at = models.DateTimeField()

    class Meta:
        db_table = "starting_notice"
        indexes = [models.Index(fields=["sent_at"], name="starting_notice_newest")]

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "agreement", "region", "asks", "content", "sent_at")
        open_because = {
            "asks": _CODE,
            "content": "Vilkårene i avtalen mellom kommunene. Ingen saker og ingen i en sak.",
        }


class Answer(AppendOnly):
    """The kommune's yes or no, or that it goes out. What holds is the word in the registry, said in the same commit."""

    row_rights = RowRights(people=_SEES, may_insert=f"{holds(Permission.AGREEMENT_SAY)} AND {said_now()}")
    notice = models.ForeignKey(Notice, null=True, on_delete=models.PROTECT, related_name="answers")
    agreement = models.UUIDField()
    region = models.UUIDField()
    said = models.CharField(max_length=3)
    starts_at = models.DateTimeField()
    decided_by = models.CharField(max_length=200)
    reference = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "starting_answer"

    class Privacy:
        personal = ("by_name", "decided_by")
        free_text = ("reason",)
        safe = ("id", "notice", "agreement", "region", "said", "starts_at", "reference", "at")
        open_because = {
            "said": _CODE,
            "reference": "Nummeret på et vedtak, som er offentlig.",
            "reason": _OURS,
            "decided_by": "Navn og tittel på den som bestemte i kommunen. Står i vedtaket.",
            "by_name": _EMPLOYEE,
        }


class HealthSent(AppendOnly):
    """When the region was last told how far we have come, and a print of what it was told."""

    row_rights = RowRights(people=_SEES, may_insert="false", purposes={"starting": "SELECT, INSERT"})
    digest = models.CharField(max_length=32)
    region = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        db_table = "starting_healthsent"
        indexes = [models.Index(fields=["at"], name="starting_healthsent_newest")]

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "digest", "region", "at")
        open_because = {"digest": "Et fingeravtrykk av koder og antall."}
