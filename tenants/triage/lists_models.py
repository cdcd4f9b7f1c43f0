"""Checklists that the office has loaded; every version stays, so that an old answer is read by its own questions."""

from django.db import models

from shared.codes.checklists import Checklist, acute, parse
from varde.access.rows import USER, RowRights
from varde.privacy.models import AppendOnly


class ChecklistVersion(AppendOnly):
    """A checklist (`shared.codes.checklists`); the newest that was loaded is asked by. Holds nothing of a matter."""

    row_rights = RowRights(people="true", may_insert=f"team_sets_up({USER})")
    version = models.CharField(max_length=40, unique=True)
    content = models.JSONField()
    loaded_at = models.DateTimeField()
    loaded_by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "triage_checklistversion"

    class Privacy:
        personal = ("loaded_by_name",)
        free_text = ()
        safe = ("id", "version", "content", "loaded_at")
        open_because = {
            "version": "Utgaven av sjekklisten.",
            "content": "Spørsmålene i sjekklisten. Ingen svar og ingen sak står i den.",
            "loaded_by_name": "Navnet på den ansatte som la inn listen, ikke på noen i en sak.",
        }

    @property
    def checklist(self) -> Checklist:
        """The list."""
        return parse(self.content)


def list_of(version: str) -> Checklist:
    """The list of this version; the shipped one where nothing else was loaded under the name."""
    if version == acute().version:
        return acute()
    found = ChecklistVersion.objects.filter(version=version).first()
    return found.checklist if found else acute()
