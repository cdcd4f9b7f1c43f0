"""The kinds of matters that somebody must not know of, each made by the product's own actions.

A matter tells the same about the same person: name, phone, id number, address. `HIDINGS` says of each kind who in the
team is an outsider to it; people without a place in the team are outsiders to all.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from shared.codes.forms import CURRENT
from tenants.cases import actions as cases
from tenants.cases.models import Case
from tenants.closing.actions import Report, close
from tenants.closing.transfer_actions import transfer
from tenants.inbox import attachments, shutting
from tenants.inbox.actions import message_reporter, open_concern, receive
from tenants.inbox.attached import Attachment, AttachmentFinding
from tenants.inbox.models import Concern, Denial
from tenants.inbox.told import Told
from tenants.measures.actions import Plan, plan_measure
from tenants.measures.models import Measure
from tenants.persons.actions import add_person
from tenants.persons.card import Card
from tenants.persons.models import Person
from tenants.persons.spoken import SafetyWarning
from tenants.persons.spoken_actions import Told as Danger
from tenants.persons.spoken_actions import warn, write_voice
from tenants.persons.voice import Said
from tenants.triage.actions import NewStep, decide
from tests.cast import TEST, ref
from tests.twins.people import SERVICE, SLUG, id_of, reader, user
from varde.access import Reader
from varde.access.ticket import presented
from varde.clock import now
from varde.documents.spool import Spool
from varde.documents.uploads import SentFile

NAME, PHONE, ID_NUMBER = "Hjørdis Skjulthaug", "61 98 76 54", "01015012345"
SUSPECT, REPORTER = "Snorre Slagsvold", "Ragna Rapportør"
CLIENT_KEY = "h1dden0f" * 3
WORDS = f"{NAME} ({ID_NUMBER}) blir slått av {SUSPECT}"
CONTROLLERS = ("lene", "per")
# Only a coordinator shuts others out, so here the controllers keep their task.
WITHOUT_COORDINATOR = {"about the coordinator"}
Ids = dict[str, list[uuid.UUID]]


def told(about_staff: str = "", what: str = WORDS) -> Told:
    """What the reporter said."""
    return Told(
        reporter_kind="privat", what=what, who=f"{NAME} {ID_NUMBER}", suspected=SUSPECT, reporter_name=REPORTER,
        reporter_phone=PHONE, where_lives="Storgata 1, 2815 Gjøvik", safe_contact=PHONE, about_staff=about_staff,
    )  # fmt: skip


def arrived(what: Told, key: str = "", days: float = 40) -> uuid.UUID:
    """Through the public form, with a file beside it."""
    intake = Reader.for_purpose("intake", ref(SLUG))
    with presented(intake):
        got = receive(told=what, channel="web", by=intake, client_key=key, received_at=now() - timedelta(days=days))
        spool = Spool()
        spool.add(b"%PDF-1.7 " + WORDS.encode())
        spool.close_writing()
        file = SentFile(name="bilde.pdf", declared="application/pdf", size=spool.size, spool=spool)
        attachments.attach(concern_id=got.concern_id, files=[file], by=intake)
    with presented(Reader.for_purpose("documents", ref(SLUG))):
        for row in Attachment.objects.filter(concern_id=got.concern_id):
            AttachmentFinding(
                attachment=row, concern_id=got.concern_id, at=now(), virus="clean", opening="kept", reason=""
            ).save()
    return got.concern_id


def concern(concern_id: uuid.UUID) -> Concern:
    """As it is now; within a ticket that sees it."""
    return Concern.objects.get(id=concern_id)


def opened(what: Told, key: str = "", by: str = "kari") -> uuid.UUID:
    """A person has it, and has written to the reporter."""
    concern_id = arrived(what, key)
    with presented(reader(by)):
        open_concern(concern=concern(concern_id), by=reader(by))
        message_reporter(concern=concern(concern_id), text=f"Vi følger opp {NAME}", by=reader(by))
        with_persons(concern_id, by)
    return concern_id


def with_persons(concern_id: uuid.UUID, by: str) -> None:
    """The same two people each time, with a danger and their own words: whoever sees one matter must not learn of
    another one by them."""
    whom, place = concern(concern_id), "Storgata 1, 2815 Gjøvik"
    add_person(concern=whom, role="exposed", card=Card(name=NAME, phone=PHONE, address=place), by=reader(by))
    suspect = add_person(
        concern=whom, role="suspected", card=Card(name=SUSPECT, id_number="01819012012"), by=reader(by)
    )
    told_of = Danger("weapon", WORDS, (now() + timedelta(days=30)).date(), suspect)
    warn(concern=whom, told=told_of, by=reader(by))
    write_voice(concern=whom, person=None, stage="start", said=Said("own", WORDS), by=reader(by))


def decided(concern_id: uuid.UUID, by: str = "kari") -> None:
    """A case, with a step that is overdue."""
    step = NewStep(f"Ring {NAME}", user(by), now() - timedelta(hours=1))
    with presented(reader(by)):
        decide(
            concern=concern(concern_id), category="akutt", outcome="case", reason=WORDS, step=step, by=reader(by)
        )  # fmt: skip


def worked_on(concern_id: uuid.UUID, by: str = "kari") -> None:
    """Note, answers and a measure that is overdue."""
    with presented(reader(by)):
        case = Case.objects.select_related("concern").get(concern_id=concern_id)
        cases.write_note(case=case, text=WORDS, by=reader(by))
        cases.answer(case=case, form=CURRENT, answers={"kategori": ["akutt"]}, by=reader(by))
        plan = Plan("concrete", f"Følge {NAME} hjem", user(by), (now() - timedelta(days=1)).date(), SERVICE)
        plan_measure(case=case, plan=plan, by=reader(by))


def denied(concern_id: uuid.UUID, *names: str, service: str = "", kind: str = "kinship") -> None:
    """By Kari, who keeps it."""
    with presented(reader("kari")):
        for name in names:
            shutting.deny(concern=concern(concern_id), user=user(name), kind=kind, by=reader("kari"))
        if service:
            shutting.deny(concern=concern(concern_id), user=None, service=service, kind="other", by=reader("kari"))


def a_case(key: str = "") -> uuid.UUID:
    """Kari's own case, and Drude's: a coordinator may be shut out only while somebody else sees it too."""
    concern_id = opened(told(), key)
    decided(concern_id)
    worked_on(concern_id)
    with presented(reader("kari")):
        case = Case.objects.select_related("concern").get(concern_id=concern_id)
        cases.add_member(case=case, user=user("drude"), by=reader("kari"))
    return concern_id


# --- the kinds ------------------------------------------------------------------------------------------------
def not_a_member() -> uuid.UUID:
    return a_case(CLIENT_KEY)


def denied_by_name() -> uuid.UUID:
    concern_id = opened(told())
    denied(concern_id, "tom", "tove", "kim", kind="suspected")
    return concern_id


def denied_unopened() -> uuid.UUID:
    concern_id = arrived(told(), days=3)
    denied(concern_id, "tom", "kim")
    return concern_id


def denied_by_service() -> uuid.UUID:
    concern_id = opened(told())
    denied(concern_id, service=SERVICE.upper())
    return concern_id


def suspected_member() -> uuid.UUID:
    concern_id = a_case()
    with presented(reader("kari")):
        case = Case.objects.select_related("concern").get(concern_id=concern_id)
        for name in ("tove", "tom"):
            cases.add_member(case=case, user=user(name), by=reader("kari"))
    denied(concern_id, "tove", "tom", kind="suspected")
    return concern_id


def covered() -> uuid.UUID:
    concern_id = opened(told(about_staff="team"))
    with presented(reader("kari")):
        shutting.name_substitute(concern=concern(concern_id), substitute=user("drude"), by=reader("kari"))
    return concern_id


def covered_unopened() -> uuid.UUID:
    return arrived(told(about_staff="staff"), days=3)


def about_the_coordinator() -> uuid.UUID:
    concern_id = opened(told(about_staff="coordinator"), by="drude")
    decided(concern_id, by="drude")
    worked_on(concern_id, by="drude")
    return concern_id


def denied_coordinator() -> uuid.UUID:
    concern_id = a_case()
    denied(concern_id, "kim")
    return concern_id


def closed() -> uuid.UUID:
    concern_id = a_case()
    denied(concern_id, "kim")
    with presented(reader("kari")):
        case = Case.objects.select_related("concern").get(concern_id=concern_id)
        report = Report(done=WORDS, own_words=WORDS, carried_on="Hjemmetjenesten")
        close(case=case, report=report, outcomes=["closer_follow_up"], by=reader("kari"))
    return concern_id


def transferred() -> uuid.UUID:
    concern_id = opened(told(about_staff="team"))
    with presented(reader("kari")):
        to = ref("ostre-toten").id
        transfer(concern=concern(concern_id), to=to, reason="too_close", summary=WORDS, by=reader("kari"))
    return concern_id


@dataclass(frozen=True)
class Hiding:
    """How a matter is hidden, and from whom in the team."""

    make: Callable[[], uuid.UUID]
    team: frozenset[str]


def _hiding(make: Callable[[], uuid.UUID], *team: str) -> Hiding:
    return Hiding(make, frozenset(team))


HIDINGS = {
    "not a member": _hiding(not_a_member, "tom", "tove"),
    "denied by name": _hiding(denied_by_name, "tom", "tove", "kim"),
    "denied before it is opened": _hiding(denied_unopened, "tom", "kim"),
    "denied by service": _hiding(denied_by_service, "tove"),
    "the suspected member": _hiding(suspected_member, "tom", "tove"),
    "covered": _hiding(covered, "tom", "tove", "kim"),
    "covered and unopened": _hiding(covered_unopened, "tom", "tove"),
    "about the coordinator": _hiding(about_the_coordinator, "kim", "kari", "tom", "tove"),
    "denied coordinator": _hiding(denied_coordinator, "kim", "tom", "tove"),
    "closed": _hiding(closed, "kim", "tom", "tove"),
    "transferred": _hiding(transferred, "kim", "tom", "tove"),
}


def hidden_from(outsider: str) -> list[str]:
    """The kinds of matters that this person is outside of."""
    team = {"kari", "kim", "tom", "tove", "drude"}
    if outsider in CONTROLLERS:
        return [name for name in HIDINGS if name not in WITHOUT_COORDINATOR]
    return [name for name, hiding in HIDINGS.items() if outsider not in team or outsider in hiding.team]


def make(name: str) -> Ids:
    """Lay one, shut the controllers of the cast out of it, and say under which ids it lies."""
    concern_id = HIDINGS[name].make()
    if name not in WITHOUT_COORDINATOR:
        denied(concern_id, *CONTROLLERS, kind="other")
    with presented(Reader.for_purpose(TEST, ref(SLUG))):
        return ids_of(concern_id)


def ids_of(concern_id: uuid.UUID) -> Ids:
    """Every id that an address could name."""
    case = Case.objects.filter(concern_id=concern_id).first()
    return {
        "concern": [concern_id],
        "case": [case.id] if case else [],
        "measure": list(Measure.objects.filter(case=case).values_list("id", flat=True)) if case else [],
        "attachment": list(Attachment.objects.filter(concern_id=concern_id).values_list("id", flat=True)),
        "denial": list(Denial.objects.filter(concern_id=concern_id).values_list("id", flat=True)),
        "person": list(Person.objects.filter(concern_id=concern_id).values_list("id", flat=True)),
        "warning": list(SafetyWarning.objects.filter(concern_id=concern_id).values_list("id", flat=True)),
    }


def lay_what_all_may_see() -> Ids:
    """An office at work: what is there in both worlds, about the same person and about others."""
    for_all = opened(told(), "v1s1ble0" * 3)
    arrived(told(what="En annen bekymring"), days=1)
    case_id = opened(told(what="Noe annet"))
    decided(case_id)
    worked_on(case_id)
    with presented(reader("kari")):
        case = Case.objects.select_related("concern").get(concern_id=case_id)
        for name in ("tom", "tove"):
            cases.add_member(case=case, user=user(name), by=reader("kari"))
    with presented(Reader.for_purpose(TEST, ref(SLUG))):
        first, second = ids_of(for_all), ids_of(case_id)
    return {kind: first[kind] + second[kind] for kind in first} | {"user": [id_of("tom")]}
