"""A request for access: taken down, gone through item by item, given, or ended otherwise."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from tenants.inbox.models import Concern
from tenants.insight import masks, papers, queries
from tenants.insight.access import held, require_deciding
from tenants.insight.files import given_with
from tenants.insight.gather import Found
from tenants.insight.masks import Known
from tenants.insight.models import AccessCopy, AccessFile, AccessRequest, ItemDecision
from tenants.insight.states import (
    Decided,
    check_decided,
    check_identity,
    check_open,
    check_received,
    check_until,
    file_name,
    month_after,
)
from tenants.persons.actions import add_asking
from tenants.persons.card import Card
from tenants.persons.models import Person
from varde.access import Reader
from varde.audit import extract
from varde.audit.actions import Action, record
from varde.clock import now
from varde.documents.paper import pdf
from varde.refusal import Overtaken, Refused, overtaken
from varde.ui.dates import day_of

GROUND = extract.GROUND
SOMETHING_NEW = "Teksten må være opplysningen med noe tatt ut. Skriv ikke noe nytt, bare «noen» eller «en annen»."
TELLS = (
    "Teksten kan vise hvem som meldte. Ta ut det som viser det, eller hold opplysningen tilbake. Må du vite hvem det "
    "er, bruk «Vis hvem som meldte» på saken. Da markeres det her."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, how it was made sure who they are, and when the request came."""

    asker: str
    identity: str
    received_on: date
    name: str = ""


@transaction.atomic
def register(*, person: Person, asked: Asked, by: Reader) -> AccessRequest:
    """Take a request down; it is due a month after it came.

    Raises Refused for a guardian without a mandate, for the name of whoever reported, and while another request about
    the person is open.
    """
    concern = held(by, person.concern)
    check_identity(asked.asker, asked.identity)
    if asked.asker == "reporter" and asked.name.strip():
        raise Refused("Skriv ikke navnet på den som meldte. Det vises bare under «Vis hvem som meldte».")
    check_received(asked.received_on, day_of(now()))
    if AccessRequest.objects.filter(concern=concern, person=person, asker=asked.asker, state="open").exists():
        raise Refused("Det ligger alt et åpent krav fra den samme i denne saken.")
    row = AccessRequest(
        concern=concern,
        person=person,
        asker=asked.asker,
        asker_name=asked.name,
        identity=asked.identity,
        received_on=asked.received_on,
        due_on=month_after(asked.received_on),
        made_at=now(),
        made_by_name=by.name[:200],
    )
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="insight.request", ids=[concern.id], ground=GROUND)
    return row


@transaction.atomic
def register_all(*, persons: Sequence[Person], asked: Asked, by: Reader) -> list[AccessRequest]:
    """The same request in each of these matters, or in none of them: every matter has a document of its own."""
    return [register(person=person, asked=asked, by=by) for person in persons]


@transaction.atomic
def register_newcomer(*, concern: Concern, name: str, role: str, asked: Asked, by: Reader) -> AccessRequest:
    """A request in a closed matter from somebody who has no card in it: the card is laid so that they can be answered.

    Raises Refused without a name, in a matter that is not closed, and as `register`.
    """
    person = add_asking(concern=concern, role=role, card=Card(name=name), by=by)
    return register(person=person, asked=asked, by=by)


@transaction.atomic
def decide(*, request: AccessRequest, found: Found, known: Known, decided: Decided, version: int, by: Reader) -> None:
    """Say what becomes of one item; `version` is the decision that the page showed, 0 for none.

    Raises Refused for a choice that lacks something, a masked text with something new in it, or one that tells who
    reported; Overtaken when somebody else has decided meanwhile, PermissionDenied for anybody but a coordinator.
    """
    require_deciding(by, request.concern)
    check_open(_locked(request).state)
    check_decided(decided)
    if decided.choice == "mask" and not masks.is_of(decided.text, found.text):
        raise Refused(SOMETHING_NEW)
    out = {"give": found.text, "mask": decided.text}.get(decided.choice, "")
    if masks.tells_who_reported(out, known):
        note_told(request=request, by=by)
        raise Refused(TELLS)
    row = ItemDecision.objects.select_for_update().filter(request=request, item=found.key).first()
    if (row.version if row else 0) != version:
        raise Overtaken(overtaken(row.by_name if row else "", row.at if row else None))
    row = row or ItemDecision(concern=request.concern, request=request, item=found.key, version=0)
    row.choice, row.ground, row.reason = decided.choice, "", ""
    row.text = decided.text if decided.choice == "mask" else ""
    if decided.choice == "withhold":
        row.ground, row.reason = decided.ground, decided.reason
    row.seen, row.version, row.at, row.by_name = found.print, version + 1, now(), by.name[:200]
    row.save(force_insert=version == 0)
    record(by=by, action=Action.CHANGE, what="insight.decision", ids=[request.concern_id], ground=GROUND)


