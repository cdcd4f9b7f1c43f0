"""The kommune's grant report: made to be looked at, and finished by the one who answers for the figures."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction

from shared.codes.screening import unanswered
from shared.reporting.document import Document, canonical
from tenants.raising.register import looked
from tenants.reporting import grant_document, grant_queries
from tenants.reporting.access import require_owner
from tenants.reporting.grant_models import GrantReport
from varde import turn
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Refused, check_seen
from varde.ui.dates import day_of, short_date

WHAT = "reporting.grant"
WHY = "Det er alt ferdigstilt en rapport for året. Skriv hvorfor den rettes."
CHANGED = "Det som er registrert, er endret siden du så på rapporten. Se på den på nytt før du ferdigstiller den."
YEAR = "Velg et år fra listen."


@dataclass(frozen=True, slots=True)
class Written:
    """What a person wrote, by the names of the form's fields; why a report is corrected; and why what was marked by the
    screening is about nobody."""

    texts: Mapping[str, str]
    because: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)


def made(*, year: int, written: Written, by: Reader) -> Document:
    """The report as it would be finished today. Raises Refused."""
    require_owner(by)
    today = day_of(now())
    if year not in grant_queries.years(today):
        raise Refused(YEAR)
    meta = [("Ferdigstilt", f"{short_date(today)} av {by.name[:200]}")]
    if written.because:
        meta.append(("Retter den forrige rapporten for året", written.because))
    had = grant_queries.registered(by, year, today)
    return grant_document.document(had, office=by.office.name, year=year, texts=written.texts, meta=meta)


def print_of(document: Document) -> str:
    """The fingerprint of its bytes."""
    return hashlib.sha256(canonical(document)).hexdigest()


@transaction.atomic
def finish(*, year: int, written: Written, seen: str, by: Reader) -> GrantReport:
    """Freeze it as it was `seen` (its fingerprint). Raises Refused, Overtaken."""
    require_owner(by)
    turn.wait_for("reporting.grant")
    earlier = grant_queries.corrected_by_next(year)
    if earlier and not written.because:
        raise Refused(WHY)
    _check_screened(written, by)
    document = made(year=year, written=written, by=by)
    check_seen(seen, print_of(document), CHANGED)
    if by.user_id is None:
        raise Refused(CHANGED)
    row = GrantReport(
        year=year,
        content=canonical(document).decode(),
        digest=print_of(document),
        replaces_id=earlier,
        because=written.because,
        finished_at=now(),
        finished_by=by.user_id,
        finished_by_name=by.name[:200],
    )
    row.save()
    record(by=by, action=Action.CREATE, what=WHAT, ids=[row.id])
    return row


def _check_screened(written: Written, by: Reader) -> None:
    left = unanswered(looked({**written.texts, "because": written.because}, by), written.reasons)
    if left:
        raise Refused(f"Se over det som er merket først: {', '.join(kind.label.lower() for kind in left)}.")
