"""How one of the demo's cases ended, and when somebody asks again."""

from dataclasses import replace
from datetime import timedelta

from tenants.cases.demo import case
from tenants.closing.actions import Report, close
from tenants.closing.models import ClosingReport
from tenants.inbox.demo import NABOEN
from varde.access import Reader
from varde.clock import now
from varde.demo_cast import once, then
from varde.tenancy.door import OfficeRef
from varde.ui.dates import day_of

REPORT = Report(
    done="Byttet lås dagen etter. Snakket med naboen sammen med vaktmesteren. Medisinene ligger nå i låst skap, og "
    "Torstein har fått en støttekontakt to timer i uken.",
    unsolved="Han vil ikke anmelde. Naboen bor der fortsatt.",
    own_words="Jeg sover igjen. Jeg hilser på ham i trappen, og det går bra.",
    learned="Spør om nøkler med en gang. Vi brukte tre uker på å finne ut hvem som hadde dem.",
    helped="yes",
)


def seed(kommune: OfficeRef) -> bool:
    """Close it; False elsewhere, and when it is closed."""
    return once(kommune, there=lambda: ClosingReport.objects.filter(case=case(NABOEN)).exists(), lay=_lay)


def _lay(by: Reader) -> None:
    report = replace(REPORT, followup_on=day_of(now()) + timedelta(days=3))
    with then(days=20):
        close(case=case(NABOEN), report=report, outcomes=["contact_prevented", "closer_follow_up"], by=by)
