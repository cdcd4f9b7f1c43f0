"""The kommune's own words on its cards and posters, per language. Public texts: they are hung on walls."""

from django.db import models

from tenants.outreach.cards import LANGUAGES, Words
from varde.access.held import holds
from varde.access.permissions import Permission
from varde.access.rows import RowRights, said_now
from varde.privacy.models import AppendOnly

_PUBLIC = "Teksten på en plakat som henges opp. Den er ikke om noen."


class CardText(AppendOnly):
    """The words of one language, as somebody wrote them. The newest approved row is what is printed and shown."""

    row_rights = RowRights(
        people=f"approved OR {holds(Permission.OUTREACH_SEE)}",
        # The newest approved words are what the public reads: none from a time to come.
        may_insert=f"{holds(Permission.OUTREACH)} AND {said_now()}",
    )
    language = models.CharField(max_length=3, choices=list(LANGUAGES.items()))
    title = models.CharField(max_length=200)
    lead = models.CharField(max_length=500)
    ring = models.CharField(max_length=100)
    web = models.CharField(max_length=200)
    code = models.CharField(max_length=100)
    anonymous = models.CharField(max_length=500)
    urgent = models.CharField(max_length=500)
    lines = models.CharField(max_length=1000, blank=True)
    approved = models.BooleanField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "outreach_cardtext"
        indexes = [models.Index(fields=["language", "at"], name="outreach_card_words")]

    class Privacy:
        personal = ("by_name",)
        free_text = ("title", "lead", "ring", "web", "code", "anonymous", "urgent", "lines")
        safe = ("id", "language", "approved", "at")
        open_because = {
            "language": "Kode fra en fast liste.",
            "by_name": "Navnet på den ansatte som skrev eller godkjente. Står også i innsynsloggen.",
            **dict.fromkeys(free_text, _PUBLIC),
        }

    @property
    def words(self) -> Words:
        """To draw."""
        lines = tuple(line for line in self.lines.splitlines() if line.strip())
        return Words(
            self.language, self.title, self.lead, self.ring, self.web, self.code, self.anonymous, self.urgent, lines
        )
