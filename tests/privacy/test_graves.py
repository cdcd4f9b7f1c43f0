"""A half that no row knows is laid in the grave, and comes back when a newer database asks for it."""

import os
import time
import uuid
from contextlib import contextmanager

import pytest
from django.conf import settings as configured

from tests.cast import ref
from tests.privacy.hiding import SCHEMA, keys_hidden
from tests.privacy.table import Paper, entered
from varde.audit.models import Entry
from varde.privacy import shreds
from varde.privacy.actions import destroy
from varde.privacy.cli import main
from varde.privacy.errors import Destroyed
from varde.privacy.sweeping import DAY, HANDFUL, ORPHAN_AGE, sweep
from varde.privacy.tasks import sweep_keys
from varde.tenancy import fleet
from varde.tenancy.work import work


@pytest.fixture
def halves(papers, settings, tmp_path):
    """Gjøvik with a folder of halves of its own, so that those of other tests are not counted."""
    (tmp_path / "office").symlink_to(settings.KEYS_DIR / "office")
    settings.KEYS_DIR = tmp_path
    return ref("gjovik")


def written():
    with entered():
        paper = Paper(body="Hun heter Åse")
        paper.save(force_insert=True)
    return paper


def body_of(paper):
    with entered():
        return Paper.objects.get(pk=paper.pk).body


def aged(office, key_ids, seconds=ORPHAN_AGE + 60, place=shreds._path):
    long_ago = time.time() - seconds
    for key_id in key_ids:
        os.utime(place(office, key_id), (long_ago, long_ago))


def strays(office, count):
    """Halves from transactions that were rolled back."""
    made = [uuid.uuid4() for _ in range(count)]
    for key_id in made:
        shreds.make(office, key_id)
    aged(office, made)
    return made


def swept(office, **how):
    with work(office, "keys") as by:
        return sweep(ref=office, by=by, **how)


@contextmanager
def older_database():
    """As restored from before there were any keys; afterwards the newer backup is put back."""
    with fleet.connect() as owner:
        owner.execute(f"CREATE TABLE {SCHEMA}.kept AS SELECT * FROM {SCHEMA}.privacy_datakey")
        owner.execute(f"TRUNCATE {SCHEMA}.privacy_datakey")
    try:
        yield
    finally:
        with fleet.connect() as owner:
            owner.execute(f"TRUNCATE {SCHEMA}.privacy_datakey")
            owner.execute(f"INSERT INTO {SCHEMA}.privacy_datakey SELECT * FROM {SCHEMA}.kept")
            owner.execute(f"DROP TABLE {SCHEMA}.kept")


def in_place(office, key_ids):
    return sum(shreds._path(office, key_id).exists() for key_id in key_ids)


def in_grave(office, key_ids):
    return sum(shreds._grave(office, key_id).exists() for key_id in key_ids)


def test_only_old_halves_without_a_row_are_buried(halves):
    kept, hidden, fresh = written().matter, written().matter, uuid.uuid4()
    shreds.make(halves, fresh)
    [stray] = strays(halves, 1)
    aged(halves, [kept, hidden])
    with keys_hidden():
        assert swept(halves).buried == 1
    assert in_place(halves, [kept, hidden, fresh]) == 3
    assert (in_place(halves, [stray]), in_grave(halves, [stray])) == (0, 1)


def test_the_newer_backup_is_read_after_the_sweep_of_an_older_database(halves):
    paper = written()
    aged(halves, [paper.matter])
    with older_database():
        assert swept(halves).buried == 1
    assert body_of(paper) == "Hun heter Åse"  # at once, from the grave
    assert swept(halves).taken_back == 1
    assert (in_place(halves, [paper.matter]), in_grave(halves, [paper.matter])) == (1, 0)
    assert body_of(paper) == "Hun heter Åse"


def test_a_database_that_looks_older_moves_nothing(halves, caplog):
    made = strays(halves, HANDFUL + 1)
    sweep_keys.run(halves)
    assert in_place(halves, made) == HANDFUL + 1
    assert f"{HANDFUL + 1} of {HANDFUL + 1} halves have no row" in caplog.text


