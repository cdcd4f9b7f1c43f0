"""What came along, in words for a page: sections of lines in time. Pure; a code that is not known stands as it is."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from shared.codes.checklists import acute
from shared.codes.duties import duties
from shared.contracts import known
from shared.contracts.known import Known
from tenants.closing.transfer import Earlier
from tenants.measures.requests_states import STATES as REQUEST_STATES
from tenants.measures.safety import SECTIONS
from tenants.measures.states import STATES as MEASURE_STATES
from tenants.persons.card import Card, facts, shown_as
from tenants.persons.states import HIDDEN_ADDRESS, ROLES
from tenants.persons.terms import same_place
from tenants.persons.voice import DANGERS, STAGES, WORDS, Contact, Said, contact_facts, said_facts
from tenants.triage.duties import ANSWERS
from tenants.triage.police import CONSENT, INFORMED, OUTCOMES, REPORTED
from varde.ui.dates import date_and_time, short_date

_DUTIES = {each.code: each.label for each in duties()}
_CHECKS = {each.code: each.label for each in acute().criteria} | {each.code: each.label for each in acute().questions}
_PLAN = {each.code: each.heading for each in SECTIONS}


@dataclass(frozen=True, slots=True)
class Shown:
    """A card as a page shows it: never a protected address."""

    called: str
    role: str
    facts: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and its lines, the oldest first."""

    title: str
    events: list[Earlier]


def card_in(person: known.KnownPerson) -> Card:
    """The same card here."""
    said = asdict(person)
    del said["role"]
    return Card(**said)


def cards(found: Known) -> list[Shown]:
    """Every card; of whoever reported, that it is sealed."""
    return [
        Shown(card.called, dict(ROLES).get(person.role, person.role), facts(card))
        for person, card in ((person, shown_as(person.role, card_in(person))) for person in found.persons)
    ]


def protected(found: Known) -> list[Card]:
    """Cards with an address that nobody may see in passing."""
    return [card for card in map(card_in, found.persons) if card.protected]


def parts(found: Known) -> list[Part]:
    """Everything but the cards; what has nothing to say is left out."""
    built = [
        Part("Varsler til den som skal på besøk", dangers(found)),
        Part("Personens egen stemme", [*_voices(found), *_events(found.contacts, _contact)]),
        Part("Risikovurderinger, signert der", _events(found.risks, _risk)),
        Part("Trygghetsplan", [_plan(found.plan)] if found.plan else []),
        Part("Plikter som ble vurdert", _events(found.duties, _duty)),
        Part(
            "Sjekkliste og samtaler med nødetatene", [*_events(found.checklists, _check), *_events(found.calls, _call)]
        ),
        Part("Politi og påtalemyndighet", [*_events(found.police, _police), *_events(found.prosecutions, _answer)]),
        Part("Tiltak", _events(found.measures, _measure)),
        Part("Forespørsler til andre", _events(found.requests, _request)),
        Part("Steg", _events(found.steps, _step)),
        Part("Ord i den anonyme registreringen", [_registered(found.registered)] if found.registered else []),
    ]
    return [part for part in built if part.events]


def _events[T](rows: Iterable[T], told: Callable[[T], Earlier]) -> list[Earlier]:
    return [told(row) for row in rows]


def dangers(found: Known) -> list[Earlier]:
    """The warnings; a place that is somebody's protected address is not named."""
    hidden = [card.address for card in protected(found) if card.address]
    return [_danger(row, found, hidden) for row in found.warnings]


def _danger(row: known.KnownWarning, found: Known, hidden: Sequence[str]) -> Earlier:
    place = HIDDEN_ADDRESS if row.place and any(same_place(row.place, each) for each in hidden) else row.place
    about = " · ".join(filter(None, [_called(row.person, found), place]))
    title = dict(DANGERS).get(row.kind, row.kind)
    known_by = f"Slik vet de det: {row.ground}" if row.ground else ""
    return Earlier(row.at, f"{title} ({about})" if about else title, _lines(row.text, known_by))


def _called(place: int | None, found: Known) -> str:
    person = None if place is None else found.persons[place]
    return "" if person is None else shown_as(person.role, card_in(person)).called


