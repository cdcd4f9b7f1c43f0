"""Storing a return as it came. A later one for the same quarter replaces it in the pool, never in the table."""

from regional.statistics.fits import fits
from regional.statistics.models import PooledReturn
from shared.codes.forms import REPORTED
from shared.codes.periods import Quarter, parse
from shared.contracts import Counts, Return, SinceStart
from shared.contracts.fields import to_json
from shared.post.handlers import Envelope
from shared.registry.standing_queries import together
from varde.access import Reader
from varde.audit.actions import Action, record

# TryggEst's pilot began in 2018: a slip of the pen in the year must not open hundreds of half-years to be closed.
FIRST = Quarter(2018, 1)


class WrongReturn(ValueError):
    """A return that this region cannot pool; the letter stays in the post where it is seen."""


def store_return(letter: Return, envelope: Envelope, by: Reader) -> None:
    """Keep one kommune's counts of one quarter. Who sent it is what the envelope says, not the letter.

    It counts when the kommune was in the region as it was sent: one under way when an agreement ends is not lost.
    """
    theirs = envelope.sender.kind == "kommune" and together(envelope.sender.id, by.office.id, envelope.sent_at)
    if not theirs or envelope.sender.number != letter.kommune_number:
        raise WrongReturn("Avsenderen er ikke en kommune i regionen.")
    if letter.form_version != REPORTED or len(parse(letter.period)) != 1:
        raise WrongReturn("Skjemaet eller perioden kan ikke legges sammen.")
    if parse(letter.period)[0] < FIRST:
        raise WrongReturn("Perioden er fra før TryggEst begynte.")
    if not (fits(letter.counts) and fits(letter.since_start.counts)):
        raise WrongReturn("Tallene passer ikke til skjemaet.")
    row = PooledReturn(
        kommune=envelope.sender.id,
        kommune_number=letter.kommune_number,
        period=letter.period,
        form=letter.form_version,
        content={
            "counts": to_json(Counts, letter.counts, "counts"),
            "since_start": to_json(SinceStart, letter.since_start, "since_start"),
        },
        sent_at=letter.sent_at,
        letter_id=envelope.id,
        number=envelope.number,
    )
    row.save()
    record(by=by, action=Action.CREATE, what="statistics.return", ids=[row.id])
