"""Old registrations become real cases: received, opened, triaged, answered and closed by the rooms' own actions.

The times are those of the file's quarter: received on its first day, closed on its last. The log carries the real
time and the purpose "import", so nobody can take an imported case for one that a person has worked with.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID, uuid5

from shared.codes.forms import CURRENT
from tenants.cases.actions import answer
from tenants.cases.models import Case
from tenants.closing.actions import Report, close
from tenants.closing.checklist import OUTCOME
from tenants.inbox.actions import open_concern, receive
from tenants.inbox.models import Concern
from tenants.inbox.told import Told
from tenants.returns.import_file import ImportedCase
from tenants.triage.actions import decide
from tenants.triage.states import CATEGORIES
from varde.access import Reader
from varde.clock import OSLO
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work

# Those who reported as part of their work; all others are told of as private persons.
EMPLOYEES = frozenset({"housing_staff", "other_staff", "health_personnel"})
# What triage calls a registration without a category of its own: too little to go on.
NO_CATEGORY = "mangelfull"
NOON = time(12, tzinfo=OSLO)


def import_cases(ref: OfficeRef, cases: Sequence[ImportedCase]) -> tuple[int, int]:
    """Store the cases in the office, all or none; how many were new, and how many were there already."""
    with work(ref, "import") as by:
        ids = {case.id: concern_id(ref, case) for case in cases}
        there = set(Concern.objects.filter(id__in=ids.values()).values_list("id", flat=True))
        new = [case for case in cases if ids[case.id] not in there]
        for case in new:
            _import(case, ids[case.id], by)
    return len(new), len(cases) - len(new)


def concern_id(ref: OfficeRef, case: ImportedCase) -> UUID:
    """The same row of the same office is the same concern, however often it is imported."""
    return uuid5(ref.id, f"import-cases:{case.id}")


def _import(imported: ImportedCase, new_id: UUID, by: Reader) -> None:
    received = _noon(imported.quarter.first_day)
    what = f"Importert registrering {imported.id}, {imported.quarter}."
    told = Told(reporter_kind=reporter_kind(imported), what=what)
    receive(told=told, channel="import", by=by, concern_id=new_id, received_at=received)
    opened = open_concern(concern=Concern.objects.get(id=new_id), by=by, at=received)
    decide(
        concern=opened,
        category=_category(imported),
        outcome="case",
        reason="Importert fra det anonyme registreringsskjemaet.",
        step=None,
        by=by,
        at=received,
    )
    case = Case.objects.get(concern_id=new_id)
    told_of = {key: codes for key, codes in imported.answers.items() if key != OUTCOME}
    answer(case=case, form=CURRENT, answers=told_of, by=by)
    close(
        case=case,
        report=Report(done="Registrert i skjemaet. Ingen beskrivelse fulgte med."),
        outcomes=imported.answers.get(OUTCOME, ()),
        by=by,
        at=_noon(imported.quarter.last_day),
    )


def _noon(day: date) -> datetime:
    return datetime.combine(day, NOON)


def reporter_kind(imported: ImportedCase) -> str:
    """As whom somebody of the form's «hvem meldte» told it."""
    return "ansatt" if EMPLOYEES.intersection(imported.answers.get("melder", ())) else "privat"


def _category(imported: ImportedCase) -> str:
    given = imported.answers.get("kategori", ())
    return given[0] if given and given[0] in dict(CATEGORIES) else NO_CATEGORY
