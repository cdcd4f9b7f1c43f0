"""What is written in cases, measures and closings lies sealed under the matter's key, and ends with it."""

import json
import uuid
from importlib import import_module

import pytest
from django.db import connection

from shared.codes.forms import CURRENT
from tenants.cases import actions as cases
from tenants.cases import queries
from tenants.cases.models import Answer, Case, Note
from tenants.closing.actions import Report, close
from tenants.closing.models import ClosingReport
from tenants.measures.actions import move_measure
from tenants.measures.models import Measure
from tests.cast import TEST, as_person, ref
from tests.client import client_for
from tests.tenants import way
from tests.tenants.keys import forget_keys, unwraps
from varde.access import Reader
from varde.access.ticket import presented
from varde.privacy.actions import destroy
from varde.privacy.errors import CannotOpen
from varde.privacy.fields import sealed_fields
from varde.privacy.sealing import seal_old, still_plain
from varde.tenancy import fleet
from varde.tenancy.work import work
from varde.ui.gone import GONE, words

SECRET = "Hun gjemmer pengene i sukkerskåla"
TABLES = ("cases_note", "cases_answer", "measures_measure", "closing_report")
REPORT = Report(done=SECRET, unsolved=SECRET, own_words=SECRET, learned=SECRET, carried_on=SECRET, helped="yes")


def lived() -> Case:
    """A case with a note, an answer, an ended measure and a report, all with the secret in them."""
    case, kari = way.case(), as_person("kari")
    cases.write_note(case=case, text=SECRET, by=kari)
    cases.answer(case=case, form=CURRENT, answers={"overgrep": ["economic"]}, by=kari)
    move_measure(measure=way.measure(case), to="done", effect=SECRET, by=kari)
    close(case=case, report=REPORT, outcomes=["no_consequence"], by=kari)
    return case


def ended(case: Case) -> Case:
    """The case after its key was destroyed."""
    destroy(matter_id=case.concern_id, by=as_person("kari"))
    forget_keys()
    return case


def stored() -> str:
    """Everything in the rooms' tables, as a copy of the database has it."""
    with connection.cursor() as cursor:
        found = []
        for table in TABLES:
            cursor.execute(f"SELECT row_to_json(t)::text FROM (SELECT * FROM {table}) t")
            found += [text for (text,) in cursor.fetchall()]
    return "\n".join(found)


def hex_of(text: str) -> str:
    return text.encode().hex()


def test_a_copy_of_the_tables_holds_nothing_of_what_was_written(gjovik):
    lived()
    copy = stored()
    assert "Kari Koordinator" in copy
    for said in (SECRET, "Hjemmetjenesten", "economic", "no_consequence"):
        assert said not in copy
        assert hex_of(said) not in copy


def test_every_sealed_row_of_a_matter_lies_under_its_key(gjovik):
    case = lived()
    for model in (Note, Answer, Measure, ClosingReport):
        row = model.objects.get()
        for field in sealed_fields(model):
            assert bytes(row.__dict__[field.attname].closed)[1:17] == case.concern_id.bytes


@pytest.mark.parametrize("path", ["/saker", "/tiltak"])
def test_a_list_asks_the_keeper_once_however_long(gjovik, path):
    kari = client_for("kari")
    for _ in range(3):
        way.measure(way.case())
    forget_keys()
    with unwraps() as calls:
        assert kari.get(path).status_code == 200
    assert calls == [1, 3]  # the session's own, and all matters together


@pytest.mark.parametrize("room", ["", "/lukk", "/skjema", "/tiltak"])
def test_a_page_of_a_case_asks_the_keeper_once(gjovik, room):
    kari, case = client_for("kari"), way.case()
    way.measure(case)
    way.measure(case)
    forget_keys()
    with unwraps() as calls:
        assert kari.get(f"/saker/{case.id}{room}").status_code == 200
    assert calls == [1, 1]  # the session's own, and the matter's


@pytest.mark.parametrize("room", ["", "/sluttrapport"])
def test_when_the_key_is_destroyed_the_pages_say_so(gjovik, room):
    kari, case = client_for("kari"), ended(lived())
    page = kari.get(f"/saker/{case.id}{room}")
    assert page.status_code == 200
    assert GONE in page.content.decode()
    assert SECRET not in page.content.decode()


def test_a_measure_and_the_lists_of_a_destroyed_matter_say_so(gjovik):
    kari, measure = client_for("kari"), way.measure(way.case())
    ended(measure.case)
    for path in ("/saker", "/tiltak", f"/tiltak/{measure.id}", f"/saker/{measure.case_id}/lukk"):
        page = kari.get(path)
        assert (path, page.status_code, GONE in page.content.decode()) == (path, 200, True)
    assert kari.get(f"/saker/{measure.case_id}/skjema").status_code == 200


@pytest.mark.parametrize(
    ("room", "sent"),
    [
        ("/notat", {"text": SECRET}),
        ("/skjema", {"alder": "over_67"}),
        ("/lukk", {"done": SECRET, "outcomes": ["no_consequence"]}),
    ],
)
def test_nothing_more_is_written_in_a_destroyed_matter(gjovik, room, sent):
    kari, case = client_for("kari"), ended(way.case())
    page = kari.post(f"/saker/{case.id}{room}", sent, follow=True).content.decode()
    assert "slettet for godt" in page
    assert (Note.objects.count(), ClosingReport.objects.count(), queries.answers(case)) == (0, 0, {})
    assert Case.objects.get(id=case.id).state == "open"


