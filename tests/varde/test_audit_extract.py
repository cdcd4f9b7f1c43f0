"""«Hvem har sett i saken min?»: complete, understandable, and silent about content, reporter and everybody else."""

import random
from collections import Counter
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from tenants.cases.actions import add_member, write_note
from tenants.inbox.actions import receive
from tenants.inbox.told import Told
from tests.cast import TEST, as_person, ref
from tests.client import anonymous, client_for
from tests.tenants import way
from tests.varde.audit_world import SCHEMA, closed_case, matters_known
from varde.access import Reader, Role
from varde.audit.actions import Action, record
from varde.audit.extract import GROUND, extract, fold, seen_rows
from varde.audit.models import Entry
from varde.audit.trail import current
from varde.tenancy import fleet
from varde.tenancy.work import work

REPORTER = "Bodil Melder"


@pytest.fixture
def matters(house):
    with matters_known():
        yield


def told_case():
    """A case that a named reporter told of by a contact person, and another case beside it."""
    case, other = closed_case(), way.case()
    return case, other


def recount(matter) -> int:
    """Straight from the table, by ids that are found without the log's own idea of a matter."""
    with fleet.connect() as owner:
        owner.execute(f"SET LOCAL search_path = {SCHEMA}")
        (count,) = owner.execute(
            "SELECT count(*) FROM audit_entry WHERE action <> 'denied' AND what <> 'inbox.receipt'"
            " AND (what <> 'inbox.concern' OR action <> 'create') AND name NOT IN ('', 'intake', 'receipt')"
            " AND role <> 'Kontaktperson' AND object_id IN (SELECT %(m)s::text"
            " UNION SELECT id::text FROM cases_case WHERE concern_id = %(m)s::uuid"
            " UNION SELECT id::text FROM triage_nextstep WHERE concern_id = %(m)s::uuid"
            " UNION SELECT id::text FROM triage_assessment WHERE concern_id = %(m)s::uuid"
            " UNION SELECT id::text FROM inbox_reportermessage WHERE concern_id = %(m)s::uuid"
            " UNION SELECT n.id::text FROM cases_note n JOIN cases_case c ON c.id = n.case_id"
            "        WHERE c.concern_id = %(m)s::uuid"
            " UNION SELECT n.id::text FROM measures_measure n JOIN cases_case c ON c.id = n.case_id"
            "        WHERE c.concern_id = %(m)s::uuid"
            " UNION SELECT n.id::text FROM closing_report n JOIN cases_case c ON c.id = n.case_id"
            "        WHERE c.concern_id = %(m)s::uuid)",
            {"m": str(matter)},
        ).fetchone() or (0,)  # fmt: skip
    return int(count)


def test_every_request_that_somebody_made_is_counted_and_no_other(matters):
    with work(ref("gjovik"), TEST):
        case, other = told_case()
        add_member(case=way.case(), user=way.person("tom"), by=as_person("kari"))
    with work(ref("gjovik"), TEST):
        kari, ombud = client_for("kari"), client_for("arne", Role.PRIVACY_OFFICER)
    chance, made = random.Random(7), Counter()
    pages = {
        f"/saker/{case.id}": ["åpnet"],
        f"/saker/{case.id}/sluttrapport": ["åpnet", "skrev ut"],
        f"/innboks/{case.concern_id}": ["åpnet"],
        "/saker?vis=lukket": ["så i en liste"],
        "/innboks?vis=lukket": ["så i en liste"],
    }
    for _ in range(30):
        page = chance.choice(list(pages))
        assert kari.get(page).status_code == 200
        made.update(pages[page])
        kari.get(f"/saker/{other.id}")
    assert ombud.get("/innsynslogg").status_code == 200
    with work(ref("gjovik"), TEST):
        before = extract(case.concern_id, as_person("kari"))
    told = Counter()
    for line in before.lines:
        told.update(dict(line.deeds))
    wrote = ("skrev eller endret", "sendte beskjed")
    assert {deed: count for deed, count in told.items() if deed not in wrote} == dict(made)
    assert before.rows == recount(case.concern_id) - 1  # its own print came after
    print(f"\n1 case, {before.rows} rows, 0 missing")


def test_prints_and_exports_are_in_it(matters):
    with work(ref("gjovik"), TEST) as by:
        case = way.case()
        for action in (Action.PRINT, Action.EXPORT, Action.BREAK_GLASS):
            record(by=as_person("tom"), action=action, what="cases.case", ids=[case.id])
        assert by.purpose == TEST
    with work(ref("gjovik"), TEST):
        (line,) = [each for each in extract(case.concern_id, as_person("kari")).lines if each.who.startswith("Tom")]
    assert line.deeds == (("skrev ut", 1), ("tok ut", 1), ("brukte nødåpning", 1))
    assert line.why == ("Arbeid med saken", "Nødåpning, godkjent av en annen")


