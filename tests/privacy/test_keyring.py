"""Data keys: for one transaction in one office, hidden where rows are hidden, made by somebody who cannot read them."""

import threading
import uuid

import pytest
from django.db import DatabaseError, connection

from tests.cast import inside, ref
from tests.privacy.hiding import keys_hidden
from tests.privacy.table import Paper, entered
from varde.privacy import keepers, shreds
from varde.privacy.errors import CannotKeep, CannotOpen, KeeperAway
from varde.privacy.fields import open_together, text_or
from varde.privacy.keyring import OpenKey, for_purpose_key, keyring, purpose_id
from varde.privacy.models import DataKey
from varde.tenancy.door import office

SECRET = "Hun heter Åse"


def written(slug="gjovik", body=SECRET, purpose="test", **fields):
    with entered(slug, purpose):
        paper = Paper(body=body, **fields)
        paper.save(force_insert=True)
    return paper


def test_a_key_lasts_for_one_transaction(papers):
    with entered():
        one = keyring()
        key = one.new(uuid.uuid4())
        assert keyring() is one
        assert keyring().of(key.id) is key
    with inside("gjovik"):  # rolled back
        two = keyring()
        assert two is not one
        assert two.of(key.id) is not key
    with entered():
        assert keyring() not in (one, two)


def test_outside_a_transaction_nothing_is_remembered(papers):
    with office(ref("gjovik")):
        assert keyring() is not keyring()


def test_another_office_has_other_keys(papers):
    matter = uuid.uuid4()
    written("gjovik", matter=matter)
    with inside("nabo"), pytest.raises(CannotOpen):
        keyring().of(matter)


def test_a_key_cannot_be_printed_copied_or_sent(gjovik_papers):
    import copy
    import pickle

    key = keyring().new(uuid.uuid4())
    assert "secret" not in repr(key)
    for away in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            away(key)


def test_many_are_opened_in_one_query_and_one_call(papers, monkeypatch):
    from django.test.utils import CaptureQueriesContext

    with entered():
        made = [keyring().new(uuid.uuid4()) for _ in range(40)]
    calls = []
    real = keepers.unwrap
    monkeypatch.setattr(keepers, "unwrap", lambda *args: calls.append(1) or real(*args))
    with entered(), CaptureQueriesContext(connection) as asked:
        keyring().preload([key.id for key in made])
        assert all(isinstance(keyring().of(key.id), OpenKey) for key in made)
    assert (len(calls), sum("SELECT" in query["sql"] for query in asked)) == (1, 1)


# --- row rights --------------------------------------------------------------------------------------------
def test_a_hidden_key_opens_nothing(papers):
    paper = written()
    with keys_hidden(), entered(purpose="intake"):
        found = Paper.objects.get(pk=paper.pk)
        with pytest.raises(CannotOpen) as raised:
            _ = found.body
        assert SECRET not in str(raised.value)
        open_together([found])
        assert text_or(found, "body", "skjult") == "skjult"
        with pytest.raises(CannotOpen):
            keyring().of(uuid.uuid4())  # hidden and absent: the same


def test_a_depositor_seals_what_it_cannot_read(papers):
    with keys_hidden():
        paper = written(other="mer", purpose="intake")
        with entered(purpose="intake"):
            assert DataKey.objects.count() == 0
            with pytest.raises(CannotOpen):
                _ = Paper.objects.get(pk=paper.pk).body
    with entered():
        assert Paper.objects.get(pk=paper.pk).body == SECRET


def test_nobody_writes_into_a_matter_whose_key_is_hidden(papers):
    paper = written()
    with keys_hidden(), pytest.raises(CannotOpen):
        written(matter=paper.matter, purpose="intake")
    with entered():
        assert Paper.objects.count() == 1


@pytest.mark.parametrize("purpose", ["intake", "test"])
def test_no_key_is_changed_by_the_login_hidden_or_not(papers, purpose):
    written()
    with keys_hidden(), pytest.raises(DatabaseError, match="permission denied"), entered(purpose=purpose):
        DataKey.objects.update(wrapped=b"")


# --- what goes wrong ---------------------------------------------------------------------------------------
def test_a_full_disk_refuses_the_report_and_stores_nothing(papers, monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        with pytest.raises(CannotKeep, match="ikke tatt imot"):
            written()
    with entered():
        assert (Paper.objects.count(), DataKey.objects.count()) == (0, 0)


def test_a_keeper_that_is_away_refuses_the_report_and_stores_nothing(papers, settings):
    settings.KEEPER = "transit"
    settings.TRANSIT = {"url": "https://127.0.0.1:1", "token_file": "/etc/hostname", "ca_file": "", "mount": "transit"}
    with pytest.raises(KeeperAway, match="Ingenting er lagret"):
        written()
    with entered():
        assert (Paper.objects.count(), DataKey.objects.count()) == (0, 0)


def test_what_was_rolled_back_leaves_a_half_that_is_used_when_it_is_tried_again(papers):
    matter = uuid.uuid4()
    with pytest.raises(ZeroDivisionError), entered():
        kept = keyring().new(matter) and shreds.read(ref("gjovik"), matter)
        raise ZeroDivisionError
    paper = written(matter=matter)
    assert shreds.read(ref("gjovik"), matter) == kept
    with entered():
        assert Paper.objects.get(pk=paper.pk).body == SECRET


def test_a_missing_folder_is_not_taken_for_deleted_content(papers, settings, tmp_path):
    paper = written()
    office_keys = settings.KEYS_DIR / "office"
    settings.KEYS_DIR = tmp_path
    (tmp_path / "office").symlink_to(office_keys)
    with entered(), pytest.raises(KeeperAway, match="ikke på plass"):
        _ = Paper.objects.get(pk=paper.pk).body


# --- many at once ------------------------------------------------------------------------------------------
def together(*acts):
    errors = []

    def run(act):
        try:
            act()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def test_threads_that_write_the_first_rows_of_one_matter_share_its_key(papers):
    matter = uuid.uuid4()
    assert together(*[lambda: written(matter=matter)] * 6) == []
    with entered():
        assert [paper.body for paper in Paper.objects.all()] == [SECRET] * 6
        assert DataKey.objects.filter(id=matter).count() == 1


def test_threads_in_different_offices_keep_to_their_own(papers):
    def work_in(slug):
        for n in range(8):
            paper = written(slug, body=f"{slug} {n}")
            with entered(slug):
                assert Paper.objects.get(pk=paper.pk).body == f"{slug} {n}"

    assert together(*[lambda s=s: work_in(s) for s in ("gjovik", "nabo", "gjovik", "nabo")]) == []


def test_a_key_of_the_office_is_made_once_also_by_many(papers):
    name = f"prove-{uuid.uuid4()}"
    seen = []

    def use():
        with entered():
            seen.append(for_purpose_key(name).mac("x", b"y"))

    assert together(*[use] * 5) == []
    assert len(set(seen)) == 1
    assert purpose_id(ref("gjovik"), name).version == 5
