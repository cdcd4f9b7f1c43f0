"""The kommune says yes or no to the agreement, or that it goes out. Its word in the registry is what holds."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal, cast
from uuid import UUID

from django.db import transaction

from shared.contracts import AgreementAnswer
from shared.post.actions import send
from shared.registry.queries import office_by_id
from shared.registry.standing_actions import say
from shared.registry.standing_queries import party_of
from tenants.starting import agreement_queries as queries
from tenants.starting import lends_actions
from tenants.starting.models import Answer, Notice
from tenants.starting.telling import HEALTH
from varde import turn
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.days import TEN_YEARS, check_to_come
from varde.refusal import Overtaken, Refused, overtaken
from varde.ui.dates import day_of
from varde.worktime import moment as at_clock

type Said = Literal["yes", "no", "out", "in"]


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided in the kommune, by which decision, and why."""

    decided_by: str
    reference: str = ""
    reason: str = ""


@transaction.atomic
def answer(*, notice: Notice, said: Literal["yes", "no"], day: date | None, decision: Decision, by: Reader) -> Answer:
    """Yes (from the day, at the earliest when the region asks) or no to terms. Raises Overtaken when somebody has
    answered, and Refused for what cannot be answered."""
    require(by, Permission.AGREEMENT_SAY)
    turn.wait_for("starting.agreement")
    came = queries.came([notice])[0]
    if came.answer is not None:
        raise Overtaken(
            overtaken(came.answer.by_name, came.answer.at, f"svarte {queries.SAID[came.answer.said].lower()}")
        )
    if notice.asks != "terms" or Notice.objects.filter(sent_at__gt=notice.sent_at, region=notice.region).exists():
        raise Refused("Regionen har skrevet noe nyere. Se det øverste brevet.")
    starts = _moment(day) if said == "yes" else now()
    if said == "yes":
        starts = max(starts, came.letter.starts_at)
        _refuse_another(notice.region, starts, by)
        say(agreement=notice.agreement, region=notice.region, kommune=by.office.id, word="in", at=starts, by=by)
        lends_actions.with_the_yes(came.letter, notice.region, starts, by)
    else:
        _take_back((notice.agreement, notice.region), by)
    return _answered(notice, notice.agreement, notice.region, said, starts, decision, by)


@transaction.atomic
def leave(*, day: date | None, decision: Decision, by: Reader) -> Answer:
    """The kommune goes out, now (None) or when a day begins; or it takes back a yes that is not in force, now.

    Raises Refused when there is neither.
    """
    require(by, Permission.AGREEMENT_SAY)
    turn.wait_for("starting.agreement")
    party, waits = party_of(by.office.id, now()), queries.waiting_yes(by)
    if party is None and waits is None:
        raise Refused("Kommunen er ikke med i noen avtale nå.")
    if not decision.reason.strip():
        raise Refused("Skriv kort hvorfor, så regionen forstår det.")
    if party is not None:
        agreement, region, starts = party.agreement, party.region, _moment(day)
        if any(now() < at < starts for at in queries.own_ends(by, (agreement, region))):
            # The earlier no would hold first: it is taken back, and said for the later day.
            say(agreement=agreement, region=region, kommune=by.office.id, word="in", at=now(), by=by)
        say(agreement=agreement, region=region, kommune=by.office.id, word="out", at=starts, by=by)
    else:
        (agreement, region), starts = cast(queries.Bond, waits), now()
        _take_back((agreement, region), by)
    return _answered(None, agreement, region, "out", starts, decision, by)


@transaction.atomic
def stay(*, decision: Decision, by: Reader) -> Answer:
    """The kommune takes back that it goes out on a day to come. Raises Refused when it has said no such thing."""
    require(by, Permission.AGREEMENT_SAY)
    turn.wait_for("starting.agreement")
    party = party_of(by.office.id, now())
    bond = (party.agreement, party.region) if party else None
    if bond is None or not queries.goes_out(by, bond):
        raise Refused("Kommunen har ikke sagt at den går ut på en dag som kommer.")
    say(agreement=bond[0], region=bond[1], kommune=by.office.id, word="in", at=now(), by=by)
    return _answered(None, *bond, "in", now(), decision, by)


def _take_back(bond: queries.Bond, by: Reader) -> None:
    """A yes that is not in force is left for nobody to use another day."""
    if queries.waiting_yes(by, bond) is not None:
        say(agreement=bond[0], region=bond[1], kommune=by.office.id, word="out", at=now(), by=by)


def _refuse_another(region: UUID, at: datetime, by: Reader) -> None:
    """The registry would refuse the region's yes later; it is better known now."""
    stands = party_of(by.office.id, at)
    if stands is not None and stands.region != region:
        name = office_by_id(stands.region).name
        raise Refused(f"Kommunen er med i en annen region da, {name}. Gå ut av den avtalen fra samme dag først.")


def _moment(day: date | None) -> datetime:
    """When the day begins, and now for today."""
    today = day_of(now())
    if day is None or day == today:
        return now()
    check_to_come(day, today, TEN_YEARS)
    return at_clock(day, time(0))


def _answered(
    notice: Notice | None, agreement: UUID, region: UUID, said: Said, starts: datetime, decision: Decision, by: Reader
) -> Answer:
    """The row, and the letter to the region; a region that knows why need not ask."""
    moment = now()
    letter = AgreementAnswer(
        agreement=agreement, notice=notice.id if notice else None, said=said, starts_at=starts,
        decided_by=decision.decided_by, reason=_why(decision), at=moment,
    )  # fmt: skip
    row = Answer(
        notice=notice, agreement=agreement, region=region, said=said, starts_at=starts, decided_by=decision.decided_by,
        reference=decision.reference, reason=decision.reason, at=moment, by_name=by.name[:200],
    )  # fmt: skip
    row.save()
    send(letter, to=office_by_id(region), by=by)
    record(by=by, action=Action.CHANGE, what="starting.agreement", ids=[agreement], reason=queries.SAID[said].lower())
    transaction.on_commit(lambda: HEALTH.ring(by.office), robust=True)
    return row


def _why(decision: Decision) -> str:
    parts = [decision.reason, f"Vedtak: {decision.reference}" if decision.reference else ""]
    return "\n".join(part for part in parts if part)
