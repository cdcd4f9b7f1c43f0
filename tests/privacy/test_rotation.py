"""A new office key while the office works: nothing stops, nothing is lost, and a kill half-way is only a pause."""

import os
import subprocess
import sys
import threading
import uuid

import pytest
from django.conf import settings
from django.db import connection

from tests.cast import ref
from tests.privacy.hiding import keys_hidden
from tests.privacy.table import Paper, entered
from varde.privacy import keepers, rotation
from varde.privacy.cli import main
from varde.privacy.fields import open_together
from varde.privacy.keyring import keyring
from varde.privacy.models import DataKey
from varde.tenancy.door import office


def write(count, slug="gjovik"):
    with entered(slug):
        Paper.objects.bulk_create(Paper(body=f"tekst {n}") for n in range(count))


def undecryptable(slug="gjovik"):
    with entered(slug):
        rows = list(Paper.objects.all())
        open_together(rows)
        return len(rows), sum(not row.body.startswith("tekst") for row in rows)


def test_everything_is_under_the_new_key_and_opens(papers):
    write(30)
    assert sum(rotation.rotate(ref("gjovik"))) >= 30
    standing = rotation.standing(ref("gjovik"))
    assert (standing.left, standing.under.keys()) == (0, {standing.key_ids[-1]})
    assert undecryptable() == (30, 0)


def test_the_content_itself_is_not_touched(papers):
    write(3)
    before = dict(closed())
    list(rotation.rotate(ref("gjovik")))
    assert dict(closed()) == before


def closed():
    with entered(), connection.cursor() as cursor:
        cursor.execute("SELECT id, body FROM proof_paper")
        return [(pk, bytes(body)) for pk, body in cursor.fetchall()]


def test_stopped_half_way_it_goes_on_without_another_key(papers):
    write(30)
    steps = rotation.rotate(ref("gjovik"))
    rotation.BATCH, whole = 10, rotation.BATCH
    try:
        keepers.keeper().rotate(ref("gjovik"))
        steps = rotation.rewrap(ref("gjovik"), batch=10)
        assert next(steps) == 10
        steps.close()
    finally:
        rotation.BATCH = whole
    half = rotation.standing(ref("gjovik"))
    assert half.left >= 20
    assert undecryptable() == (30, 0)
    assert sum(rotation.rotate(ref("gjovik"))) == half.left
    assert rotation.standing(ref("gjovik")).key_ids == half.key_ids
    assert undecryptable() == (30, 0)


CHILD = """
import os, sys, django
from pathlib import Path
os.environ["DJANGO_SETTINGS_MODULE"] = "varde.settings.demo"
django.setup()
from tests.cast import ref
from varde.privacy import rotation
for moved in rotation.rewrap(ref("gjovik"), batch=5):
    print(moved, flush=True)
"""


def test_killed_in_mid_load_and_run_again_nothing_is_lost(papers):
    write(60)
    stop, errors = threading.Event(), []

    def load():
        try:
            while not stop.is_set():
                write(2)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    web = threading.Thread(target=load)
    web.start()
    try:
        keepers.keeper().rotate(ref("gjovik"))
        kill_half_way()
        assert rotation.standing(ref("gjovik")).left
        list(rotation.rotate(ref("gjovik")))
    finally:
        stop.set()
        web.join()
    assert errors == []
    assert rotation.standing(ref("gjovik")).left == 0
    rows, lost = undecryptable()
    assert (rows > 60, lost) == (True, 0)


def kill_half_way():
    """The rotation as a process of its own, killed when it has moved the second batch."""
    database = settings.DATABASES["default"]
    env = os.environ | {
        "VARDE_HOME": str(settings.HOME), "VARDE_DB_NAME": database["NAME"], "VARDE_DB_HOST": database["HOST"],
        "VARDE_DB_PORT": str(database["PORT"]), "VARDE_SECRET_KEY": settings.SECRET_KEY,
        "VARDE_LOGIN_KEY": settings.LOGIN_KEY, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }  # fmt: skip
    child = subprocess.Popen([sys.executable, "-c", CHILD], env=env, stdout=subprocess.PIPE, text=True)
    with child.stdout:
        assert [child.stdout.readline().strip() for _ in range(2)] == ["5", "5"]
        child.kill()
    child.wait(10)


