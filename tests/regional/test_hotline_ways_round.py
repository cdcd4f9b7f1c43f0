"""Ways round the matrix: SQL with one's own ticket, a second row under another's id, and what was kept as a draft."""

import time
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from django.core import mail
from django.db import ProgrammingError, connection, transaction

from regional.delivery.models import Returned
from regional.hotline import actions, passing_actions, tasks
from regional.hotline.forms import as_letter, with_number
from regional.hotline.models import Call, CallBack
from regional.phone.declaration_actions import set_text
from shared.post.actions import open_mail
from tenants.inbox.returned_models import FromPhone
from tests.cast import TEST, ref
from tests.owner import as_owner
from tests.regional import test_hotline_matrix as matrix
from tests.regional.test_hotline_matrix import CANARY, KOMMUNE, REGION, SAID, WHOM, World, doing, world  # noqa: F401
from varde.access import Role
from varde.access.ticket import presented
from varde.identity import drafts
from varde.identity.actions import take_role
from varde.identity.models import Draft, User
from varde.privacy.errors import CannotOpen
from varde.tenancy.door import office
from varde.tenancy.work import work

TOLD = {**CANARY, "reporter_kind": "privat", "acute": True}
FIELDS = [(name, str(value)) for name, value in CANARY.items()]


def refused(reader, sql, *values):
    said = pytest.raises(ProgrammingError)
    with office(reader.office), transaction.atomic(), presented(reader), said, transaction.atomic():
        connection.cursor().execute(sql, values)


@pytest.mark.parametrize("sets", ["state = 'open'", "letter_id = gen_random_uuid()", "id = gen_random_uuid()"])
@pytest.mark.parametrize("when", ["sent", "accepted", "stored"])
def test_what_was_sent_is_never_open_again_whoever_asks_the_database(world: World, when, sets):  # noqa: F811
    getattr(matrix, when)(world)
    refused(world.readers["own"], f"UPDATE hotline_call SET {sets}")


def test_a_person_does_not_say_that_it_is_stored_or_came_back(world: World):  # noqa: F811
    matrix.sent(world)
    for state in ("stored", "returned", "ended"):
        refused(world.readers["own"], f"UPDATE hotline_call SET state = '{state}'")


CALL_ROW = (
    "INSERT INTO hotline_call (id, reference, operator, operator_name, started_at, state, kind, service, external_id,"
    " masked, revision, written_by, place, caller, told, acts, passed)"
    " VALUES (%s, 'V-7K2M-QD', %s, 'Ola', now(), 'open', '', 'hotline', '', '', 0, '', '', '', '', '', '')"
)
CALLBACK_ROW = (
    "INSERT INTO hotline_callback (id, made_by, made_by_name, made_at, owner, owner_name, due_at, masked, whom,"
    " reference, state, outcome) VALUES (%s, %s, 'Ola', now(), '{0}', 'Ola', now(), '', '', '', 'waiting', '')"
)


@pytest.mark.parametrize("kind", ["call", "callback"])
def test_a_row_of_ones_own_under_the_id_of_what_came_back_is_refused(world: World, kind):  # noqa: F811
    matrix.returned(world)
    other = world.readers["other"]
    came = doing(other, lambda: Returned.objects.get().id)
    sql = CALL_ROW if kind == "call" else CALLBACK_ROW.format(other.user_id)
    refused(other, sql, came, other.user_id)


def test_a_call_of_ones_own_under_the_id_of_a_call_back_is_refused(world: World):  # noqa: F811
    row, other = matrix.ring_back(world, shifts=True), world.readers["other"]
    refused(other, CALL_ROW, row, other.user_id)


@pytest.mark.parametrize("window", ["", "abc"])
@pytest.mark.parametrize("way", ["{}", "{}/utkast", "ring-tilbake/ny?samtale={}"])
def test_a_draft_ends_with_the_words_it_was_of(world: World, way, window):  # noqa: F811
    own, call_id = world.readers["own"], matrix.claimed(world)
    path, fields = "/vakttelefon/" + way.format(call_id), FIELDS

    def keep():
        user = User.objects.get(id=own.user_id)
        return drafts.save(user=user, path=path, fields=fields, by=own, form="what", window=window)

    def kept():
        return doing(own, lambda: drafts.of_id(User.objects.get(id=own.user_id), row.id, own))

    row = doing(own, keep)
    assert kept() is not None
    doing(own, lambda: actions.forward(call_id=call_id, told=as_letter(TOLD), to=ref(KOMMUNE).id, by=own))
    assert kept() is not None, "it is not stored yet, and the words may be needed"
    open_mail(ref(KOMMUNE))
    assert kept() is None
    with work(ref(REGION), "keys"):
        assert Draft.objects.exists()
    open_mail(ref(REGION))
    with work(ref(REGION), "keys"):
        assert not Draft.objects.exists()


