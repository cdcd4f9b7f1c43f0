"""The papers of a bundle: the report as received, who told it, the whole matter, the meetings' points. Data only."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import groupby

from django.utils.text import capfirst

from shared.codes.categories import category
from shared.codes.forms import CURRENT
from shared.codes.forms import form as form_version
from tenants.cases.models import Case
from tenants.cases.queries import answers, members
from tenants.cases.story import timeline
from tenants.inbox import attachments
from tenants.inbox.mistakes_queries import marks_of
from tenants.inbox.models import Concern
from tenants.inbox.replies_queries import Said, talk
from tenants.inbox.reporter_queries import callers, identity, written
from tenants.inbox.told import FIRST_TELLER, LABELS, LEADER_TOLD, PERSON_KNOWS, safe_label
from tenants.insight.gather import as_kept
from tenants.kept.bundle_index import Index
from tenants.meeting.models import Decision, Item
from tenants.persons import queries as persons
from tenants.persons.card import facts as card_facts
from tenants.persons.models import Person
from tenants.triage import notes_queries
from tenants.triage.queries import assessments
from varde.documents.paper import Facts, Heading, Items, Note, Paper, Part, Piece, Table, Text
from varde.privacy.fields import open_together
from varde.ui.dates import date_and_time, short_date
from varde.ui.gone import words

_TOLD = ("what", "when", "where_happened", "who", "where_lives", "safe_person", "suspected", "safe_contact", "extra")


def paper(title: str, office: str, pieces: tuple[Piece, ...], made_at: datetime, name: str) -> Paper:
    """A paper of the bundle."""
    return Paper(title=title, office=office, made_at=made_at, lead=name, pieces=pieces, foot="Til arkivet")


def told(concern: Concern) -> tuple[Piece, ...]:
    """What was told, in the reporter's own words and order; who told it is a paper of its own."""
    codes = (
        (LABELS["occurred_on"], short_date(concern.occurred_on) if concern.occurred_on else ""),
        (LABELS["person_knows"], dict(PERSON_KNOWS).get(concern.person_knows, "")),
        (LABELS["leader_told"], dict(LEADER_TOLD).get(concern.leader_told, "")),
        (LABELS["first_teller"], dict(FIRST_TELLER).get(words(concern, "first_teller"), "")),
    )
    pieces: list[Piece] = [
        Facts(
            (
                ("Mottatt", f"{date_and_time(concern.received_at)} ({concern.get_channel_display()})"),
                ("Tatt imot av", concern.opened_by_name),
            )
        ),
        *([Note("Meldt som akutt.")] if concern.acute else []),
    ]
    for name in _TOLD:
        if text := words(concern, name):
            asked = safe_label(concern.safe_apart) if name == "safe_contact" else LABELS[name]
            pieces += [Heading(asked), Text(text)]
    return (*pieces, Heading("Andre svar"), Facts(codes))


def reporter(concern: Concern) -> tuple[Piece, ...]:
    """Who told it."""
    kind = capfirst(concern.get_reporter_kind_display())
    rows = (("Melder", f"{kind}, anonym" if concern.anonymous else kind),)
    rang = (
        Facts((("Ringte", date_and_time(at)), *((each["label"], each["value"]) for each in facts)))
        for at, facts in callers(concern)
    )
    told = Facts(rows + tuple((each["label"], each["value"]) for each in identity(concern)))
    cards = [
        piece
        for title, facts in written(concern)
        for piece in (Heading(title), Facts(tuple((each["label"], each["value"]) for each in facts)))
    ]
    return (told, *rang, *cards)


def matter(concern: Concern, case: Case | None) -> tuple[Piece, ...]:
    """Who it is about, what was decided, what happened, what was answered and what was said to the reporter."""
    return (
        *(_of_case(case) if case else ()),
        *_persons(concern),
        *(_story(case) if case else _decisions(concern)),
        *_talk(concern),
        *(_answers(case) if case else ()),
    )


def everything(concern: Concern, others: Iterable[tuple[str, Iterable[Piece]]] = ()) -> tuple[Piece, ...]:
    """A list of every row of the matter, room by room, with the paper that it stands in; and the words of those that no
    other paper (`others`: its name in the bundle, and its pieces) says."""
    index = Index(others)
    found = [(each, index.where(each.text)) for each in as_kept(concern)]
    rows = tuple((each.title, _day(each.at), each.by, path or "Her") for each, path in found)
    pieces: list[Piece] = [Table(("Hva", "Når", "Av", "Står i"), rows)] if rows else []
    for group, own in groupby((each for each, path in found if not path), key=lambda each: each.group):
        pieces.append(Heading(group))
        for each in own:
            pieces += [Part(", ".join(filter(None, (each.title, _day(each.at), each.by)))), Text(each.text)]
    return tuple(pieces)


