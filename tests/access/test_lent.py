"""People whom another kommune lends: here while the agreement is in force, and not a second longer."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from shared.registry import lends_actions
from shared.registry.lends_models import LendSaid
from shared.registry.lends_queries import about
from shared.registry.queries import office_by_slug
from tests.cast import PASSWORD, TEST, as_person, ref
from tests.client import anonymous, client_for, log_in
from tests.standing import OTHER_REGION, REGION, join, leave, lend, lend_of, speak, speak_of
from varde.access import Permission, Role
from varde.access.reader import Reader
from varde.access.ticket import presented
from varde.audit.models import Entry
from varde.cli import main
from varde.clock import now
from varde.identity import queries
from varde.identity.actions import give_role, invite, set_active, set_lender, take_role
from varde.identity.lending import lenders
from varde.identity.models import RoleGrant, User
from varde.refusal import Overtaken, Refused
from varde.tenancy.work import work

AWAY = "Samarbeidet gjelder ikke nå"
LENDER = "ostre-toten"


def lent(slug: str, *roles: Role, lender: str = LENDER):
    """A client of somebody whom a kommune lends to this office."""
    lend(lender, slug, *roles)
    client = log_in(slug, "lisa@lent.example", "Lisa Lånt", *roles)
    with work(ref(slug), "setup") as by:
        set_lender(user=client.person, lender=ref(lender).id, by=by)
        client.person.refresh_from_db()
    return client


@pytest.fixture
def lisa(house):
    """In the leader team for Østre Toten."""
    return lent(REGION, Role.LEADER_TEAM)


@pytest.fixture
def member(house):
    """In Gjøvik's team, lent by Østre Toten: one team for both."""
    return lent("gjovik", Role.TEAM_MEMBER)


# --- pages ------------------------------------------------------------------------------------------------------------
def test_the_page_says_why_and_the_log_who(lisa):
    assert lisa.get("/lederteam").status_code == 200
    leave(LENDER)
    response = lisa.get("/lederteam")
    assert response.status_code == 403
    text = response.content.decode()
    assert AWAY in text
    assert "på vegne av Østre Toten" in text
    with work(ref(REGION), TEST):
        last = Entry.objects.filter(action="denied").latest("number")
        assert (last.what, last.user_id, last.name) == ("door.lent", lisa.person.id, "Lisa Lånt")


def test_it_opens_again_the_moment_they_are_lent_in_a_new_agreement(lisa):
    leave(LENDER)
    assert lisa.get("/lederteam").status_code == 403
    join(LENDER, REGION)
    assert lisa.get("/lederteam").status_code == 403  # the yes to lending from before brings nobody back
    lend(LENDER, REGION, Role.LEADER_TEAM)
    assert lisa.get("/lederteam").status_code == 200


@pytest.mark.parametrize("who", [REGION, LENDER])
def test_being_in_the_agreement_is_not_being_lent(lisa, who):
    """One of those whom the lend is about says no to it, and the agreement stays."""
    found = lend_of(LENDER, REGION, Role.LEADER_TEAM)
    speak_of(who, found, "out")
    assert lisa.get("/lederteam").status_code == 403
    speak_of(who, found, "in")
    assert lisa.get("/lederteam").status_code == 403  # one side alone brings nobody back
    lend(LENDER, REGION, Role.LEADER_TEAM)
    assert lisa.get("/lederteam").status_code == 200


def test_a_lend_that_is_over_on_a_day_is_no_access_from_then(lisa):
    found = lend_of(LENDER, REGION, Role.LEADER_TEAM)
    later = speak_of(LENDER, found, "out", after=timedelta(days=20))
    with work(ref(REGION), TEST):
        known = about(ref(REGION).id)
        assert found in known.in_force(later - timedelta(seconds=1))
        assert found not in known.in_force(later)
    assert lisa.get("/lederteam").status_code == 200


def test_another_kind_of_people_is_another_lend(lisa):
    """Leader-team members are lent, operators are not: no page gives the role, and a row that does closes the door."""
    with work(ref(REGION), "setup") as by, pytest.raises(Refused, match="låner ut noen som er"):
        give_role(user=lisa.person, role=Role.OPERATOR, by=by)
    with work(ref(REGION), "setup"):
        RoleGrant(user=lisa.person, role=Role.OPERATOR.value, granted_at=now(), granted_by="x").save(force_insert=True)
    assert lisa.get("/lederteam").status_code == 403
    lend(LENDER, REGION, Role.OPERATOR)
    assert lisa.get("/lederteam").status_code == 200


def test_an_office_speaks_of_a_lend_for_itself_alone(house):
    found = lend_of(LENDER, REGION, Role.OPERATOR)
    with work(ref("gjovik"), TEST) as by, pytest.raises(Refused, match="Bare kontorene"):
        lends_actions.say(lend=found, story=[(now(), True)], by=by)
    row = LendSaid(
        agreement=found.agreement, region=found.region, lender=found.lender, borrower=found.borrower, role=found.role,
        said_by=found.lender, word="in", at=now(), said_at=now(),
    )  # fmt: skip
    with work(ref(REGION), TEST), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        row.save()


