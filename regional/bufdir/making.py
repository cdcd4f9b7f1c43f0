"""What each kind of report is made from, and of whom it asks what."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from regional.bufdir import grant, grant_queries, queries, report
from regional.bufdir.basis import Basis, is_period
from regional.bufdir.models import Kind
from shared.codes.forms import Form
from shared.codes.periods import parse
from shared.codes.reported_forms import reported_form
from shared.reporting.document import Document
from varde.access import Permission, Reader
from varde.refusal import Refused

NEEDS: Mapping[Kind, tuple[Permission, ...]] = {
    Kind.BUFDIR: (Permission.STATISTICS_RELEASE,),
    Kind.GRANT: (Permission.STATISTICS_RELEASE, Permission.LEADERS_READ, Permission.COOPERATION_READ),
}
PERIOD = "Velg et halvår eller et år."
YEAR = "En tilskuddsrapport gjelder et helt år."


@dataclass(frozen=True, slots=True)
class Made:
    """A report before anybody has approved it, with what lacks in it and what does not fit together."""

    document: Document
    stands_on: list[dict[str, int | str]]
    missing: list[str]
    wrong: list[str]

    @property
    def must_explain(self) -> bool:
        """Something does not fit together: whoever sends it says why, or that nobody knows."""
        return bool(self.wrong)


def print_of(content: bytes) -> str:
    """The fingerprint of a report's bytes."""
    return hashlib.sha256(content).hexdigest()


def made(kind: Kind, period: str, texts: Mapping[str, str], by: Reader) -> Made:
    """The report of the period with these texts. Raises Refused."""
    if not is_period(period):
        raise Refused(PERIOD)
    if kind == Kind.GRANT and "H" in period:
        raise Refused(YEAR)
    found, closed = queries.stands(by, period)
    last = queries.last(kind, period)
    if kind == Kind.GRANT:
        return _grant(found, texts, last, by)
    document = report.document(
        found,
        region=by.office.name,
        form=_form(period),
        closed=closed,
        texts=report.Texts(texts.get("comment", ""), texts.get("explained", "")),
        last=last,
    )
    missing, wrong = report.to_explain(found, closed, last)
    return Made(document, queries.stands_on(found), missing, wrong)


def _form(period: str) -> Form:
    """The form that the period is reported in; Refused where a year spans two."""
    try:
        return reported_form(parse(period))
    except ValueError as error:
        raise Refused(str(error)) from error


def _grant(found: Basis, texts: Mapping[str, str], last: report.Last | None, by: Reader) -> Made:
    had = grant_queries.registered(by, int(found.period))
    document = grant.document(found, had, region=by.office.name, year=found.period, texts=texts, last=last)
    return Made(document, queries.stands_on(found), grant.lacks(had), [])
