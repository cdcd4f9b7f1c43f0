"""Sending a quarter's counts to the region: the row that remembers it and the letter go together, or neither."""

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.db import transaction

from shared.codes.periods import Quarter, label, parse
from shared.post.actions import send
from shared.post.keys import NoKey
from shared.registry.queries import region_of
from tenants.returns import queries
from tenants.returns.drafts import content_of, digest_of, drafted, may_be_sent, only_adds
from tenants.returns.models import Order, SentReturn
from varde import turn
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.tenancy.door import OfficeRef
from varde.ui.dates import day_of


class CannotSend(ValueError):
    """The return cannot be sent; the text is a sentence to show."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was sent; `sent` is False when the region has these counts already. `adds`: they are the same, but for what
    a return had no place for when it was sent last.

    For whoever runs the installation. A person who ordered is told nothing that rests on cases they may not see.
    """

    row: SentReturn
    sent: bool
    correction: bool
    adds: bool = False

    @property
    def sentence(self) -> str:
        """What happened, for the command line."""
        name = label(parse(self.row.period))
        if self.adds and not self.sent:
            return (
                f"Tallene for {name} er de samme som sist. Ingenting er sendt på nytt. Det som er kommet til i tallene "
                "siden, er ikke sendt; send det med --again."
            )
        if self.adds:
            return f"Tallene for {name} er sendt på nytt, med det som er kommet til siden. De er ikke rettet."
        if not self.sent:
            return f"Tallene for {name} er de samme som sist. Ingenting er sendt på nytt."
        return f"Rettede tall for {name} er sendt." if self.correction else f"Tall for {name} er sendt."


@transaction.atomic
def order_return(*, period: str, seen_digest: str, by: Reader) -> Order:
    """Ask for a quarter to be counted and sent by a worker; asked twice while it waits, it is one order.

    `seen_digest`: of the figures as this person sees them now. Raises CannotSend, PermissionDenied.
    """
    require(by, Permission.RETURNS_SEND)
    quarter, _ = _sendable(period, by, None)
    waiting = Order.objects.filter(period=str(quarter), done_at__isnull=True).first()
    if waiting is not None or by.user_id is None:
        return waiting or _no_person()
    order = Order(
        period=str(quarter), ordered_at=now(), ordered_by=by.user_id, ordered_by_name=by.name, seen_digest=seen_digest
    )
    order.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="returns.order", ids=[order.id])
    return order


def _no_person() -> Order:
    raise CannotSend("Bare et menneske kan be om at tall sendes.")


@transaction.atomic
def send_ordered(*, by: Reader) -> int:
    """For the purpose "returns": count and send what has been ordered; how many orders were done.

    An order that cannot be sent keeps the sentence why, and is done: it must be asked for anew.
    """
    orders = list(Order.objects.select_for_update(skip_locked=True).filter(done_at__isnull=True).order_by("ordered_at"))
    for order in orders:
        try:
            send_return(period=order.period, by=by, order=order)
            order.said = f"Tall for {label(parse(order.period))} er sendt."
        except (CannotSend, NoKey) as error:
            order.said = str(error)[:300]
        order.done_at = now()
        order.save(update_fields=["said", "done_at"])
    return len(orders)


def _sendable(period: str, by: Reader, today: date | None) -> tuple[Quarter, OfficeRef]:
    quarter = _quarter(period)
    if not may_be_sent(quarter, today or day_of(now())):
        raise CannotSend(f"{label([quarter]).capitalize()} er ikke over ennå. Tall sendes når kvartalet er slutt.")
    born = queries.born_in()
    if born is not None and quarter < born:
        raise CannotSend("Tallene fra før sammenslåingen er sendt av kommunene som var, og står som de er.")
    region = region_of(by.office)
    if region is None:
        raise CannotSend("Kommunen hører ikke til en region å sende til.")
    return quarter, region


@transaction.atomic
def send_return(
    *, period: str, by: Reader, today: date | None = None, order: Order | None = None, again: bool = False
) -> Outcome:
    """Count one quarter («2019Q3») and since the start, and send both. Raises CannotSend, and NoKey from the post.

    For the purpose "returns", which sees every case: a hidden one counts too, because leaving it out would tell that
    it is there. By command the same counts are not sent twice, nor is what only has more in it than a return could hold
    then, but by `again`: an upgrade would else make corrections of every quarter there ever was. What a person orders
    always leaves: a letter that did not would tell them that no case has come, also of those they may not see. The
    region takes the newest.
    """
    quarter, region = _sendable(period, by, today)
    turn.wait_for("returns.send")  # what is counted last is laid last
    cases = queries.registered_cases()
    gone = queries.gone_counts()
    letter = drafted(quarter, cases, queries.started_on(by.office, cases, gone), by, gone)
    before = queries.newest(quarter)
    digest = digest_of(letter)
    same = before is not None and before.digest == digest
    adds = before is not None and not same and only_adds(letter, before)
    if order is None and before and (same or (adds and not again)):
        return Outcome(before, sent=False, correction=False, adds=adds)
    letter_id = send(letter, to=region, by=by)
    row = SentReturn(
        id=order.id if order else uuid4(),
        period=letter.period,
        form=letter.form_version,
        content=content_of(letter),
        digest=digest,
        letter_id=letter_id,
        sent_at=letter.sent_at,
        number=queries.next_number(),
        sent_by=order.ordered_by_name if order else by.name,
        seen_by=order.ordered_by if order else None,
        seen_digest=order.seen_digest if order else "",
    )
    row.save()
    record(by=by, action=Action.SEND, what="returns.return", ids=[row.id])
    return Outcome(row, sent=True, correction=before is not None and not adds, adds=adds)


def _quarter(period: str) -> Quarter:
    try:
        quarters = parse(period)
    except ValueError as error:
        raise CannotSend(str(error)) from error
    if len(quarters) != 1:
        raise CannotSend("Tall sendes for ett kvartal om gangen, for eksempel 2019Q3.")
    return quarters[0]
