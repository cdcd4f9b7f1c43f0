"""What waits at the phone, one claim of many, several tabs, what was done at once, and a caller who is known."""

from datetime import timedelta

import pytest

from regional.hotline import actions, acts, passing_actions, queue_queries, ringing_actions
from regional.hotline.acts_actions import add_act
from regional.hotline.models import Call
from shared.post import actions as post
from tests.cast import as_person, ref
from tests.client import client_for, log_in
from tests.regional.declared import declare
from tests.regional.operators import another, ring
from varde.access import Role
from varde.access.ticket import presented
from varde.clock import now
from varde.privacy.models import DataKey
from varde.refusal import Overtaken, Refused

TOLD = {"reporter_kind": "privat", "what": "Hun får ikke lov til å gå ut.", "where_lives": "2827 Hunndalen"}
CONSOLE = "/vakttelefon"


@pytest.fixture
def olga(gjovikregionen):
    client = client_for("olga")
    declare("olga")
    return client


@pytest.fixture
def me(olga):
    return as_person("olga")


def begin(client, **told) -> str:
    url = client.post(f"{CONSOLE}/ny").headers["Location"]
    client.post(f"{url}/utkast", TOLD | told)
    return url


def test_an_announced_call_stands_in_the_queue_with_two_digits(olga):
    ring("+4790123467")
    shown = olga.get(CONSOLE).content.decode()
    assert "nummer som slutter på 67" in shown
    assert "90123467" not in shown


def test_the_queue_is_sent_again_only_when_it_is_another(olga):
    ring()
    first = olga.get(f"{CONSOLE}/ko")
    mark = first.content.decode().partition("sett=")[2].partition("&")[0]
    assert olga.get(f"{CONSOLE}/ko?sett={mark}").status_code == 204
    ring()
    again = olga.get(f"{CONSOLE}/ko?sett={mark}").content.decode()
    assert "2 ringer." in again
    assert "<html" not in again


def test_one_key_takes_the_one_that_has_rung_longest(olga):
    first = ring(ago=timedelta(seconds=40))
    ring()
    answer = olga.post(f"{CONSOLE}/neste")
    assert answer.headers["Location"] == f"{CONSOLE}/{first}"
    call = Call.objects.get(id=first)
    assert (call.state, call.operator_name) == ("open", "Olga Operatør")
    assert call.answered_at >= call.announced_at


def test_only_who_has_taken_it_sees_the_number(olga):
    call = ring("+4790123467")
    olga.post(f"{CONSOLE}/{call}/ta")
    assert "90 12 34 67" in olga.get(f"{CONSOLE}/{call}").content.decode()
    assert "90 12 34 67" not in olga.get(CONSOLE).content.decode()
    with presented(another("ola").by):
        assert Call.objects.filter(id=call).count() == 1  # a minute long, so that the others see by whom
        assert not DataKey.objects.filter(id=call).exists()


def test_the_second_one_is_told_who_was_first(olga, me):
    ola, call = another("ola"), ring()
    with presented(ola.by):
        ringing_actions.claim(call_id=call, by=ola.by)
    shown = olga.post(f"{CONSOLE}/{call}/ta", follow=True).content.decode()
    assert "Tatt av ola." in shown
    assert "tatt av ola" in olga.get(f"{CONSOLE}/ko").content.decode()
    assert Call.objects.get(id=call).operator == ola.by.user_id


def test_who_has_not_signed_takes_nothing(gjovikregionen):
    call = ring()
    client = client_for("olga")
    assert client.post(f"{CONSOLE}/{call}/ta").headers["Location"].startswith("/vakttelefon/erklaering")
    with presented(as_person("olga")):
        assert Call.objects.count() == 0


