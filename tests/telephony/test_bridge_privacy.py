"""A withheld number stays withheld: whatever way it is said, whatever else is said, and in no log."""

import pytest

from infra.telephony.numbers import WITHHELD
from tests.telephony.conftest import Town
from varde.embedded.process import wait_until

NUMBER = "+4741987654"
DIGITS = "41987654"
KNOWN = f"From: <sip:{NUMBER}@127.0.0.1>"
HIDDEN = 'From: "Anonymous" <sip:anonymous@anonymous.invalid>'
ASSERTED = f"P-Asserted-Identity: <sip:{NUMBER}@net.example>\n"
WAYS = {
    "from_anonymous": (HIDDEN, ""),
    "from_anonymous_and_asserted": (HIDDEN, ASSERTED),
    "privacy_id": (KNOWN, f"{ASSERTED}Privacy: id\n"),
    "privacy_id_alone": (KNOWN, "Privacy: id\n"),
    "privacy_user_critical": (KNOWN, f"{ASSERTED}Privacy: user;critical\n"),
    "presentation_restricted": (
        KNOWN, f'Remote-Party-ID: "x" <sip:{NUMBER}@net.example>;party=calling;screen=yes;privacy=full\n'
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_a_withheld_number_reaches_nobody(town: Town, way: str):
    sender, headers = WAYS[way]
    first, second = town.apparatus("first", answers_after=0.2), town.apparatus("second", answers_after=30)
    assert town.rings(sender=sender, headers=headers, talk=0.3).done()
    assert wait_until(lambda: len(town.varde.told("ended")) == 1, seconds=5)
    assert town.varde.told("ringing")[0]["from"] == WITHHELD
    assert DIGITS not in str(town.varde.hears)
    assert DIGITS not in first.heard + second.heard


def test_a_number_that_is_shown_is_told_to_varde_alone(town: Town):
    town.apparatus("first", answers_after=0.2)
    town.apparatus("second", answers_after=30)
    assert town.rings(sender=KNOWN, headers=ASSERTED, talk=0.3).done()
    assert wait_until(lambda: len(town.varde.told("ended")) == 1, seconds=5)
    assert [each.get("from") for each in town.varde.told()] == [NUMBER, None, None]


def test_no_number_is_written_down_when_things_go_wrong_either(town: Town):
    """Varde down, Varde in trouble, apparatus that are off, both programs ended: nothing of it names anybody."""
    town.varde.stop()
    town.apparatus("fallback", answers_after=0.2)
    assert town.rings(sender=KNOWN, headers=ASSERTED, talk=0.3).done()
    town.varde.status = 500
    town.varde.start()
    assert town.rings(sender=KNOWN, headers=ASSERTED, patience=0.3).done()
    town.exchange.stop()
    written = town.exchange.everything_written()
    assert "Varde sier ikke hvem som svarer" in written
    assert DIGITS not in written
    assert "61189599" not in written
