"""Kommuner that were invited, and what each has said of how far it has come. Codes and counts of staff alone."""

from django.db import models

from varde.access.held import holds
from varde.access.permissions import Permission
from varde.access.rows import RowRights, said_now
from varde.privacy.models import AppendOnly

_FOLLOWS = holds(Permission.ONBOARDING, Permission.COOPERATION_READ)


class Invited(AppendOnly):
    """A kommune that the platform was asked to make an office for. Its administrator stands sealed in the order."""

    row_rights = RowRights(people=_FOLLOWS, may_insert=f"{holds(Permission.ONBOARDING)} AND {said_now()}")
    order = models.UUIDField()
    number = models.CharField(max_length=6)
    name = models.CharField(max_length=80)
    starts_on = models.DateField(null=True, blank=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "onboarding_invited"

    class Privacy:
        personal = ("by_name",)
        free_text = ()
        safe = ("id", "order", "number", "name", "starts_on", "at")
        open_because = {
            "number": "Kommunenummeret, som er offentlig.",
            "name": "Navnet på en kommune.",
            "by_name": "Navnet på den ansatte som inviterte. Står også i innsynsloggen.",
        }


class Health(AppendOnly):
    """What a kommune said of its own start and team at a time; the id is that of the letter. The newest holds."""

    row_rights = RowRights(people=_FOLLOWS, may_insert="false", purposes={"post": "SELECT, INSERT"})
    kommune = models.UUIDField()
    as_of = models.DateTimeField()
    list_version = models.CharField(max_length=20)
    # code -> state, as the letter has it.
    steps = models.JSONField()
    team = models.PositiveSmallIntegerField()
    certified = models.PositiveSmallIntegerField()
    trained = models.PositiveSmallIntegerField()
    police = models.BooleanField()
    started_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "onboarding_health"
        indexes = [models.Index(fields=["kommune", "as_of"], name="onboarding_newest")]

    class Privacy:
        personal = ()
        free_text = ()
        safe = (
            "id", "kommune", "as_of", "list_version", "steps", "team", "certified", "trained", "police", "started_on",
        )  # fmt: skip
        open_because = {
            "list_version": "Utgaven av en fast liste.",
            "steps": "Koder for steg og hvor langt kommunen har kommet med dem.",
        }