def test_a_draft_is_not_the_first_operators_when_another_has_taken_the_call(world: World):  # noqa: F811
    own, other, call_id = world.readers["own"], world.readers["other"], matrix.claimed(world)
    user = doing(own, lambda: User.objects.get(id=own.user_id))
    row = doing(own, lambda: drafts.save(user=user, path=f"/vakttelefon/{call_id}", fields=FIELDS, by=own))
    doing(own, lambda: passing_actions.offer(call_id=call_id, to=other.user_id, said=SAID, place={}, by=own))
    doing(other, lambda: passing_actions.take(call_id=call_id, by=other))
    assert doing(own, lambda: drafts.of_id(user, row.id, own)) is None


def test_the_kommune_is_told_of_the_promise_and_the_phone_forgets_it(world: World):  # noqa: F811
    matrix.promised_and_stored(world)
    with work(ref(KOMMUNE), TEST):
        said = FromPhone.objects.get().done["rows"][-1]
        assert said["what"].startswith("Lovet å ringe tilbake")
        assert all(word in said["note"] for word in WHOM.values())
    own = world.readers["own"]
    row = doing(own, CallBack.objects.get)
    assert (row.state, row.outcome) == ("done", "handed_over")
    assert doing(own, lambda: row.whom) == {}
    assert (
        "Kommunen har bekymringen og ringer" in world.clients["own"].get("/vakttelefon/ring-tilbake").content.decode()
    )


def test_until_it_is_settled_the_receipt_itself_stands_before_the_promise(world: World):  # noqa: F811
    matrix.promised_and_accepted(world)
    own = world.readers["own"]

    def read():
        with pytest.raises(CannotOpen):
            str(CallBack.objects.get(state="waiting").whom)

    doing(own, read)
    assert world.clients["own"].get("/vakttelefon/ring-tilbake").status_code == 200


def test_what_an_autosave_brought_too_late_is_sent_again_to_the_page_it_was_of(world: World):  # noqa: F811
    call_id, client = matrix.claimed(world), world.clients["own"]
    with office(ref(REGION)):
        session = client.session
        session["sitting_born"] = session["sitting_seen"] = time.time() - 2 * 3600
        session.save()
    answer = client.post(f"/vakttelefon/{call_id}/utkast", {**CANARY, "what": "det siste hun sa"})
    kept = parse_qs(urlsplit(answer["Location"]).query)["next"][0]
    own = world.readers["own"]
    draft = doing(own, lambda: drafts.of_id(User.objects.get(id=own.user_id), UUID(kept.rsplit("/", 1)[1]), own))
    assert (draft.path, dict(draft.fields)["what"]) == (f"/vakttelefon/{call_id}", "det siste hun sa")


@pytest.mark.parametrize("what", ["hotline_call", "hotline_callback"])
def test_nobody_deletes_a_row_to_get_at_its_key(world: World, what):  # noqa: F811
    matrix.offered(world)
    matrix.ring_back(world, shifts=True)
    other = world.readers["other"]
    with office(other.office), transaction.atomic(), presented(other), connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'DELETE')", [what])
        if cursor.fetchone() == (True,):
            cursor.execute(f"DELETE FROM {what}")
            assert cursor.rowcount == 0


def begun_long_ago(hours):
    with as_owner(ref(REGION)), connection.cursor() as cursor:
        cursor.execute("UPDATE hotline_call SET started_at = now() - %s * interval '1 hour'", [hours])
        cursor.execute("UPDATE hotline_call SET claimed_at = NULL")


def role_taken(world):  # noqa: F811
    with work(ref(REGION), "setup") as by:
        take_role(user=User.objects.get(pk=world.readers["own"].user_id), role=Role.OPERATOR, by=by)


@pytest.mark.parametrize("why", ["half a day has passed", "no longer an operator"])
def test_a_call_that_nobody_goes_on_with_is_the_others_to_take(world: World, why):  # noqa: F811
    call_id, other = matrix.claimed(world), world.clients["other"]
    begun_long_ago(13 if why == "half a day has passed" else 1)
    if why == "no longer an operator":
        role_taken(world)
        assert matrix.by_sql(world.readers["own"]).count(CANARY["what"]) == 0
    page = other.get("/vakttelefon").content.decode()
    assert "Står åpne uten noen" in page
    assert CANARY["what"] not in page
    mail.outbox.clear()
    tasks.tell_of_left.run(ref(REGION))
    (told, *_) = mail.outbox
    assert CANARY["what"] not in told.body
    other.post(f"/vakttelefon/{call_id}/overta")
    assert CANARY["what"] in other.get(f"/vakttelefon/{call_id}").content.decode()
    mail.outbox.clear()
    tasks.tell_of_left.run(ref(REGION))
    assert not mail.outbox or why == "half a day has passed"


