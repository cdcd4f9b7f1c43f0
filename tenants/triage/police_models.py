"""What is known of police and prosecutor in a matter, sealed. The police contact sees none of it."""

from datetime import date

from django.db import models

from tenants.triage.police import CONSENT, INFORMED, OUTCOMES, REPORTED, Police
from tenants.triage.said import WHO_SAID, OfMatter, told
from varde.privacy.fields import SealedJSONField, SealedTextField
from varde.ui.dates import short_date
from varde.ui.gone import words


class PoliceSaid(OfMatter):
    """Where it stands with the police; the newest row counts."""

    told = SealedJSONField()

    class Meta:
        db_table = "triage_police"
        indexes = [models.Index(fields=["concern", "at"], name="triage_police_newest")]

    class Privacy:
        personal = ("by_user", "by_name", "told")
        free_text = ()
        safe = ("id", "concern", "at")
        open_because = {"by_name": WHO_SAID}

    @property
    def police(self) -> Police:
        """What was said."""
        return Police.of({"reported": ""} | told(self, "told"))

    @property
    def facts(self) -> list[dict[str, str]]:
        """Labels and values for a page; the empty ones are left out by it."""
        said = self.police
        day = short_date(date.fromisoformat(said.reported_on)) if said.reported_on else ""
        rows = [
            ("Anmeldt", dict(REPORTED).get(said.reported, "")),
            ("Anmeldt av", said.reported_by),
            ("Anmeldt dato", day),
            ("Saksnummer hos politiet", said.case_number),
            ("Etterforsker", said.investigator),
            ("Etterforskers telefon", said.investigator_phone),
            ("Politikontakten er orientert", dict(INFORMED).get(said.informed, "")),
            ("Vil den utsatte anmelde?", dict(CONSENT).get(said.consent, "")),
            ("Hvorfor ikke", said.no_consent),
            ("Hva vi gjør i stedet", said.instead),
        ]
        return [{"label": label, "value": value} for label, value in rows]


class Prosecution(OfMatter):
    """The prosecutor's answer, by itself: a matter may be dropped and yet go on here."""

    outcome = SealedTextField()
    decided_on = models.DateField()
    note = SealedTextField(blank=True)

    class Meta:
        db_table = "triage_prosecution"
        indexes = [models.Index(fields=["concern", "at"], name="triage_prosecution_newest")]

    class Privacy:
        personal = ("by_user", "by_name")
        free_text = ("note",)
        safe = ("id", "concern", "at", "outcome", "decided_on")
        open_because = {"by_name": WHO_SAID}

    @property
    def said(self) -> str:
        """The outcome in words."""
        given = words(self, "outcome")
        return dict(OUTCOMES).get(given, given)
