"""Entries of the voice and cards can be marked as entered wrongly. A marked card is found by nothing any more."""

from tenants.inbox.mistakes_queries import Kind, as_mistake
from tenants.persons.card import facts
from tenants.persons.laid_terms import lay_terms
from tenants.persons.models import Person
from tenants.persons.queries import card_of, shown_name
from tenants.persons.spoken import VoiceEntry
from tenants.persons.states import check_not_merged
from tenants.persons.voice import STAGES, WORDS, Said, said_facts
from varde.access import Reader
from varde.ui.dates import date_and_time


def _voice(row: VoiceEntry) -> list[tuple[str, str]]:
    said = Said.of(row.given)
    return [
        ("Skrevet", f"{date_and_time(row.at)} av {row.by_name}"),
        (dict(STAGES)[row.stage], dict(WORDS).get(said.words, "")),
        *((fact["label"], fact["value"]) for fact in said_facts(said)),
    ]


def _card(row: Person) -> list[tuple[str, str]]:
    card = card_of(row)
    return [
        ("Laget", f"{date_and_time(row.made_at)} av {row.made_by_name}"),
        (row.get_role_display(), shown_name(row)),
        *((fact["label"], fact["value"]) for fact in facts(card)),
    ]


def _check_card(row: Person) -> None:
    check_not_merged(row.merged_into_id is not None, row.absorbed.exists())


def _without_terms(row: Person, by: Reader) -> None:
    lay_terms([row])


VOICE = Kind(
    "stemme", VoiceEntry, "hva personen har sagt", _voice, lambda row: f"/innboks/{row.concern_id}/stemme",
    as_mistake("det som er skrevet"),
)  # fmt: skip
CARD = Kind(
    "kort", Person, "et personkort", _card, lambda row: f"/innboks/{row.concern_id}/personer", as_mistake("kortet"),
    _check_card, _without_terms,
)  # fmt: skip
