"""A concern's told words as labels and values for a page."""

from collections.abc import Callable, Collection, Mapping

from tenants.inbox import reporter_queries
from tenants.inbox.models import Concern
from tenants.inbox.states import ABOUT_STAFF
from tenants.inbox.told import FIRST_TELLER, LEADER_TOLD, PERSON_KNOWS, REPORTER_KINDS
from varde.ui.dates import short_date
from varde.ui.gone import words

# Labels as the team reads them; the reporter's own form asks in other words.
_TEXTS = (
    ("Hvem det gjelder", "who"),
    ("Bosted", "where_lives"),
    ("Trygg kontakt med personen", "safe_person"),
    ("Sted for hendelsen", "where_happened"),
    ("Når og hvor ofte", "when"),
    ("Mistenkt", "suspected"),
    ("Annet", "extra"),
)
# Asked apart from how the exposed is reached, or not.
SAFE = {True: "Trygg kontakt med melderen", False: "Trygg kontakt (uklart med hvem)"}
Fact = dict[str, str]
# A later room says which told fields must not be shown, and what stands instead: {field: sentence}.
Hidden = Callable[[Concern], Mapping[str, str]]
_hidden: list[Hidden] = []
# And which of these texts, that came later, must not be shown: {text: sentence}.
HiddenText = Callable[[Concern, Collection[str]], Mapping[str, str]]
_hidden_texts: list[HiddenText] = []


def hide(function: Hidden) -> None:
    """Register; called once per room in AppConfig.ready()."""
    if function not in _hidden:
        _hidden.append(function)


def hidden_in(concern: Concern) -> dict[str, str]:
    """The told fields of this concern that no page may show, and what stands instead."""
    return {name: text for function in _hidden for name, text in function(concern).items()}


def hide_texts(function: HiddenText) -> None:
    """Register; called once per room in AppConfig.ready()."""
    if function not in _hidden_texts:
        _hidden_texts.append(function)


def hidden_texts(concern: Concern, texts: Collection[str]) -> dict[str, str]:
    """Which of these texts about the matter no page may show, and what stands instead."""
    return {text: instead for function in _hidden_texts for text, instead in function(concern, texts).items()}


def told_facts(concern: Concern) -> dict[str, list[Fact]]:
    """{"matter": […], "reporter": […], "way": […]}; empty for a concern that nobody has opened.

    Who reported is not among them: `way` leads to where it is shown for a reason.
    """
    if concern.progress == "received":
        return {"matter": [], "reporter": [], "way": []}
    day = short_date(concern.occurred_on) if concern.occurred_on else ""
    instead = hidden_in(concern)
    matter = [_fact(label, instead.get(name) or words(concern, name)) for label, name in _TEXTS]
    return {
        "matter": [*matter[:5], _fact("Skjedde sist", day), *matter[5:], *_staff(concern)],
        "reporter": _reporter(concern),
        "way": [_fact("Vis hvem som meldte", f"/innboks/{concern.id}/melder")]
        if reporter_queries.is_given(concern)
        else [],
    }


def _staff(concern: Concern) -> list[Fact]:
    """Said only when it is so: nobody should have to look for it. In a transfer it speaks of the other kommune."""
    label = "Gjelder noen i kommunen den kom fra" if concern.channel == "transfer" else "Gjelder noen i kommunen"
    return [_fact(label, dict(ABOUT_STAFF).get(about, about))] if (about := words(concern, "about_staff")) else []


def _reporter(concern: Concern) -> list[Fact]:
    kind, safe = dict(REPORTER_KINDS).get(concern.reporter_kind, concern.reporter_kind), words(concern, "safe_contact")
    rows = [
        _fact("Melder", f"{kind}, anonym" if concern.anonymous else kind),
        _fact("Hvem", reporter_queries.closed_line(concern)),
        _fact(SAFE[concern.safe_apart or not safe], safe),
    ]
    first = words(concern, "first_teller")
    asked = [
        ("Hvem fortalte om det først?", dict(FIRST_TELLER).get(first, first) if first else ""),
        ("Vet personen om meldingen?", dict(PERSON_KNOWS).get(concern.person_knows, "")),
        ("Sagt fra til leder?", dict(LEADER_TOLD).get(concern.leader_told, "")),
    ]
    return rows + [_fact(label, answer) for label, answer in asked if answer]


def _fact(label: str, value: str) -> Fact:
    return {"label": label, "value": value}
