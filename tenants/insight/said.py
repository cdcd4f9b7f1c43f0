"""What a row of each kind says, as labels and values; nothing is left out of a row but what `sources` names."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from shared.codes.duties import duties
from shared.codes.forms import VERSIONS, form
from shared.codes.templates import build
from shared.contracts import AcuteAction, EarlierNote
from shared.contracts.fields import from_json
from shared.registry.queries import office_by_id
from tenants.closing.endings import MORE, SAFE
from tenants.inbox.callbacks_states import in_words
from tenants.inbox.returned_states import SERVICES
from tenants.inbox.states import ABOUT_STAFF, DENIALS
from tenants.measures.safety import SECTIONS
from tenants.persons.card import Card, facts
from tenants.persons.queries import shown_in
from tenants.persons.voice import DANGERS, WORDS, Contact, Said, contact_facts, said_facts
from tenants.risk.states import Given
from tenants.triage.checklist import YES_NO, Filled
from tenants.triage.lists_models import list_of
from varde.documents.kinds import KINDS
from varde.ui.dates import date_and_time, short_date

type Line = tuple[str, str]
type Says = Callable[[Any], Iterable[Line]]


def texts(**labels: str) -> Says:
    """A row of which these fields are said as they are: field = label, "_" for a space."""
    return lambda row: [(label, str(getattr(row, name))) for name, label in labels.items()]


def concern(row: Any, instead: Mapping[str, str] = MappingProxyType({})) -> list[Line]:
    """The words as they were told; who reported is not among them. `instead` stands for fields that no page shows."""
    day = short_date(row.occurred_on) if row.occurred_on else ""
    about = dict(ABOUT_STAFF).get(row.about_staff, row.about_staff)
    return [
        ("Hva det gjelder", row.what),
        ("Hvem det gjelder", row.who),
        ("Bosted", instead.get("where_lives") or row.where_lives),
        ("Trygg kontakt med personen", instead.get("safe_person") or row.safe_person),
        ("Sted for hendelsen", instead.get("where_happened") or row.where_happened),
        ("Når og hvor ofte", row.when),
        ("Skjedde sist", day),
        ("Mistenkt", row.suspected),
        ("Annet", instead.get("extra") or row.extra),
        ("Gjelder noen i kommunen", about),
    ]


def card(row: Any) -> list[Line]:
    """A card of a person; never a protected address, and nothing of who reported."""
    known = shown_in(row, Card.of(row.given))
    return [("Navn", known.called), *_facts(facts(known))]


def voice(row: Any) -> list[Line]:
    """What the person said."""
    said = Said.of(row.given)
    return [("Hvem ordene kommer fra", dict(WORDS).get(said.words, said.words)), *_facts(said_facts(said))]


def contact_plan(row: Any) -> list[Line]:
    """How the team first meets somebody."""
    return _facts(contact_facts(Contact.of(row.given)))


def warning(row: Any) -> list[Line]:
    """A danger to those who visit."""
    kind = dict(DANGERS).get(row.kind, row.kind)
    return [
        ("Fare", kind), ("Beskrivelse", row.text), ("Sted", row.place), ("Hvordan vi vet det", row.ground),
        ("Avsluttet fordi", row.ended_reason),
    ]  # fmt: skip


def put_right(row: Any) -> list[Line]:
    """What stood of a call back before somebody put it right."""
    return _facts(in_words({name: str(text) for name, text in row.was.items()}))


def denial(row: Any) -> list[Line]:
    """Why somebody is shut out."""
    return [("Grunn", dict(DENIALS).get(row.kind, row.kind))]


# Questions of the registration form whose answers tell who reported: what they are, and how they came to know.
_TELLS = frozenset({"melder", "grunnlag"})


def answers(row: Any) -> list[Line]:
    """The ticks of the registration form, in words."""
    return _ticks(row, frozenset())


def answers_given(row: Any) -> list[Line]:
    """The same without what tells who reported."""
    return _ticks(row, _TELLS)


def _ticks(row: Any, without: frozenset[str]) -> list[Line]:
    given = {key: codes for key, codes in row.given.items() if key not in without}
    if row.form not in VERSIONS:
        return [(key, ", ".join(map(str, codes))) for key, codes in given.items()]
    return [
        (question.label, ", ".join(each.label for each in question.answers if each.code in given[question.key]))
        for question in form(row.form).choices
        if given.get(question.key)
    ]


def assessment(row: Any) -> list[Line]:
    """A risk assessment by the template it was made on."""
    template, given = build(row.template), Given.of(row.given)
    found = [("Risikonivå", template.level.label_of(given.level)), ("Begrunnelse", given.reason)]
    for part in template.sections:
        for item in part.items:
            found.append((item.text, template.scale(item).label_of(given.items.get(item.id))))
        found.append((f"{part.title}, begrunnelse", given.words.get(part.id, "")))
    return found


def overtaken(row: Any) -> list[Line]:
    """A text that lost a race with another."""
    given = Given.of(row.given)
    return [("Begrunnelse", given.reason), *((key, text) for key, text in given.words.items())]


def duty(row: Any) -> list[Line]:
    """A duty that was weighed."""
    label = {each.code: each.label for each in duties()}.get(row.duty, row.duty)
    return [("Plikt", label), ("Svar", row.said), ("Begrunnelse", row.reason)]


def checked(row: Any) -> list[Line]:
    """The checklist as it was answered."""
    filled: Filled = row.filled
    asked = list_of(row.version).questions if filled.answers else ()
    answered = [(each.label, filled.answers[each.code]) for each in asked if each.code in filled.answers]
    return [
        ("Krysset av", "\n".join(row.ticked)),
        *((label, dict(YES_NO).get(answer, answer)) for label, answer in answered),
        *(("Merknad", text) for text in filled.notes.values()),
        ("Hvorfor ikke akutt", filled.not_acute),
        ("Gjelder tjenesten", filled.service or filled.other_service),
    ]


def call(row: Any) -> list[Line]:
    """Somebody rang because it was urgent."""
    return [
        ("Ringte", row.whom), ("Når", date_and_time(row.called_at)), ("Hvem ringte", row.caller),
        ("Utfall", row.outcome),
    ]  # fmt: skip


def police(row: Any) -> list[Line]:
    """Where it stands with the police."""
    return _facts(row.facts)


def telling(row: Any) -> list[Line]:
    """A duty that was to be told to somebody, and whether it was."""
    day, by_when = (short_date(each) if each else "" for each in (row.told_on, row.due_on))
    return [
        ("Plikt", row.label), ("Skulle meldes til", row.to_whom), ("Innen", by_when),
        ("Meldt", day), ("Meldt til", row.told_to), ("Ikke meldt fordi", row.dropped_because),
    ]  # fmt: skip


def prosecution(row: Any) -> list[Line]:
    """The prosecutor's answer."""
    return [("Påtalemyndigheten", row.said), ("Dato", short_date(row.decided_on)), ("Merknad", row.note)]


