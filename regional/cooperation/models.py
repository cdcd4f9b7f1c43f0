"""Templates of risk assessment that the region hands out to its kommuner, and which letter took one to whom."""

from django.db import models

from regional.cooperation.agreement_models import (
    Agreement,
    AgreementDocument,
    AgreementMoney,
    AgreementPiece,
    AgreementStep,
    AgreementVersion,
    StepMark,
)
from varde.privacy.models import AppendOnly

__all__ = [
    "Agreement",
    "AgreementDocument",
    "AgreementMoney",
    "AgreementPiece",
    "AgreementStep",
    "AgreementVersion",
    "SharedTemplate",
    "StepMark",
    "TemplateSent",
]


class SharedTemplate(AppendOnly):
    """A version of a template, as it was loaded. A kommune decides itself whether it is used."""

    key = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    text = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    made_by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "cooperation_template"
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="cooperation_one_version")]

    class Privacy:
        personal = ("made_by", "made_by_name")
        free_text = ()
        safe = ("id", "key", "version", "title", "text", "made_at")
        open_because = {
            "key": "Navnet på en mal, fra filen den ble lest fra.",
            "version": "Utgaven av en mal.",
            "title": "Tittelen på en mal. Ingen sak står i den.",
            "text": "Spørsmålene i en mal. Ingen svar og ingen sak står i den.",
            "made_by_name": "Navnet på den som la inn malen i regionen, ikke på noen i en sak.",
        }


class TemplateSent(AppendOnly):
    """That a template was sent to a kommune; what became of it, the letter's receipt says."""

    template = models.ForeignKey(SharedTemplate, on_delete=models.PROTECT, related_name="sent")
    kommune = models.UUIDField()
    letter_id = models.UUIDField(unique=True)
    sent_at = models.DateTimeField()
    sent_by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "cooperation_templatesent"
        constraints = [models.UniqueConstraint(fields=["template", "kommune"], name="cooperation_sent_once")]

    class Privacy:
        personal = ("sent_by_name",)
        free_text = ()
        safe = ("id", "template", "kommune", "letter_id", "sent_at")
        open_because = {"sent_by_name": "Navnet på den som sendte malen, ikke på noen i en sak."}
