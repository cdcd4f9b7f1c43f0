"""What operators have learnt: what holds, what is about to end, what is missing, and who sees it."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from regional.phone import training_actions as actions
from regional.phone import training_queries as queries
from regional.phone.models import Course, CourseList
from regional.phone.training import ending, lacking, lines
from shared.codes import courses as codes
from tests.cast import ref, seen_as
from tests.client import client_for, log_in
from tests.regional.declared import declare
from varde.access import Reader, Role
from varde.clock import OSLO, now

TODAY = now().astimezone(OSLO).date()
LIST = "/vakttelefon/drift/operatorer"


def host():
    """The host's administrator at the keyboard."""
    return log_in("gjovikregionen", "vert@gjovikregionen.example", "Hanne Vert", Role.HOST_ADMINISTRATOR)


@pytest.fixture
def olga(gjovikregionen):
    """Olga, who has signed."""
    client = client_for("olga")
    declare("olga")
    return client.person


def enter(client, user, code: str, day: date, **more: str):
    """The form."""
    return typed(client, user, {"code": code, "done_on": day.isoformat()} | more)


def typed(client, user, sent: dict[str, str]):
    """As the browser sends it."""
    return client.post(f"{LIST}/{user.id}", sent)


def test_a_course_is_entered_holds_as_long_as_the_list_says_and_is_shown(olga):
    client = host()
    assert enter(client, olga, "linjen", date(TODAY.year - 1, 3, 1))["Location"] == f"{LIST}/{olga.id}"
    assert Course.objects.get().until == date(TODAY.year + 1, 3, 1)
    assert "Vakttelefonens egen opplæring, med prøvesamtaler" in client.get(f"{LIST}/{olga.id}").content.decode()
    own = client_for("olga").get("/vakttelefon/meg").content.decode()
    assert f"01.03.{TODAY.year + 1}" in own


def test_what_is_missing_or_has_run_out_is_warned_of_where_the_host_and_the_operator_look(olga):
    client = host()
    enter(client, olga, "linjen", TODAY - timedelta(days=900))
    for where, by in (("/start", client), (LIST, client), ("/start", client_for("olga"))):
        shown = by.get(where).content.decode()
        assert "Vakttelefonens egen opplæring, med prøvesamtaler er gått ut" in shown, where
        assert "TryggEst grunnkurs (e-læring) mangler" in shown, where


def test_an_operator_who_has_everything_is_not_named(olga):
    by = Reader.for_purpose("setup", ref("gjovikregionen"))
    for one in codes.shipped():
        actions.add_course(user=olga, code=one.code, done_on=TODAY, by=by)
    (found,) = queries.everybody(TODAY)
    assert (found.lacks, queries.warnings([found])) == ([], [])


def test_standing_by_hand():
    known = (codes.Course("a", "A", 12, True), codes.Course("b", "B", 0, True), codes.Course("c", "C", 12, False))
    day = date(2026, 5, 1)
    done = [("a", date(2025, 5, 20), date(2026, 5, 20)), ("a", date(2024, 1, 1), date(2025, 1, 1)),
            ("old", date(2020, 1, 1), None)]  # fmt: skip
    found = lines(known, done, day)
    assert [(one.code, one.standing) for one in found] == [
        ("a", "soon"), ("b", "missing"), ("c", "missing"), ("old", "ok"),
    ]  # fmt: skip
    assert lacking(found) == ["B mangler"]
    assert ending(found) == ["A går ut 20.05.2026"]
    assert lacking(lines(known, done, date(2026, 5, 21)))[0] == "A er gått ut"


@pytest.mark.parametrize(("more", "sentence"), [
    ({"code": "finnes-ikke"}, "Velg et kurs fra listen."),
    ({"done_on": "2999-01-01"}, "fram i tid"), ({"done_on": "1901-01-01"}, "årstallet"),
    ({"until": "1999-01-01"}, "går ut før det er tatt"),
])  # fmt: skip
def test_what_cannot_be_is_refused_with_a_sentence(olga, more, sentence):
    answer = typed(host(), olga, {"code": "linjen", "done_on": TODAY.isoformat()} | more)
    assert (answer.status_code, Course.objects.count()) == (422, 0)
    assert sentence in answer.content.decode()


def test_a_course_on_the_wrong_person_counts_no_more_and_stays(olga):
    client = host()
    enter(client, olga, "linjen", TODAY)
    row = Course.objects.get()
    where = f"{LIST}/{olga.id}/kurs/{row.id}/feil"
    assert client.post(where, {"reason": ""}).status_code == 422
    assert client.post(where, {"reason": "Det var Ole"}).status_code == 303
    assert client.post(where, {"reason": "igjen"}).status_code == 422
    assert "Det var Ole" in client.get(f"{LIST}/{olga.id}").content.decode()
    assert any(said.startswith("Vakttelefonens") for one in queries.everybody(TODAY) for said in one.lacks)


def test_the_host_has_its_own_list_and_the_second_of_two_is_told(olga):
    client = host()
    sent = {"courses": "eget; Vårt eget kurs; 12; kreves\nekstra; Noe ekstra; 0", "seen": ""}
    assert client.post("/vakttelefon/drift/kurs", sent)["Location"] == LIST
    assert client.post("/vakttelefon/drift/kurs", sent).status_code == 422
    assert CourseList.objects.count() == 1
    assert [one.required for one in queries.courses()] == [True, False]
    assert "Vårt eget kurs mangler" in client.get(LIST).content.decode()
    wrong = client.post("/vakttelefon/drift/kurs", {"courses": "bare kode"})
    assert "Linje 1" in wrong.content.decode()


def test_a_list_is_typed_back_as_it_was():
    assert codes.typed(codes.as_typed(codes.shipped())) == codes.shipped()


def test_an_operator_sees_only_their_own_and_enters_nothing(olga):
    other = log_in("gjovikregionen", "ole@gjovikregionen.example", "Ole Operatør", Role.OPERATOR)
    by = Reader.for_purpose("setup", ref("gjovikregionen"))
    actions.add_course(user=other.person, code="linjen", done_on=TODAY, by=by)
    assert client_for("olga").get(f"{LIST}/{other.person.id}").status_code == 403
    with seen_as("olga") as me:
        assert not Course.objects.exists()
        row = Course(user=olga, code="linjen", done_on=TODAY, made_at=now(), made_by_name=me.name)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            row.save(force_insert=True)


def test_somebody_who_never_answered_the_phone_has_no_page(olga):
    liv = client_for("liv").person
    assert host().get(f"{LIST}/{liv.id}").status_code == 404
