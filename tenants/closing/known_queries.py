"""What the team knows of a matter beside the told words, as it is sent to the team that takes over.

What stays: who here wrote or owned anything, who is shut out, notes that were not asked for, what was shared and with
whom, the ticks of the registration form, and the card of a reporter who was anonymous.
"""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from shared.contracts import known
from shared.contracts.known import Known
from tenants.cases.models import Case
from tenants.closing.registered import words_of
from tenants.inbox.models import Concern
from tenants.measures import queries as measures
from tenants.measures import requests_queries, safety_queries
from tenants.measures.requests_models import Request
from tenants.persons import queries as persons
from tenants.persons.models import Person
from tenants.persons.voice import Contact, Said
from tenants.risk import queries as risk
from tenants.triage import checklist_queries, duties_queries, police_queries
from tenants.triage.models import NextStep
from varde.privacy.fields import open_together

SOME_SERVICE = "En tjeneste i kommunen"


def known_of(concern: Concern, case: Case | None) -> Known:
    """All of it. What belongs to a case is empty where there is none."""
    cards = [each for each in persons.persons_of(concern) if not (concern.anonymous and each.role == "reporter")]
    places = {same.pk: number for number, card in enumerate(cards) for same in persons.same_as(card)}
    return Known(
        persons=tuple(_person(card) for card in cards),
        warnings=_warnings(concern, places),
        voices=_voices(concern, places),
        contacts=tuple(
            known.KnownContact(at=row.at, **asdict(Contact.of(row.given)))
            for row in reversed(persons.contact_plans(concern))
        ),
        duties=tuple(
            known.KnownDuty(at=row.at, duty=row.duty, answer=row.answer, reason=reason)
            for row, reason in duties_queries.reasons(concern)
        ),
        checklists=_checklists(concern),
        calls=tuple(
            known.KnownCall(at=row.called_at, number=row.number, outcome=row.outcome)
            for row in reversed(checklist_queries.calls(concern))
        ),
        police=tuple(
            known.KnownPolice(at=row.at, **asdict(row.police)) for row in reversed(police_queries.said(concern))
        ),
        prosecutions=tuple(
            known.KnownProsecution(at=row.at, outcome=row.outcome, decided_on=row.decided_on, note=row.note)
            for row in reversed(police_queries.prosecutions(concern))
        ),
        steps=_steps(concern),
        **(_of_case(case) if case else {}),
    )


def _person(card: Person) -> known.KnownPerson:
    return known.KnownPerson(role=card.role, **asdict(persons.whole_card(card)))


def _place(person: Person | None, places: dict[UUID, int]) -> int | None:
    return None if person is None else places.get(person.pk)


def _warnings(concern: Concern, places: dict[UUID, int]) -> tuple[known.KnownWarning, ...]:
    return tuple(
        known.KnownWarning(
            at=row.at, person=_place(row.person, places), kind=row.kind, text=row.text, place=row.place,
            review_on=row.review_on, ground=row.ground,
        )
        for row in persons.warnings_of(concern)
    )  # fmt: skip


def _voices(concern: Concern, places: dict[UUID, int]) -> tuple[known.KnownVoice, ...]:
    return tuple(
        known.KnownVoice(
            at=row.at, person=_place(row.person, places), stage=row.stage, **asdict(Said.of(row.given))
        )
        for row in persons.voice_of(concern)
    )  # fmt: skip


def _checklists(concern: Concern) -> tuple[known.KnownChecklist, ...]:
    found = []
    for row in reversed(checklist_queries.checked(concern)):
        filled = row.filled
        found.append(
            known.KnownChecklist(
                at=row.at, version=row.version, criteria=filled.criteria, answers=filled.answers, notes=filled.notes,
                not_acute=filled.not_acute,
            )
        )  # fmt: skip
    return tuple(found)


def _steps(concern: Concern) -> tuple[known.KnownStep, ...]:
    rows = list(NextStep.objects.filter(concern=concern).order_by("made_at", "id"))
    open_together(rows)
    return tuple(known.KnownStep(text=row.told, due_at=row.due_at, done_at=row.done_at) for row in rows)


def _of_case(case: Case) -> dict[str, Any]:
    return {
        "risks": tuple(_risk(risk.shown(row)) for row in reversed(risk.signed(case))),
        "plan": _plan(case),
        "registered": words_of(case),
        "measures": tuple(
            known.KnownMeasure(
                at=row.made_at, kind=row.kind, title=row.title, service=row.service, legal_ground=row.legal_ground,
                due_on=row.due_on, status=row.status, effect=row.effect, ended_at=row.ended_at,
            )
            for row in sorted(measures.of_case(case), key=lambda row: row.made_at)
        ),
        "requests": tuple(
            known.KnownRequest(
                at=row.sent_at, to=_whom(row), asked=row.asked, ground=row.ground, state=row.state, answer=row.answer
            )
            for row in sorted(requests_queries.of_case(case), key=lambda row: row.sent_at)
        ),
    }  # fmt: skip


def _whom(row: Request) -> str:
    """A partner by name; of somebody who works here only the service."""
    if row.partner is not None:
        return row.partner.name
    return row.recipient.service or SOME_SERVICE if row.recipient else SOME_SERVICE


def _risk(shown: risk.Shown) -> known.KnownRisk:
    template, given = shown.template, shown.given
    answers = [
        known.KnownAnswer(question=item.text, answer=template.scale(item).label_of(given.items[item.id]))
        for item in template.items
        if item.id in given.items
    ]
    answers += [
        known.KnownAnswer(question=section.title, answer=given.words[section.id])
        for section in template.sections
        if given.words.get(section.id)
    ]
    if shown.row.signed_at is None:
        raise ValueError("bare det som er signert, sendes")
    return known.KnownRisk(
        signed_at=shown.row.signed_at, certified=shown.row.certified, template=template.name, level=shown.level,
        reason=given.reason, next_on=shown.row.next_on, answers=tuple(answers),
    )  # fmt: skip


def _plan(case: Case) -> known.KnownPlan | None:
    newest = safety_queries.newest(case)
    if newest is None:
        return None
    parts = dict(safety_queries.parts_of(newest))
    return known.KnownPlan(at=newest.made_at, agreed_on=newest.agreed_on, parts=parts)
