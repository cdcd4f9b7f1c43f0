"""What an agreement says, as one value that is never changed: a change is a new value, and a new version. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal
from uuid import UUID

from stdnum.no import orgnr

from regional.cooperation.rhythm import MOST_MEETINGS, REPORTING, Settings, report_deadlines
from regional.cooperation.shares import WHOLE, percent, split
from shared.codes.cooperation import DUTIES, forms, models, usual_tasks
from varde.access.roles import ROLES, Role
from varde.text import listed

type Phone = Literal["shared", "own", "none"]
type Sharing = Literal["percent", "weights"]

PHONES: dict[Phone, str] = {
    "shared": "Felles vakttelefon",
    "own": "Egen telefon",
    "none": "Ikke avtalt ennå",
}
SHARINGS: dict[Sharing, str] = {"percent": "Prosent", "weights": "Vekter (for eksempel 3 og 2)"}
# Of those who work in another's team, and what a partner's people are in the region's office, until they agree on more.
TEAM = (Role.COORDINATOR.value, Role.TEAM_MEMBER.value)
LEADERS = (Role.LEADER_TEAM.value,)
MOST_PARTIES = 40
MOST_TASKS = 40


class BadTerms(ValueError):
    """What cannot stand in an agreement; the text is a Norwegian sentence."""


@dataclass(frozen=True, slots=True)
class Party:
    """A kommune in the agreement. `weight`: its part of the grant, in hundredths of a percent or as a weight."""

    id: UUID
    """The office's id where the kommune is on the platform."""
    name: str
    organisation: str
    """Nine digits; "" until somebody has written it."""
    number: str = ""
    host: bool = False
    on_platform: bool = True
    weight: int = 0
    phone: Phone = "shared"
    phone_number: str = ""
    grant: int | None = None
    """Whole kroner a year that the kommune is given itself; None when it has a part of the common grant alone."""
    starts_on: date | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A task and what each party has to do with it: party id -> a code of DUTIES. Who is not there has nothing."""

    code: str
    title: str
    text: str
    who: Mapping[UUID, str]

    def of(self, duty: str) -> list[UUID]:
        """Those with this duty."""
        return [party for party, code in self.who.items() if code == duty]


@dataclass(frozen=True, slots=True)
class Lend:
    """A party lends people: to another's team, whose cases stay there, or to the region's own office (None).

    `roles`: what they are there. From the first day to the last, where one is agreed.
    """

    lender: UUID
    borrower: UUID | None
    roles: tuple[str, ...] = TEAM
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """The whole agreement."""

    title: str
    model: str = "2"
    form: str = "agreement_only"
    parties: tuple[Party, ...] = ()
    tasks: tuple[Task, ...] = ()
    sharing: Sharing = "percent"
    lends: tuple[Lend, ...] = ()
    settings: Settings = field(default_factory=Settings)
    starts_on: date | None = None
    ends_on: date | None = None
    text: str = ""

    @property
    def host(self) -> Party | None:
        """The host, when there is one."""
        return next((party for party in self.parties if party.host), None)

    def party(self, key: UUID) -> Party | None:
        """One of the parties."""
        return next((party for party in self.parties if party.id == key), None)

    def name(self, key: UUID) -> str:
        """The name of a party; "" for one that is not here."""
        found = self.party(key)
        return found.name if found else ""

    def share(self, party: Party) -> str:
        """Its part of the grant in words."""
        whole = WHOLE if self.sharing == "percent" else sum(each.weight for each in self.parties)
        return percent(party.weight, whole) if whole and party.weight else "ingen andel"

    def shared(self, kroner: int) -> dict[UUID, int]:
        """A grant in whole kroner for each party; the sum is the grant. Raises BadTerms while no shares are agreed."""
        if not any(party.weight for party in self.parties):
            raise BadTerms("Avtalen sier ikke hvordan tilskuddet skal fordeles. Skriv andelene først.")
        parts = split(kroner, [party.weight for party in self.parties])
        return {party.id: part for party, part in zip(self.parties, parts, strict=True)}


def usual(parties: tuple[Party, ...]) -> tuple[Task, ...]:
    """The tasks that a new agreement begins with."""
    return tuple(
        Task(one.code, one.title, one.text, {p.id: one.host if p.host else one.partner for p in parties})
        for one in usual_tasks()
    )


def usual_lends(parties: tuple[Party, ...]) -> tuple[Lend, ...]:
    """What a new agreement begins with: each partner's people are in the leader team."""
    return tuple(Lend(one.id, None, LEADERS) for one in parties if one.on_platform and not one.host)


def with_party(terms: Terms, party: Party) -> Terms:
    """A party joins: with a partner's part of the usual tasks, and no part of the grant until it is agreed."""
    usually = {one.code: one for one in usual_tasks()}

    def also(task: Task) -> Task:
        known = usually.get(task.code)
        duty = (known.host if party.host else known.partner) if known else "I"
        return replace(task, who={**task.who, party.id: duty})

    others = tuple(one for one in terms.parties if one.id != party.id)
    lends = terms.lends
    if terms.party(party.id) is None:
        lends = (*lends, *usual_lends((party,)))
    return replace(terms, parties=(*others, party), tasks=tuple(map(also, terms.tasks)), lends=lends)


def without_party(terms: Terms, key: UUID) -> Terms:
    """A party leaves. Its part of the grant is shared by nobody until new shares are written: weights keep their
    proportion, percent is scaled so that the rest is a hundred again."""
    left = tuple(party for party in terms.parties if party.id != key)
    if terms.sharing == "percent" and any(party.weight for party in left):
        scaled = split(WHOLE, [party.weight for party in left])
        left = tuple(replace(party, weight=weight) for party, weight in zip(left, scaled, strict=True))
    return replace(
        terms,
        parties=left,
        tasks=tuple(replace(t, who={k: v for k, v in t.who.items() if k != key}) for t in terms.tasks),
        lends=tuple(one for one in terms.lends if key not in (one.lender, one.borrower)),
    )