def _voices(found: Known) -> list[Earlier]:
    rows = []
    for row in found.voices:
        said = Said(**{name: getattr(row, name) for name in Said.__dataclass_fields__})
        who = _called(row.person, found)
        title = f"{dict(STAGES).get(row.stage, row.stage)}{f', {who}' if who else ''}"
        rows.append(Earlier(row.at, title, _lines(dict(WORDS).get(said.words, ""), *_said(said_facts(said)))))
    return rows


def _said(rows: Iterable[dict[str, Any]]) -> list[str]:
    return [f"{row['label']}: {row['value']}" for row in rows]


def _lines(*lines: str) -> str:
    return "\n".join(filter(None, lines))


def _contact(row: known.KnownContact) -> Earlier:
    plan = Contact(**{name: getattr(row, name) for name in Contact.__dataclass_fields__})
    return Earlier(row.at, "Førstekontakt", _lines(*_said(contact_facts(plan))))


def _risk(row: known.KnownRisk) -> Earlier:
    answers = [f"{each.question}: {each.answer}" for each in row.answers]
    last = f"Neste vurdering: {short_date(row.next_on)}" if row.next_on else ""
    unsure = "" if row.certified else "Signert uten gyldig RITE-sertifisering"
    return Earlier(row.signed_at, f"{row.level}. {row.template}", _lines(row.reason, *answers, last, unsure))


def _registered(row: known.KnownWords) -> Earlier:
    return Earlier(row.at, "Skrevet der", _lines(*(f"{each.question} {each.answer}" for each in row.answers)))


def _plan(row: known.KnownPlan) -> Earlier:
    said = [f"{_PLAN.get(code, code)}: {text}" for code, text in row.parts.items() if text]
    agreed = f"Avtalt med personen {short_date(row.agreed_on)}" if row.agreed_on else "Ikke avtalt med personen ennå"
    return Earlier(row.at, agreed, _lines(*said))


def _duty(row: known.KnownDuty) -> Earlier:
    title = f"{_DUTIES.get(row.duty, row.duty)}: {dict(ANSWERS).get(row.answer, row.answer)}"
    return Earlier(row.at, title, row.reason)


def _check(row: known.KnownChecklist) -> Earlier:
    ticked = [_CHECKS.get(code, code) for code in row.criteria]
    yes = [_CHECKS.get(code, code) for code, answer in row.answers.items() if answer == "yes"]
    notes = [f"{_CHECKS.get(code, code)}: {text}" for code, text in row.notes.items() if text]
    return Earlier(row.at, "Sjekkliste", _lines(*ticked, *yes, *notes, row.not_acute))


def _call(row: known.KnownCall) -> Earlier:
    return Earlier(row.at, f"Ringt {row.number}", row.outcome)


def _police(row: known.KnownPolice) -> Earlier:
    said = [
        ("Anmeldt", dict(REPORTED).get(row.reported, row.reported)),
        ("Av", row.reported_by),
        ("Dato", row.reported_on),
        ("Saksnummer", row.case_number),
        ("Etterforsker", " ".join(filter(None, [row.investigator, row.investigator_phone]))),
        ("Politikontakten er orientert", dict(INFORMED).get(row.informed, row.informed)),
        ("Vil den utsatte anmelde?", dict(CONSENT).get(row.consent, row.consent)),
        ("Hvorfor ikke", row.no_consent),
        ("I stedet", row.instead),
    ]
    return Earlier(row.at, "Politiet", _lines(*(f"{label}: {value}" for label, value in said if value)))


def _answer(row: known.KnownProsecution) -> Earlier:
    outcome = dict(OUTCOMES).get(row.outcome, row.outcome)
    return Earlier(row.at, f"{outcome}, {short_date(row.decided_on)}", row.note)


def _measure(row: known.KnownMeasure) -> Earlier:
    title = f"{dict(MEASURE_STATES).get(row.status, row.status)}: {row.title}"
    due = "" if row.ended_at else f"Frist {short_date(row.due_on)}"
    return Earlier(row.at, title, _lines(row.service, due, row.effect))


def _request(row: known.KnownRequest) -> Earlier:
    title = f"{row.to}: {dict(REQUEST_STATES).get(row.state, row.state).lower()}"
    return Earlier(row.at, title, _lines(row.asked, f"Svar: {row.answer}" if row.answer else ""))


def _step(row: known.KnownStep) -> Earlier:
    if row.done_at is not None:
        return Earlier(row.done_at, "Gjort", row.text)
    return Earlier(row.due_at, f"Ikke gjort, frist {date_and_time(row.due_at)}", row.text)
