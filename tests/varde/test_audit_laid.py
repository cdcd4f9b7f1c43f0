"""Nobody lays a row of the log in another's name, and nobody who a covered matter may be about sees its rows."""

from contextlib import contextmanager
from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from tenants.inbox.models import Denial
from tests.cast import PASSWORD, TEST, as_person, ref, seen_as
from tests.client import anonymous, client_for
from tests.tenants import way
from tests.varde.audit_world import SCHEMA, matters_known
from varde.access import Reader, Role
from varde.access.ticket import presented
from varde.audit.actions import Action, record
from varde.audit.chain import verify
from varde.audit.models import Anchor, Entry, Finding, Rule
from varde.clock import now
from varde.tenancy import fleet
from varde.tenancy.work import work
from varde.ui.dates import day_of

SQL = (
    "INSERT INTO audit_entry (id, at, user_id, name, role, action, what, object_id, reason, ground, request_id, number,"
    " previous, digest) VALUES (gen_random_uuid(), now(), %s, %s, '', 'view', 'x', '', '', '', '', 0, '', '')"
)


def laid(by: Reader, user: UUID | None, name: str) -> bool:
    """Does the database take this row in a request of this reader?"""
    with presented(by), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(SQL, [user, name])
        except ProgrammingError:
            return False
    return True


def test_a_transaction_may_have_more_rows_than_one_statement_holds(gjovik):
    """A flood that is told of, or an import: 14 values in a row, and PostgreSQL takes 65,535 in a statement."""
    with work(gjovik, "reminders") as by:
        record(by=by, action=Action.SEND, what="inbox.concern", ids=[uuid4() for _ in range(6_000)])
    assert Entry.objects.filter(name="reminders", action=Action.SEND).count() == 6_000


def test_a_row_is_taken_from_the_one_it_is_about_and_nobody_else(gjovik):
    kari, tom, post = as_person("kari"), as_person("tom"), Reader.for_purpose("post", gjovik)
    assert laid(kari, kari.user_id, kari.name)
    assert laid(post, None, "post")
    assert laid(Reader(office=gjovik), None, "")
    forged = [(kari, tom.user_id, tom.name), (post, kari.user_id, kari.name), (kari, None, ""), (post, None, tom.name)]
    forged += [(Reader(office=gjovik), tom.user_id, tom.name), (Reader(office=gjovik), None, "post")]
    assert [laid(*row) for row in forged] == [False] * len(forged)


def test_a_controller_lays_no_row_for_another_because_they_may_read_it(gjovik):
    ombud = client_for("arne", Role.PRIVACY_OFFICER).person
    by = Reader(office=gjovik, user_id=ombud.id, name=ombud.name, roles=frozenset({Role.PRIVACY_OFFICER}))
    assert (laid(by, ombud.id, ""), laid(by, as_person("kari").user_id, "Kari")) == (True, False)


def test_the_name_is_that_of_the_account(house):
    with work(ref("gjovik"), TEST):
        way.person("kari")
        assert laid(as_person("kari"), as_person("kari").user_id, "Tom Teammedlem")
    with work(ref("gjovik"), TEST):
        assert [row.name for row in Entry.objects.filter(what="x")] == ["Kari Koordinator"]


def test_a_log_in_and_a_refused_request_leave_their_rows(house):
    with work(ref("gjovik"), TEST):
        kari = client_for("kari")
        concern = way.received()
    browser = anonymous("gjovik")
    wrong = {"login": "kari@gjovik.example", "password": "feil"}
    assert browser.post("/inn", wrong).status_code == 422
    assert browser.post("/inn", wrong | {"password": PASSWORD}).status_code == 302
    assert kari.post(f"/innboks/{uuid4()}/apne").status_code == 404
    assert kari.get(f"/innboks/{concern.id}").status_code == 200
    with work(ref("gjovik"), TEST):
        came = Entry.objects.filter(what="identity.session").order_by("number").values_list("action", "user_id")
        assert list(came)[-2:] == [("denied", None), ("create", as_person("kari").user_id)]
        assert Entry.objects.filter(action="denied", what="inbox.concern", user_id=as_person("kari").user_id).exists()
    with fleet.connect() as owner:
        assert verify(owner, SCHEMA).whole


def test_only_the_purpose_that_anchors_notes_an_anchor(gjovik):
    def noted(by: Reader) -> bool:
        with presented(by):
            try:
                with transaction.atomic():
                    Anchor(day=day_of(now()), at=now(), number=1, digest="0" * 64).save()
            except ProgrammingError:
                return False
        return True

    with seen_as("kari") as kari:
        assert [noted(by) for by in (kari, Reader.for_purpose("intake", gjovik))] == [False, False]
        assert noted(Reader.for_purpose("verify", gjovik))
        with presented(Reader(office=gjovik)):
            assert not Anchor.objects.exists()


