"""What stands in a pack, as it is there for the reader of the ticket: a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import BooleanField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL

from shared.codes.categories import category
from shared.registry.queries import facts
from tenants.cases.models import Case
from tenants.continuity import known
from tenants.continuity.closed import Closed, closed
from tenants.continuity.pack import IN_VARDE, Call, Matter, Pack, Shift, Who
from tenants.inbox.callbacks_states import REPORTER
from tenants.inbox.calls_models import Callback
from tenants.inbox.facts import hidden_in
from tenants.inbox.home import homes_of
from tenants.inbox.mistakes_queries import unmarked
from tenants.inbox.models import Concern
from tenants.inbox.safe import EXPOSED, Safe, gather
from tenants.inbox.safe_queries import told_in
from tenants.measures.models import Measure
from tenants.measures.states import OPEN as RUNNING
from tenants.persons.elsewhere import elsewhere
from tenants.persons.models import Person
from tenants.persons.queries import Danger, card_of, dangers, whole_card
from tenants.persons.safe_pieces import of_entry
from tenants.persons.spoken import ContactPlan, SafetyWarning, VoiceEntry
from tenants.persons.voice import Contact, contact_facts
from tenants.team import partners_queries, rota_queries
from tenants.team import queries as team_queries
from tenants.triage.models import Assessment, NextStep
from varde import rota as rules
from varde.access import Reader
from varde.privacy.errors import Destroyed
from varde.privacy.fields import open_together
from varde.ui.dates import day_of
from varde.ui.gone import words

URGENT = ("akutt", "ma")
# More than a team can work through on paper; those with the shortest time come first.
MOST = 150
_WEEK = timedelta(days=7)


def pack_of(by: Reader, at: datetime) -> tuple[Pack, list[UUID]]:
    """The pack of this reader at this time, and the matters that anything in it is of. Under the reader's ticket."""
    rows = _rows()
    shown = rows[:MOST]
    keys = [row.id for row in shown]
    around = _around(keys, at)
    lent = {one.matter for each in around.values() for one in each}
    office, numbers, team = facts(by.office), team_queries.phones(), rota_queries.here()
    services = team_queries.services_of(team)
    return Pack(
        office=office.name,
        phone=office.phone,
        reader=by.name,
        matters=tuple(_matters(shown, around, at)),
        left_out=len(rows) > MOST,
        unopened=_held().filter(progress="received").count(),
        shifts=tuple(_shifts(at)),
        partners=tuple(
            (row.name, row.kind_label, row.contact_person, row.phone, row.hours) for row in partners_queries.in_use()
        ),
        team=tuple((one.name, services[one.id], numbers.get(one.id, ""), one.email) for one in team),
    ), [*keys, *sorted(lent.difference(keys))]


def _held() -> QuerySet[Concern]:
    """What the reader sees by right. Break-glass opens for hours, and paper stays: so what it lends is in no pack."""
    held = RawSQL("matter_held(inbox_concern.id, (SELECT access_user()))", [], output_field=BooleanField())
    return Concern.objects.filter(held)


def _rows() -> list[Concern]:
    """Open matters that are akutt or må, and undecided ones that came as acute; the first due first."""
    newest = Assessment.objects.filter(concern=OuterRef("pk")).order_by("-decided_at").values("category")[:1]
    due = NextStep.objects.filter(concern=OuterRef("pk"), done_at=None).values("due_at")[:1]
    # Of cases a member has those that they are on; what lies in the inbox is everybody's who sees it.
    near = RawSQL(
        "((SELECT matters_near()) IS NULL OR inbox_concern.id = ANY ((SELECT matters_near())::uuid[]))",
        [],
        output_field=BooleanField(),
    )
    in_inbox = ~Exists(Case.objects.filter(concern=OuterRef("pk")))
    rows = _held().filter(Q(near) | Q(in_inbox), progress__in=("opened", "in_progress"))
    rows = rows.annotate(category=Subquery(newest), due=Subquery(due))
    rows = rows.filter(Q(category__in=URGENT) | Q(category=None, acute=True))
    return list(rows.order_by(F("due").asc(nulls_first=True), "received_at", "id")[: MOST + 1])