def test_it_is_itself_a_print_with_its_ground(matters):
    with work(ref("gjovik"), TEST):
        case = way.case()
    with work(ref("gjovik"), TEST):
        extract(case.concern_id, as_person("kari"))
    with work(ref("gjovik"), TEST):
        (row,) = Entry.objects.filter(what="audit.extract")
        assert (row.action, row.ground, row.matter_id) == ("print", GROUND, case.concern_id)
        again = extract(case.concern_id, as_person("kari"))
    assert any("Kontroll av innsyn" in line.why for line in again.lines)


def entry(name="Kari", at="2026-11-02T08:00", action="view", what="cases.case", role="Koordinator", user=None):
    when = datetime.fromisoformat(at).replace(tzinfo=UTC)
    return Entry(at=when, user_id=user, name=name, role=role, action=action, what=what, reason="privat notat")


def test_a_person_and_a_day_are_one_line_in_order_of_time():
    kari, tom = uuid4(), uuid4()
    rows = [
        entry(user=kari), entry(user=kari), entry(user=kari, action="list"), entry("Tom", user=tom, role="Teammedlem"),
        entry(user=kari, at="2026-11-02T23:30"),  # the next day in Oslo
    ]  # fmt: skip
    lines = fold(uuid4(), rows).lines
    assert [(f"{line.day:%d.%m}", line.who, line.deeds) for line in lines] == [
        ("02.11", "Kari", (("åpnet", 2), ("så i en liste", 1))),
        ("02.11", "Tom", (("åpnet", 1),)),
        ("03.11", "Kari", (("åpnet", 1),)),
    ]


def test_what_the_platform_did_is_told_by_its_purpose():
    found = fold(uuid4(), [entry("reminders"), entry("reminders", at="2026-11-05T08:00"), entry("keys")])
    assert [(row.why, row.times) for row in found.automatic] == [
        ("Påminnelse om frister", 2),
        ("Vedlikehold av nøkler", 1),
    ]
    assert found.rows == 3


def test_nothing_tells_of_the_reporter(matters):
    with work(ref("gjovik"), TEST):
        intake = Reader.for_purpose("intake", ref("gjovik"))
        got = receive(told=Told(reporter_kind="privat", what="x", reporter_name=REPORTER), channel="web", by=intake)
        contact = Reader(office=ref("gjovik"), user_id=uuid4(), name="Bodil", roles=frozenset({Role.CONTACT}))
        record(by=contact, action=Action.CREATE, what="inbox.concern", ids=[got.concern_id])
    answer = anonymous("gjovik").post("/kvittering", {"code": got.receipt, "receipt": got.receipt})
    assert answer.status_code in (200, 302, 303, 422)
    with work(ref("gjovik"), TEST):
        record(by=Reader(office=ref("gjovik")), action=Action.VIEW, what="inbox.receipt", ids=[got.concern_id])
        record(by=as_person("kari"), action=Action.VIEW, what="inbox.concern", ids=[got.concern_id])
    with work(ref("gjovik"), TEST):
        found = extract(got.concern_id, as_person("kari"))
        assert Entry.objects.filter(matter_id=got.concern_id).count() > 2
    assert [line.who for line in found.lines] == ["Kari Koordinator"]
    assert found.automatic == ()


def reporting(*roles: Role) -> Reader:
    return Reader(office=ref("gjovik"), user_id=uuid4(), name=REPORTER, roles=frozenset(roles))


@pytest.mark.parametrize("roles", [
    [Role.CONTACT], [Role.CONTACT, Role.LEADER], [Role.TEAM_MEMBER, Role.CONTACT], [Role.COORDINATOR],
])  # fmt: skip
def test_whoever_did_nothing_but_report_is_not_in_it_whatever_they_are(matters, roles):
    with work(ref("gjovik"), TEST) as by:
        told = Told(reporter_kind="ansatt", what="x", who="Ola Utsatt", safe_contact="12345678")
        got = receive(told=told, channel="phone", by=reporting(*roles), client_key=str(uuid4()))
        for what in ("inbox.attachment", "inbox.attachment.finding", "inbox.client_keys", "inbox.search_term"):
            record(by=reporting(*roles), action=Action.CREATE, what=what, ids=[got.concern_id])
        record(by=Reader.for_purpose("reminders", by.office), action=Action.SEND, what="inbox.concern",
               ids=[got.concern_id])  # fmt: skip
    with work(ref("gjovik"), TEST):
        assert Entry.objects.filter(matter_id=got.concern_id, name=REPORTER).count() == 5
        found = extract(got.concern_id, as_person("kari"))
    assert (found.lines, found.automatic) == ((), ())