def test_what_is_only_hidden_is_not_called_deleted(gjovik):
    cases.write_note(case=way.case(), text=SECRET, by=as_person("kari"))
    note = Note.objects.get()
    forget_keys()
    with presented(Reader.for_purpose("reminders", gjovik)), pytest.raises(CannotOpen):
        words(note, "text")


def test_a_destroyed_case_still_counts_but_answers_nothing(gjovik):
    whole, gone = way.case(), ended(way.case())
    found = {row.case_id: row.answers for row in queries.registered()}
    assert found == {whole.id: {"kategori": ("ma",)}, gone.id: {}}


def test_the_one_who_counts_sees_every_answer_and_who_reminds_none(gjovik):
    way.case()
    forget_keys()
    with presented(Reader.for_purpose("returns", gjovik)):
        assert [row.answers for row in queries.registered()] == [{"kategori": ("ma",)}]
    forget_keys()
    with presented(Reader.for_purpose("reminders", gjovik)):
        assert [row.answers for row in queries.registered()] == [{}]


OLD = """
CREATE TABLE cases_answer (id uuid PRIMARY KEY, case_id uuid NOT NULL, form varchar(20) NOT NULL,
  question varchar(20) NOT NULL, code varchar(60) NOT NULL);
ALTER TABLE cases_answer ADD CONSTRAINT cases_one_tick UNIQUE (case_id, form, question, code);
"""


def test_old_ticks_are_laid_together_by_case_and_form(house):
    one, other = uuid.uuid4(), uuid.uuid4()
    ticks = [
        (one, "a", "q", "x"),
        (one, "a", "q", "y"),
        (one, "a", "r", "z"),
        (one, "b", "q", "x"),
        (other, "a", "q", "y"),
    ]
    with fleet.connect() as owner:
        owner.execute("CREATE SCHEMA old_ticks")
        owner.execute("SET LOCAL search_path = old_ticks")
        owner.execute(OLD)
        owner.cursor().executemany("INSERT INTO cases_answer VALUES (gen_random_uuid(), %s, %s, %s, %s)", ticks)
        owner.execute(import_module("tenants.cases.migrations.0005_sealed").TOGETHER)
        rows = owner.execute("SELECT case_id, form, given FROM cases_answer").fetchall()
        owner.rollback()
    found = {(case, form): {q: sorted(codes) for q, codes in json.loads(given).items()} for case, form, given in rows}
    assert found == {(one, "a"): {"q": ["x", "y"], "r": ["z"]}, (one, "b"): {"q": ["x"]}, (other, "a"): {"q": ["y"]}}


def test_what_stood_plain_before_is_sealed_where_it_stands(house):
    with work(ref("gjovik"), TEST):
        case = lived()
    with fleet.connect() as owner:
        owner.execute(f"SET search_path = {ref('gjovik').schema}")
        owner.execute("UPDATE cases_answer SET given = convert_to('{\"alder\": [\"over_67\"]}', 'UTF8')")
        owner.execute("UPDATE measures_measure SET title = convert_to('Ny lås', 'UTF8')")
    assert still_plain(ref("gjovik"), [Answer, Measure]) == 2
    assert sum(seal_old(ref("gjovik"), [Answer, Measure])) == 2
    with work(ref("gjovik"), TEST):
        assert queries.answers(case) == {"alder": ("over_67",)}
        assert Measure.objects.get().title == "Ny lås"


BEFORE = """
ALTER TABLE cases_answer DROP CONSTRAINT cases_one_answer_per_form;
ALTER TABLE cases_answer DROP COLUMN given;
ALTER TABLE cases_answer ADD COLUMN question varchar(20) NOT NULL DEFAULT 'alder';
ALTER TABLE cases_answer ADD COLUMN code varchar(60) NOT NULL DEFAULT 'over_67';
ALTER TABLE cases_answer ADD CONSTRAINT cases_one_tick UNIQUE (case_id, form, question, code);
ALTER TABLE cases_note ALTER COLUMN text TYPE text USING 'Snakket med henne';
ALTER TABLE measures_measure ALTER COLUMN title TYPE text USING 'Ny lås';
ALTER TABLE measures_measure ALTER COLUMN service TYPE varchar(120) USING '';
ALTER TABLE measures_measure ALTER COLUMN effect TYPE text USING 'Hun sover';
ALTER TABLE closing_report ALTER COLUMN done TYPE text USING 'Ferdig', ALTER COLUMN unsolved TYPE text USING '',
  ALTER COLUMN own_words TYPE text USING '', ALTER COLUMN learned TYPE text USING '',
  ALTER COLUMN carried_on TYPE text USING '';
DELETE FROM django_migrations WHERE (app, name) IN
  (('cases', '0005_sealed'), ('measures', '0002_sealed'), ('closing', '0004_sealed'));
"""


def test_an_office_from_before_is_brought_up_to_date_with_its_rows_and_sealed(house):
    with work(ref("gjovik"), TEST):
        case = lived()
    with fleet.connect() as owner:
        owner.execute(f"SET search_path = {ref('gjovik').schema}, public")
        owner.execute(BEFORE)
        owner.execute("UPDATE fleet.ledger SET digest = 'old' WHERE schema = %s", [ref("gjovik").schema])
    assert fleet.migrate() == 1
    assert sum(seal_old(ref("gjovik"))) == 4
    with work(ref("gjovik"), TEST):
        assert queries.answers(case) == {"alder": ("over_67",)}
        measure, report = Measure.objects.get(), ClosingReport.objects.get()
        assert (Note.objects.get().text, report.done, report.learned) == ("Snakket med henne", "Ferdig", "")
        assert (measure.title, measure.service, measure.effect) == ("Ny lås", "", "Hun sover")
