"""Numbers as they are typed and as the telephone system has them; the words a phone is answered with."""

import pytest

from regional.lines.greetings import Greeting, shipped
from regional.lines.numbers import NotANumber, e164, ours, several


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("61 18 95 00", "+4761189500"),
        ("+47 61 18 95 00", "+4761189500"),
        ("0047 61189500", "+4761189500"),
        ("(61) 18-95.00", "+4761189500"),
        ("116 006", "116006"),
        ("116117", "116117"),
        ("+47116006", "116006"),
        ("02800", "02800"),
        ("112", "112"),
        ("201", "201"),
        ("+46 8 123 456 78", "+46812345678"),
    ],
)
def test_a_number_is_the_same_however_it_is_written(typed, number):
    assert e164(typed) == number


@pytest.mark.parametrize("typed", ["", "6118950", "ring meg", "00000000", "+47 12", "61 18 95 00 1", "9" * 30])
def test_what_nobody_could_ring_is_told(typed):
    with pytest.raises(NotANumber, match="ikke et telefonnummer"):
        e164(typed)


@pytest.mark.parametrize("typed", ["112", "1 1 3", "+47 110", "1412"])
def test_an_emergency_number_leads_to_no_line_and_rings_for_none(typed):
    for take in (ours, several):
        with pytest.raises(NotANumber, match="er et nødnummer"):
            take(typed)


def test_several_numbers_each_once():
    assert several("61 18 95 00\n116 006, +4761189500") == ["+4761189500", "116006"]


def test_we_have_no_words_in_sami():
    assert all(shipped(service, "se") == "" for service in ("hotline", "own", "krisesenter"))
    assert all(shipped(service, code) for service in ("hotline", "own", "krisesenter") for code in ("nb", "nn", "en"))


def test_a_shared_number_asks_whether_it_is_for_us():
    assert shipped("hotline", "nb", "Legevakten") == "Legevakten, du snakker med {navn}. Gjelder det TryggEst?"


def test_a_machine_names_nobody():
    said = Greeting(shipped("krisesenter", "nb"), "nb", written=True)
    assert said.said_by("Olga").endswith("Du snakker med Olga. Er noen i fare akkurat nå?")
    assert said.recorded == "Krisesenteret, vi svarer også for TryggEst. Er noen i fare akkurat nå?"
    assert "{" not in Greeting(shipped("hotline", "en"), "en", written=True).recorded
