"""Asking about the persons of a matter. Who may see the answer, the database says (`IN_MATTER`)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tenants.inbox.home import Home
from tenants.inbox.models import Concern
from tenants.persons.address_models import AddressLook
from tenants.persons.card import Card, differences
from tenants.persons.models import Person, PersonVersion
from tenants.persons.spoken import ContactPlan, SafetyWarning, VoiceEntry
from tenants.persons.states import HIDDEN_ADDRESS, ROLES
from tenants.persons.terms import same_place
from tenants.persons.voice import DANGERS, Said
from varde.privacy.errors import Destroyed
from varde.privacy.fields import open_together
from varde.ui.gone import GONE, words

_ORDER = [code for code, _ in ROLES]


def card_of(row: Person | PersonVersion) -> Card:
    """What is known of the person; only a sentence when the matter's key has been destroyed."""
    try:
        return Card.of(row.given)
    except Destroyed:
        return Card(name=GONE)


def shown_name(person: Person) -> str:
    """What people call the person: the name, else what is known."""
    return card_of(person).called


def shown_address(person: Person) -> str:
    """The address, or «Adressen er skjermet»; for every page, list and paper."""
    return card_of(person).shown_address


def persons_of(concern: Concern) -> list[Person]:
    """The cards of a matter, the exposed first; those that were merged into another are left out."""
    return [person for person in everybody_in(concern) if person.merged_into_id is None]


def everybody_in(concern: Concern) -> list[Person]:
    """The cards of a matter, also those that were merged into another."""
    rows = list(Person.objects.filter(concern=concern).order_by("made_at", "id"))
    open_together(rows)
    return sorted(rows, key=lambda person: _ORDER.index(person.role))


def exposed_of(concern: Concern) -> list[Person]:
    """Whom it is about."""
    return [person for person in persons_of(concern) if person.role == "exposed"]


def same_as(person: Person) -> list[Person]:
    """The card and every card that was merged into it, also by way of another."""
    merged = list(Person.objects.filter(concern=person.concern_id, merged_into__isnull=False).order_by("merged_at"))
    found = [person]
    for each in found:
        found += [row for row in merged if row.merged_into_id == each.pk]
    return found


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a card's history."""

    at: datetime
    who: str
    role: str
    what: list[dict[str, str]]
    first: bool
    name: str


def history(person: Person) -> list[Change]:
    """Every version of the card and of those merged into it, the newest first. A protected address is never shown."""
    group = same_as(person)
    rows = list(PersonVersion.objects.filter(person__in=group).order_by("at", "id"))
    open_together(rows)
    cards = {row.pk: card_of(row) for row in rows}
    hide = any(card.protected for card in cards.values())
    found = []
    for each in group:
        own = [row for row in rows if row.person_id == each.pk]
        before: PersonVersion | None = None
        for row in own:
            found.append(_change(row, before, cards, hide))
            before = row
    return sorted(found, key=lambda change: change.at, reverse=True)


def _change(row: PersonVersion, before: PersonVersion | None, cards: dict[UUID, Card], hide: bool) -> Change:
    card = cards[row.pk]
    earlier = cards[before.pk] if before else Card(known="", protection="none")
    what = differences(earlier, card, hide_address=hide)
    if before is not None and before.role != row.role:
        labels = dict(ROLES)
        what.insert(0, {"label": "Rolle", "old": labels[before.role], "new": labels[row.role]})
    return Change(row.at, row.by_name, row.get_role_display(), what, before is None, card.called)


def warnings_of(concern: Concern, *, ended: bool = False) -> list[SafetyWarning]:
    """Dangers to those who visit, that nobody has ended; or those that were."""
    rows = SafetyWarning.objects.filter(concern=concern, ended_at__isnull=not ended).select_related("person")
    found = list(rows.order_by("at", "id"))
    open_together([*found, *(row.person for row in found if row.person)])
    return found


@dataclass(frozen=True, slots=True)
class Danger:
    """A warning as a page shows it."""

    id: UUID
    kind: str
    text: str
    about: str
    review_on: date
    late: bool
    at: datetime
    who: str
    ended_at: datetime | None
    ended_by: str
    ended_reason: str
    ground: str
    matter: UUID
    # Of another matter: which, and why it holds here too.
    source: Home | None = None
    why: str = ""


def dangers(rows: Sequence[SafetyWarning], persons: Iterable[Person], today: date) -> list[Danger]:
    """In words; a place that is somebody's protected address in the matter is not named."""
    protected = [card.address for card in map(card_of, persons) if card.protected and card.address]
    return [_danger(row, protected, today) for row in rows]


def _danger(row: SafetyWarning, protected: list[str], today: date) -> Danger:
    place = words(row, "place")
    if place and any(same_place(place, address) for address in protected):
        place = HIDDEN_ADDRESS
    about = " · ".join(filter(None, [shown_name(row.person) if row.person else "", place]))
    late = row.ended_at is None and row.review_on < today
    return Danger(
        row.pk, danger_kind(row), words(row, "text"), about, row.review_on, late, row.at, row.by_name,
        row.ended_at, row.ended_by_name, words(row, "ended_reason"), words(row, "ground"), row.concern_id,
    )  # fmt: skip


def danger_kind(row: SafetyWarning) -> str:
    """What the danger is, in words."""
    kind = words(row, "kind")
    return dict(DANGERS).get(kind, kind)


def helped_in(concern: Concern) -> Said | None:
    """What the person answered last to whether it helped, in the voice or at a closing.

    None while nobody has asked, and when it has been deleted for good.
    """
    rows = VoiceEntry.objects.filter(concern=concern, stage="end").order_by("-at", "-id")
    try:
        return next((said for said in (Said.of(row.given) for row in rows) if said.helped), None)
    except Destroyed:
        return None


def voice_of(concern: Concern) -> list[VoiceEntry]:
    """What the person has said through the matter, oldest first."""
    rows = list(VoiceEntry.objects.filter(concern=concern).select_related("person").order_by("at", "id"))
    open_together([*rows, *(row.person for row in rows if row.person)])
    return rows


def was_asked(concern: Concern) -> bool:
    """Has anybody asked the person?"""
    return VoiceEntry.objects.filter(concern=concern, asked=True).exists()


def contact_plans(concern: Concern) -> list[ContactPlan]:
    """The plan for the first contact, the newest first; it counts."""
    rows = list(ContactPlan.objects.filter(concern=concern).order_by("-at", "id"))
    open_together(rows)
    return rows


def address_looks(person: Person) -> list[AddressLook]:
    """Who has been shown the protected address of a card, or of those merged into it, and why; the newest first."""
    rows = list(AddressLook.objects.filter(person__in=same_as(person)).order_by("-at", "id"))
    open_together(rows)
    return rows
