"""Whom the phone has promised to ring back: seen by the one who rings, late ones by all, gone when it is done."""

from datetime import timedelta

import pytest

from regional.hotline import callbacks_actions, callbacks_retention
from regional.hotline.models import Call, CallBack, CallBackTry
from tests.cast import TEST, as_person, ref
from tests.client import client_for
from tests.regional.declared import declare
from tests.regional.operators import another
from varde.access.ticket import presented
from varde.clock import OSLO, now, telling
from varde.privacy.models import DataKey
from varde.refusal import Overtaken
from varde.tenancy.work import work

LIST = "/vakttelefon/ring-tilbake"
WHOM = {
    "who": "Naboen i nummer 4", "phone": "+4790123421", "safe": "Etter kl. 17", "unsaid": "Ikke si hvem vi er",
    "about": "Mer om naboen",
}  # fmt: skip


@pytest.fixture
def olga(gjovikregionen):
    client = client_for("olga")
    declare("olga")
    return client


@pytest.fixture
def me(olga):
    return as_person("olga")


def when(at) -> dict[str, str]:
    here = at.astimezone(OSLO)
    return {"day": f"{here:%Y-%m-%d}", "clock": f"{here:%H:%M}"}


def promise(client, whose="own", **more) -> CallBack:
    client.post(f"{LIST}/ny", WHOM | when(now() + timedelta(hours=1)) | {"whose": whose} | more)
    return CallBack.objects.latest("made_at")


def test_a_promise_stands_on_the_list_without_name_or_number(olga):
    row = promise(olga)
    listed = olga.get(LIST).content.decode()
    assert "slutter på 21" in listed
    assert WHOM["who"] not in listed
    shown = olga.get(f"{LIST}/{row.id}").content.decode()
    assert all(words in shown for words in (WHOM["who"], "90 12 34 21", WHOM["unsaid"], WHOM["safe"]))


def test_it_comes_from_the_call_with_what_is_known(olga):
    url = olga.post("/vakttelefon/ny").headers["Location"]
    told = {"reporter_name": "Fru Berg", "reporter_phone": "90123421", "safe_contact": "SMS", "gjor": "tilbake"}
    page = olga.post(url, told, follow=True).content.decode()
    assert all(words in page for words in ("Fru Berg", "90123421", "SMS", Call.objects.get().reference))


def test_what_is_another_operators_is_not_there(olga, me):
    row, ola = promise(olga), another("ola")
    assert ola.client.get(f"{LIST}/{row.id}").status_code == 404
    with presented(ola.by):
        assert CallBack.objects.count() == 0
        assert not DataKey.objects.filter(id=row.id).exists()


def test_the_shifts_are_seen_by_all_and_read_by_who_takes_one(olga):
    row, ola = promise(olga, "shift"), another("ola")
    assert olga.get(f"{LIST}/{row.id}").status_code == 404
    assert "slutter på 21" in ola.client.get(LIST).content.decode()
    taken = ola.client.post(f"{LIST}/{row.id}/ta", follow=True).content.decode()
    assert WHOM["who"] in taken
    assert olga.post(f"{LIST}/{row.id}/ta", follow=True).content.decode().count("Noen andre har tatt") == 1


def test_one_that_nobody_rang_in_time_is_anybodys(olga):
    row, ola = promise(olga), another("ola")
    with presented(ola.by), pytest.raises(Overtaken):
        callbacks_actions.take(callback_id=row.id, by=ola.by)
    CallBack.objects.update(due_at=now() - timedelta(minutes=31))
    assert "rakk den ikke" in ola.client.get(LIST).content.decode()
    assert "Forfalt" in ola.client.get(LIST).content.decode()
    with presented(ola.by):
        assert callbacks_actions.take(callback_id=row.id, by=ola.by).owner == ola.by.user_id


def test_a_try_that_failed_waits_for_the_next(olga):
    row = promise(olga)
    answer = olga.post(f"{LIST}/{row.id}", {"result": "no_answer"})
    assert (answer.status_code, "Skriv når du prøver igjen." in answer.content.decode()) == (422, True)
    later = now() + timedelta(hours=3)
    olga.post(f"{LIST}/{row.id}", {"result": "no_answer"} | when(later))
    row.refresh_from_db()
    assert (row.state, CallBackTry.objects.count()) == ("waiting", 1)
    assert abs(row.due_at - later) < timedelta(minutes=1)


@pytest.mark.parametrize("result", ["reached", "given_up"])
def test_when_it_is_done_nobody_knows_any_more_whom_it_was_about(olga, result):
    row = promise(olga)
    olga.post(f"{LIST}/{row.id}", {"result": result})
    row = CallBack.objects.get()
    assert (row.state, row.whom, row.outcome) == ("done", {}, result)
    assert not DataKey.objects.filter(id=row.id, destroyed_at__isnull=True).exists()
    assert olga.get(f"{LIST}/{row.id}").status_code == 404


def test_who_answers_becomes_a_call_with_what_is_known(olga):
    row = promise(olga)
    url = olga.post(f"{LIST}/{row.id}/samtale").headers["Location"]
    call, done = Call.objects.get(), CallBack.objects.get()
    assert url == f"/vakttelefon/{call.id}"
    assert (call.told["reporter_phone"], call.told["reporter_name"]) == (WHOM["phone"], WHOM["who"])
    assert WHOM["unsaid"] in call.told["safe_contact"]
    assert (done.became, done.whom) == (call.id, {})


def test_what_is_given_to_the_shift_is_out_of_sight(olga):
    row = promise(olga)
    olga.post(f"{LIST}/{row.id}/vakt")
    assert olga.get(f"{LIST}/{row.id}").status_code == 404
    assert CallBack.objects.get().owner is None


@pytest.mark.parametrize(
    "fault", [{"who": ""}, {"phone": ""}, {"day": "2020-01-01"}, {"day": "2099-01-01"}, {"clock": "kveld"}]
)
def test_what_is_missing_is_said_and_what_was_typed_stays(olga, fault):
    answer = olga.post(f"{LIST}/ny", WHOM | when(now() + timedelta(hours=1)) | {"whose": "own"} | fault)
    assert (answer.status_code, CallBack.objects.count()) == (422, 0)
    assert WHOM["about"] in answer.content.decode()


def test_the_queue_shows_what_is_due_now(olga):
    promise(olga)
    assert "Ring tilbake nå (0)" in olga.get("/vakttelefon").content.decode()
    assert "(1 senere)" in olga.get("/vakttelefon").content.decode()
    CallBack.objects.update(due_at=now())
    assert "Ring tilbake nå (1)" in olga.get("/vakttelefon").content.decode()


def test_a_month_later_the_row_goes_too(house):
    declare("olga")
    by = as_person("olga")
    with work(ref("gjovikregionen"), TEST), presented(by):
        row = callbacks_actions.promise(whom=WHOM, due_at=now() + timedelta(hours=1), by=by)
        callbacks_actions.tried(callback_id=row.id, result="reached", again=None, by=by)
    assert callbacks_retention.run(ref("gjovikregionen")).gone == 0
    with telling(now() + timedelta(days=31)):
        assert callbacks_retention.look(ref("gjovikregionen"))[0].due == 1
        assert callbacks_retention.run(ref("gjovikregionen")).gone == 1