def carried(row: Any) -> list[Line]:
    """Who carries the matter."""
    return [
        ("Hvem har saken", row.said), ("Tjeneste", row.service), ("Søkt om", row.applied_for),
        ("Begrunnelse", row.reason),
    ]  # fmt: skip


def asked(row: Any) -> list[Line]:
    """What another service was asked, and what it answered."""
    return [
        ("Til", row.to_whom), ("Spurt om", row.asked), ("Mottatt av", row.received_by), ("Svar", row.answer),
    ]  # fmt: skip


def safety_plan(row: Any) -> list[Line]:
    """A version of the safety plan."""
    headings = {section.code: section.heading for section in SECTIONS}
    return [(headings.get(code, code), str(text)) for code, text in row.parts.items()]


def closing(row: Any) -> list[Line]:
    """The closing report."""
    return [
        ("Hva ble gjort", row.done), ("Hva ble ikke løst", row.unsolved), ("Tiltak som fortsetter", row.carried_on),
        ("Hva teamet lærte", row.learned), ("Hjalp det?", row.helped_in_words), ("Egne ord", row.own_words),
    ]  # fmt: skip


def followup(row: Any) -> list[Line]:
    """What was answered when somebody asked again."""
    return [
        ("Trygt nå", dict(SAFE).get(row.safe_now, row.safe_now)),
        ("Trengs mer", dict(MORE).get(row.needs_more, row.needs_more)),
        ("Merknad", row.text),
    ]


def arrival(row: Any) -> list[Line]:
    """What came with the matter from another kommune."""
    earlier = [
        (f"Avklart {each.get('at', '')[:10]}", each.get("reason", "")) for each in _list(row.earlier, "decisions")
    ]
    earlier += [(f"Notat {each.get('at', '')[:10]}", each.get("text", "")) for each in _list(row.earlier, "notes")]
    return [("Sammendrag", row.summary), *earlier]


def statement(row: Any) -> list[Line]:
    """What a person said against a text, and the answer."""
    return [("Personen sier", row.text), ("Om teksten", row.about), ("Svar", row.reason)]


def from_phone(row: Any) -> list[Line]:
    """What the phone did at once, and what was written where the concern came back from."""
    acts = [from_json(AcuteAction, each, "done") for each in _list(row.done, "rows")]
    notes = [from_json(EarlierNote, each, "noted") for each in _list(row.noted, "rows")]
    service = SERVICES.get(row.service, row.service)
    return [
        *([("Samtalen ble besvart av", service)] if service else []),
        *(
            (f"Gjort {date_and_time(act.at)}", ". ".join(filter(None, [act.what, act.by_service, act.note])))
            for act in acts
        ),
        *((f"Skrevet hos forrige kommune {date_and_time(note.at)}", note.text) for note in notes),
    ]


def attachment(row: Any) -> list[Line]:
    """A file, by what is said of it; what is in it is looked at by whoever decides."""
    kind = KINDS[row.kind].label if row.kind in KINDS else row.kind
    return [("Nummer", f"{row.number} ({kind})"), ("Filnavn", row.name), ("Filtype som ble oppgitt", row.declared)]


def to_whom(row: Any) -> str:
    """Who was asked for something."""
    return str(row.to_whom)


def told_whom(row: Any) -> str:
    """Who was told of something that there is a duty to tell; "" until it is told."""
    return str(row.told_to)


def shared_with(row: Any) -> str:
    """Who was told something on a recorded ground."""
    return str(row.recipient)


def contacted(row: Any) -> str:
    """Who was spoken with."""
    return row.partner.name if row.partner else str(row.who)


def transferred_to(row: Any) -> str:
    """The kommune that took the matter over."""
    return office_by_id(row.to_office).name


def _list(given: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    return [dict(each) for each in given.get(name, [])]


def _facts(rows: Iterable[Mapping[str, str]]) -> list[Line]:
    return [(row["label"], row["value"]) for row in rows]