def test_it_is_seen_before_the_first_of_them_would_be_buried(halves):
    made = strays(halves, HANDFUL + 1)
    aged(halves, made[1:], 2 * DAY)
    found = swept(halves)
    assert (found.refused, found.buried, in_place(halves, made)) == (True, 0, HANDFUL + 1)


def test_nothing_is_shredded_from_the_grave_either_then(halves):
    [old] = strays(halves, 1)
    assert swept(halves).buried == 1
    aged(halves, [old], (configured.BACKUP_DAYS + 1) * DAY, shreds._grave)
    strays(halves, HANDFUL + 1)
    assert (swept(halves).shredded, in_grave(halves, [old])) == (0, 1)


def test_a_large_office_may_have_more_strays(halves, monkeypatch):
    monkeypatch.setattr("varde.privacy.sweeping.SHARE", 0.5)
    aged(halves, [written().matter for _ in range(HANDFUL + 2)])
    made = strays(halves, HANDFUL + 1)
    assert (swept(halves).refused, in_grave(halves, made)) == (False, HANDFUL + 1)


def test_what_is_destroyed_is_shredded_also_then(halves, monkeypatch):
    paper = written()
    with monkeypatch.context() as stopped:
        stopped.setattr(shreds, "destroy", lambda *_: 1 / 0)
        with entered() as by:
            destroy(matter_id=paper.matter, by=by)
    strays(halves, HANDFUL + 1)
    found = swept(halves)
    assert (found.refused, found.ended, in_place(halves, [paper.matter])) == (True, 1, 0)


def test_the_command_says_so_and_yes_forces_it(halves, capsys):
    made = strays(halves, HANDFUL + 1)
    assert main(["sweep", "--office", "gjovik"]) == 1
    assert "eldre ut enn nøklene" in capsys.readouterr().out
    assert main(["sweep", "--office", "gjovik", "--yes"]) == 0
    assert in_grave(halves, made) == HANDFUL + 1


def test_the_grave_is_emptied_when_the_longest_backup_is_gone(halves, settings):
    settings.BACKUP_DAYS = 30
    soon, late = strays(halves, 2)
    assert swept(halves).buried == 2  # however long they had lain before
    aged(halves, [soon], 29 * DAY, shreds._grave)
    aged(halves, [late], 31 * DAY, shreds._grave)
    assert swept(halves).shredded == 1
    assert (in_grave(halves, [soon]), in_grave(halves, [late])) == (1, 0)


def test_a_key_made_again_uses_the_half_in_the_grave(halves):
    """The office's own keys have the same id in every database."""
    [matter] = strays(halves, 1)
    half = shreds.read(halves, matter)
    swept(halves)
    with entered():
        Paper(matter=matter, body="Hun heter Åse").save(force_insert=True)
    assert shreds._path(halves, matter).read_bytes() == half
    assert in_grave(halves, [matter]) == 0


def test_a_half_never_takes_the_place_of_another(halves):
    [matter] = strays(halves, 1)
    swept(halves)
    place = shreds._path(halves, matter)
    place.write_bytes(b"x" * 32)
    assert not shreds.take_back(halves, matter)
    assert (place.read_bytes(), in_grave(halves, [matter])) == (b"x" * 32, 1)


def test_destroying_empties_the_grave_too(halves):
    paper = written()
    aged(halves, [paper.matter])
    with older_database():
        swept(halves)
    with entered() as by:
        destroy(matter_id=paper.matter, by=by)
    assert in_place(halves, [paper.matter]) + in_grave(halves, [paper.matter]) == 0
    with pytest.raises(Destroyed):
        body_of(paper)


def test_the_log_says_how_many(halves):
    strays(halves, 2)
    swept(halves)
    with entered():
        assert "2 lagt i graven" in Entry.objects.get(what="privacy.key").reason