def _day(at: datetime | date | None) -> str:
    if at is None:
        return ""
    return date_and_time(at) if isinstance(at, datetime) else short_date(at)


def _of_case(case: Case) -> Iterator[Piece]:
    on_it = ", ".join(member.user.name for member in members(case))
    rows = (
        ("Sak", case.name),
        ("Opprettet", f"{date_and_time(case.opened_at)} av {case.opened_by_name}"),
        ("Lukket", date_and_time(case.closed_at) if case.closed_at else ""),
        ("Kategori", category(case.category).label),
        ("På saken", on_it),
    )
    yield Facts(rows)


def _persons(concern: Concern) -> Iterator[Piece]:
    found = persons.everybody_in(concern)
    marks = marks_of(Person, [person.pk for person in found])
    if found:
        yield Heading("Personer")
    for person in found:
        card, mark = persons.card_of(person), marks.get(person.pk)
        yield Part(f"{card.called} ({person.get_role_display().lower()})")
        if mark:
            yield Note(mark.said)
        rows = tuple((fact["label"], fact["value"]) for fact in card_facts(card) if fact["label"] != LABELS["who"])
        yield Facts(rows)


def _story(case: Case) -> Iterator[Piece]:
    yield Heading("Det som er gjort")
    for event in reversed(timeline(case)):
        who = f", {event.who}" if event.who else ""
        yield Part(f"{date_and_time(event.when)}: {event.title}{who}")
        if event.wrong:
            yield Note(event.wrong)
        if event.text:
            yield Text(event.text)


def _decisions(concern: Concern) -> Iterator[Piece]:
    yield Heading("Avklaringer og det som er gjort")
    for row in reversed(assessments(concern)):
        yield Part(f"{date_and_time(row.decided_at)}: {row.get_category_display()}, {row.get_outcome_display()}")
        yield Text(f"{row.decided_by_name}: {words(row, 'reason')}")
    for done in reversed(notes_queries.done(concern)):
        yield Part(f"{date_and_time(done.when)}: {done.title}, {done.who}")
        if done.wrong:
            yield Note(done.wrong)
        yield Text(done.text)
    later = attachments.later_of(concern.pk)
    if later:
        yield Heading("Lagt ved etter meldingen")
        marks = attachments.wrongly_laid([row.attachment for row in later])
        said = ((row, attachments.called(row.attachment), marks.get(row.attachment_id)) for row in later)
        yield Table(
            ("Når", "Fil", "Av", "Hvem det kom fra"),
            tuple(
                (date_and_time(row.at), f"{file}. {mark.said}" if mark else file, row.by_name, words(row, "came_from"))
                for row, file, mark in said
            ),
        )


def _talk(concern: Concern) -> Iterator[Piece]:
    rows = talk(concern.pk)
    if rows:
        yield Heading("Meldinger til og fra melderen")
        who = {True: "Fra teamet", False: "Fra melderen"}
        yield Table(
            ("Når", "Fra", "Tekst"),
            tuple((date_and_time(said.at), who[said.own], _words_of(said)) for said in rows),
        )


def _words_of(said: Said) -> str:
    text = words(said.row, "text")
    return f"{said.withdrawn.said}\n{text}" if said.withdrawn else text


def _answers(case: Case) -> Iterator[Piece]:
    given, version = answers(case), form_version(CURRENT)
    rows = tuple(
        (question.label, ", ".join(question.answer(code).label for code in given[question.key]))
        for question in version.choices
        if given.get(question.key)
    )
    if rows:
        yield Heading("Registreringsskjema")
        yield Table(("Spørsmål", "Svar"), rows)


def minutes(concern: Concern) -> tuple[Piece, ...]:
    """What was said of this matter in meetings, and nothing of others; () when it was never taken up."""
    items = list(Item.objects.filter(concern=concern).select_related("meeting").order_by("meeting__starts_at"))
    rows = Decision.objects.filter(concern=concern, gone_at__isnull=True).select_related("owner")
    made = list(rows.order_by("made_at", "id"))
    open_together([*items, *made])
    pieces: list[Piece] = []
    for item in items:
        approved = "" if item.meeting.state == "approved" else " (referatet er ikke godkjent)"
        pieces += [Heading(f"Møte {date_and_time(item.meeting.starts_at)}{approved}"), Text(words(item, "minutes"))]
        own = [one for one in made if one.item_id == item.pk]
        if own:
            said = tuple(f"{words(one, 'text')} {one.owner.name}, frist {date_and_time(one.due_at)}." for one in own)
            pieces.append(Items(said))
    return tuple(pieces)