def test_a_missed_call_is_rung_back_or_let_go_and_counts_as_missed(olga):
    called, gone = ring(ended=True), ring(ended=True)
    assert "Ubesvarte" in olga.get(CONSOLE).content.decode()
    olga.post(f"{CONSOLE}/{called}/ta")
    olga.post(f"{CONSOLE}/{gone}/ubesvart")
    assert (Call.objects.get(id=called).state, Call.objects.get(id=gone).kind) == ("open", "hung_up")
    assert Call.objects.filter(missed_at__isnull=False).count() == 2


def test_with_nothing_written_one_click_ends_it(olga):
    url = olga.post(f"{CONSOLE}/ny").headers["Location"]
    assert olga.post(url, {"gjor": "spam"}).headers["Location"] == CONSOLE
    assert Call.objects.get().kind == "spam"


# --- two tabs ----------------------------------------------------------------------------------------------
def marks(client, url: str) -> dict[str, str]:
    html = client.get(url).content.decode()
    return {name: html.partition(f'name="{name}" value="')[2].partition('"')[0] for name in ("side", "sett")}


def test_a_second_tab_is_stopped_and_shown_both_texts(olga):
    url = begin(olga)
    first, second = marks(olga, url), marks(olga, url)
    assert "Lagret" in olga.post(f"{url}/utkast", TOLD | first | {"who": "Fru Berg"}).content.decode()
    late = olga.post(f"{url}/utkast", TOLD | second | {"who": "Herr Dal"}).content.decode()
    assert "Ikke lagret" in late
    assert Call.objects.get().told["who"] == "Fru Berg"
    both = olga.post(url, TOLD | second | {"who": "Herr Dal", "gjor": "lagre"})
    assert both.status_code == 422
    assert all(words in both.content.decode() for words in ("Fru Berg", "Herr Dal"))


def test_the_same_tab_goes_on_although_its_last_answer_has_not_come(olga):
    url = begin(olga)
    tab = marks(olga, url)
    for words in ("Fru", "Fru B", "Fru Berg"):
        assert "Lagret" in olga.post(f"{url}/utkast", TOLD | tab | {"who": words}).content.decode()
    assert olga.post(url, TOLD | tab | {"who": "Fru Berg", "gjor": "lagre"}).status_code == 302


@pytest.mark.parametrize("button", ["send", "spam", "slett-spam", "gi"])
def test_an_old_tab_neither_sends_nor_ends_nor_gives_away(olga, button):
    url = begin(olga)
    first, second = marks(olga, url), marks(olga, url)
    olga.post(f"{url}/utkast", TOLD | first | {"who": "Fru Berg"})
    answer = olga.post(url, second | {"gjor": button, "til": "alle", "foreslatt": str(ref("gjovik").id)})
    assert (answer.status_code, Call.objects.get().state, Call.objects.get().offered_at) == (422, "open", None)


# --- from one to another -----------------------------------------------------------------------------------
def test_a_call_is_given_with_what_was_said_and_where_it_stands(olga):
    url, ola = begin(olga), another("ola")
    olga.post(url, TOLD | {"gjor": "gi", "til": str(ola.by.user_id), "sagt": "Mangler adresse.", "sted_felt": "who"})
    shown = ola.client.get(CONSOLE).content.decode()
    assert "Overta" in shown
    assert TOLD["what"] not in shown
    taken = ola.client.post(f"{url}/overta", follow=True).content.decode()
    assert all(words in taken for words in (TOLD["what"], "Mangler adresse.", "Fra Olga Operatør:"))
    assert 'name="who"' in taken.partition("autofocus")[0].rpartition("<")[2] + taken.partition("autofocus")[2][:80]


def test_until_it_is_taken_it_is_the_firsts_and_then_no_more(olga, me):
    url, ola = begin(olga), another("ola")
    olga.post(url, TOLD | {"gjor": "gi", "til": "alle"})
    assert TOLD["what"] in olga.get(url).content.decode()
    assert ola.client.get(url).status_code == 404
    ola.client.post(f"{url}/overta")
    assert olga.get(url).status_code == 404
    with presented(me):
        assert not DataKey.objects.filter(id=Call.objects.get().id).exists()
    late = olga.post(f"{url}/utkast", TOLD | {"who": "Fru Berg"}).content.decode()
    assert "Du har ikke lenger denne samtalen" in late
    assert TOLD["what"] not in late


