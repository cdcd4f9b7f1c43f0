"""The ledger of what has been given out, what it was made of, and what waits for a second person.

People read the ledger and the frozen copies. What a kommune contributed, and the tables that prove a release (they are
made from true counts), are read by the worker alone.
"""

from typing import ClassVar
from uuid import UUID

from django.db import models

from varde.access.held import holds
from varde.access.permissions import Permission
from varde.access.reader import Purpose
from varde.access.rows import USER, RowRights, said_now
from varde.privacy.fields import SealedTextField
from varde.privacy.keyring import purpose_id
from varde.privacy.models import AppendOnly, Row
from varde.tenancy.door import need_office

_READ = holds(Permission.STATISTICS_READ)
_RELEASE = holds(Permission.STATISTICS_RELEASE)
_NEW = f"asked_by = {USER} AND state = 'waiting' AND made IS NULL AND approved_by IS NULL AND done_at IS NULL"
_WORKER: dict[Purpose, str] = {"returns": "SELECT, INSERT"}
_OPEN: dict[Purpose, str] = {"returns": "SELECT, INSERT", "machine": "SELECT"}


class EntryKind(models.TextChoices):
    """What a row of the ledger says."""

    CLOSED = "closed", "Halvår lukket"
    DRAFTED = "drafted", "Utkast laget"
    RELEASE = "release", "Tall gitt ut"
    WITHDRAWN = "withdrawn", "Trukket tilbake"
    OUTSIDE = "outside", "Kjent fra andre"
    RULE = "rule", "Ny regel"
    SETTLED = "settled", "Tatt til etterretning"


class LedgerEntry(AppendOnly):
    """One thing said for good. Number, previous digest and digest are set by the database."""

    row_rights = RowRights(people=_READ, may_insert="false", purposes=_OPEN | {"verify": "SELECT"})
    at = models.DateTimeField()
    kind = models.CharField(max_length=9, choices=EntryKind.choices)
    content = models.JSONField()
    by_name = models.CharField(max_length=200)
    number = models.BigIntegerField(default=0, editable=False)
    previous = models.CharField(max_length=64, default="", editable=False)
    digest = models.CharField(max_length=64, default="", editable=False)

    class Meta:
        db_table = "releases_entry"
        constraints = [models.UniqueConstraint(fields=["number"], name="releases_one_chain")]

    class Privacy:
        personal = ("by_name",)
        free_text = ()
        safe = ("id", "at", "kind", "content", "number", "previous", "digest")
        open_because = {
            "kind": "En kode fra en fast liste.",
            "content": "Faste felt uten fritekst. Det som er gitt ut: beskyttede tall, hvem som var med, regelen, hvem "
            "som ba og hvem som godkjente. Ingen kommunes egne tall.",
            "by_name": "Navnet på den ansatte som lukket halvåret eller godkjente utgivelsen.",
            "previous": "Et fingeravtrykk av raden før.",
            "digest": "Et fingeravtrykk av raden.",
        }


class LedgerHead(models.Model):
    """The end of the chain: one row that only the trigger may touch."""

    office_rights: ClassVar[str] = ""
    id = models.SmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")

    class Meta:
        db_table = "releases_head"

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "number", "digest")
        open_because = {"digest": "Et fingeravtrykk av den siste raden i hovedboken."}


class Contribution(AppendOnly):
    """What one kommune has in a closed period, frozen. `mark`: a keyed digest that stands in the ledger too."""

    row_rights = RowRights(purposes=_WORKER)
    period = models.CharField(max_length=6)
    kommune = models.UUIDField()
    form = models.CharField(max_length=20)
    numbers = models.JSONField()
    mark = models.CharField(max_length=64)

    class Meta:
        db_table = "releases_contribution"
        constraints = [models.UniqueConstraint(fields=["period", "kommune", "form"], name="releases_frozen_once")]

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "period", "kommune", "form", "numbers", "mark")
        open_because = {
            "period": "Et halvår, for eksempel 2019H2.",
            "form": "Navnet på en utgave av skjemaet, fra en fast liste.",
            "numbers": "Antall i en kommune per svar på skjemaet, uten fritekst. Små tall kan forekomme: bare oppgaven "
            "som lager utgivelser, leser raden.",
            "mark": "Et fingeravtrykk som bare kontorets nøkkel gir.",
        }


class FrozenCopy(AppendOnly):
    """A release as it was frozen: the very bytes that every page and file is made from."""

    row_rights = RowRights(people=_READ, may_insert="false", purposes=_OPEN)
    entry = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, related_name="copies")
    content = models.TextField()

    class Meta:
        db_table = "releases_copy"
        constraints = [models.UniqueConstraint(fields=["entry"], name="releases_one_copy")]

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "entry", "content")
        open_because = {"content": "Regionens tall etter skjerming, slik de ble gitt ut."}


class KeptKind(models.TextChoices):
    """What is kept for the worker alone."""

    PROOF = "proof", "Bevis"
    DRAFT = "draft", "Utkast"
    SETTLED = "settled", "Tatt til etterretning"


class Kept(AppendOnly):
    """What the ledger rests on and nobody reads: tables that prove a release safe (they hold counts that are true in
    part), what a draft says, and which figures are unsafe. Each with a keyed mark that stands in the ledger."""

    row_rights = RowRights(purposes=_WORKER)
    wish = models.UUIDField()
    kind = models.CharField(max_length=7, choices=KeptKind.choices)
    content = models.BinaryField()  # JSON, packed (zlib)
    mark = models.CharField(max_length=64)

    class Meta:
        db_table = "releases_kept"
        indexes = [models.Index(fields=["mark"], name="releases_kept_by_mark")]

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "wish", "kind", "content", "mark")
        open_because = {
            "kind": "En kode fra en fast liste.",
            "content": "Utkast etter skjerming, hvilke tall som ikke lenger er trygge, og tenkte tabeller som beviser "
            "at ingen små tall kan regnes ut. De bygger på kommunenes tall: bare oppgaven som lager utgivelser, leser "
            "raden.",
            "mark": "Et fingeravtrykk som bare kontorets nøkkel gir. Det står i hovedboken også.",
        }