def _by_matter[Row](rows: Iterable[Row]) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.concern_id].append(row)  # type: ignore[attr-defined]  # every table of a matter has it
    return found


def _matters(shown: list[Concern], around: dict[UUID, list[Danger]], at: datetime) -> list[Matter]:
    keys = [row.id for row in shown]
    steps = list(NextStep.objects.filter(concern__in=keys, done_at=None).select_related("owner"))
    persons = list(unmarked(Person.objects.filter(concern__in=keys, merged_into=None)).order_by("made_at", "id"))
    said_now = unmarked(VoiceEntry.objects.filter(concern__in=keys))
    voices = list(said_now.select_related("person").order_by("at", "id"))
    plans = list(ContactPlan.objects.filter(concern__in=keys).order_by("at", "id"))
    warnings = list(SafetyWarning.objects.filter(concern__in=keys, ended_at=None).select_related("person"))
    calls = list(Callback.objects.filter(concern__in=keys, done_at=None).select_related("owner").order_by("due_at"))
    measures = list(
        Measure.objects.filter(case__concern__in=keys, status__in=RUNNING)
        .select_related("owner", "case")
        .order_by("due_on", "id")
    )
    named = [row.person for row in warnings if row.person] + [row.person for row in voices if row.person]
    open_together([*shown, *steps, *persons, *voices, *plans, *warnings, *named, *calls, *measures])
    homes = homes_of(keys)
    step_of, people = {row.concern_id: row for row in steps}, _by_matter(persons)
    said, planned, called = _by_matter(voices), _by_matter(plans), _by_matter(calls)
    dangerous, doing = _by_matter(warnings), defaultdict(list)
    police, at_home = known.investigators(keys), known.plans(keys)
    reporters = {row.id: _reporter(row, people[row.id]) for row in shown}
    touches = known.touches(keys, reporters)
    for measure in measures:
        doing[measure.case.concern_id].append(measure)
    return [
        Matter(
            homes[row.id].name if row.id in homes else "",
            category(row.category).label if row.category else "Ikke avklart, meldt som akutt",  # type: ignore[attr-defined]
            *_step(step_of.get(row.id)),
            people=(*_people(row, people[row.id]), *([police[row.id]] if row.id in police else [])),
            safe=tuple(_safe(said[row.id], row, people[row.id])),
            warnings=tuple(_warned([*dangers(dangerous[row.id], people[row.id], day_of(at)), *around.get(row.id, [])])),
            contact=tuple(_contact(planned[row.id])),
            calls=tuple(_call(each, reporters[row.id]) for each in called[row.id]),
            measures=tuple((words(each, "title"), each.owner.name, each.due_on) for each in doing[row.id]),
            touches=tuple(touches.get(row.id, ())),
            plan=tuple(at_home.get(row.id, ())),
        )
        for row in shown
    ]


def _around(keys: list[UUID], at: datetime) -> dict[UUID, list[Danger]]:
    """Warnings of other matters, but for what break-glass lends."""
    found = elsewhere(keys, day_of(at))
    others = {one.matter for each in found.values() for one in each}
    held = set(_held().filter(id__in=others).values_list("id", flat=True))
    return {key: [one for one in each if one.matter in held] for key, each in found.items()}


def _step(step: NextStep | None) -> tuple[str, str, datetime | None]:
    return (words(step, "text"), step.owner.name, step.due_at) if step else ("", "", None)