@pytest.mark.parametrize(
    "path", ["/start", "/konto", "/konto/utkast?sted=x", "/lederteam", "/statistikk", "/samarbeid"]
)
def test_no_room_of_the_house_is_open(lisa, path):
    leave(LENDER)
    response = lisa.get(path)
    assert response.status_code == 403
    assert AWAY in response.content.decode()


def test_an_open_page_leads_the_whole_page_away(lisa):
    leave(LENDER)
    response = lisa.get("/lederteam", headers={"HX-Request": "true", "HX-Current-URL": "http://x/lederteam"})
    assert (response.status_code, response["HX-Redirect"]) == (403, "/start")


def test_a_form_that_was_open_changes_nothing_and_says_so(member):
    leave(LENDER)
    for path in ("/konto/utkast", "/innboks/ny"):
        response = member.post(path, {"what": "x"})
        assert response.status_code == 403
        assert "er ikke lagret" in response.content.decode()


def test_what_is_open_to_anyone_stays_open_and_so_does_the_way_out(member):
    leave(LENDER)
    assert member.get("/").status_code == 200
    assert member.get("/meld").status_code == 200
    assert member.post("/ut").status_code == 302
    assert member.get("/start").status_code == 302


def test_logging_in_leads_to_the_same_page(lisa):
    leave(LENDER)
    fresh = log_in(REGION, "lisa@lent.example", "Lisa Lånt")
    assert AWAY in fresh.get("/start").content.decode()


def test_the_log_in_itself_works_and_leads_there(lisa):
    """Also where the password is to be kept by newer settings, which is a change of one's own account."""
    leave(LENDER)
    fresh = anonymous(REGION)
    assert fresh.post("/inn", {"login": "lisa@lent.example", "password": PASSWORD}).status_code == 302
    assert AWAY in fresh.get("/start").content.decode()
    with work(ref(REGION), TEST):
        user = User.objects.get(id=lisa.person.id)
        user._renew(PASSWORD)
        assert user.check_password(PASSWORD)


def test_nobody_else_notices(lisa):
    own = client_for("liv")
    leave(LENDER)
    assert own.get("/lederteam").status_code == 200


# --- the database -----------------------------------------------------------------------------------------------------
def who() -> tuple[object, object]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_user(), access_signed()")
        return cursor.fetchone()


def test_the_database_takes_the_ticket_for_nobodys_from_the_same_second(member):
    with work(ref("gjovik"), TEST):
        reader = queries.reader_of(member.person, ref("gjovik"))
        with presented(reader):
            assert who() == (member.person.id, member.person.id)
    leave(LENDER)
    with work(ref("gjovik"), TEST), presented(reader):
        seen, signed = who()
        assert signed == member.person.id
        assert seen.int == 0  # less than nobody: nobody's own rows are not there either


def test_a_word_for_later_changes_nothing_yet(member):
    speak(LENDER, "out", kommune=LENDER, after=timedelta(minutes=5))
    with work(ref("gjovik"), TEST), presented(Reader(office=ref("gjovik"), user_id=member.person.id)):
        assert who()[0] == member.person.id


def test_the_reader_holds_nothing(member):
    leave(LENDER)
    with work(ref("gjovik"), TEST):
        reader = queries.reader_of(member.person, ref("gjovik"))
    assert reader.away
    assert not reader.has(Role.TEAM_MEMBER)
    assert not any(reader.may(permission) for permission in Permission)


def test_when_the_own_kommune_leaves_those_who_are_lent_to_it_are_out_too(member):
    leave("gjovik")
    assert member.get("/innboks").status_code == 403
    assert client_for("kari").get("/innboks").status_code == 200


def test_two_in_another_region_together_may_lend(member):
    """It is the lend in the agreement that both are in that counts, whichever region it is."""
    for slug in ("gjovik", LENDER):
        leave(slug)
    assert member.get("/innboks").status_code == 403
    for slug in ("gjovik", LENDER):
        join(slug, OTHER_REGION)
    assert member.get("/innboks").status_code == 403
    lend(LENDER, "gjovik", Role.TEAM_MEMBER, region=OTHER_REGION)
    assert member.get("/innboks").status_code == 200


def test_those_who_are_away_are_chosen_for_nothing(member):
    with work(ref("gjovik"), TEST):
        assert member.person in queries.people(Role.TEAM_MEMBER)
    leave(LENDER)
    with work(ref("gjovik"), TEST):
        assert member.person not in queries.people(Role.TEAM_MEMBER)
        assert queries.person(member.person.id) is None


def test_a_calendar_address_is_no_way_around(member):
    made = member.post("/team/vakt/kalenderadresse").content.decode()
    path = "/team/vakt/kalender/" + made.split("/team/vakt/kalender/")[1].split("<")[0]
    assert anonymous("gjovik").get(path).status_code == 200
    leave(LENDER)
    assert anonymous("gjovik").get(path).status_code == 404


