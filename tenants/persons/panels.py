"""What other pages show of persons: warnings on top, the cards, the person's own voice, and where they come again."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from tenants.inbox.home import home_of, reopening_of
from tenants.inbox.mistakes_queries import address, marks_of
from tenants.inbox.models import Concern
from tenants.inbox.panels import Panel
from tenants.inbox.states import OVER
from tenants.persons import queries
from tenants.persons.access import note_listed
from tenants.persons.card import Card
from tenants.persons.elsewhere import elsewhere, shut_addresses
from tenants.persons.models import Person
from tenants.persons.queries import Danger
from tenants.persons.repeats import repeats_of
from tenants.persons.spoken import ContactPlan, SafetyWarning, VoiceEntry
from tenants.persons.states import HIDDEN_ADDRESS
from tenants.persons.terms import names_place
from tenants.persons.voice import NOT_ASKED, STAGES, WAYS, WORDS, Contact, Said, contact_facts, said_facts, sentence_of
from varde.access import Reader
from varde.clock import now
from varde.privacy.errors import Destroyed
from varde.privacy.fields import open_together
from varde.ui.dates import day_of
from varde.ui.gone import GONE, words

Shown = dict[str, Any]


def of_matter(concern: Concern, reader: Reader) -> Shown:
    """The cards and the warnings of a matter, and the way back to it, for its pages."""
    persons = queries.persons_of(concern)
    found = _dangers(concern)
    around = _around(concern, reader)
    return {
        "persons": persons,
        "rows": [_row(person) for person in persons],
        "dangers": found,
        "around": around,
        "danger_panel": {"dangers": [*found, *around], "concern": concern},
        "home": home_of(concern),
        "reopening": reopening_of(concern, reader) if concern.progress == "closed" else "",
    }


def _row(person: Person) -> Shown:
    card = queries.card_of(person)
    return {"person": person, "card": card, "called": card.called, "address": card.shown_address}


def _dangers(concern: Concern, *, ended: bool = False) -> list[Danger]:
    rows = queries.warnings_of(concern, ended=ended)
    return queries.dangers(rows, queries.everybody_in(concern), day_of(now())) if rows else []


def _around(concern: Concern, reader: Reader) -> list[Danger]:
    """Warnings of other matters that hold here; those matters are noted as seen."""
    found = elsewhere([concern.pk], day_of(now())).get(concern.pk, [])
    note_listed(reader, "persons.warning", _sources(found))
    return found


def _sources(found: list[Danger]) -> list[UUID]:
    return list(dict.fromkeys(danger.matter for danger in found))


def danger_panel(concern: Concern, reader: Reader) -> Shown:
    """For `persons/_dangers.html`: what whoever meets or calls somebody of this matter must know, from wherever."""
    return {"dangers": [*_dangers(concern), *_around(concern, reader)], "concern": concern}


def brief(matters: Collection[UUID], reader: Reader) -> dict[UUID, list[str]]:
    """For lists: «Hund», of each matter that has a warning or is warned of elsewhere; a constant number of queries."""
    rows = list(SafetyWarning.objects.filter(concern__in=matters, ended_at=None).order_by("at", "id"))
    open_together(rows)
    found: dict[UUID, list[str]] = {}
    for row in rows:
        found.setdefault(row.concern_id, []).append(queries.danger_kind(row))
    for matter, dangers in elsewhere(matters, day_of(now())).items():
        found.setdefault(matter, []).extend(danger.kind for danger in dangers)
        note_listed(reader, "persons.warning", _sources(dangers))
    return {matter: list(dict.fromkeys(kinds)) for matter, kinds in found.items() if kinds}


def ended_dangers(concern: Concern) -> list[Danger]:
    """Warnings that somebody ended, with the reason."""
    return _dangers(concern, ended=True)


def top_of(concern: Concern, reader: Reader) -> Panel | None:
    """Warnings, for the top of a page; nothing where there are none."""
    found = danger_panel(concern, reader)
    return Panel("persons/_dangers.html", found, top=True) if found["dangers"] else None


def persons_panel(concern: Concern, reader: Reader) -> Panel:
    """The cards, and the matters where they come again; those are noted as seen."""
    everybody = queries.everybody_in(concern)
    repeats = repeats_of(concern, everybody) if everybody else []
    note_listed(reader, "inbox.concern", [each.concern_id for each in repeats])
    wrong = marks_of(Person, [person.pk for person in everybody])
    rows = [_row(person) for person in everybody if person.merged_into_id is None and person.pk not in wrong]
    return Panel("persons/_persons.html", {"concern": concern, "repeats": repeats, "rows": rows})


def voice_panel(concern: Concern, reader: Reader) -> Panel:
    """The newest of what the person said, and a hint while nobody has asked."""
    plans, said = shown_plans(concern), shown_voice(concern)
    asked = any(each["entry"].asked for each in said)
    context = {
        "concern": concern,
        "newest": [_without_ways(each) for each in said[-1:]],
        "said": said[-3:-1],
        "plan": plans[0] if plans else None,
        "not_asked": "" if asked or concern.progress in OVER else NOT_ASKED,
    }
    return Panel("persons/_voice.html", context)


def _without_ways(shown: Shown) -> Shown:
    """An entry on a page where the safe ways stand at the top already."""
    return shown | {"facts": [fact for fact in shown["facts"] if fact["label"] not in WAYS]}


def shown_voice(concern: Concern, *, wrong: bool = False) -> list[Shown]:
    """The entries as a page shows them, oldest first; with `wrong` also those that were entered wrongly, marked."""
    rows = queries.all_voice(concern) if wrong else queries.voice_of(concern)
    marks = marks_of(VoiceEntry, [row.pk for row in rows]) if wrong else {}
    return [_entry(row) | {"mark": marks.get(row.pk)} for row in rows]


def _entry(entry: VoiceEntry) -> Shown:
    mark_at = address(entry.concern_id, "stemme", entry.pk)
    try:
        said = Said.of(entry.given)
    except Destroyed:
        return {"entry": entry, "words": GONE, "facts": []}
    about = f" · {queries.shown_name(entry.person)}" if entry.person else ""
    return {
        "entry": entry,
        "stage": f"{dict(STAGES)[entry.stage]}{about}",
        "words": dict(WORDS).get(said.words, ""),
        "facts": said_facts(said),
        "mark_at": mark_at,
    }


def shown_plans(concern: Concern) -> list[Shown]:
    """The plans for the first contact, the newest first, each with what follows from how it went."""
    return [_plan(plan) for plan in queries.contact_plans(concern)]


def _plan(plan: ContactPlan) -> Shown:
    try:
        contact = Contact.of(plan.given)
    except Destroyed:
        return {"plan": plan, "facts": [{"label": "Plan", "value": GONE}], "sentence": "", "state": "", "waits": False}
    return {
        "plan": plan,
        "facts": contact_facts(contact),
        "sentence": sentence_of(contact.state),
        "state": contact.state,
        "waits": contact.state != "met",
    }


def hidden_facts(concern: Concern) -> dict[str, str]:
    """Of what was told: which fields must not be shown because they are, or may be, a protected address."""
    protected = [
        (person, card)
        for person in queries.everybody_in(concern)
        if person.merged_into_id is None and (card := queries.whole_card(person)).protected
    ]
    if not protected:
        return {}
    hidden = [name for name in ("where_happened", "extra", "safe_person") if _names(words(concern, name), protected)]
    lives = words(concern, "where_lives")
    if lives and (any(person.role == "exposed" for person, _ in protected) or _names(lives, protected)):
        hidden.append("where_lives")
    return dict.fromkeys(hidden, HIDDEN_ADDRESS)


def hidden_texts(concern: Concern, texts: Collection[str]) -> Mapping[str, str]:
    """Those that name a protected address of the matter, as `hidden_facts` asks of what was told first."""
    addresses = shut_addresses([concern.pk]).get(concern.pk, []) if any(texts) else []
    return {text: HIDDEN_ADDRESS for text in texts if any(names_place(text, each) for each in addresses)}


def _names(text: str, protected: list[tuple[Person, Card]]) -> bool:
    return any(card.address and names_place(text, card.address) for _, card in protected)