def test_the_role_of_a_contact_is_not_told():
    (line,) = fold(uuid4(), [entry(user=uuid4(), role="Kontaktperson, Teammedlem")]).lines
    assert line.role == "Teammedlem"


@pytest.mark.parametrize("what", ["cases.case", "inbox.concern", "inbox.attachment.copy", "measures.measure"])
def test_every_look_at_a_lent_matter_says_so(what):
    row = entry(user=uuid4(), what=what)
    row.ground = "nødåpning"
    assert fold(uuid4(), [row]).lines[0].why == ("Nødåpning, godkjent av en annen",)


def test_asking_for_an_emergency_opening_is_not_told_as_a_look():
    (line,) = fold(uuid4(), [entry(user=uuid4(), what="cases.glass", action="break_glass")]).lines
    assert (line.deeds, line.why) == ((("ba om, svarte på eller avsluttet en nødåpning", 1),), ("Nødåpning",))


@pytest.fixture
def printed(matters):
    """The page, as Kari prints it."""
    with work(ref("gjovik"), TEST):
        case, other = way.case(), way.case()
        write_note(case=case, text="Hemmelig notat om søsteren", by=as_person("kari"))
        record(by=as_person("tom"), action=Action.VIEW, what="cases.case", ids=[case.id], reason="ringte om Ola")
        record(by=Reader(office=ref("gjovik"), user_id=uuid4(), name="Avvist Avvisning"), action=Action.DENIED,
               what="cases.case", ids=[case.id])  # fmt: skip
        record(by=Reader(office=ref("gjovik"), user_id=uuid4(), name="Nils Nabosak"), action=Action.VIEW,
               what="cases.case", ids=[other.id])  # fmt: skip
        kari = client_for("kari")
    return kari, case


@pytest.mark.parametrize("typed", ["{name}", "{id}", "{concern}", "{short}"])
def test_the_case_is_found_by_its_name_or_number(printed, typed):
    kari, case = printed
    typed = typed.format(name=case.name, id=case.id, concern=case.concern_id, short=str(case.id)[:8])
    answer = kari.post("/innsynslogg/utskrift", {"sak": typed})
    assert answer["Location"] == f"/innsynslogg/utskrift/{case.concern_id}"
    assert kari.get(answer["Location"]).status_code == 200


def test_the_page_says_who_and_never_what(printed):
    kari, case = printed
    page = kari.get(f"/innsynslogg/utskrift/{case.concern_id}").content.decode().partition("<main")[2]
    assert "Tom Teammedlem" in page
    assert "skrev eller endret" in page
    never = [
        "Hemmelig",
        "søsteren",
        "Ola",
        way.TELLER,
        "ringte om",
        "Avvist",
        "Nils",
        str(case.id),
        case.name,
        "reason",
    ]
    assert [word for word in never if word in page] == []


def test_the_privacy_officer_finds_it_through_the_log(printed):
    _, case = printed
    with work(ref("gjovik"), TEST):
        ombud = client_for("arne", Role.PRIVACY_OFFICER)
    answer = ombud.post("/innsynslogg/utskrift", {"sak": str(case.id)[:8]})
    assert answer["Location"] == f"/innsynslogg/utskrift/{case.concern_id}"
    assert "Tom Teammedlem" in ombud.get(answer["Location"]).content.decode()


def test_a_number_that_is_not_there_and_an_address_that_is_not_there(printed):
    kari, _ = printed
    for typed in ("Sak 2026-ABCDEF", "x", str(uuid4()), "abc", "%", "a" * 32):
        answer = kari.post("/innsynslogg/utskrift", {"sak": typed})
        assert (answer.status_code, "finner ingen sak" in answer.content.decode()) == (422, True), typed
    assert kari.get(f"/innsynslogg/utskrift/{uuid4()}").status_code == 404


@pytest.mark.parametrize("role", [Role.TEAM_MEMBER, Role.LEADER, Role.ADMINISTRATOR, Role.CONTACT])
def test_others_may_not(gjovik, role):
    assert client_for("kari", role).get("/innsynslogg/utskrift").status_code == 403


def test_the_rows_are_those_of_the_matter_alone(matters):
    with work(ref("gjovik"), TEST):
        case, other = way.case(), way.case()
        current().flush()
        assert {row.matter_id for row in seen_rows(case.concern_id)} == {case.concern_id}
        assert seen_rows(other.concern_id).exists()
