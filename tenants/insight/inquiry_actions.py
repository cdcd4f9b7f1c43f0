"""A request that is in no matter: taken down, its matches judged, answered, put off or withdrawn."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from tenants.inbox.models import Concern
from tenants.insight import inquiry as rules
from tenants.insight import inquiry_queries as queries
from tenants.insight.access import held
from tenants.insight.inquiry import Inquirer
from tenants.insight.inquiry_access import require_answering
from tenants.insight.inquiry_models import Inquiry, InquiryAnswer, InquiryTerm, InquiryVerdict
from tenants.insight.states import IDENTITIES, check_received, check_until, month_after
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.audit.extract import GROUND
from varde.clock import now
from varde.privacy.keyring import new_matter_id
from varde.refusal import Refused
from varde.ui.dates import day_of


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for whom, how it was made sure who they are, and when the request came."""

    asker: str
    identity: str
    received_on: date
    asker_name: str = ""


@transaction.atomic
def register(*, about: Inquirer, asked: Asked, by: Reader) -> Inquiry:
    """Take a request down with what is searched for; it is due a month after it came.

    Raises Refused without a name, for somebody who speaks for another without a mandate, and for an odd day.
    """
    require_answering(by)
    rules.check_identity(asked.asker, asked.identity)
    check_received(asked.received_on, day_of(now()))
    found = queries.terms_of(about)
    if not about.name.strip() or not found or asked.identity not in dict(IDENTITIES):
        raise Refused("Skriv navnet, så dere har noe å søke etter.")
    row = Inquiry(
        id=new_matter_id(),
        name=about.name,
        id_number=about.id_number,
        born_on=about.born_on,
        phone=about.phone,
        address=about.address,
        asker=asked.asker,
        asker_name=asked.asker_name,
        identity=asked.identity,
        received_on=asked.received_on,
        due_on=month_after(asked.received_on),
        made_at=now(),
        made_by_name=by.name[:200],
    )
    row.save(force_insert=True)
    for kind, token in sorted(found):
        InquiryTerm(inquiry=row, kind=kind, token=token).save()
    record(by=by, action=Action.CREATE, what="insight.inquiry", ids=[row.pk], ground=GROUND)
    return row


@transaction.atomic
def judge(*, inquiry: Inquiry, concern: Concern, same: bool, by: Reader) -> InquiryVerdict:
    """Say whether a matter is about the person; for whoever holds the matter. It is logged under the matter alone."""
    matter = held(by, concern)
    row = InquiryVerdict(concern=matter, inquiry=inquiry, same=same, at=now(), by_name=by.name[:200])
    row.save()
    reason = "personen står i saken" if same else "en annen person"
    record(by=by, action=Action.CREATE, what="insight.verdict", ids=[matter.pk], reason=reason, ground=GROUND)
    return row


@transaction.atomic
def answer(*, inquiry: Inquiry, by: Reader) -> InquiryAnswer:
    """The request is answered: nothing was found, or the answer is given in the matter. Seen by nobody else which.

    Raises Refused for one that is over, and while a match that this reader sees is not judged.
    """
    require_answering(by)
    if by.user_id is None:
        raise PermissionDenied
    row = _locked(inquiry)
    kind = rules.kind_of([each.same for each in queries.matches(row)])
    moment = now()
    row.state, row.ended_at, row.ended_by_name = "answered", moment, by.name[:200]
    row.final_on = rules.final_day(row.due_on, day_of(moment))
    row.save(update_fields=["state", "ended_at", "ended_by_name", "final_on"])
    made = InquiryAnswer(inquiry=row, kind=kind, at=moment, by_user=by.user_id, by_name=by.name[:200])
    made.save()
    record(by=by, action=Action.CHANGE, what="insight.inquiry", ids=[row.pk], reason="besvart", ground=GROUND)
    return made


@transaction.atomic
def withdraw(*, inquiry: Inquiry, reason: str, by: Reader) -> None:
    """Whoever asked takes it back. Raises Refused for one that is over or without a word of how."""
    require_answering(by)
    row = _locked(inquiry)
    if not reason.strip():
        raise Refused("Skriv hvordan dere fikk vite det.")
    row.state, row.reason, row.ended_at, row.ended_by_name = "withdrawn", reason, now(), by.name[:200]
    row.save(update_fields=["state", "reason", "ended_at", "ended_by_name"])
    record(by=by, action=Action.CHANGE, what="insight.inquiry", ids=[row.pk], reason="trukket", ground=GROUND)


@transaction.atomic
def extend(*, inquiry: Inquiry, until: date, reason: str, by: Reader) -> None:
    """Move the deadline, at most two months, and why (article 12 no. 3). Raises Refused as for any request."""
    require_answering(by)
    row = _locked(inquiry)
    check_until(until, reason, row.received_on, row.due_on)
    row.due_on, row.reason = until, reason
    row.save(update_fields=["due_on", "reason"])
    record(by=by, action=Action.CHANGE, what="insight.inquiry", ids=[row.pk], reason="utsatt frist", ground=GROUND)


def _locked(inquiry: Inquiry) -> Inquiry:
    row = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    rules.check_open(row.state)
    return row
