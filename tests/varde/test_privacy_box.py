"""What is closed under an office's key opens only there, unchanged, and for what it was meant."""

import base64
import secrets
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from tests.cast import inside, ref
from varde.privacy.box import CannotOpen, close, is_from_before, open_box
from varde.privacy.errors import KeeperAway
from varde.privacy.keepsake import discard, keep
from varde.tenancy.work import work


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


def closed_before(text: str, purpose: str, office: object) -> str:
    """As it was closed under the raw office key file, before there were data keys."""
    path = Path(settings.KEYS_DIR) / "office" / f"{office}.key"
    key, nonce = AESGCM(keep(path, secrets.token_bytes(32))), secrets.token_bytes(12)
    sealed = key.encrypt(nonce, text.encode(), f"{office}\x1f{purpose}".encode())
    return base64.b64encode(b"\x01" + nonce + sealed).decode()


@pytest.fixture
def from_before(house):
    yield lambda text: closed_before(text, "mfa", ref("nabo").id)
    discard(Path(settings.KEYS_DIR) / "office" / f"{ref('nabo').id}.key")


def test_what_was_closed_before_still_opens_for_the_same_purpose(from_before):
    boxed = from_before("hemmelig")
    with work(ref("nabo"), "keys"):
        assert open_box(boxed, purpose="mfa") == "hemmelig"
        assert is_from_before(boxed)
        assert not is_from_before(close("hemmelig", purpose="mfa"))
        with pytest.raises(CannotOpen):
            open_box(boxed, purpose="note")


def test_without_the_old_key_file_it_says_what_is_missing(from_before):
    boxed = from_before("hemmelig")
    discard(Path(settings.KEYS_DIR) / "office" / f"{ref('nabo').id}.key")
    with work(ref("nabo"), "keys"), pytest.raises(KeeperAway, match="fra før"):
        open_box(boxed, purpose="mfa")


@pytest.mark.parametrize("nonsense", ["", "ikke base64", "AAAA", "AgEC", "æøå"])
def test_what_is_no_box_is_refused(gjovik, nonsense):
    with pytest.raises(CannotOpen):
        open_box(nonsense, purpose="mfa")
    assert not is_from_before(nonsense)


def test_a_file_that_is_thrown_away_is_gone(tmp_path):
    keep(tmp_path / "a.key", b"x" * 32)
    assert (discard(tmp_path / "a.key"), discard(tmp_path / "a.key")) == (True, False)
    assert list(tmp_path.iterdir()) == []


def test_second_factors_from_before_are_closed_anew(from_before):
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP

    from varde.identity.actions import invite
    from varde.identity.models import User
    from varde.privacy import old_boxes

    with work(ref("nabo"), "test") as by:
        invite(email="ny@nabo.example", name="Ny", roles=[], by=by)
        user = User.objects.get(email="ny@nabo.example")
        data = {"secret": from_before("GEHEIM"), "codes": [from_before("1")], "n": 1, "plain": "AQID"}
        row = Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data=data)
        assert old_boxes.left() == old_boxes.close_anew() == 1
        assert (old_boxes.left(), old_boxes.close_anew()) == (0, 0)
        row.refresh_from_db()
        assert (row.data["n"], row.data["plain"]) == (1, "AQID")
        assert open_box(row.data["secret"], purpose="mfa") == "GEHEIM"
        assert isinstance(row.wrap(), TOTP)