@transaction.atomic
def give(*, request: AccessRequest, by: Reader) -> AccessCopy:
    """Make the document of what has been decided to give; what nobody decided on is not in it. Kept sealed with its
    print; every download is these bytes. With it go the cleaned copies of the files that are given whole.

    Raises Refused when nothing has been decided, the content has been deleted for good, or something that is to be
    given tells who reported, which may have been learned after it was decided on.
    """
    require_deciding(by, request.concern)
    row = _locked(request)
    check_open(row.state)
    row.concern, row.person = request.concern, request.person
    review = queries.review_of(row)
    if review.whole.gone:
        raise Refused("Innholdet er slettet. Det er ikke noe å gi.")
    if review.undecided == len(review.items):
        raise Refused("Ingen opplysninger er vurdert ennå. Gå gjennom dem først.")
    telling = [each.name for each in review.items if each.tells_who_reported]
    if telling:
        note_told(request=request, by=by)
        raise Refused(f"Dette kan nå vise hvem som meldte, og må vurderes på nytt før noe gis: {', '.join(telling)}.")
    moment = now()
    number = AccessCopy.objects.filter(request=row).count() + 1
    seen = extract.extract(row.concern_id, by) if papers.with_log(row) else None
    files = given_with(row.concern, review)
    names = {key: file_name(number, file.number) for key, file in files.items()}
    made = pdf(papers.paper_of(row, review, seen, papers.Made(by.office, moment, number, names)))
    copy = AccessCopy(
        concern=row.concern,
        request=row,
        number=number,
        pdf=base64.b64encode(made).decode(),
        sha256=hashlib.sha256(made).hexdigest(),
        at=moment,
        by_name=by.name[:200],
    )
    copy.save()
    for file in files.values():
        AccessFile(concern=row.concern, copy=copy, attachment=file).save()
    row.state, row.ended_at, row.ended_by_name = "given", moment, by.name[:200]
    row.save(update_fields=["state", "ended_at", "ended_by_name"])
    record(by=by, action=Action.EXPORT, what="insight.copy", ids=[row.concern_id], ground=GROUND)
    return copy


@transaction.atomic
def end(*, request: AccessRequest, state: str, reason: str, by: Reader) -> None:
    """The request is refused or withdrawn, and why. Raises Refused for one that is over or without a reason."""
    require_deciding(by, request.concern)
    row = _locked(request)
    check_open(row.state)
    if state not in ("refused", "withdrawn") or row.state != "open":
        raise Refused("Kravet er alt besvart.")
    if not reason.strip():
        raise Refused("Skriv hvorfor.")
    row.state, row.reason, row.ended_at, row.ended_by_name = state, reason, now(), by.name[:200]
    row.save(update_fields=["state", "reason", "ended_at", "ended_by_name"])
    record(by=by, action=Action.CHANGE, what="insight.request", ids=[row.concern_id], reason=row.get_state_display())


@transaction.atomic
def extend(*, request: AccessRequest, until: date, reason: str, by: Reader) -> None:
    """Move the deadline, at most two months, and why (article 12 no. 3).

    Raises Refused for an earlier day, a later one than the law allows, and a request that is over.
    """
    require_deciding(by, request.concern)
    row = _locked(request)
    if row.state != "open":
        raise Refused("Kravet er alt besvart.")
    check_until(until, reason, row.received_on, row.due_on)
    row.due_on, row.reason = until, reason
    row.save(update_fields=["due_on", "reason"])
    record(by=by, action=Action.CHANGE, what="insight.request", ids=[row.concern_id], reason="utsatt frist")


def note_told(*, request: AccessRequest, by: Reader) -> None:
    """That something tells who reported says a little of who it was: that look is in the log like any other."""
    reason = "Innsynskrav: fikk vite at en tekst kan vise hvem som meldte"
    record(by=by, action=Action.VIEW, what="inbox.reporter", ids=[request.concern_id], reason=reason, ground=GROUND)


def _locked(request: AccessRequest) -> AccessRequest:
    return AccessRequest.objects.select_for_update().get(pk=request.pk)