def test_a_call_for_one_is_not_taken_by_another(olga):
    url, ola, pia = begin(olga), another("ola"), another("pia")
    olga.post(url, TOLD | {"gjor": "gi", "til": str(ola.by.user_id)})
    assert "Overta" not in pia.client.get(CONSOLE).content.decode()
    pia.client.post(f"{url}/overta")
    assert Call.objects.get().operator == as_person("olga").user_id


def test_of_two_who_take_it_one_is_first(olga, me):
    url, ola, pia = begin(olga), another("ola"), another("pia")
    olga.post(url, TOLD | {"gjor": "gi", "til": "alle"})
    call = Call.objects.get()
    with presented(ola.by):
        passing_actions.take(call_id=call.id, by=ola.by)
    with presented(pia.by), pytest.raises(Overtaken, match=r"Tatt av ola\."):
        passing_actions.take(call_id=call.id, by=pia.by)


def test_an_offer_is_taken_back(olga):
    url, ola = begin(olga), another("ola")
    olga.post(url, TOLD | {"gjor": "gi", "til": "alle", "sagt": "Hemmelig"})
    olga.post(url, TOLD | {"gjor": "behold"})
    assert (Call.objects.get().offered_at, Call.objects.get().passed) == (None, {})
    assert "Overta" not in ola.client.get(CONSOLE).content.decode()


@pytest.mark.parametrize("to", ["", "meg", "liv", "self"])
def test_a_call_is_given_only_to_who_answers(olga, me, to):
    url = begin(olga)
    wanted = {"liv": str(as_person("liv").user_id), "self": str(me.user_id)}.get(to, to)
    assert olga.post(url, TOLD | {"gjor": "gi", "til": wanted}).status_code == 422
    assert Call.objects.get().offered_at is None


# --- done at once ------------------------------------------------------------------------------------------
@pytest.fixture
def allowed(monkeypatch):
    for module in ("desk", "desk_actions"):
        monkeypatch.setattr(f"regional.hotline.{module}.acute_allowed", lambda by, at: True)


def test_what_was_done_at_once_travels_in_the_letter(olga, allowed, monkeypatch):
    sent, lay = [], post.send
    monkeypatch.setattr(actions, "send", lambda letter, **to: sent.append(letter) or lay(letter, **to))
    url = begin(olga)
    olga.post(url, TOLD | {"gjor": "handling", "handling_hva": "ambulance", "handling_merknad": "AMK Innlandet"})
    assert "AMK Innlandet" in olga.get(url).content.decode()
    olga.post(url, TOLD | {"gjor": "send", "foreslatt": str(ref("gjovik").id)})
    (act,) = sent[0].acute_actions
    assert (act.what, act.note, act.by_service) == (acts.LABELS["ambulance"], "AMK Innlandet", "Vakttelefonen")


@pytest.mark.parametrize(
    "fault",
    [{"handling_hva": ""}, {"handling_hva": "other"}, {"handling_hva": "police", "handling_kl": "kveld"}],
)
def test_what_was_done_is_said_so_that_it_can_be_read(olga, allowed, fault):
    url = begin(olga)
    answer = olga.post(url, TOLD | {"gjor": "handling"} | fault)
    assert (answer.status_code, Call.objects.get().acts) == (422, {})
    assert TOLD["what"] in answer.content.decode()


def test_without_an_agreement_nothing_is_noted(olga):
    url = begin(olga)
    answer = olga.post(url, TOLD | {"gjor": "handling", "handling_hva": "police"})
    assert (answer.status_code, Call.objects.get().acts) == (422, {})


