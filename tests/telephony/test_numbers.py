"""Numbers in one way of writing, and when a caller is nobody's business. In doubt a number is withheld."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.telephony.numbers import WITHHELD, Heard, caller, e164, withheld
from regional.lines import numbers as varde

SHOWN = Heard("+4741234567", "allowed_not_screened", '"Ola" <sip:41234567@net.example>;tag=1', "", "")


def heard(**changed: str) -> Heard:
    return Heard(**{name: changed.get(name, getattr(SHOWN, name)) for name in SHOWN.__slots__})


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("41234567", "+4741234567"), ("+47 41 23 45 67", "+4741234567"), ("004741234567", "+4741234567"),
        ("4741234567", "+4741234567"), ("(61) 18-95.00", "+4761189500"), ("+46 8 123 456 78", "+46812345678"),
        ("116006", "116006"), ("+47116006", "116006"), ("02800", "02800"), ("112", "112"),
        ("+4702800", "02800"), ("+46112", None),
        ("", None), ("anonymous", None), ("+", None), ("12", None), ("++47", None), ("9" * 40, None),
    ],
)  # fmt: skip
def test_a_number_is_the_same_however_it_comes(raw: str, number: str | None):
    assert e164(raw) == number


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        *[(number, True) for number in (
            "41234567", "+47 41 23 45 67", "004741234567", "4741234567", "(61) 18-95.00", "61\u00a018\u00a095\u00a000",
            "+46 8 123 456 78", "+46701234567", "+447911123456", "800 10 000", "116006", "+47 116 006", "0047116117",
            "02800", "+4702800", "004702800", "112", "+47112", "1881", "+471881",
        )],
        *[(number, False) for number in ("12345", "123456", "114512", "12345678")],  # in the bridge alone
        *[(number, False) for number in ("", "12", "+", "++47", "+46112", "46701234567", "anonymous", "ring meg")],
    ],
)  # fmt: skip
def test_what_varde_takes_for_a_number_is_the_same_number_to_the_bridge(typed: str, known: bool):
    """The bridge knows nothing of Varde's code, so both have a rule; the bridge's is the wider."""
    try:
        number = varde.e164(typed)
    except varde.NotANumber:
        assert not known
    else:
        assert known
        assert e164(typed) == number


def test_who_shows_a_number_is_known_by_it():
    assert caller(SHOWN) == "+4741234567"
    assert caller(heard(privacy="none")) == "+4741234567"
    assert caller(heard(remote="<sip:41234567@x>;party=calling;privacy=off")) == "+4741234567"
    assert caller(heard(sender="<sip:+4741234567@net.example>")) == "+4741234567"
    assert caller(heard(sender="sip:+4741234567@net.example;tag=1")) == "+4741234567"
    assert caller(heard(sender="<tel:+4741234567>")) == "+4741234567"


@pytest.mark.parametrize(
    "changed",
    [
        {"sender": '"Anonymous" <sip:anonymous@anonymous.invalid>'}, {"sender": "sip:anonymous@10.0.0.1"},
        {"sender": '"Anonymous" <sip:+4741234567@net.example>'}, {"sender": "Anonymous <sip:41234567@net.example>"},
        {"sender": "<sip:41234567@ANONYMOUS.INVALID>"}, {"sender": "<sip:Restricted@net.example>"},
        {"sender": "<sip:net.example>"}, {"sender": "what is this"}, {"sender": ""},
        {"privacy": "id"}, {"privacy": "header;id"}, {"privacy": "Full"}, {"privacy": "user;critical"},
        {"privacy": "id, user"}, {"privacy": "something new"},
        {"presentation": "prohib"}, {"presentation": "prohib_not_screened"}, {"presentation": "unavailable"},
        {"presentation": ""}, {"remote": "<sip:41234567@x>;privacy=full"}, {"remote": "<sip:4@x>; Privacy = name"},
        {"remote": '<sip:41234567@x>;privacy="uri"'}, {"number": "anonymous"}, {"number": ""},
    ],
)  # fmt: skip
def test_who_hides_a_number_in_any_way_is_withheld(changed: dict[str, str]):
    assert caller(heard(**changed)) == WITHHELD


def test_a_number_that_is_none_is_unknown_and_not_withheld():
    assert caller(heard(number="7")) is None


@given(st.text(), st.text(), st.text(), st.text())
def test_whatever_else_comes_a_prohibited_number_is_not_told(number: str, sender: str, privacy: str, remote: str):
    assert withheld(Heard(number, "prohib_passed_screen", sender, privacy, remote))


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_whatever_comes_is_answered(number: str, sender: str, remote: str):
    assert caller(Heard(number, "allowed", sender, "id", remote)) == WITHHELD
    assert caller(Heard(number, "allowed", sender, "", remote)) in (WITHHELD, None, e164(number))
