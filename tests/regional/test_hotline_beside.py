"""What stands around the talk: the language of the greeting, who has hung up, which call is which, who rings back."""

import pytest

from regional.hotline.announcing_actions import hear
from regional.hotline.models import Call, CallBack
from regional.hotline.ringing import Said
from regional.phone.handover_actions import write
from tests.cast import ref
from tests.client import client_for
from tests.regional.declared import declare
from tests.regional.operators import REGION, _system, another, ring
from tests.regional.test_hotline_callbacks import LIST, WHOM, promise
from varde.access.reader import Reader
from varde.access.ticket import presented
from varde.clock import now

CONSOLE = "/vakttelefon"


@pytest.fixture
def olga(gjovikregionen):
    client = client_for("olga")
    declare("olga")
    return client


def hung_up(call_id) -> None:
    by, number = Reader.for_purpose("machine", ref(REGION)), Call.objects.get(id=call_id).external_id
    with presented(by):
        said = Said(number, "ended", "", "", now())
        hear(said=said, body={"call_id": number, "event": "ended"}, machine=_system(), by=by)


def taken(client, caller: str = "+4790123467"):
    call = ring(caller)
    client.post(f"{CONSOLE}/{call}/ta")
    return call


def test_the_language_that_was_chosen_stays_with_the_call_and_goes_with_no_other(olga):
    url = olga.post(f"{CONSOLE}/ny").headers["Location"]
    olga.get(f"{CONSOLE}/hilsen?sprak=en&samtale={url.rsplit('/', 1)[1]}")
    olga.post(url, {"what": "Ord", "gjor": "lagre"})
    assert "you are speaking to Olga" in olga.get(url).content.decode()
    other = olga.post(f"{CONSOLE}/ny").headers["Location"]
    assert "du snakker med Olga" in olga.get(other).content.decode()


def test_that_the_caller_has_hung_up_is_shown_by_itself(olga):
    call = taken(olga)
    url = f"{CONSOLE}/ko?av-seg-selv&samtale={call}"
    first = olga.get(url).content.decode()
    assert 'id="lagt-pa"' not in first
    mark = first.partition("sett=")[2].partition("&")[0]
    hung_up(call)
    news = olga.get(f"{url}&sett={mark}")
    assert news.status_code == 200
    assert '<span id="lagt-pa" hx-swap-oob="innerHTML">, lagt på kl.' in news.content.decode()


def test_of_several_open_calls_the_last_digits_say_which_is_which(olga):
    taken(olga, "+4790123467"), taken(olga, "+4790123489"), taken(olga, "withheld")
    own = olga.get(CONSOLE).content.decode().partition('id="ko-mine"')[2].partition("</section>")[0]
    assert all(words in own for words in ("slutter på 67", "slutter på 89", "skjult nummer"))


def test_what_nobody_has_promised_alone_is_taken_from_the_console(olga):
    row = promise(olga)
    olga.post(f"{LIST}/{row.id}/vakt")
    CallBack.objects.update(due_at=now())
    ola = another("ola")
    shown = ola.client.get(CONSOLE).content.decode().partition('id="ko-tilbake"')[2].partition("</section>")[0]
    assert f"{LIST}/{row.id}/ta" in shown
    assert WHOM["who"] not in shown
    assert ola.client.post(f"{LIST}/{row.id}/ta").headers["Location"] == f"{LIST}/{row.id}"


def test_who_rings_stands_before_what_the_shift_before_wrote(olga):
    by = another("ola").by
    with presented(by):
        write(text="Rolig natt.", by=by)
    page = olga.get(CONSOLE).content.decode()
    assert page.index('id="ko-tittel"') < page.index("Rolig natt.")


def test_sent_again_it_goes_where_it_went_unless_another_is_chosen(olga, monkeypatch):
    url = olga.post(f"{CONSOLE}/ny").headers["Location"]
    told = {"reporter_kind": "privat", "what": "Ord", "where_lives": "2827 Hunndalen"}
    olga.post(url, told | {"gjor": "send", "foreslatt": str(ref("gjovik").id)})
    monkeypatch.setattr("regional.hotline.queue_views.unreadable", lambda call: True)
    page = olga.get(url).content.decode()
    assert "Samme som før: Gjøvik" in page
    assert "Kommunen som er foreslått" not in page
