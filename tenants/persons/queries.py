"""Asking about the persons of a matter. Who may see the answer, the database says (`IN_MATTER`)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from tenants.inbox.facts import hidden_in
from tenants.inbox.home import Home
from tenants.inbox.mistakes_queries import Mark, is_marked, marks_of, unmarked
from tenants.inbox.models import Concern
from tenants.inbox.states import OVER
from tenants.persons.address_models import AddressLook
from tenants.persons.card import REPORTER, Card, differences, from_told, shown_as
from tenants.persons.models import Person, PersonLink, PersonParted, PersonVersion
from tenants.persons.spoken import ContactPlan, SafetyWarning, VoiceEntry
from tenants.persons.states import HIDDEN_ADDRESS, ROLES
from tenants.persons.terms import same_place
from tenants.persons.voice import DANGERS, Said
from varde.privacy.errors import Destroyed
from varde.privacy.fields import open_together
from varde.ui.gone import GONE, words

_ORDER = [code for code, _ in ROLES]


def whole_card(row: Person | PersonVersion) -> Card:
    """What is known of the person, also of whoever reported: to work with, send or compare, and for no page.

    Only a sentence when the matter's key has been destroyed.
    """
    try:
        return Card.of(row.given)
    except Destroyed:
        return Card(name=GONE)


def card_of(row: Person | PersonVersion) -> Card:
    """What may be shown of the person: nothing of whoever reported."""
    return shown_in(row, whole_card(row))


def shown_in(row: Person | PersonVersion, card: Card) -> Card:
    """What may be shown of what the row says. A card that is the reporter's now is so in all that it said before."""
    return shown_as(REPORTER if _is_of_reporter(row) else row.role, card)


def _is_of_reporter(row: Person | PersonVersion) -> bool:
    return row.role == REPORTER or (isinstance(row, PersonVersion) and row.person.role == REPORTER)


def alike(one: Person, other: Person) -> bool:
    """Are both of them, or neither, who reported? What ties one to the other would tell who it was."""
    return (one.role == REPORTER) == (other.role == REPORTER)


def reporters_of(concern: Concern) -> list[Person]:
    """The cards of whoever reported, also those that were merged or entered wrongly."""
    return [person for person in everybody_in(concern) if person.role == REPORTER]


def shown_name(person: Person) -> str:
    """What people call the person: the name, else what is known."""
    return card_of(person).called


def shown_address(person: Person) -> str:
    """The address, or «Adressen er skjermet»; for every page, list and paper."""
    return card_of(person).shown_address


def persons_of(concern: Concern) -> list[Person]:
    """The cards of a matter, the exposed first; those merged into another or entered wrongly are left out."""
    rows = everybody_in(concern)
    wrong = marks_of(Person, [person.pk for person in rows])
    return [person for person in rows if person.merged_into_id is None and person.pk not in wrong]


@dataclass(frozen=True, slots=True)
class Wrong:
    """A row that was entered wrongly, and who says so."""

    person: Person
    mark: Mark

    @property
    def called(self) -> str:
        """What the card called the person."""
        return shown_name(self.person)


def wrong_cards(concern: Concern) -> list[Wrong]:
    """The cards that were entered wrongly."""
    rows = list(Person.objects.filter(is_marked(Person), concern=concern).order_by("made_at", "id"))
    open_together(rows)
    marks = marks_of(Person, [row.pk for row in rows])
    return [Wrong(row, marks[row.pk]) for row in rows]


def everybody_in(concern: Concern) -> list[Person]:
    """The cards of a matter, also those that were merged into another or entered wrongly."""
    rows = list(Person.objects.filter(concern=concern).order_by("made_at", "id"))
    open_together(rows)
    return sorted(rows, key=lambda person: _ORDER.index(person.role))


def exposed_of(concern: Concern) -> list[Person]:
    """Whom it is about."""
    return [person for person in persons_of(concern) if person.role == "exposed"]


def told_of_first(concern: Concern) -> dict[str, str]:
    """What the first card of the exposed can begin with: what was told of the person. Nothing when there is a card."""
    if concern.progress in OVER or Person.objects.filter(concern=concern).exists():
        return {}
    hidden = hidden_in(concern)
    told = {name: "" if name in hidden else words(concern, name) for name in ("who", "where_lives")}
    return from_told(told["who"], told["where_lives"])


def standing_links() -> QuerySet[PersonLink]:
    """«Same person» in two matters, as long as it holds: not ended, and of no card that was entered wrongly.

    None of who reported: it would tell whoever sees the other card.
    """
    rows = PersonLink.objects.filter(ended_at=None).exclude(person__role=REPORTER).exclude(other_person__role=REPORTER)
    return rows.exclude(is_marked(Person, "person_id")).exclude(is_marked(Person, "other_person_id"))


def partings_of(person: Person) -> list[PersonParted]:
    """Cards that it was one with for a time, the newest first."""
    rows = PersonParted.objects.filter(Q(person=person) | Q(other_person=person))
    found = list(rows.select_related("person", "other_person").order_by("-at", "-id"))
    open_together([*found, *(card for row in found for card in (row.person, row.other_person))])
    return [row for row in found if alike(row.person, row.other_person)]


def around_merge(keep: Person, other: Person) -> tuple[Card, Card]:
    """What the card that was kept said before it took over the other one, and right after."""
    rows = list(PersonVersion.objects.filter(person=keep).order_by("at", "id"))
    later = [row for row in rows if other.merged_at is not None and row.at >= other.merged_at]
    earlier = [row for row in rows if row not in later]
    before, after = (earlier or rows)[-1 if earlier else 0], (later or rows)[0 if later else -1]
    return whole_card(before), whole_card(after)


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
    group = [each for each in same_as(person) if alike(each, person)]
    versions = PersonVersion.objects.filter(person__in=group).select_related("person").order_by("at", "id")
    rows = [row for row in versions if row.role != REPORTER or person.role == REPORTER]
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


def dangers(
    rows: Sequence[SafetyWarning], persons: Iterable[Person], today: date, shut: Iterable[str] = ()
) -> list[Danger]:
    """In words; a place that is somebody's protected address in the matter, or one of `shut`, is not named."""
    protected = [*shut, *shut_in(persons)]
    return [_danger(row, protected, today) for row in rows]


def shut_in(persons: Iterable[Person]) -> list[str]:
    """The addresses that nobody may see in passing, also that of whoever reported: to know them again, not to show."""
    return [card.address for card in map(whole_card, persons) if card.protected and card.address]


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
    rows = unmarked(VoiceEntry.objects.filter(concern=concern, stage="end")).order_by("-at", "-id")
    try:
        return next((said for said in (Said.of(row.given) for row in rows) if said.helped), None)
    except Destroyed:
        return None


def voice_of(concern: Concern) -> list[VoiceEntry]:
    """What the person has said through the matter, oldest first; without what was entered wrongly."""
    return _opened(unmarked(VoiceEntry.objects.filter(concern=concern)))


def all_voice(concern: Concern) -> list[VoiceEntry]:
    """The same with what was entered wrongly, for the page that shows it folded."""
    return _opened(VoiceEntry.objects.filter(concern=concern))


def _opened(found: QuerySet[VoiceEntry]) -> list[VoiceEntry]:
    rows = list(found.select_related("person").order_by("at", "id"))
    open_together([*rows, *(row.person for row in rows if row.person)])
    return rows


def was_asked(concern: Concern) -> bool:
    """Has anybody asked the person?"""
    return unmarked(VoiceEntry.objects.filter(concern=concern, asked=True)).exists()


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