def test_what_was_noted_wrongly_is_taken_away(olga, allowed):
    url = begin(olga)
    for what in ("police", "ambulance"):
        olga.post(url, TOLD | {"gjor": "handling", "handling_hva": what})
    olga.post(url, TOLD | {"gjor": "fjern-0"})
    assert len(acts.rows_of(Call.objects.get().acts)) == 1


def test_a_call_with_something_done_is_not_thrown_away_in_one_click(olga, allowed):
    url = olga.post(f"{CONSOLE}/ny").headers["Location"]
    olga.post(url, {"gjor": "handling", "handling_hva": "police"})
    assert olga.post(url, {"gjor": "spam"}).status_code == 422


# --- the same number ---------------------------------------------------------------------------------------
HINT = "Samme nummer som i"


def test_the_same_number_in_ones_own_open_calls_is_said(olga):
    url = begin(olga, reporter_phone="901 23 467")
    call = ring("+4790123467")
    olga.post(f"{CONSOLE}/{call}/ta")
    assert HINT in olga.get(f"{CONSOLE}/{call}").content.decode()
    olga.post(url, {"gjor": "slett-spam"})
    assert HINT not in olga.get(f"{CONSOLE}/{call}").content.decode()


def test_another_operators_call_from_the_same_number_changes_not_a_byte(olga):
    call, ola = ring("+4790123467"), another("ola")
    olga.post(f"{CONSOLE}/{call}/ta")
    Call.objects.update(claimed_at=now() - timedelta(minutes=2))

    def page() -> str:
        html = olga.get(f"{CONSOLE}/{call}").content.decode()
        marks = (html.partition('name="side" value="')[2][:16], html.partition('csrfmiddlewaretoken" value="')[2][:64])
        for mark in marks:
            html = html.replace(mark, "")
        return "\n".join(line for line in html.splitlines() if "csrf" not in line)

    alone = page()
    with presented(ola.by):
        theirs = actions.start_call(by=ola.by)
        actions.save_draft(call_id=theirs.id, told=TOLD | {"reporter_phone": "90123467"}, by=ola.by)
    assert page() == alone


@pytest.mark.parametrize(
    ("typed", "plain"), [("+47 901 23 467", "90123467"), ("0047 90123467", "90123467"), ("vet ikke", ""), ("", "")]
)
def test_numbers_are_compared_as_numbers(typed, plain):
    assert queue_queries.plain_number(typed) == plain


# --- words on the screen -----------------------------------------------------------------------------------
def test_the_greeting_comes_in_the_language_that_is_chosen(olga):
    assert "you are speaking to Olga" in olga.get(f"{CONSOLE}/hilsen?sprak=en").content.decode()
    assert "du snakkar med Olga" in olga.get(f"{CONSOLE}?sprak=nn").content.decode()
    assert "ikke skrevet på språket" in olga.get(f"{CONSOLE}/hilsen?sprak=se").content.decode()


def test_looking_for_news_keeps_no_session_alive(olga):
    olga.get(CONSOLE)
    session = olga.session
    session["sitting_seen"] -= 600
    session.save()
    before = olga.session["sitting_seen"]
    olga.get(f"{CONSOLE}/ko?av-seg-selv")
    assert olga.session["sitting_seen"] == before
    olga.get(f"{CONSOLE}/ko")
    assert olga.session["sitting_seen"] > before


def test_whoever_has_no_part_in_the_phone_sees_none_of_it(gjovikregionen):
    host = log_in("gjovikregionen", "vert@x.example", "Vert", Role.HOST_ADMINISTRATOR)
    call = ring()
    for path in ("ko", "hilsen", "ring-tilbake", f"{call}"):
        assert host.get(f"{CONSOLE}/{path}").status_code == 403


def test_an_act_in_a_time_to_come_is_refused(olga, me):
    call = actions.start_call(by=me)
    with pytest.raises(Refused):
        add_act(call_id=call.id, what="police", note="", at=now() + timedelta(minutes=5), by=me)