def test_nobody_lends_themselves_or_takes_their_own_mark_off(member):
    own = Reader(office=ref("gjovik"), user_id=member.person.id)
    refused = pytest.raises(DatabaseError, match="only those who manage people")
    with work(ref("gjovik"), TEST), presented(own), refused, transaction.atomic():
        User.objects.filter(id=member.person.id).update(for_office=None)


# --- who lets them in -------------------------------------------------------------------------------------------------
def test_only_kommuner_that_the_agreement_says_lend(house):
    lend(LENDER, "gjovik", Role.TEAM_MEMBER)
    lend("vestre-toten", "gjovik", Role.TEAM_MEMBER)
    lend(LENDER, REGION, Role.LEADER_TEAM)
    with work(ref("gjovik"), TEST) as by:
        assert {each.slug for each in lenders(by.office)} == {"ostre-toten", "vestre-toten"}
    with work(ref(REGION), TEST) as by:
        assert {each.slug for each in lenders(by.office)} == {"ostre-toten"}
    with work(ref("gjovik"), "setup") as by, pytest.raises(Refused, match="låner ikke ut folk hit"):
        invite(email="x@x.example", name="X", roles=[], by=by, for_office=ref("nabo").id)
    leave(LENDER)
    with work(ref("gjovik"), TEST) as by:
        assert {each.slug for each in lenders(by.office)} == {"vestre-toten"}


def test_the_last_who_manages_people_is_not_lent(house):
    arne, anna = client_for("arne").person, log_in("gjovik", "anna@x.example", "Anna", Role.ADMINISTRATOR).person
    lend(LENDER, "gjovik", Role.ADMINISTRATOR)
    with work(ref("gjovik"), "setup") as by:
        set_lender(user=anna, lender=ref(LENDER).id, by=by)
        for change in (
            lambda: set_lender(user=arne, lender=ref(LENDER).id, by=by),
            lambda: take_role(user=arne, role=Role.ADMINISTRATOR, by=by),
            lambda: set_active(user=arne, active=False, by=by),
        ):
            with pytest.raises(Refused, match="siste som kan styre"), transaction.atomic():
                change()
        assert RoleGrant.objects.filter(user=arne).exists()


def test_the_administrator_chooses_on_the_page_and_is_told_when_somebody_was_first(house):
    lend(LENDER, "gjovik", Role.TEAM_MEMBER)
    arne, tom = client_for("arne"), client_for("tom").person
    page = arne.get(f"/folk/{tom.id}").content.decode()
    assert "Handler på vegne av" in page
    assert "Nabo" not in page
    seen = queries_seen(tom)
    path = f"/folk/{tom.id}/utlaan"
    assert arne.post(path, {"for_office": str(ref(LENDER).id), "seen": seen}).status_code == 302
    assert "Østre Toten" in arne.get(f"/folk/{tom.id}").content.decode()
    assert "For Østre Toten" in arne.get("/folk").content.decode()
    stale = arne.post(path, {"for_office": "", "seen": seen})
    assert stale.status_code == 422
    assert "var først ute" in stale.content.decode()
    assert arne.post(path, {"for_office": str(ref("nabo").id)}).status_code == 422


def queries_seen(user) -> str:
    with work(ref("gjovik"), TEST):
        return queries.lender_seen(User.objects.get(id=user.id))


def test_a_new_person_may_be_lent_from_the_first_day(house):
    lend(LENDER, "gjovik", Role.TEAM_MEMBER)
    arne = client_for("arne")
    fields = {"name": "Siv Sommer", "email": "siv@x.example", "for_office": str(ref(LENDER).id), "roles": "teammedlem"}
    assert arne.post("/folk/ny", fields).status_code == 302
    with work(ref("gjovik"), TEST):
        assert User.objects.get(email="siv@x.example").for_office == ref(LENDER).id
    leave(LENDER)
    again = arne.post("/folk/ny", fields | {"email": "siri@x.example"})
    assert again.status_code == 422
    assert "Siv Sommer" in again.content.decode()


def test_the_second_of_two_who_lend_is_told(house):
    tom = client_for("tom").person
    with work(ref("gjovik"), "setup") as by, pytest.raises(Overtaken):
        set_lender(user=tom, lender=None, seen="noe annet", by=by)


def test_from_the_command_line(house, capsys):
    lend(LENDER, REGION, Role.LEADER_TEAM)
    argv = ["user", "--office", REGION, "--email", "ove@x.example", "--name", "Ove", "--role", "lederteam"]
    assert main([*argv, "--for-office", LENDER]) == 0
    with work(ref(REGION), TEST):
        assert User.objects.get(email="ove@x.example").for_office == ref(LENDER).id
    assert main([*argv[:4], "ny@x.example", *argv[5:], "--for-office", "nabo"]) != 0
    assert "låner ikke ut folk hit" in capsys.readouterr().err


def test_the_lenders_name_stays_when_it_has_left(lisa):
    leave(LENDER)
    assert office_by_slug(LENDER).name in lisa.get("/start").content.decode()
    assert as_person("liv").for_office is None
