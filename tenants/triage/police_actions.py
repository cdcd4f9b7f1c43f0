"""Saying where a matter stands with police and prosecutor. Each is a new row."""

from datetime import date

from django.db import transaction

from tenants.inbox.models import Concern
from tenants.triage import police, police_queries
from tenants.triage.police import OUTCOMES, Police
from tenants.triage.police_models import PoliceSaid, Prosecution
from tenants.triage.said import check_seen, lay, newest_of, take, take_going
from tenants.triage.states import SENT_BACK
from varde.access import Reader
from varde.clock import now
from varde.days import check_been
from varde.refusal import Refused
from varde.ui.dates import day_of


@transaction.atomic
def say(*, concern: Concern, told: Police, seen: str | None, by: Reader) -> PoliceSaid:
    """Where it stands now.

    Raises Refused for what is missing and for a matter that is over, Overtaken when somebody else wrote meanwhile.
    """
    held = take_going(concern, by)
    check_seen(newest_of(police_queries.said(held)), seen, "skrev om politiet i denne saken")
    police.check(told)
    return lay(PoliceSaid(concern=held, told=told.as_json()), what="triage.police", by=by)


@transaction.atomic
def prosecuted(*, concern: Concern, outcome: str, decided_on: date, note: str, by: Reader) -> Prosecution:
    """The prosecutor has answered, also long after the matter was closed here.

    Raises Refused for an outcome that is none, a day that has not come, and what was sent back.
    """
    held = take(concern, by)
    if held.progress == "returned":
        raise Refused(SENT_BACK)
    if outcome not in dict(OUTCOMES):
        raise Refused("Velg hva påtalemyndigheten har bestemt.")
    check_been(decided_on, day_of(now()))
    row = Prosecution(concern=held, outcome=outcome, decided_on=decided_on, note=note)
    return lay(row, what="triage.prosecution", by=by)