def test_a_key_in_use_is_not_retired(papers):
    write(5)
    first = keepers.keeper().key_ids(ref("gjovik"))[-1]
    keepers.keeper().rotate(ref("gjovik"))
    with pytest.raises(rotation.StillUsed):
        rotation.retire(ref("gjovik"), first)
    list(rotation.rotate(ref("gjovik")))
    rotation.retire(ref("gjovik"), first)
    assert first not in keepers.keeper().key_ids(ref("gjovik"))
    assert undecryptable() == (5, 0)


def test_a_key_that_only_hidden_rows_use_is_not_retired(papers):
    write(1)
    first = keepers.keeper().key_ids(ref("gjovik"))[-1]
    keepers.keeper().rotate(ref("gjovik"))
    with keys_hidden():
        list(rotation.rewrap(ref("gjovik")))
        with pytest.raises(rotation.StillUsed):
            rotation.retire(ref("gjovik"), first)
    assert undecryptable() == (1, 0)


def test_retiring_waits_for_what_is_wrapped_but_not_committed(papers):
    write(1)
    first = keepers.keeper().key_ids(ref("gjovik"))[-1]
    wrapped, go_on, refused = threading.Event(), threading.Event(), []

    def slow():
        with entered():
            Paper(body="tekst sen").save(force_insert=True)
            wrapped.set()
            go_on.wait(10)
        connection.close()

    def retire():
        try:
            list(rotation.rotate(ref("gjovik")))
            rotation.retire(ref("gjovik"), first)
        except rotation.StillUsed as error:
            refused.append(error)
        finally:
            connection.close()

    writer, retirer = threading.Thread(target=slow), threading.Thread(target=retire)
    writer.start()
    wrapped.wait(10)
    retirer.start()
    retirer.join(1)
    assert retirer.is_alive()
    go_on.set()
    writer.join()
    retirer.join()
    assert len(refused) == 1
    assert undecryptable() == (2, 0)


def test_from_files_to_a_transit_service_by_a_rotation(papers, address, settings):
    write(5)
    settings.KEEPER = "transit"
    settings.TRANSIT = {
        "url": address.url, "token_file": address.token_file, "ca_file": address.ca_file, "mount": address.mount,
    }  # fmt: skip
    keepers.keeper().make(ref("gjovik"))
    list(rotation.rotate(ref("gjovik")))
    assert rotation.standing(ref("gjovik")).under.keys() == {"transit-1"}
    write(2)
    assert undecryptable() == (7, 0)
    settings.KEEPER = "file"
    list(rotation.rotate(ref("gjovik")))
    assert undecryptable() == (7, 0)


def test_the_command_says_how_it_stands_and_goes_on(papers, capsys):
    write(3)
    assert main(["status", "--office", "gjovik"]) == 0
    keepers.keeper().rotate(ref("gjovik"))
    assert main(["status", "--office", "gjovik"]) == 1
    assert main(["rotate", "--office", "gjovik"]) == 0
    said = capsys.readouterr().out
    assert "gjenstår" in said
    assert "Fortsetter" in said
    assert "alle under den nyeste" in said


def test_the_offices_own_keys_follow(papers):
    from varde.privacy.box import close, open_box

    with entered():
        boxed = close("hemmelig", purpose="mfa")
    list(rotation.rotate(ref("gjovik")))
    with entered():
        assert open_box(boxed, purpose="mfa") == "hemmelig"
        assert DataKey.objects.exists()
        assert keyring().ref == ref("gjovik")
    with office(ref("nabo")):
        assert keepers.keeper().healthy(ref("nabo"))
    assert uuid.UUID(str(ref("gjovik").id))
