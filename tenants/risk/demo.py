"""A signed assessment of how dangerous it is in one of the demo's cases, and one that somebody is writing."""

from datetime import timedelta

from tenants.cases.demo import case
from tenants.inbox.demo import DOREN, KORTET
from tenants.risk.actions import begin, save_draft, sign
from tenants.risk.models import Assessment
from tenants.risk.states import Given
from varde.access import Reader
from varde.clock import now
from varde.demo_cast import once, then
from varde.tenancy.door import OfficeRef
from varde.ui.dates import day_of

_NO = dict.fromkeys(
    ("kontakt_nett", "bevis", "tvang_reise", "seksuell", "aere", "nett", "grovere", "brudd", "vil_ikke"), 0
)
FIRST = Given(
    items=_NO | {
        "ferskt": 1, "kontakt_fysisk": 2, "pavirkning": 2, "fysisk": 0, "psykisk": 2, "okonomisk": 3, "forsommelse": 1,
        "oftere": 2, "naer": 2, "bolig": 0, "folk": 1, "tjenester": 0, "selv": 1, "redd": 1,
    },
    words={
        "akutt": "Han er der flere ganger i uken, og hun er alene.",
        "vold": "Kontoutskrift med 14 uttak på tre uker. Tomt kjøleskap.",
        "utvikling": "Hvert besøk ender nå med at han trenger penger.",
        "vern_i_dag": "Hjemmesykepleien kommer hver dag. Datteren ringer på søndager.",
        "stemme": "Hun vil ha kortet tilbake, men ikke miste ham.",
    },
    level=3, reason="Det skjer fortsatt, og det blir mer. Hun klarer ikke å si nei til ham.",
)  # fmt: skip
BEGUN = Given(
    items={"ferskt": 2, "kontakt_fysisk": 2, "pavirkning": 2, "fysisk": 3, "psykisk": 3, "brudd": 2, "bolig": 1},
    words={"akutt": "Kvelertak i natt. Han vet hvor søsteren bor."},
)


def seed(kommune: OfficeRef) -> bool:
    """Sign one and begin one; False elsewhere, and when they are there."""
    return once(kommune, there=lambda: Assessment.objects.filter(case=case(KORTET)).exists(), lay=_lay)


def _lay(by: Reader) -> None:
    next_on = day_of(now()) + timedelta(days=5)
    with then(days=6):
        draft = begin(case=case(KORTET), by=by)
        draft = save_draft(draft=draft, given=FIRST, next_on=next_on, version=draft.version, by=by)
        sign(draft=draft, version=draft.version, knows=True, by=by)
    with then(hours=18):
        draft = begin(case=case(DOREN), by=by)
        save_draft(draft=draft, given=BEGUN, next_on=None, version=draft.version, by=by)
