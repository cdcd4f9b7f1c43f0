"""A destroyed key: the content is gone here and in every backup, and nothing else is."""

import os
import threading
import time
import uuid

import pytest
from django.db import connection, transaction

from tests.cast import ref
from tests.privacy.hiding import keys_hidden
from tests.privacy.table import Paper, entered
from varde.audit.models import Entry
from varde.privacy import shreds
from varde.privacy.actions import destroy
from varde.privacy.cli import main
from varde.privacy.errors import CannotOpen, Destroyed
from varde.privacy.models import DataKey
from varde.privacy.sweeping import ORPHAN_AGE
from varde.privacy.tasks import sweep_keys
from varde.tenancy import fleet

SCHEMA = "kommune_3407"


def written():
    with entered():
        paper = Paper(body="Hun heter Åse")
        paper.save(force_insert=True)
    return paper


def body_of(paper):
    with entered():
        return Paper.objects.get(pk=paper.pk).body


def end(matter, purpose="test"):
    with entered(purpose=purpose) as by:
        destroy(matter_id=matter, by=by, reason="oppbevaringstiden er ute")


def test_it_says_in_norwegian_that_it_is_gone(papers):
    paper, other = written(), written()
    end(paper.matter)
    with pytest.raises(Destroyed, match="slettet for godt"):
        body_of(paper)
    assert body_of(other) == "Hun heter Åse"


def test_the_log_says_who_and_why(papers):
    paper = written()
    end(paper.matter)
    with entered():
        row = Entry.objects.get(what="privacy.key", object_id=str(paper.matter))
        assert row.reason == "oppbevaringstiden er ute"


def test_a_restored_copy_of_the_tables_is_unreadable(papers):
    paper = written()
    with fleet.connect() as owner:
        backup = owner.execute(f"SELECT wrapped, office_key FROM {SCHEMA}.privacy_datakey").fetchall()
        owner.execute(f"CREATE TABLE {SCHEMA}.kept AS SELECT * FROM {SCHEMA}.privacy_datakey")
    end(paper.matter)
    with fleet.connect() as owner:
        owner.execute(f"TRUNCATE {SCHEMA}.privacy_datakey")
        owner.execute(f"INSERT INTO {SCHEMA}.privacy_datakey SELECT * FROM {SCHEMA}.kept")
        owner.execute(f"DROP TABLE {SCHEMA}.kept")
    assert len(backup) == 1
    with pytest.raises(Destroyed):
        body_of(paper)


def test_a_transaction_that_fails_destroys_nothing(papers):
    paper = written()
    with pytest.raises(ZeroDivisionError), entered() as by:
        destroy(matter_id=paper.matter, by=by)
        raise ZeroDivisionError
    assert body_of(paper) == "Hun heter Åse"


def test_in_the_same_transaction_it_is_already_gone(papers):
    paper = written()
    with entered() as by:
        found = Paper.objects.get(pk=paper.pk)
        assert found.body
        destroy(matter_id=paper.matter, by=by)
        with pytest.raises(Destroyed):
            _ = Paper.objects.get(pk=paper.pk).body
        with pytest.raises(Destroyed), transaction.atomic():
            Paper(matter=paper.matter, body="mer").save(force_insert=True)


def test_nobody_ends_a_key_they_do_not_see(papers):
    paper = written()
    with keys_hidden(), pytest.raises(CannotOpen):
        end(paper.matter, purpose="intake")
    assert body_of(paper)


def test_a_machine_that_stopped_in_between_is_made_good_by_the_sweep(papers, monkeypatch):
    paper = written()
    with monkeypatch.context() as stopped:
        stopped.setattr(shreds, "destroy", lambda *_: 1 / 0)
        end(paper.matter)
    assert shreds.read(ref("gjovik"), paper.matter)
    sweep_keys.run(ref("gjovik"))
    assert shreds.read(ref("gjovik"), paper.matter) is None


def test_a_half_that_is_just_being_used_again_is_not_swept(papers):
    office, matter = ref("gjovik"), uuid.uuid4()
    shreds.make(office, matter)
    long_ago = time.time() - ORPHAN_AGE - 60
    os.utime(shreds._path(office, matter), (long_ago, long_ago))
    sweeper = threading.Thread(target=lambda: (sweep_keys.run(office), connection.close()))
    with entered():
        paper = Paper(matter=matter, body="Hun heter Åse")
        paper.save(force_insert=True)
        sweeper.start()
        sweeper.join(0.7)
        assert sweeper.is_alive()
    sweeper.join()
    assert body_of(paper) == "Hun heter Åse"
    assert shreds.bury(office, matter)  # it lay in its own place


def test_the_command_needs_the_matter_and_a_reason(papers, capsys):
    paper = written()
    assert main(["destroy", "--office", "gjovik", "--matter", str(paper.matter), "--reason", "krav om sletting"]) == 0
    with entered():
        assert DataKey.objects.get(id=paper.matter).destroyed_at
    assert "for godt" in capsys.readouterr().out
