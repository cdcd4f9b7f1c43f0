"""Nothing that an operator types is lost unsaid: what cannot be kept is named, and a refused button gives it back."""

import re

import pytest

from regional.hotline.models import Call
from tests.cast import ref
from tests.client import client_for
from tests.regional.declared import declare
from tests.regional.operators import another, ring

CONSOLE = "/vakttelefon"
SECRET = "Hun får ikke lov til å gå ut."
TOLD = {"reporter_kind": "privat", "what": SECRET, "where_lives": "2827 Hunndalen"}


@pytest.fixture
def olga(gjovikregionen):
    client = client_for("olga")
    declare("olga")
    return client


def begin(client, **told) -> str:
    url = client.post(f"{CONSOLE}/ny").headers["Location"]
    client.post(f"{url}/utkast", TOLD | told)
    return url


def saved(client, url: str, **told) -> str:
    answer = client.post(f"{url}/utkast", TOLD | told).content.decode()
    return re.sub(r"<[^>]+>", "", answer.partition('id="lagret"')[2].partition(">")[2].partition("</p>")[0])


def marks(html: str) -> dict[str, str]:
    return {name: html.partition(f'name="{name}" value="')[2].partition('"')[0] for name in ("side", "sett")}


# --- what cannot be kept is named ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "value", "label"),
    [
        ("who", "W" * 501, "Hvem gjelder det?"),
        ("reporter_phone", "9" * 41, "Telefon til den som ringer"),
        ("interpreter", "x" * 101, "Trenger den utsatte tolk"),
        ("what", "T" * 20_001, "Hva er det du er bekymret for?"),
        ("what", "hei \x00 nul", "Hva er det du er bekymret for?"),
    ],
)
def test_saved_is_never_said_of_what_is_not_kept(olga, name, value, label):
    url = begin(olga)
    said = saved(olga, url, **{name: value})
    assert said.startswith("Ikke lagret: ")
    assert label in said
    assert Call.objects.get().told.get("where_lives") == TOLD["where_lives"]
    answer = olga.post(url, TOLD | {name: value, "gjor": "lagre"})
    assert answer.status_code == 422
    assert saved(olga, url, **{name: "kort"}).startswith("Lagret kl.")
    assert Call.objects.get().told[name] == "kort"


def test_what_is_not_asked_yet_is_no_fault(olga):
    url = olga.post(f"{CONSOLE}/ny").headers["Location"]
    answer = olga.post(f"{url}/utkast", {"who": "Fru Berg"}).content.decode()
    assert "Lagret kl." in answer
    assert olga.post(url, {"who": "Fru Berg", "gjor": "lagre"}).status_code == 302


def test_who_wants_to_be_anonymous_is_so_also_while_a_name_stands(olga):
    url = begin(olga, reporter_name="Kari Dal")
    said = saved(olga, url, reporter_name="Kari Dal", anonymous="on")
    assert said.startswith("Lagret kl.")
    assert "Fjern krysset" in said
    kept = Call.objects.get().told
    assert (kept["anonymous"], kept["reporter_name"]) == (True, "Kari Dal")
    gone = olga.post(
        url, TOLD | {"anonymous": "on", "reporter_name": "Kari Dal", "gjor": "send", "foreslatt": str(ref("gjovik").id)}
    )
    assert (gone.status_code, Call.objects.get().state) == (422, "open")


def test_what_is_wiped_out_is_wiped_out(olga):
    url = begin(olga)
    assert saved(olga, url, what="").startswith("Lagret kl.")
    assert Call.objects.get().told["what"] == ""


# --- a refused button ---------------------------------------------------------------------------------------
def test_after_a_refused_offer_what_was_typed_stands_and_the_next_press_is_heard(olga):
    url = begin(olga)
    page = olga.get(url).content.decode()
    nobody = "00000000-0000-0000-0000-000000000001"
    refused = olga.post(url, TOLD | marks(page) | {"gjor": "gi", "til": nobody, "sagt": "Mangler adressen"})
    html = refused.content.decode()
    assert refused.status_code == 422
    assert all(words in html for words in ("Velg en annen", "Mangler adressen"))
    again = olga.post(url, TOLD | marks(html) | {"gjor": "gi", "til": "alle", "sagt": "Mangler adressen"})
    assert again.status_code == 302
    assert Call.objects.get().passed["said"] == "Mangler adressen"


