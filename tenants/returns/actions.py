"""Sending a quarter's counts to the region: the row that remembers it and the letter go together, or neither."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from shared.codes.periods import Quarter, label, parse
from shared.post.actions import send
from shared.registry.queries import region_of
from tenants.returns import queries
from tenants.returns.drafts import content_of, digest_of, drafted, may_be_sent
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


def _quarter(period: str) -> Quarter:
    try:
        quarters = parse(period)
    except ValueError as error:
        raise CannotSend(str(error)) from error
    if len(quarters) != 1:
        raise CannotSend("Tall sendes for ett kvartal om gangen, for eksempel 2019Q3.")
    return quarters[0]
