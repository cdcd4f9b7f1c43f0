"""A concern's told words as labels and values for a page."""

from tenants.inbox.models import Concern
from tenants.inbox.states import ABOUT_STAFF
from tenants.inbox.told import LEADER_TOLD, PERSON_KNOWS, REPORTER_KINDS
from varde.ui.dates import short_date
from varde.ui.gone import words

# Labels as the team reads them; the reporter's own form asks in other words.
_TEXTS = (
    ("Hvem det gjelder", "who"),
    ("Bosted", "where_lives"),
    ("Sted for hendelsen", "where_happened"),
    ("Når og hvor ofte", "when"),
    ("Mistenkt", "suspected"),
    ("Annet", "extra"),
)
_REPORTER = (
    ("Navn", "reporter_name"),
    ("Telefon", "reporter_phone"),
    ("Relasjon", "reporter_relation"),
    ("Trygg kontakt", "safe_contact"),
)
Fact = dict[str, str]


def told_facts(concern: Concern) -> dict[str, list[Fact]]:
    """{"matter": […], "reporter": […]}; empty for a concern that nobody has opened."""
    if concern.progress == "received":
        return {"matter": [], "reporter": []}
    day = short_date(concern.occurred_on) if concern.occurred_on else ""
    matter = [_fact(label, words(concern, name)) for label, name in _TEXTS]
    return {
        "matter": [*matter[:4], _fact("Skjedde sist", day), *matter[4:], *_staff(concern)],
        "reporter": _reporter(concern),
    }


def _staff(concern: Concern) -> list[Fact]:
    """Said only when it is so: nobody should have to look for it. In a transfer it speaks of the other kommune."""
    label = "Gjelder noen i kommunen den kom fra" if concern.channel == "transfer" else "Gjelder noen i kommunen"
    return [_fact(label, dict(ABOUT_STAFF).get(about, about))] if (about := words(concern, "about_staff")) else []


def _reporter(concern: Concern) -> list[Fact]:
    kind = dict(REPORTER_KINDS).get(concern.reporter_kind, concern.reporter_kind)
    rows = [_fact("Melder", f"{kind}, anonym" if concern.anonymous else kind)]
    rows += [_fact(label, words(concern, name)) for label, name in _REPORTER]
    asked = [
        ("Vet personen om meldingen?", dict(PERSON_KNOWS).get(concern.person_knows, "")),
        ("Sagt fra til leder?", dict(LEADER_TOLD).get(concern.leader_told, "")),
    ]
    return rows + [_fact(label, answer) for label, answer in asked if answer]


def _fact(label: str, value: str) -> Fact:
    return {"label": label, "value": value}
