"""Loading a template; beginning, saving and signing an assessment."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from shared.codes.template_file import load_data
from shared.codes.templates import shipped, shipped_data
from tenants.cases.access import require_case
from tenants.cases.models import Case
from tenants.cases.queries import locked
from tenants.cases.states import check_open
from tenants.inbox.mistakes_queries import mark_of
from tenants.inbox.queries import held_by_right
from tenants.risk import offers, queries
from tenants.risk.models import Assessment, Overtaken, RiskTemplate
from tenants.risk.states import Given, check_given, missing
from varde import refusal
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.days import A_YEAR, check_to_come
from varde.refusal import Refused
from varde.ui.dates import day_of

MEANWHILE = "Noen andre har valgt mal mens siden sto åpen. Se hvilken som er i bruk nå, og velg på nytt."


@transaction.atomic
def load_template(*, text: str, by: Reader, at: datetime | None = None) -> RiskTemplate:
    """Take a template into use for new drafts. Raises BadTemplate, and Refused for a version that is there already."""
    require(by, Permission.SETTINGS)
    content = load_data(text)
    known = {(row.key, row.version) for row in queries.loaded()} | {(shipped().key, shipped().version)}
    if (content["key"], content["version"]) in known:
        raise Refused("Denne utgaven finnes fra før. Gi malen et nytt versjonsnummer i filen.")
    return _into_use(content, by, at)


@transaction.atomic
def use_template(*, content: dict[str, Any], seen: str | None, by: Reader, at: datetime | None = None) -> RiskTemplate:
    """Take a template that the office has into use: one that the region sent, an earlier one, or the shipped one.

    `seen` is the one in use that the page showed (`queries.stands`). Raises Refused for the one in use already and
    for one whose name and version another template has here, and Overtaken when somebody has chosen meanwhile.
    """
    require(by, Permission.SETTINGS)
    refusal.check_seen(seen, queries.stands(), MEANWHILE)
    sentence = offers.clash(content, queries.loaded(), shipped_data())
    if sentence or content == queries.in_force()[1]:
        raise Refused(sentence or "Malen er alt i bruk.")
    return _into_use(content, by, at)


def _into_use(content: dict[str, Any], by: Reader, at: datetime | None) -> RiskTemplate:
    row = RiskTemplate(
        **{name: content[name] for name in ("key", "version", "title")},
        content=content,
        loaded_at=at or now(),
        loaded_by=by.user_id,
        loaded_by_name=by.name,
    )
    row.save()
    record(by=by, action=Action.CREATE, what="risk.template", ids=[row.id])
    return row


@transaction.atomic
def begin(*, case: Case, by: Reader, at: datetime | None = None) -> Assessment:
    """The draft of the case: the one that somebody has begun, else a new one on the template in force.

    Raises the case's Refused when it is closed.
    """
    require_case(by, case)
    check_open(locked(case).state)
    found = queries.draft_of(case)
    if found is not None:
        return found
    moment, (_, content) = at or now(), queries.in_force()
    draft = Assessment(
        case=case, template=content, made_at=moment, made_by_name=by.name, saved_at=moment, saved_by_name=by.name
    )
    draft.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="risk.assessment", ids=[case.id])
    return draft


def save_draft(*, draft: Assessment, given: Given, next_on: date | None, version: int, by: Reader) -> Assessment:
    """Save what has been written so far. `version` is the one that the writer saw.

    Raises `refusal.Overtaken` when somebody else saved or signed meanwhile; what was written is then kept beside it.
    """
    held = _saved(draft, given, next_on, version, by)
    if held is None:
        raise refusal.Overtaken(_told(draft))
    return held


def _saved(draft: Assessment, given: Given, next_on: date | None, version: int, by: Reader) -> Assessment | None:
    """None when somebody was first. Not an error inside the transaction, or the text that lost would go with it."""
    with transaction.atomic():
        held = _held(draft, by)
        check_given(queries.shown(held).template, given)
        if held.signed_at is not None or held.version != version:
            _keep_beside(held, given, by)
            draft.saved_by_name = held.signed_by_name or held.saved_by_name
            return None
        held.given, held.next_on, held.version = given.stored(), next_on, version + 1
        held.saved_at, held.saved_by_name = now(), by.name
        held.save()
        record(by=by, action=Action.CHANGE, what="risk.assessment", ids=[held.case_id])
    return held


def _told(draft: Assessment) -> str:
    return f"{refusal.overtaken(draft.saved_by_name)} Det som er lagret, ser du nederst på siden."


def _held(draft: Assessment, by: Reader) -> Assessment:
    require_case(by, draft.case)
    check_open(locked(draft.case).state)
    fresh = Assessment.objects.select_for_update().get(pk=draft.pk)
    fresh.case = draft.case
    mark = mark_of(fresh)
    if mark is not None:
        raise Refused(f"{mark.who} har forkastet utkastet: {mark.reason}")
    return fresh


def _keep_beside(held: Assessment, given: Given, by: Reader) -> None:
    kept = Overtaken(
        case=held.case, assessment=held, given=given.stored(), at=now(), by_user=by.user_id, by_name=by.name
    )
    kept.save()
    record(by=by, action=Action.CREATE, what="risk.overtaken", ids=[held.case_id])


@transaction.atomic
def sign(*, draft: Assessment, version: int, knows: bool, by: Reader, at: datetime | None = None) -> Assessment:
    """Sign the draft as it was last saved; from now on it is frozen. Only a person who sees the case by right signs.

    Raises Refused for gaps, for a day that is past, for an older `version`, and for somebody without valid
    certification who has not said that they know (`knows`).
    """
    held, moment = _held(draft, by), at or now()
    if by.user_id is None or not held_by_right(held.case.concern_id):
        raise Refused("Bare en som er på saken, kan signere.")
    if held.signed_at is not None:
        raise Refused(f"{held.signed_by_name} har alt signert vurderingen.")
    refusal.check_seen(str(version), str(held.version), _told(held))
    today = day_of(moment)
    shown = queries.shown(held)
    gaps = missing(shown.template, shown.given, held.next_on)
    if gaps or held.next_on is None:
        raise Refused(" ".join(gap.sentence for gap in gaps))
    check_to_come(held.next_on, today, A_YEAR)
    held.certified = queries.is_certified(by, today)
    if not held.certified and not knows:
        raise Refused("Du har ikke gyldig RITE-sertifisering. Kryss av for at du vet det, eller la en annen signere.")
    held.signed_at, held.signed_by, held.signed_by_name = moment, by.user_id, by.name
    held.save()
    record(by=by, action=Action.CHANGE, what="risk.assessment.signed", ids=[held.case_id])
    return held


@transaction.atomic
def mark_reminded(*, rows: list[Assessment], by: Reader) -> None:
    """It has been told that the next one of these is due; once per assessment."""
    Assessment.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_at=now())
    if rows:
        record(by=by, action=Action.SEND, what="risk.assessment", ids=[row.case_id for row in rows])