def with_host(terms: Terms, key: UUID) -> Terms:
    """Another host: what the old host had to do is the new one's, and the other way round. The first host gets what a
    host usually has."""
    old, usually = terms.host, {one.code: one.host for one in usual_tasks()}
    parties = tuple(replace(party, host=party.id == key) for party in terms.parties)

    def swapped(task: Task) -> Task:
        if old is None and task.code in usually:
            return replace(task, who={**task.who, key: usually[task.code]})
        if old is None or old.id == key:
            return task
        turned = {old.id: task.who.get(key, ""), key: task.who.get(old.id, "")}
        return replace(task, who={k: v for k, v in {**task.who, **turned}.items() if v})

    return replace(terms, parties=parties, tasks=tuple(map(swapped, terms.tasks)))


def check(terms: Terms) -> None:
    """Raises BadTerms for what cannot stand."""
    for fault in _faults(terms):
        raise BadTerms(fault)


def _faults(terms: Terms) -> Iterator[str]:
    if not terms.title.strip():
        yield "Gi avtalen et navn."
    if terms.model not in models() or terms.form not in forms():
        yield "Velg modell og rettslig form fra listene."
    if terms.starts_on and terms.ends_on and terms.ends_on < terms.starts_on:
        yield "Avtalen kan ikke slutte før den begynner."
    yield from _faults_of_parties(terms)
    yield from _faults_of_shares(terms)
    yield from _faults_of_tasks(terms)
    yield from _faults_of_lends(terms)
    yield from _faults_of_settings(terms.settings)


def _faults_of_parties(terms: Terms) -> Iterator[str]:
    if len(terms.parties) > MOST_PARTIES:
        yield f"En avtale kan ha {MOST_PARTIES} parter."
    if len({party.id for party in terms.parties}) < len(terms.parties):
        yield "Samme kommune står to ganger."
    if sum(party.host for party in terms.parties) > 1:
        yield "Bare én kommune kan være vertskommune."
    numbers = [party.organisation for party in terms.parties if party.organisation]
    if len(set(numbers)) < len(numbers):
        yield "To parter har samme organisasjonsnummer."
    for party in terms.parties:
        if party.organisation and not orgnr.is_valid(party.organisation):
            yield f"Organisasjonsnummeret til {party.name} har feil siffer. Kontroller det i Brønnøysundregistrene."
        if party.grant is not None and party.grant < 0:
            yield f"Tilskuddet til {party.name} kan ikke være under null."


def _faults_of_shares(terms: Terms) -> Iterator[str]:
    weights = [party.weight for party in terms.parties]
    if any(weight < 0 for weight in weights):
        yield "En andel kan ikke være under null."
    elif terms.sharing == "percent" and any(weights) and sum(weights) != WHOLE:
        yield f"Andelene er til sammen {percent(sum(weights))}. De må bli 100 %."


def _faults_of_tasks(terms: Terms) -> Iterator[str]:
    if len(terms.tasks) > MOST_TASKS:
        yield f"En avtale kan ha {MOST_TASKS} oppgaver."
    known = {party.id for party in terms.parties}
    for task in terms.tasks:
        if not task.title.strip():
            yield "En oppgave mangler navn."
        if not set(task.who) <= known or not set(task.who.values()) <= set(DUTIES):
            yield f"Oppgaven «{task.title}» er gitt til noen som ikke er part."


def _faults_of_lends(terms: Terms) -> Iterator[str]:
    known = {party.id for party in terms.parties}
    for lend in terms.lends:
        if lend.lender == lend.borrower or not {lend.lender, lend.borrower} - {None} <= known:
            yield "Velg to ulike parter: den som låner ut folk, og den som låner."
        kind = "kommune" if lend.borrower else "region"
        if not lend.roles or any(role not in Role or kind not in ROLES[Role(role)].kinds for role in lend.roles):
            yield "Velg hvilke roller de som lånes ut, har hos den som låner."
        if lend.starts_on and lend.ends_on and lend.ends_on < lend.starts_on:
            yield "Et utlån kan ikke slutte før det begynner."
    pairs = [(lend.lender, lend.borrower, role) for lend in terms.lends for role in lend.roles]
    if len(set(pairs)) < len(pairs):
        yield "Det samme utlånet står to ganger."


def _faults_of_settings(settings: Settings) -> Iterator[str]:
    if not 1 <= settings.meetings_per_year <= MOST_MEETINGS:
        yield f"Lederteamet kan ha fra 1 til {MOST_MEETINGS} møter i året."
    if settings.reporting not in REPORTING or not settings.deadlines:
        yield "Velg hvor ofte det rapporteres, og når fristene er."
        return
    try:
        report_deadlines(2000, settings.deadlines)
    except ValueError as error:
        yield str(error)


def warnings(terms: Terms) -> list[str]:
    """What can stand, but somebody should think of, in sentences."""
    found = [models()[terms.model].warning] if models()[terms.model].warning else []
    form = forms()[terms.form]
    if form.host == "ja" and terms.host is None:
        found.append(f"{form.title} krever en vertskommune. Ingen av partene er det ennå.")
    if form.note:
        found.append(form.note)
    missing = [party.name for party in terms.parties if not party.organisation]
    if missing:
        found.append(f"Organisasjonsnummer mangler for {listed(missing)}.")
    if terms.parties and not any(party.weight for party in terms.parties):
        found.append("Det er ikke avtalt hvordan tilskuddet fordeles.")
    found += [f"Ingen er ansvarlig for «{task.title}»." for task in terms.tasks if not task.of("R")]
    return found
