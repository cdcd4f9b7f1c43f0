"""The log of an office: append-only by the login's rights, chained by the database, without foreign keys.

Number and digest are set by a trigger (see the migration): number and previous digest are taken while the one row of
`Head` is locked, so that two writers can never hang on the same row before them.
"""

import secrets
import uuid
from typing import ClassVar

from django.db import models

from varde.access.held import holds
from varde.access.permissions import Permission
from varde.access.rows import PURPOSE, SIGNED, USER, RowRights
from varde.clock import now
from varde.privacy.models import AppendOnly, Row

# What the log says of a matter is there for whom the matter's room lets read it: controllers all but what they are shut
# out of, others as `audit_may_read` says. Only that last one is asked per row.
MAY_READ = (
    f"CASE WHEN (SELECT audit_controls({USER})) THEN matter_id IS NULL OR matter_id NOT IN (SELECT audit_shut({USER}))"
    f" ELSE audit_may_read(matter_id, {USER}) END"
)
# A row is laid by the one it is about. What no person did carries the purpose's own name or none; the trigger gives a
# person's row the name that stands on the account. Rows of a log-in are flushed as the person who came in.
# Also of somebody who is lent here no more: what they tried is said under their name.
# The ticket is looked at once: a purpose's is nobody's.
_LAID = (
    f"CASE WHEN user_id IS NOT NULL THEN user_id = {SIGNED} WHEN name <> '' THEN name = {PURPOSE}"
    f" ELSE {SIGNED} IS NULL END"
)
_RUN_ANCHORS = holds(Permission.PEOPLE_MANAGE, Permission.SETTINGS)


class Action(models.TextChoices):
    """What was done; never what was in it."""

    VIEW = "view", "åpnet"
    LIST = "list", "så i en liste"
    SEARCH = "search", "søkte"
    PRINT = "print", "skrev ut"
    EXPORT = "export", "tok ut"
    CREATE = "create", "opprettet"
    CHANGE = "change", "endret"
    SEND = "send", "sendte"
    DENIED = "denied", "ble avvist"
    BREAK_GLASS = "break_glass", "brukte nødåpning"


def ordered_id() -> uuid.UUID:
    """UUID version 7 (RFC 9562): the milliseconds first, the rest random.

    A log is the longest table. Rows that lie where the last one lies cost fewer pages than rows anywhere in it, and the
    time stands beside the id anyway.
    """
    moment = int(now().timestamp() * 1000) << 80
    return uuid.UUID(int=moment | 7 << 76 | secrets.randbits(12) << 64 | 2 << 62 | secrets.randbits(62))


class Entry(AppendOnly):
    """One act on one object (or on a page of them) by one reader.

    Whoever acts may lay a row in their own name, also one that they cannot read afterwards: so nothing here has a
    database default, which Django would ask back (INSERT … RETURNING reads the row).
    """

    row_rights = RowRights(people=MAY_READ, may_insert="false", purposes={"verify": "SELECT"}, deposit=_LAID)

    id = models.UUIDField(primary_key=True, default=ordered_id, editable=False)
    at = models.DateTimeField()
    user_id = models.UUIDField(null=True)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=200)
    action = models.CharField(max_length=12, choices=Action.choices)
    what = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    reason = models.CharField(max_length=300)
    ground = models.CharField(max_length=60)
    request_id = models.CharField(max_length=32)
    # Set by the trigger, whatever the client says: the matter that the object belongs to, and the chain.
    matter_id = models.UUIDField(null=True, editable=False)
    number = models.BigIntegerField(default=0, editable=False)
    previous = models.CharField(max_length=64, default="", editable=False)
    digest = models.CharField(max_length=64, default="", editable=False)

    class Meta:
        db_table = "audit_entry"
        indexes = [
            models.Index(fields=["what", "object_id", "at"], name="audit_object"),
            models.Index(fields=["at"], name="audit_at"),
            models.Index(fields=["number"], name="audit_number"),
            models.Index(fields=["matter_id", "at"], name="audit_matter"),
            models.Index(fields=["request_id"], name="audit_request"),
        ]

    class Privacy:
        personal = ("user_id", "name")
        free_text = ("reason",)
        safe = (
            "id", "at", "role", "action", "what", "object_id", "ground", "request_id", "matter_id", "number",
            "previous", "digest",
        )  # fmt: skip
        open_because = {
            "name": "Navnet på den ansatte som gjorde noe. Loggen er til for å vise det.",
            "role": "Rollene den ansatte hadde, fra en fast liste.",
            "action": "En kode fra en fast liste.",
            "what": "En kode for hva slags opplysning det gjelder, aldri selve opplysningen.",
            "object_id": "En tilfeldig teknisk id.",
            "reason": "Kort grunn, der den ansatte bes om ikke å skrive navn. Loggens fingeravtrykk regnes ut av den.",
            "ground": "En kode for grunnlaget, fra en fast liste.",
            "request_id": "En tilfeldig teknisk id.",
            "previous": "Et fingeravtrykk av raden før.",
            "digest": "Et fingeravtrykk av raden.",
        }


