"""Lines, their numbers and apparatus, the words they are answered with, and who answers when. Nothing about callers.

Everybody in the region reads it; those who run the phone change it. What has held is kept: a change is a new row.
"""

from typing import ClassVar

from django.db import models

from regional.lines.greetings import LANGUAGES
from regional.lines.setup import SERVICES
from varde.access.rows import USER, RowRights, said_now
from varde.privacy.models import AppendOnly, Row

_SETS_UP = f"lines_sets_up({USER})"
_SAID = f"{_SETS_UP} AND {said_now('set_by', 'set_at')}"
_RIGHTS = RowRights(people="true", may_insert=_SAID, purposes={"setup": "INSERT"})


class Line(Row):
    """A role on the phone: what numbers lead to and apparatus ring for. Of one kommune, or of all (`kommune` empty)."""

    row_rights = RowRights(
        people="true", may_insert=_SETS_UP, may_change=_SETS_UP, purposes={"setup": "INSERT, UPDATE"}
    )
    office_rights: ClassVar[str] = "SELECT, INSERT, UPDATE"
    name = models.CharField(max_length=80)
    service = models.CharField(max_length=12, choices=list(SERVICES.items()))
    kommune = models.UUIDField(null=True, blank=True)
    # Whose number it also is: then a caller need not have meant TryggEst.
    shared_with = models.CharField(max_length=80, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "lines_line"

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "name", "service", "kommune", "shared_with", "opened_at", "closed_at")
        open_because = {
            "name": "Navnet på en telefonlinje, ikke på et menneske.",
            "service": "En kode fra en fast liste over tjenester.",
            "shared_with": "Navnet på en tjeneste som deler nummeret.",
        }


class Pointing(AppendOnly):
    """From `since` this number leads to this line; to none when it is out of use. The newest of the newest time holds.

    Numbers are roles', never a person's: what leads to a person's own phone stands in `Ringing` and nowhere else.
    """

    row_rights = _RIGHTS
    number = models.CharField(max_length=16)
    line = models.ForeignKey(Line, on_delete=models.PROTECT, null=True, related_name="pointings")
    since = models.DateTimeField()
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=200)

    class Meta:
        db_table = "lines_pointing"
        indexes = [models.Index(fields=["number", "since"], name="lines_number_since")]

    class Privacy:
        personal = ("set_by",)
        free_text = ()
        safe = ("id", "number", "line", "since", "set_at")
        open_because = {
            "number": "Et nummer til en tjeneste, som er offentlig.",
            "set_by": "Navn på den ansatte som pekte om nummeret.",
        }


class Ringing(AppendOnly):
    """From `since` these apparatus ring at once when somebody calls the line."""

    row_rights = _RIGHTS
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="ringings")
    # ["+4761189500", …]: E.164 or short numbers.
    apparatus = models.JSONField()
    since = models.DateTimeField()
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=200)

    class Meta:
        db_table = "lines_ringing"

    class Privacy:
        personal = ("set_by", "apparatus")
        free_text = ()
        safe = ("id", "line", "since", "set_at")
        open_because = {
            "apparatus": "Numrene til telefonene på vakten. Regnes som personopplysning, for en av dem kan være noens.",
            "set_by": "Navn på den ansatte som endret hvilke apparater som ringer.",
        }


class Words(AppendOnly):
    """A version of a greeting in one language: of a line, or of all lines of a service. An empty text takes it back."""

    row_rights = _RIGHTS
    line = models.ForeignKey(Line, on_delete=models.PROTECT, null=True, related_name="words")
    service = models.CharField(max_length=12, choices=list(SERVICES.items()))
    language = models.CharField(max_length=2, choices=list(LANGUAGES.items()))
    text = models.TextField(blank=True)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=200)

    class Meta:
        db_table = "lines_words"

    class Privacy:
        personal = ("set_by",)
        free_text = ()
        safe = ("id", "line", "service", "language", "text", "set_at")
        open_because = {
            "service": "En kode fra en fast liste over tjenester.",
            "language": "En språkkode.",
            "text": "Det telefonen tas med, likt for alle som ringer.",
            "set_by": "Navn på den ansatte som skrev hilsenen.",
        }


class SetupVersion(AppendOnly):
    """From `since` this is who answers for a kommune. Rows of one `change` were set in one go."""

    row_rights = _RIGHTS
    kommune = models.UUIDField()
    since = models.DateTimeField()
    # As `setup.to_json` has it.
    content = models.JSONField()
    change = models.UUIDField()
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=200)

    class Meta:
        db_table = "lines_setupversion"
        indexes = [models.Index(fields=["kommune", "since"], name="lines_kommune_since")]

    class Privacy:
        personal = ("set_by",)
        free_text = ()
        safe = ("id", "kommune", "since", "content", "change", "set_at")
        open_because = {
            "content": "Hvilke tjenester som svarer når. Ingen personer.",
            "set_by": "Navn på den ansatte som satte oppsettet.",
        }


class AcuteAgreement(AppendOnly):
    """Whether operators may act themselves in the acute phase, from a day until and with another; the newest holds."""

    row_rights = _RIGHTS
    allowed = models.BooleanField()
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)
    # The agreement, as it is named in the region's own papers.
    agreement = models.CharField(max_length=200)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=200)

    class Meta:
        db_table = "lines_acuteagreement"

    class Privacy:
        personal = ("set_by",)
        free_text = ()
        safe = ("id", "allowed", "from_day", "until_day", "agreement", "set_at")
        open_because = {
            "agreement": "Navnet på en avtale mellom kommunene.",
            "set_by": "Navn på den ansatte som førte inn avtalen.",
        }
