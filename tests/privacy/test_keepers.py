"""The contract of a keeper of office keys: the same tests for files and for a real OpenBao."""

import uuid
from dataclasses import replace

import pytest

from tests.privacy.bao import ROOT
from varde.privacy import keepers
from varde.privacy.errors import CannotKeep, CannotOpen, KeeperAway
from varde.privacy.keeper_file import FileKeeper
from varde.privacy.keeper_transit import TransitKeeper
from varde.tenancy.door import OfficeRef

BATCH = [(b"en halvdel", b"sak 1"), (b"en annen", b"sak 2"), (b"", b"")]


def somebody() -> OfficeRef:
    return OfficeRef(uuid.uuid4(), "kommune", "x", "x", "x", "X", "0000", None, host=False)


@pytest.fixture(params=["file", "transit"])
def keeper(request, tmp_path):
    if request.param == "file":
        return FileKeeper(tmp_path / "office")
    return TransitKeeper(request.getfixturevalue("address"))


@pytest.fixture
def ref(keeper):
    ref = somebody()
    keeper.make(ref)
    return ref


def test_what_is_wrapped_opens_in_the_same_order(keeper, ref):
    wrapped = keeper.wrap(ref, BATCH)
    assert keeper.unwrap(ref, [(each, bound) for each, (_, bound) in zip(wrapped, BATCH, strict=True)]) == [
        content for content, _ in BATCH
    ]
    assert not any(content and content in each for each, (content, _) in zip(wrapped, BATCH, strict=True))


def test_an_empty_batch_is_nothing(keeper, ref):
    assert (keeper.wrap(ref, []), keeper.unwrap(ref, [])) == ([], [])


def test_what_is_bound_to_something_else_does_not_open_and_spoils_nothing(keeper, ref):
    one, two, _ = keeper.wrap(ref, BATCH)
    assert keeper.unwrap(ref, [(one, b"sak 2"), (two, b"sak 2"), (two, b"")]) == [None, b"en annen", None]


@pytest.mark.parametrize("at", [-1, -20])
def test_a_changed_byte_is_found(keeper, ref, at):
    changed = bytearray(keeper.wrap(ref, BATCH)[0])
    changed[at] ^= 1
    assert keeper.unwrap(ref, [(bytes(changed), b"sak 1")]) == [None]


def test_what_is_cut_short_does_not_open(keeper, ref):
    key_id, body = keepers.unpack(keeper.wrap(ref, BATCH)[0])
    for cut in (b"", body[:5], body[:-1]):
        assert keeper.unwrap(ref, [(keepers.pack(key_id, cut), b"sak 1")]) == [None]


def test_another_offices_key_does_not_open(keeper, ref):
    other = somebody()
    keeper.make(other)
    assert keeper.unwrap(other, [(keeper.wrap(ref, BATCH)[0], b"sak 1")]) == [None]


def test_making_twice_changes_nothing(keeper, ref):
    wrapped = keeper.wrap(ref, BATCH)[0]
    assert keeper.make(ref) == keeper.key_ids(ref)[0]
    assert keeper.unwrap(ref, [(wrapped, b"sak 1")]) == [b"en halvdel"]


def test_generations_live_side_by_side(keeper, ref):
    old = keeper.wrap(ref, BATCH)[0]
    newest = keeper.rotate(ref)
    new = keeper.wrap(ref, BATCH)[0]
    assert keepers.unpack(new)[0] == newest == keeper.key_ids(ref)[-1] != keepers.unpack(old)[0]
    assert keeper.unwrap(ref, [(old, b"sak 1"), (new, b"sak 1")]) == [b"en halvdel"] * 2


def test_a_retired_generation_opens_nothing_and_the_newest_cannot_be_retired(keeper, ref):
    old = keeper.wrap(ref, BATCH)[0]
    first, newest = keeper.key_ids(ref)[0], keeper.rotate(ref)
    new = keeper.wrap(ref, BATCH)[0]
    keeper.retire(ref, first)
    assert keeper.key_ids(ref) == [newest]
    assert keeper.unwrap(ref, [(old, b"sak 1"), (new, b"sak 1")]) == [None, b"en halvdel"]
    with pytest.raises(ValueError, match="nyeste"):
        keeper.retire(ref, newest)
    assert keepers.unpack(keeper.wrap(ref, BATCH)[0])[0] == newest
    assert keeper.rotate(ref) == keeper.key_ids(ref)[-1] != newest


