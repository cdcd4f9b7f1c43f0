"""The leader team's form and table, decision by decision; and in people_models who sits in its places."""

from django.db import models

from regional.leaders.people_models import Place, Term
from varde.access.held import holds
from varde.access.permissions import Permission
from varde.access.rows import RowRights, said_now
from varde.privacy.models import AppendOnly

__all__ = ["Place", "RotationTable", "Term"]

ROTATION, BODY = "rotation", "body"
FORMS = {ROTATION: "Plassene går på omgang", BODY: "En gruppe som finnes fra før, er lederteam"}
SECRETARY, LEADER = "secretary", "leader"
INTAKE = {SECRETARY: "Sekretæren", LEADER: "Lederen"}
_MANAGES = holds(Permission.LEADERS_MANAGE)


class RotationTable(AppendOnly):
    """What was decided and from when: seats and kommuner in order, and every change since; the engine makes the table
    from them, so it is not stored twice. The newest row of those that hold on a day is the one in force; a proposal
    holds only until something is decided.

    A row of the form `body` has an existing group as leader team: a permanent place for each kommune, no rotation.
    """

    row_rights = RowRights(
        people="true",
        may_insert=f"{_MANAGES} AND {said_now('made_by_name', 'made_at')}",
        purposes={"setup": "SELECT, INSERT", "reminders": "SELECT"},
    )
    # Counts the decisions of the region; 0 in rows from before they were counted.
    number = models.PositiveIntegerField(default=0)
    form = models.CharField(max_length=10, choices=list(FORMS.items()), default=ROTATION)
    # Where the table comes from, or which decision changed it.
    source = models.CharField(max_length=200)
    # The first day on which it holds; empty in rows from before this was asked: then the first day of `first_year`.
    holds_from = models.DateField(null=True, blank=True)
    kommuner = models.JSONField()
    seats = models.JSONField()
    first_year = models.PositiveIntegerField()
    years = models.PositiveSmallIntegerField()
    # How many periods are drawn; empty: a full round.
    periods = models.PositiveSmallIntegerField(null=True, blank=True)
    # Lists in the order they were decided, each as the file of `varde rotation --change`.
    changes = models.JSONField(default=list, blank=True)
    # Name of a kommune -> id of its office, as it was when the row was laid.
    offices = models.JSONField(default=dict, blank=True)
    # Of the form `body`: what the group is called, and who takes in what a kommune raises.
    body = models.CharField(max_length=120, blank=True)
    intake = models.CharField(max_length=10, choices=list(INTAKE.items()), default=SECRETARY)
    proposal = models.BooleanField(default=True)
    # The proposal that this row decides, or takes back: then it is itself still a proposal.
    settles = models.UUIDField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "leaders_rotation"

    class Privacy:
        personal = ("made_by_name",)
        free_text = ("source",)
        safe = (
            "id", "number", "form", "holds_from", "kommuner", "seats", "first_year", "years", "periods", "changes",
            "offices", "body", "intake", "proposal", "settles", "made_at",
        )  # fmt: skip
        open_because = {
            "source": "Hvilket vedtak tabellen er hentet fra, et offentlig dokument.",
            "kommuner": "Navn på kommuner, som er offentlige.",
            "seats": "Navn på plasser i lederteamet, uten personer.",
            "form": "En kode fra en fast liste.",
            "intake": "En kode fra en fast liste.",
            "body": "Navn på en gruppe i regionen, uten personer.",
            "changes": "Kommuner, plasser og årstall. Skjemaet tar ikke imot annet.",
            "offices": "Navn på kommuner og kontorene deres.",
            "made_by_name": "Navnet på den ansatte som førte vedtaket.",
        }

    @property
    def entered_by(self) -> str:
        """Who entered it, in words: a person, or the platform when the region was set up."""
        return "Lagt inn ved oppstart" if self.made_by_name == "setup" else self.made_by_name or "–"
