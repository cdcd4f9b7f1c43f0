"""Sending a quarter's counts to the region: the row that remembers it and the letter go together, or neither."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction

from shared.codes.periods import Quarter, label, parse
from shared.contracts import Counts, Return, SinceStart
from shared.contracts.fields import to_json
from shared.post.actions import send
from shared.registry.queries import region_of
from tenants.returns import queries
from tenants.returns.counts import RegisteredCase, make_return
from tenants.returns.models import SentReturn
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import OSLO, now


class CannotSend(ValueError):
    """The return cannot be sent; the text is a sentence to show."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was sent; `sent` is False when the region has exactly these counts already."""

    row: SentReturn
    sent: bool
    correction: bool

    @property
    def sentence(self) -> str:
        """What happened, for the person or the command line."""
        name = label(parse(self.row.period))
        if not self.sent:
            return f"Tallene for {name} er de samme som sist. Ingenting er sendt på nytt."
        return f"Rettede tall for {name} er sendt." if self.correction else f"Tall for {name} er sendt."


def is_over(quarter: Quarter, today: date) -> bool:
    """A quarter is counted when its last day has passed."""
    return quarter.last_day < today


def may_be_sent(quarter: Quarter, today: date) -> bool:
    """Only a quarter that is over; in the demo also the one that goes on, so that the whole way can be walked.

    Imported cases lie in past quarters and need no exception.
    """
    running = settings.MODE == "demo" and quarter.first_day <= today
    return running or is_over(quarter, today)


@transaction.atomic
def send_return(*, period: str, by: Reader, today: date | None = None) -> Outcome:
    """Count one quarter («2019Q3») and since the start, and send both. Raises CannotSend, and NoKey from the post.

    The same counts are not sent twice; changed ones are a correction, a row and a letter of their own.
    """
    quarter = _quarter(period)
    if not may_be_sent(quarter, today or now().astimezone(OSLO).date()):
        raise CannotSend(f"{label([quarter]).capitalize()} er ikke over ennå. Tall sendes når kvartalet er slutt.")
    region = region_of(by.office)
    if region is None:
        raise CannotSend("Kommunen hører ikke til en region å sende til.")
    # Hidden cases count too: leaving one out would tell that it is there, and the figures would be wrong.
    cases = queries.registered_cases(Reader.for_purpose("returns", by.office))
    letter = drafted(quarter, cases, queries.started_on(by.office, cases), by)
    before = queries.newest(quarter)
    digest = digest_of(letter)
    if before and before.digest == digest:
        return Outcome(before, sent=False, correction=False)
    letter_id = send(letter, to=region, by=by)
    row = SentReturn(
        period=letter.period,
        form=letter.form_version,
        content=content_of(letter),
        digest=digest,
        letter_id=letter_id,
        sent_at=letter.sent_at,
        sent_by=by.name,
    )
    row.save()
    record(by=by, action=Action.SEND, what="returns.return", ids=[row.id])
    return Outcome(row, sent=True, correction=before is not None)


def drafted(quarter: Quarter, cases: list[RegisteredCase], started: date | None, by: Reader) -> Return:
    """The letter as it would be sent now; a kommune without a first day starts with the quarter."""
    return make_return(
        cases,
        quarters=[quarter],
        kommune_number=by.office.number,
        started_on=started or quarter.first_day,
        sent_at=now(),
    )


def content_of(letter: Return) -> dict[str, Any]:
    """The counts as JSON data, without the time of sending."""
    return {
        "counts": to_json(Counts, letter.counts, "counts"),
        "since_start": to_json(SinceStart, letter.since_start, "since_start"),
    }


def digest_of(letter: Return) -> str:
    """The same counts give the same digest, whenever they are sent."""
    whole = {"form": letter.form_version, "period": letter.period, "content": content_of(letter)}
    return hashlib.sha256(json.dumps(whole, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _quarter(period: str) -> Quarter:
    try:
        quarters = parse(period)
    except ValueError as error:
        raise CannotSend(str(error)) from error
    if len(quarters) != 1:
        raise CannotSend("Tall sendes for ett kvartal om gangen, for eksempel 2019Q3.")
    return quarters[0]