def test_a_call_that_somebody_goes_on_with_is_not_the_others(world: World):  # noqa: F811
    call_id, other = matrix.claimed(world), world.clients["other"]
    begun_long_ago(11)
    assert "Står åpne uten noen" not in other.get("/vakttelefon").content.decode()
    other.post(f"/vakttelefon/{call_id}/overta")
    assert other.get(f"/vakttelefon/{call_id}").status_code == 404


def test_what_is_no_longer_missed_is_not_taken_off_the_list(world: World):  # noqa: F811
    call_id = matrix.claimed(world)
    for who in ("own", "other"):
        world.clients[who].post(f"/vakttelefon/{call_id}/ubesvart")
        assert CANARY["what"] in world.clients["own"].get(f"/vakttelefon/{call_id}").content.decode()


@pytest.mark.parametrize("story", ["accepted", "taken", "ended"])
def test_a_page_that_stands_open_is_emptied_when_the_words_are_no_longer_hers(world: World, story):  # noqa: F811
    getattr(matrix, story)(world)
    with work(ref(REGION), TEST):
        call_id = Call.objects.get().id
    news = world.clients["own"].get(f"/vakttelefon/ko?av-seg-selv&samtale={call_id}", headers={"HX-Request": "true"})
    assert 'id="samtale" hx-swap-oob="outerHTML"' in news.content.decode()
    assert f"samtale={call_id}" not in news.content.decode()


def test_a_page_with_ones_own_call_is_left_as_it_is(world: World):  # noqa: F811
    call_id = matrix.claimed(world)
    news = world.clients["own"].get(f"/vakttelefon/ko?av-seg-selv&samtale={call_id}", headers={"HX-Request": "true"})
    assert 'id="samtale"' not in news.content.decode()


def test_a_new_declaration_does_not_pull_anybody_from_a_talk(world: World):  # noqa: F811
    call_id, client, host = matrix.claimed(world), world.clients["own"], world.readers["host"]
    text = {"title": "Ny erklæring", "text": "Alt du hører, er taust.", "months": 12}
    doing(host, lambda: set_text(**text, by=host))
    head = {"HX-Request": "true"}
    said = client.get(f"/vakttelefon/ko?av-seg-selv&samtale={call_id}", headers=head)
    assert (said.status_code, "HX-Redirect" in said) == (200, False)
    assert "Taushetserklæringen er ny" in said.content.decode()
    assert client.post(f"/vakttelefon/{call_id}/utkast", {**CANARY, "what": "det siste"}).status_code == 200
    assert "det siste" in client.get(f"/vakttelefon/{call_id}").content.decode()
    assert client.get("/vakttelefon", headers=head)["HX-Redirect"].startswith("/vakttelefon/erklaering")
    assert client.post("/vakttelefon/ny")["Location"].startswith("/vakttelefon/erklaering")


def test_the_number_that_rang_goes_with_the_concern_unless_the_caller_is_anonymous():
    assert with_number({"reporter_phone": ""}, "+4799887766")["reporter_phone"] == "+4799887766"
    assert with_number({"reporter_phone": "61 00 00 00"}, "+4799887766")["reporter_phone"] == "61 00 00 00"
    assert "reporter_phone" not in with_number({"anonymous": True}, "+4799887766")


def test_a_missed_call_that_nobody_rang_back_forgets_its_number_after_a_month(world: World):  # noqa: F811
    matrix.missed(world)
    with as_owner(ref(REGION)), connection.cursor() as cursor:
        cursor.execute("UPDATE hotline_call SET missed_at = now() - interval '29 days'")
    tasks.daily.run(ref(REGION))
    with work(ref(REGION), TEST):
        assert Call.objects.get().state == "missed"
    with as_owner(ref(REGION)), connection.cursor() as cursor:
        cursor.execute("UPDATE hotline_call SET missed_at = now() - interval '31 days'")
    tasks.daily.run(ref(REGION))
    with work(ref(REGION), TEST):
        call = Call.objects.get()
        assert (call.state, call.kind, call.caller, call.masked) == ("ended", "hung_up", "", "")