def test_a_refused_offer_keeps_the_one_who_was_chosen_and_asks_for_nothing_else(olga):
    url, ola = begin(olga), another("ola")
    html = olga.post(
        url, {"gjor": "gi", "til": str(ola.by.user_id), "sagt": "L" * 2001, "where_lives": "Hunndalen"}
    ).content.decode()
    assert f'value="{ola.by.user_id}" selected' in html
    assert "data-errors" not in html


def test_a_refused_act_keeps_what_was_noted(olga, monkeypatch):
    for module in ("desk", "desk_actions"):
        monkeypatch.setattr(f"regional.hotline.{module}.acute_allowed", lambda by, at: True)
    act = {"handling_hva": "police", "handling_kl": "kveld", "handling_merknad": "Vaktsjefen tar det"}
    html = olga.post(begin(olga), TOLD | act | {"gjor": "handling"}).content.decode()
    assert 'value="police" selected' in html
    assert all(f'value="{act[name]}"' in html for name in ("handling_kl", "handling_merknad"))


# --- a call that is over ------------------------------------------------------------------------------------
def test_what_is_typed_in_a_call_that_was_ended_elsewhere_is_given_back(olga):
    url = olga.post(f"{CONSOLE}/ny").headers["Location"]
    olga.post(url, {"gjor": "wrong_number"})
    answer = olga.post(url, TOLD | {"gjor": "send", "foreslatt": str(ref("gjovik").id)})
    assert answer.status_code == 422
    assert all(words in answer.content.decode() for words in (SECRET, "Ny samtale med dette"))
    goes_on = olga.post(f"{CONSOLE}/ny", TOLD).headers["Location"]
    assert goes_on != url
    assert SECRET in olga.get(goes_on).content.decode()


def test_what_is_typed_after_it_was_sent_elsewhere_is_given_back_and_two_clicks_are_one(olga):
    url = begin(olga)
    send = TOLD | {"gjor": "send", "foreslatt": str(ref("gjovik").id)}
    for _ in range(2):
        assert olga.post(url, send).headers["Location"] == CONSOLE
    late = olga.post(url, send | {"who": "Fru Berg i tredje etasje"})
    assert late.status_code == 422
    assert "Fru Berg i tredje etasje" in late.content.decode()


def test_what_cannot_be_kept_is_not_begun_with(olga):
    answer = olga.post(f"{CONSOLE}/ny", TOLD | {"who": "W" * 501})
    assert (answer.status_code, Call.objects.count()) == (422, 0)
    assert SECRET in answer.content.decode()


def test_ones_own_call_that_is_over_leads_to_the_console_and_anothers_is_not_there(olga):
    url, ola = olga.post(f"{CONSOLE}/ny").headers["Location"], another("ola")
    olga.post(url, {"gjor": "wrong_number"})
    assert "Feil nummer" in olga.get(url, follow=True).content.decode().partition("<main")[2].partition("v-console")[0]
    assert ola.client.get(url).status_code == 404


# --- nobody was there ---------------------------------------------------------------------------------------
def test_a_missed_call_that_is_rung_back_in_vain_is_ended_as_that(olga):
    missed, talk = ring(ended=True), olga.post(f"{CONSOLE}/ny").headers["Location"]
    assert 'value="hung_up"' not in olga.get(talk).content.decode()
    url = olga.post(f"{CONSOLE}/{missed}/ta").headers["Location"]
    assert 'value="hung_up"' in olga.get(url).content.decode()
    assert olga.post(url, {"gjor": "hung_up"}).headers["Location"] == CONSOLE
    assert Call.objects.get(id=missed).kind == "hung_up"


def test_a_number_that_is_withheld_is_not_rung(olga):
    hidden, known = ring("withheld", ended=True), ring(ended=True)
    page = olga.get(CONSOLE).content.decode()
    assert f'id="ring-{known}"' in page
    assert f'id="ring-{hidden}"' not in page
    assert f'id="bort-{hidden}"' in page


def test_every_key_of_the_console_has_a_letter_of_its_own_with_alt(olga):
    call = ring(ended=True)
    another("ola")
    olga.post(f"{CONSOLE}/{call}/ta"), ring()
    page = olga.get(f"{CONSOLE}/{call}").content.decode().partition("<main")[2]
    buttons = re.findall(r"<[^>]+data-keys[^>]+>", page)
    letters = [re.search(r'accesskey="(.)"', tag) for tag in buttons]
    assert len(buttons) > 10
    assert all(letters), buttons
    assert len({found[1] for found in letters}) == len(letters)