def _people(concern: Concern, persons: Collection[Person]) -> list[Who]:
    """The cards; what was told while there is none. Who reported is closed, and on no paper."""
    found = []
    for person in sorted(persons, key=lambda one: one.role != "exposed"):
        card = card_of(person)
        if person.role != "reporter":
            found.append(Who(person.get_role_display(), card.called, card.phone, card.shown_address))
    if not any(person.role == "exposed" for person in persons):
        hidden = any(whole_card(person).protected for person in persons)
        lives = "" if hidden else words(concern, "where_lives")
        found.insert(0, Who("Den utsatte, slik det ble meldt", words(concern, "who"), "", lives))
    return found


def _reporter(concern: Concern, persons: Collection[Person]) -> Closed:
    """Whoever reported, as they were told of and as they stand on a card."""
    cards = {True: [(words(concern, "reporter_name"), words(concern, "reporter_phone"))],
             False: [(words(concern, "who"), "")]}  # fmt: skip
    for person in persons:
        card = whole_card(person)
        cards[person.role == "reporter"].append((card.name, card.phone))
    return closed(cards[True], words(concern, "reporter_relation"), cards[False])


def _safe(voices: list[VoiceEntry], concern: Concern, persons: list[Person]) -> list[tuple[str, str]]:
    """The newest answer of each person to each, since a later entry need not say it again; and what came first. Nothing
    of how who reported is reached; of what may be either's, only that it is there."""
    # Asked of the few alone: it is a question for each.
    hidden = hidden_in(concern) if any(whole_card(person).protected for person in persons) else {}
    theirs = [entry for entry in voices if not (entry.person and entry.person.role == "reporter")]
    said = (piece for entry in theirs for piece in of_entry(entry, entry.person))
    return [line for one in gather([*said, *told_in(concern, hidden)]) for line in _ways(one)]


def _ways(one: Safe) -> list[tuple[str, str]]:
    if one.box == "unclear" and one.lines:
        return [("Trygg kontakt, uklart med hvem", IN_VARDE)]
    shown = one.lines if one.box == "person" else []
    return [(label if one.key == EXPOSED else f"{label} ({one.whose})", text) for label, text, _ in shown]


def _warned(found: list[Danger]) -> list[str]:
    return [
        f"{one.kind}{f' ({one.about})' if one.about else ''}: {one.text}"
        + (f" Fra {one.source.name}, {one.why}." if one.source else "")
        + (" Skulle vært sett på igjen." if one.late else "")
        for one in found
    ]


def _contact(plans: list[ContactPlan]) -> list[tuple[str, str]]:
    if not plans:
        return []
    try:
        return [(fact["label"], fact["value"]) for fact in contact_facts(Contact.of(plans[-1].given))]
    except Destroyed:
        return []


def _call(row: Callback, reporter: Closed) -> Call:
    if row.to_reporter or reporter.is_in(words(row, "who"), words(row, "phone")):
        return Call(REPORTER, "", row.due_at, row.owner.name, IN_VARDE)
    return Call(
        who=words(row, "who"),
        phone=words(row, "phone"),
        due=row.due_at,
        owner=row.owner.name,
        safe="\n".join(
            f"{label}: {text}"
            for label, name in (
                ("Slik er det trygt", "safe_ways"),
                ("Ikke på svarer", "not_on_voicemail"),
                ("Hvem kan høre", "listening"),
                ("Tolk", "interpreter"),
            )
            if (text := words(row, name))
        ),
    )


def _shifts(at: datetime) -> list[Shift]:
    """Who answers in the week to come; nothing where no rota is in use."""
    if not rota_queries.in_use():
        return []
    able = {one.id: one.name for one in rota_queries.here()}
    plan = rota_queries.rota(able=rota_queries.here())
    found = [
        Shift(each.starts, each.ends, ", ".join(able[key] for key in each.people))
        for each in rules.stretches(plan, at, at + _WEEK)
        if each.people
    ]
    gaps = [Shift(starts, ends, "") for starts, ends in rules.gaps(plan, at, at + _WEEK)]
    return sorted([*found, *gaps], key=lambda each: each.starts)
