"""Everything that is kept of a matter, one item after the other, with a proposal for each. Nothing is decided here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Model

from shared.codes.catalogue import services
from shared.registry.queries import facts
from tenants.cases.models import Case
from tenants.inbox.attached import AttachmentLater
from tenants.inbox.facts import hidden_in
from tenants.inbox.mistakes_queries import Mark, marks_in
from tenants.inbox.models import Concern
from tenants.insight import masks, said
from tenants.insight.masks import Known, Someone
from tenants.insight.models import Statement
from tenants.insight.said import Says
from tenants.insight.sources import CARD, GIVE, READ, UNSURE, WHOLE, Source, rows_of, sources
from tenants.insight.states import print_of
from tenants.persons.card import Card
from tenants.persons.models import Person, PersonVersion
from tenants.persons.queries import everybody_in, exposed_of, same_as, whole_card
from tenants.team.partners_models import Partner
from varde.privacy.errors import Destroyed
from varde.tenancy.door import need_office

# Kinds of partners whose name may be that of a person: it is marked like any other name.
PERSONS = ("fastlege", "kommuneoverlege", "psykolog", "jurist", "annen")


@dataclass(frozen=True, slots=True)
class Found:
    """An item: which row and line, what it is called, when and by whom it was written, and what it says.

    `proposes` is GIVE, WHOLE, READ, UNSURE or the code of a ground; `to` is whom it was told to, for what left the
    team. `labels` are ours: what stands before the words in each line.
    """

    key: str
    group: str
    title: str
    at: datetime | date | None
    by: str
    text: str
    proposes: str
    to: str = ""
    labels: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The id of the attachment, for a file; "" for everything else."""
        table, _, row = self.key.partition(":")
        return row if table == "inbox.attachment" else ""

    @property
    def print(self) -> str:
        """By which the text is known again."""
        return print_of(self.text)


@dataclass(frozen=True, slots=True)
class Whole:
    """All of a matter as one person may ask for it. `gone`: the content has been deleted for good."""

    items: tuple[Found, ...]
    known: Known
    gone: bool = False

    def item(self, key: str) -> Found | None:
        """The item with this key."""
        return next((found for found in self.items if found.key == key), None)


def everything(concern: Concern, person: Person, asker: str = "other") -> Whole:
    """Every item of the matter, and how `person` and everybody else in it are named; proposed for the `asker`."""
    try:
        group = {each.pk for each in same_as(person)}
        known = known_in(concern, group)
        return Whole(tuple(_items(concern, person, group, known, asker)), known)
    except Destroyed:
        return Whole((), Known(), gone=True)


def _items(concern: Concern, person: Person, group: set[UUID], known: Known, asker: str) -> Iterator[Found]:
    case = Case.objects.filter(concern=concern).first()
    if case is not None:
        case.concern = concern
    marks = marks_in(concern)
    handed = _of_what_was_handed(concern, person, group, asker)
    for source in sources():
        for row in rows_of(source, concern, case):
            if _is_said_otherwise(row, group):
                continue
            for found in _of_row(source, row, group, _mark(marks, row), source.says):
                if found.text and source.proposes == WHOLE:
                    yield _handed_over(found, handed, getattr(row, source.given_on))
                elif found.text:
                    yield found if person.role == "exposed" else _if_about(found, known)


def _handed_over(found: Found, handed: str, given_on: date | None) -> Found:
    """What is given whole to whoever has it already; a draft that nobody got is looked through like any other text."""
    return replace(found, proposes=GIVE if handed == WHOLE and given_on is None else handed)


def _of_what_was_handed(concern: Concern, person: Person, group: set[UUID], asker: str) -> str:
    """What is proposed of what the exposed person was given whole. It may be a plan against whoever else asks."""
    if person.role != "exposed" or asker not in ("exposed", "guardian"):
        return "interests"
    alone = all(each.pk in group for each in exposed_of(concern))
    return WHOLE if alone and asker == "exposed" else UNSURE


def as_kept(concern: Concern) -> list[Found]:
    """Every row of the matter as it stands, for the archive: nothing masked and nothing proposed. Who reported is a
    paper of its own there. Raises Destroyed when the content is gone."""
    case = Case.objects.filter(concern=concern).first()
    if case is not None:
        case.concern = concern
    marks = marks_in(concern)
    return [
        found
        for source in sources()
        for row in rows_of(source, concern, case)
        for found in _of_row(source, row, set(), _mark(marks, row), source.kept or source.says)
        if found.text
    ]


