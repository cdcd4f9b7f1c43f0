"""Saying what a year was like, and approving it: then its words and its paper stand as they are."""

import base64
from collections.abc import Mapping

from django.db import transaction

from tenants.outreach import year_queries
from tenants.outreach.year_models import YearApproval, YearCopy, YearWords
from varde import turn
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Refused, check_seen

CHANGED = "Noen endret teksten mens du så på den. Les den på nytt før du godkjenner."


@transaction.atomic
def say(*, year: int, words: Mapping[str, str], by: Reader, seen: str | None = None) -> YearWords:
    """Write the team's own words of a year; what stood before is kept.

    Raises Refused when the year is approved or nothing is said, Overtaken when somebody else wrote meanwhile.
    """
    require(by, Permission.OUTREACH)
    found = _open(year)
    if not any(text.strip() for text in words.values()):
        raise Refused("Skriv minst ett av svarene.")
    check_seen(seen, year_queries.as_seen(found))
    row = YearWords(year=year, at=now(), by_name=by.name[:200], **words)
    row.save()
    record(by=by, action=Action.CREATE, what="outreach.year_words", ids=[row.id])
    return row


@transaction.atomic
def approve(*, year: int, paper: bytes, seen: str | None, by: Reader) -> YearApproval:
    """The year is done, and this is its paper. Raises Refused when it is approved, or when nobody has said a word.

    Overtaken when the words are others than those that the page showed.
    """
    require(by, Permission.OUTREACH)
    found = _open(year)
    if by.user_id is None or found.words is None:
        raise Refused("Skriv først hva teamet mener om året.")
    check_seen(seen, year_queries.as_seen(found), CHANGED)
    row = YearApproval(year=year, at=now(), by_user=by.user_id, by_name=by.name[:200])
    row.save()
    YearCopy(approval=row, by_user=by.user_id, pdf=base64.b64encode(paper).decode()).save()
    record(by=by, action=Action.CREATE, what="outreach.year_approval", ids=[row.id])
    return row


def _open(year: int) -> year_queries.Said:
    turn.wait_for(f"outreach.year.{year}")
    found = year_queries.said(year)
    if found.approval is not None:
        raise Refused(f"Årsevalueringen for {year} er alt godkjent av {found.approval.by_name}.")
    return found