def test_it_says_whether_it_works(keeper, ref):
    assert keeper.healthy(ref)
    assert keeper.key_ids(somebody()) == []


def test_what_no_keeper_made_is_refused(keeper, ref):
    for nonsense in (b"", b"\x01", b"\x02\x06file-1xx", b"\x01\xff"):
        with pytest.raises(CannotOpen):
            keeper.unwrap(ref, [(nonsense, b"")])


# --- files -------------------------------------------------------------------------------------------------
def test_the_key_from_before_is_the_first_generation(tmp_path):
    keeper, ref = FileKeeper(tmp_path), somebody()
    (tmp_path / f"{ref.id}.key").write_bytes(b"k" * 32)
    assert keeper.make(ref) == "file-1"
    wrapped = keeper.wrap(ref, BATCH)[0]
    assert (keeper.rotate(ref), keeper.key_ids(ref)) == ("file-2", ["file-1", "file-2"])
    assert keeper.unwrap(ref, [(wrapped, b"sak 1")]) == [b"en halvdel"]


def test_a_missing_key_is_never_replaced_in_silence(tmp_path):
    keeper = FileKeeper(tmp_path)
    with pytest.raises(KeeperAway, match="finnes ikke"):
        keeper.wrap(somebody(), BATCH)
    with pytest.raises(KeeperAway, match="finnes ikke"):
        keeper.unwrap(somebody(), [(b"\x01\x06file-1" + b"x" * 40, b"")])


def test_keys_are_for_the_owner_alone(tmp_path):
    keeper, ref = FileKeeper(tmp_path / "office"), somebody()
    keeper.make(ref)
    (path,) = (tmp_path / "office").rglob("*.key")
    assert (oct(path.stat().st_mode)[-3:], oct(path.parent.stat().st_mode)[-3:]) == ("600", "700")


def test_a_full_disk_refuses_and_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("os.fsync", _full)
    with pytest.raises(CannotKeep, match="full"):
        FileKeeper(tmp_path / "office").make(somebody())
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def _full(_descriptor):
    raise OSError(28, "No space left on device")


# --- the transit service -----------------------------------------------------------------------------------
def test_the_webs_token_uses_keys_but_makes_and_ends_none(transit, address):
    owner, web = TransitKeeper(address), TransitKeeper(replace(address, token_file=str(transit.web)))
    ref = somebody()
    owner.make(ref)
    assert web.healthy(ref)
    for forbidden in (lambda: web.rotate(ref), lambda: web.make(somebody()), lambda: web.wrap(somebody(), BATCH)):
        with pytest.raises(KeeperAway, match="sa nei"):
            forbidden()


def test_an_office_key_never_leaves_the_service(transit, address):
    ref = somebody()
    TransitKeeper(address).make(ref)
    found = transit.ask("GET", f"transit/keys/varde-{ref.id}")["data"]
    assert (found["exportable"], found["allow_plaintext_backup"], found["type"]) == (False, False, "aes256-gcm96")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"url": "https://127.0.0.1:1"}, "svarer ikke"),
        ({"ca_file": ""}, "svarer ikke"),
        ({"token_file": "/finnes/ikke"}, "adgang"),
        ({"mount": "annet"}, "sa nei"),
    ],
)
def test_whatever_is_wrong_is_a_plain_sentence(address, wrong, says):
    keeper, ref = TransitKeeper(replace(address, **wrong)), somebody()
    with pytest.raises(KeeperAway, match=says) as raised:
        keeper.wrap(ref, BATCH)
    assert "halvdel" not in str(raised.value)
    assert not keeper.healthy(ref)


def test_a_connection_that_was_closed_is_opened_again(address):
    keeper, ref = TransitKeeper(address), somebody()
    keeper.make(ref)
    keeper._local.line.sock.close()
    assert keeper.healthy(ref)


def test_a_token_that_is_renewed_is_read_again(transit, address, tmp_path):
    file, ref = tmp_path / "token", somebody()
    file.write_text("expired")
    keeper = TransitKeeper(replace(address, token_file=str(file)))
    with pytest.raises(KeeperAway, match="sa nei"):
        keeper.make(ref)
    file.write_text(ROOT)
    assert keeper.make(ref) == "transit-1"