def _if_about(found: Found, known: Known) -> Found:
    """For others than the exposed: what does not name them is proposed to be not about them."""
    if found.proposes not in (GIVE, READ) or found.key.startswith("persons.") or masks.mentions(found.text, known.own):
        return found
    return replace(found, proposes="not_about")


def _is_said_otherwise(row: Model, group: set[UUID]) -> bool:
    """The newest version of a card says what the card says; one's own statements always stand in the document."""
    if isinstance(row, Statement):
        return row.person_id in group
    return isinstance(row, PersonVersion) and row.person.version == row.pk


def _mark(marks: Mapping[tuple[str, UUID], Mark], row: Model) -> str:
    """What stands before a row that was entered wrongly; of an older version of a card what is said of the card, and of
    who laid a file what is said of the file."""
    marked = row.person if isinstance(row, PersonVersion) else row
    marked = row.attachment if isinstance(row, AttachmentLater) else marked
    found = marks.get((marked._meta.db_table, marked.pk))
    return found.said if found else ""


def _of_row(source: Source, row: Model, group: set[UUID], mark: str, says: Says) -> Iterator[Found]:
    told = said.concern(row, hidden_in(row)) if isinstance(row, Concern) else says(row)
    lines = [(label, value.strip()) for label, value in told if value and value.strip()]
    at, by = getattr(row, source.at, None) if source.at else None, str(getattr(row, source.by, "")) if source.by else ""
    proposes, to = _proposed(source, row, group), source.to(row) if source.to else ""
    key = f"{source.label}:{row.pk}"
    if source.apart:
        for label, value in lines:
            yield Found(f"{key}:{label}", source.group, f"{source.title}: {label}", at, by, value, proposes, to)
        return
    text = lines[0][1] if len(lines) == 1 and source.at else "\n".join(f"{label}: {value}" for label, value in lines)
    text = f"{mark}\n{text}" if mark and text else text
    yield Found(key, source.group, source.title, at, by, text, proposes, to, tuple(label for label, _ in lines))


def _proposed(source: Source, row: Any, group: set[UUID]) -> str:
    if source.proposes != CARD:
        about = getattr(row, "person_id", None)
        of_another = about is not None and about not in group
        return "others" if of_another and source.proposes in (GIVE, WHOLE) else source.proposes
    own = row.pk if isinstance(row, Person) else row.person_id
    return GIVE if own in group else "others"


def known_in(concern: Concern, group: set[UUID]) -> Known:
    """Everybody that the matter names, whom it is about and who reported kept apart."""
    own: list[Card] = []
    others: list[Card] = []
    reporters: list[Card] = []
    everybody = {each.pk: each for each in everybody_in(concern)}
    versions = PersonVersion.objects.filter(concern=concern)
    for person_id, role, card in [*((p.pk, p.role, whole_card(p)) for p in everybody.values()), *_earlier(versions)]:
        (own if person_id in group else reporters if role == "reporter" else others).append(card)
    told = Someone(names=(concern.reporter_name,), numbers=(concern.reporter_phone,))
    suspected = () if _is_suspected(group, everybody) else tuple(masks.names_in(concern.suspected))
    return Known(
        own=_someone(own),
        others=(*(_someone([card]) for card in others), Someone(names=suspected)),
        # Of one who reported about themselves the masks leave their own name and number, and no more than that: others
        # of the household may have the same number.
        reporter=_joined(told, _someone(reporters)),
        nobody=_nobody(),
    )


def _nobody() -> tuple[str, ...]:
    """The names that belong to everybody: the product's, the kommune's, its services' and its partners'."""
    kommune = facts(need_office()).name
    partners = Partner.objects.exclude(kind__in=PERSONS).values_list("name", flat=True)
    return ("TryggEst", f"{kommune} kommune", kommune, *services(), *(name for name in partners if name))


def _earlier(versions: Iterable[PersonVersion]) -> Iterator[tuple[UUID, str, Card]]:
    for version in versions:
        yield version.person_id, version.role, whole_card(version)


def _is_suspected(group: set[UUID], everybody: dict[UUID, Person]) -> bool:
    return any(everybody[key].role == "suspected" for key in group if key in everybody)


def _someone(cards: list[Card]) -> Someone:
    return Someone(
        names=tuple(dict.fromkeys(card.name for card in cards if card.name and card.known != "unknown")),
        numbers=tuple(dict.fromkeys(each for card in cards for each in (card.phone, card.id_number) if each)),
        addresses=tuple(dict.fromkeys(card.address for card in cards if card.address)),
    )


def _joined(one: Someone, other: Someone) -> Someone:
    return Someone(one.names + other.names, one.numbers + other.numbers, one.addresses + other.addresses)
