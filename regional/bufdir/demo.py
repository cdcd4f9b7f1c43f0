"""The demo's region has reported its first half-year, and the report of the second waits for the secretary."""

from django.core.exceptions import PermissionDenied

from regional.bufdir import access, actions, queries
from regional.bufdir.actions import Written
from regional.bufdir.making import made
from regional.bufdir.models import Draft, Kind
from varde.access.roles import Role
from varde.clock import now
from varde.demo_cast import NobodyHere, acting
from varde.refusal import Refused
from varde.tenancy.door import OfficeRef
from varde.ui.dates import day_of

SAID = {"comment": "Flere meldinger kommer fra hjemmetjenesten enn før.", "explained": ""}
WHY = "Vi ser på det sammen med kommunene."


def seed(region: OfficeRef) -> bool:
    """False where no half-year is given out, where there is a report already, and where nobody has the roles."""
    try:
        with acting(region, Role.STATISTICS_OFFICER) as by:
            halves = sorted(one for one in queries.periods(by) if "H" in one)
            if not halves or Draft.objects.exists():
                return False
        _make(region, halves[0])
        _approve(region)
        for half in halves[1:2]:
            _make(region, half)
    except (NobodyHere, PermissionDenied, Refused):
        return False
    return True


def _make(region: OfficeRef, half: str) -> None:
    with acting(region, Role.STATISTICS_OFFICER) as by:
        explained = WHY if made(Kind.BUFDIR, half, {}, by).must_explain else ""
        actions.make(kind=Kind.BUFDIR, period=half, written=Written(SAID | {"explained": explained}), by=by)


def _approve(region: OfficeRef) -> None:
    with acting(region, Role.SECRETARY) as by:
        draft = access.draft_for(by, queries.open_drafts()[0].id)
    with acting(region, Role.SECRETARY) as by:
        report = actions.approve(draft=draft.id, seen=draft.digest, by=by)
        actions.note_sent(report=report, sent_on=day_of(now()), reference="Bufdirs skjema, kvittering i arkivet", by=by)
