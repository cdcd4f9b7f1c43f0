"""A task runs in its office or not at all; losing the bell loses nothing."""

import pytest
from celery.fixups.django import DjangoWorkerFixup
from celery.signals import worker_init, worker_process_init
from django.db import connection, connections

from tests.cast import ref
from tests.shared.letters import post_one
from varde import celery
from varde.celery import NotAnOffice, app, fan_out, let_go_of_the_database, office_task, refuse_bad_start
from varde.tenancy.backend import base

ran: list[tuple[str, ...]] = []


@office_task("test.who")
def who(ref, *args):
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        ran.append((cursor.fetchone()[0], *args))


def stamped(slug: str, *args: str, name: str = "test.who") -> list[str]:
    office_id = str(ref(slug).id)
    return [office_id, celery._stamp(name, office_id, args), *args]


@pytest.fixture(autouse=True)
def nothing_ran(house):
    ran.clear()


def test_a_task_has_its_offices_login(house):
    app.tasks["test.who"].apply(args=stamped("gjovik", "nøkkel"), throw=True)
    assert ran == [(ref("gjovik").login, "nøkkel")]


@pytest.mark.parametrize(
    "args",
    [
        [],
        ["00000000-0000-0000-0000-000000000000"],
        ["00000000-0000-0000-0000-000000000000", "falskt stempel"],
    ],
)
def test_without_a_true_office_it_does_not_run(args):
    with pytest.raises(NotAnOffice):
        app.tasks["test.who"].apply(args=args, throw=True)
    assert ran == []


def test_a_stamp_is_good_for_its_own_office_task_and_keys_only():
    good = stamped("gjovik", "nøkkel")
    for bad in ([str(ref("nabo").id), *good[1:]], [*good[:2], "annen nøkkel"], stamped("gjovik", "nøkkel", name="x")):
        with pytest.raises(NotAnOffice):
            app.tasks["test.who"].apply(args=bad, throw=True)


def test_alternating_offices_in_one_worker_never_mix():
    slugs = ["gjovik", "ostre-toten", "gjovikregionen"] * 20
    for slug in slugs:
        app.tasks["test.who"].apply(args=stamped(slug), throw=True)
    assert [login for (login,) in ran] == [ref(slug).login for slug in slugs]


def test_the_sweep_rings_every_office_of_its_kinds(monkeypatch):
    rung: list[str] = []
    monkeypatch.setattr(celery.Bell, "ring", lambda self, ref, *args: rung.append(ref.slug))
    fan_out("test.who", celery._stamp("fan_out", "test.who", ("region",)), "region")
    assert sorted(rung) == ["gjovikregionen", "naboregionen"]


def test_only_the_beat_may_ring_everybody():
    with pytest.raises(NotAnOffice):
        fan_out("test.who", "falskt", "region")


def test_a_broker_that_is_away_does_not_stop_the_letter(monkeypatch):
    monkeypatch.setattr(app, "send_task", lambda *args, **kwargs: (_ for _ in ()).throw(OSError()))
    assert post_one("gjovik")


def test_the_sweep_is_on_the_beat():
    assert app.conf.beat_schedule["post.sweep"]["schedule"] == 60


def test_a_flood_rings_at_once_and_once_more_at_its_end(monkeypatch):
    rung: list[float] = []
    clock = [1000.0]
    monkeypatch.setattr(celery.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(celery.Bell, "ring", lambda self, ref, *args, wait=0: rung.append(clock[0] + wait))
    task, gjovik = celery.Bell("test.flood"), ref("gjovik")
    for clock[0] in (1000.0, 1001.0, 1002.0, 1029.0, 1031.0, 1032.0, 1200.0):
        task.ring_once_a(30, gjovik)
    assert rung == [1000.0, 1030.0, 1060.0, 1200.0]


def test_no_line_of_the_start_is_there_when_celery_closes_the_files_of_open_ones(monkeypatch):
    """It would close the number that another file has by then: an import fails, or another line to the database."""
    heard: list[str] = []
    monkeypatch.setattr(type(connections), "close_all", lambda _self: heard.append("lines"))
    monkeypatch.setattr(base, "close_pools", lambda: heard.append("pools"))
    monkeypatch.setattr(DjangoWorkerFixup, "on_worker_process_init", lambda _self, **_: heard.append("files"))
    fixup = DjangoWorkerFixup(app)
    worker_process_init.connect(fixup.on_worker_process_init)
    try:
        worker_process_init.send(sender=None)
    finally:
        worker_process_init.disconnect(fixup.on_worker_process_init)
    assert heard == ["lines", "pools", "files"]
    asked = [receiver() for _, receiver, *_ in worker_init.receivers]
    assert asked.index(refuse_bad_start) < asked.index(let_go_of_the_database)