@contextmanager
def told_of(about: str = "leader"):
    """A covered matter that Kari has taken, looked at, and on which there is a finding."""
    with matters_known():
        with work(ref("gjovik"), TEST):
            way.person("kari")
            concern = way.received(about_staff=about)
            record(by=as_person("kari"), action=Action.VIEW, what="inbox.concern", ids=[concern.id])
            found = Finding(month=day_of(now()).replace(day=1), rule=Rule.NO_TASK, user_id=uuid4(), name="Sven Snoker",
                            matter_id=concern.id, looks=1)  # fmt: skip
            found.first_at = found.last_at = found.found_at = now()
            found.save()
        yield concern, found


def test_a_leader_sees_nothing_of_a_covered_matter(house):
    with told_of() as (concern, found):
        with work(ref("gjovik"), TEST):
            lise, both = client_for("tom", Role.LEADER), client_for("arne", Role.LEADER, Role.PRIVACY_OFFICER)
        for client in (lise, both):
            assert "Sven Snoker" not in client.get("/innsynslogg/kontroll").content.decode()
            assert client.get(f"/innsynslogg/kontroll/{found.id}").status_code == 404
        assert str(concern.id)[:8] not in both.get("/innsynslogg").content.decode()
        plain = way_of_a_plain_matter()
        assert str(plain)[:8] in both.get("/innsynslogg").content.decode()


def way_of_a_plain_matter() -> UUID:
    with work(ref("gjovik"), TEST):
        concern = way.received()
        record(by=as_person("kari"), action=Action.VIEW, what="inbox.concern", ids=[concern.id])
        return concern.id


def test_the_privacy_officer_sees_its_rows_and_gets_no_extract_of_it(house):
    with told_of() as (concern, found):
        with work(ref("gjovik"), TEST):
            ombud = client_for("arne", Role.PRIVACY_OFFICER)
        assert str(concern.id)[:8] in ombud.get("/innsynslogg").content.decode()
        assert ombud.get(f"/innsynslogg/kontroll/{found.id}").status_code == 200
        answers = [ombud.get(f"/innsynslogg/utskrift/{each}") for each in (concern.id, uuid4())]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].content == answers[1].content
        assert ombud.post("/innsynslogg/utskrift", {"sak": str(concern.id)}).status_code == 422
        assert ombud.get(f"/innsynslogg/utskrift/{way_of_a_plain_matter()}").status_code == 200


def test_a_privacy_officer_who_is_shut_out_sees_none_of_its_rows(house):
    with told_of() as (concern, found):
        with work(ref("gjovik"), TEST):
            ombud = client_for("arne", Role.PRIVACY_OFFICER)
            Denial(concern=concern, user=ombud.person, kind="suspected", at=now(), by_user=as_person("kari").user_id,
                   by_name="Kari").save(force_insert=True)  # fmt: skip
        assert str(concern.id)[:8] not in ombud.get("/innsynslogg").content.decode()
        assert ombud.get(f"/innsynslogg/kontroll/{found.id}").status_code == 404


def test_whoever_holds_it_makes_the_extract(house):
    with told_of() as (concern, _):
        with work(ref("gjovik"), TEST):
            kari = client_for("kari")
        assert kari.get(f"/innsynslogg/utskrift/{concern.id}").status_code == 200


@pytest.mark.parametrize("there", [True, False])
def test_a_finding_about_many_is_shown_where_a_row_behind_it_is(house, there):
    with told_of() as (concern, _):
        with work(ref("gjovik"), TEST):
            lise = client_for("tom", Role.LEADER)
            sven = Reader(office=ref("gjovik"), user_id=uuid4(), name="Vidar Vandrer")
            seen = way.received().id if there else concern.id
            record(by=sven, action=Action.VIEW, what="inbox.concern", ids=[seen])
            found = Finding(month=day_of(now()).replace(day=1), rule=Rule.VOLUME, user_id=sven.user_id, name=sven.name,
                            looks=4711)  # fmt: skip
            found.first_at = found.last_at = found.found_at = now()
            found.save()
        page = lise.get("/innsynslogg/kontroll").content.decode()
        assert ("Vidar Vandrer" in page, "4711" in page or "4 711" in page) == (there, False)
        assert lise.get(f"/innsynslogg/kontroll/{found.id}").status_code == (200 if there else 404)