class Words(Row):
    """Why somebody asked, or where a figure was published: words of a person, beside the ledger and not in it. The
    ledger holds a keyed mark of them, so they cannot be changed unseen, and can be blanked for good."""

    office_rights = "SELECT, INSERT, UPDATE"
    row_rights = RowRights(
        people=_READ,
        may_insert=" AND ".join((_RELEASE, said_now(), "blanked_at IS NULL AND blanked_by_name = ''")),
        may_change=_RELEASE,
        may_delete="false",
        purposes={"returns": "SELECT"},
    )
    wish = models.UUIDField(unique=True)
    text = SealedTextField(blank=True)
    mark = models.CharField(max_length=64)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    blanked_at = models.DateTimeField(null=True)
    blanked_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "releases_words"

    class Privacy:
        personal = ("by_name", "blanked_by_name")
        free_text = ("text",)
        safe = ("id", "wish", "mark", "at", "blanked_at")
        open_because = {
            "mark": "Et fingeravtrykk som bare kontorets nøkkel gir.",
            "by_name": "Navnet på den ansatte som skrev det.",
            "blanked_by_name": "Navnet på den ansatte som tok det bort.",
        }

    @property
    def key_id(self) -> UUID:
        """The office's own for such words."""
        return purpose_id(need_office(), "releases_words")


class Sent(AppendOnly):
    """A kommune has been sent this row of the ledger (a release, or that it is withdrawn)."""

    row_rights = RowRights(people=_READ, may_insert="false", purposes=_WORKER)
    entry = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, related_name="sent")
    kommune = models.UUIDField()
    letter_id = models.UUIDField(unique=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "releases_sent"
        constraints = [models.UniqueConstraint(fields=["entry", "kommune"], name="releases_sent_once")]

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "entry", "kommune", "letter_id", "at")
        open_because: ClassVar[dict[str, str]] = {}


class WishState(models.TextChoices):
    """How far a wish has come."""

    WAITING = "waiting", "Venter på å bli laget"
    READY = "ready", "Klar til å bli sett på"
    APPROVED = "approved", "Godkjent, blir gitt ut"
    DONE = "done", "Gjort"
    DROPPED = "dropped", "Forkastet"
    FAILED = "failed", "Kunne ikke gjøres"


class Stop(models.TextChoices):
    """Why a wish could not be done, where people can do something about it."""

    UNSETTLED = "unsettled", "Noe må tas til etterretning"


class Wish(Row):
    """Somebody wants something done with the ledger; a worker does it. A release waits for another person.

    `made` is what the second person looks at, there only while they may: the release as it would be given out, or what
    would be done. `drafted`: the row of the ledger that already holds it. `stage` and `share` (per cent) are how far
    the worker has come; `begun_at` when it last said so, so that no other worker takes the same.
    """

    row_rights = RowRights(
        people=_RELEASE,
        may_insert=" AND ".join((_NEW, _RELEASE, said_now("asked_by_name", "asked_at"))),
        may_delete="false",
        purposes={"returns": "SELECT, INSERT, UPDATE"},
    )
    kind = models.CharField(max_length=9, choices=EntryKind.choices)
    about = models.JSONField()
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField(null=True)
    asked_by_name = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=WishState.choices, default=WishState.WAITING)
    said = models.CharField(max_length=600, blank=True)
    stopped_by = models.CharField(max_length=9, choices=Stop.choices, blank=True, default="", db_default="")
    made = models.JSONField(null=True)
    made_digest = models.CharField(max_length=64, blank=True)
    drafted = models.BigIntegerField(null=True)
    stage = models.PositiveSmallIntegerField(default=0)
    share = models.PositiveSmallIntegerField(default=0)
    begun_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.UUIDField(null=True)
    approved_by_name = models.CharField(max_length=200, blank=True)
    dropped_by = models.UUIDField(null=True)
    dropped_by_name = models.CharField(max_length=200, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "releases_wish"
        indexes = [models.Index(fields=["state", "asked_at"], name="releases_waiting")]

    class Privacy:
        personal = (
            "asked_by", "asked_by_name", "approved_by", "approved_by_name", "dropped_by", "dropped_by_name",
        )  # fmt: skip
        free_text = ()
        safe = (
            "id", "kind", "about", "asked_at", "state", "said", "stopped_by", "made", "made_digest", "drafted",
            "stage", "share", "begun_at", "approved_at", "done_at",
        )  # fmt: skip
        open_because = {
            "kind": "En kode fra en fast liste.",
            "about": "Hvilket halvår, hvilken utgivelse eller hvilket tall det gjelder, i faste felt uten fritekst.",
            "asked_by_name": "Navnet på den ansatte som ba om det.",
            "state": "En kode fra en fast liste.",
            "said": "En setning uten tall om hvordan det gikk.",
            "stopped_by": "En kode fra en fast liste.",
            "made": "Tallene etter skjerming, slik de vil bli gitt ut.",
            "made_digest": "Et fingeravtrykk av dem.",
            "approved_by_name": "Navnet på den ansatte som godkjente.",
            "dropped_by_name": "Navnet på den ansatte som forkastet det.",
        }