class Head(models.Model):
    """The end of the chain: one row that only the trigger may touch."""

    office_rights: ClassVar[str] = ""
    id = models.SmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")

    class Meta:
        db_table = "audit_head"

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "number", "digest")
        open_because = {"digest": "Et fingeravtrykk av den siste raden i loggen."}


class AnchorSetting(Row):
    """Where the day's anchor of this office is mailed; one row."""

    row_rights = RowRights(people=_RUN_ANCHORS, purposes={"verify": "SELECT"})
    address = models.EmailField(blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=200)

    class Meta:
        db_table = "audit_anchorsetting"

    class Privacy:
        personal = ("address", "changed_by")
        free_text = ()
        safe = ("id", "changed_at")
        open_because = {
            "address": "Postkassen dagens kontrolltall sendes til, og oppgaven om natten må kunne lese den.",
            "changed_by": "Navnet på den ansatte som endret adressen.",
        }


class Anchor(AppendOnly):
    """The log's end as it was put outside the office: the row's number and digest, and how it went out."""

    row_rights = RowRights(people=_RUN_ANCHORS, may_insert="false", purposes={"verify": "SELECT, INSERT"})
    day = models.DateField()
    at = models.DateTimeField()
    number = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    mailed = models.BooleanField(default=False)
    stamped = models.BooleanField(default=False)
    # Whose log it is of, when that office has become part of this one; null for this one's own.
    former = models.UUIDField(null=True, blank=True)

    class Meta:
        db_table = "audit_anchor"
        indexes = [models.Index(fields=["day"], name="audit_anchor_day")]

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "day", "at", "number", "digest", "mailed", "stamped", "former")
        open_because = {"digest": "Et fingeravtrykk av loggen, som er laget for å ligge åpent andre steder."}


class Rule(models.TextChoices):
    """Why a look is put before somebody who is not involved."""

    OWN_NAME = "own_name", "Saken har den ansattes eget navn"
    NO_TASK = "no_task", "Ingen oppgave i saken"
    OFF_HOURS = "off_hours", "Utenom arbeidstid"
    VOLUME = "volume", "Langt flere saker enn vanlig"
    DENIED = "denied", "Mange avviste forsøk"


class Finding(AppendOnly):
    """Something odd in the log of a month: one rule, one person, one matter (or none). Laid by the nightly look."""

    row_rights = RowRights(people=MAY_READ, purposes={"verify": "SELECT, INSERT"}, may_insert="false")
    month = models.DateField()  # its first day
    rule = models.CharField(max_length=14, choices=Rule.choices)
    user_id = models.UUIDField()
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=200)
    matter_id = models.UUIDField(null=True)
    looks = models.PositiveIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    found_at = models.DateTimeField()

    class Meta:
        db_table = "audit_finding"
        indexes = [models.Index(fields=["month"], name="audit_finding_month")]

    class Privacy:
        personal = ("user_id", "name")
        free_text = ()
        safe = ("id", "month", "rule", "role", "matter_id", "looks", "first_at", "last_at", "found_at")
        open_because = {
            "rule": "En kode fra en fast liste.",
            "name": "Navnet på den ansatte som funnet gjelder, som kontrollen må kunne lese.",
            "role": "Rollene den ansatte hadde, fra en fast liste.",
        }


class Verdict(models.TextChoices):
    """What the one who looked into it found."""

    EXPLAINED = "explained", "Forklart: det var grunn til å se"
    FOLLOW_UP = "follow_up", "Følges opp"
    BREACH = "breach", "Brudd: det var ikke grunn til å se"


class Review(AppendOnly):
    """A finding handled by somebody who is not involved. A new look at it is a new row; the newest counts."""

    row_rights = RowRights(
        people=MAY_READ, purposes={"verify": "SELECT"}, may_insert=f"handled_by = {USER} AND {MAY_READ}"
    )
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="reviews")
    matter_id = models.UUIDField(null=True)
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    note = models.TextField()  # closed under the office's key, see `review.note_of`
    handled_by = models.UUIDField()
    handled_by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        db_table = "audit_review"

    class Privacy:
        personal = ("handled_by", "handled_by_name")
        free_text = ("note",)
        safe = ("id", "finding", "matter_id", "verdict", "at")
        open_because = {
            "verdict": "En kode fra en fast liste med tre verdier.",
            "note": "Lukket under kontorets nøkkel (varde.privacy.box), så den som kontrollerer, kan lese den.",
            "handled_by_name": "Navnet på den ansatte som kontrollerte.",
        }


from varde.audit import former_models  # noqa: E402, F401 - tables in a file of their own
