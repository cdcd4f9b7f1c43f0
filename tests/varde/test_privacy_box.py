"""What is closed under an office's key opens only there, unchanged, and for what it was meant."""

import base64

import pytest

from tests.cast import inside, ref
from varde.privacy.box import CannotOpen, close, open_box
from varde.privacy.keepsake import keep


def test_it_opens_again(gjovik):
    assert open_box(close("hemmelig æøå", purpose="mfa"), purpose="mfa") == "hemmelig æøå"


def test_the_same_text_never_looks_the_same(gjovik):
    assert close("x", purpose="mfa") != close("x", purpose="mfa")


@pytest.mark.parametrize("at", [1, 14, -1])
def test_a_changed_byte_is_found(gjovik, at):
    raw = bytearray(base64.b64decode(close("hemmelig", purpose="mfa")))
    raw[at] ^= 1
    with pytest.raises(CannotOpen):
        open_box(base64.b64encode(raw).decode(), purpose="mfa")


def test_it_cannot_be_moved_to_another_purpose(gjovik):
    with pytest.raises(CannotOpen):
        open_box(close("hemmelig", purpose="mfa"), purpose="note")


def test_it_cannot_be_moved_to_another_office(house):
    with inside("gjovik"):
        closed = close("hemmelig", purpose="mfa")
    with inside("nabo"), pytest.raises(CannotOpen):
        open_box(closed, purpose="mfa")
    assert ref("gjovik").id != ref("nabo").id


def test_every_folder_of_keys_is_closed_to_others(tmp_path):
    keep(tmp_path / "post" / "office" / "2026-11.key", b"x")
    assert {oct(folder.stat().st_mode)[-3:] for folder in (tmp_path / "post", tmp_path / "post" / "office")} == {"700"}
