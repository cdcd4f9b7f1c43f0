"""Post keys: two processes at once end with one pair, and a wrong key loses no letter."""

import threading

from django.conf import settings
from django.db import connection

from shared.contracts import TestConcern
from shared.post import handlers, keys, queries
from shared.post.actions import open_mail
from shared.post.seal import public_of
from tests.cast import ref
from tests.shared.letters import post_one
from varde.tenancy.work import work


def test_two_sweeps_at_once_make_one_pair(house):
    def sweep() -> None:
        with work(ref("gjovik"), "keys"):
            keys.ensure("2031-01")
        connection.close()

    threads = [threading.Thread(target=sweep) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with work(ref("gjovik"), "keys"):
        assert bytes(keys.ensure("2031-01").public) == public_of(keys.private_half("2031-01"))


def test_a_letter_waits_until_the_right_key_is_there(house, monkeypatch):
    monkeypatch.setitem(handlers._handlers, ("kommune", TestConcern), lambda letter, envelope, by: None)
    post_one("gjovik")
    path = keys._path(ref("gjovik").id, keys.month_of(keys.now()))
    right = path.read_bytes()
    path.write_bytes(bytes(32))
    assert open_mail(ref("gjovik")) == 0
    path.write_bytes(right)
    assert len(queries.waiting_ids(ref("gjovik"))) == 1
    assert open_mail(ref("gjovik")) == 1


def test_private_halves_are_for_the_owner_alone(house):
    files = list((settings.KEYS_DIR / "post").rglob("*.key"))
    assert files
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert {file.parent.stat().st_mode & 0o777 for file in files} == {0o700}


def test_a_letter_of_an_unknown_version_waits_a_day_before_it_is_called_unreadable(house, monkeypatch):
    from datetime import timedelta

    from shared.contracts.fields import BadLetter
    from shared.post import actions

    def unknown(row):
        raise BadLetter("ukjent versjon")

    monkeypatch.setattr(actions, "_read", unknown)
    letter_id = post_one("gjovik")
    assert (open_mail(ref("gjovik")), len(queries.waiting_ids(ref("gjovik")))) == (0, 1)
    monkeypatch.setattr(actions, "PATIENCE", timedelta(0))
    open_mail(ref("gjovik"))
    with work(ref("gjovikregionen"), "post"):
        assert queries.receipts([letter_id])[letter_id].state == "unreadable"
