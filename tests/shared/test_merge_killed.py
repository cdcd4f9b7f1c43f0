"""The provisioner is killed after every stage of a merge, at the worst moment; and what fails opens the two again."""

import pytest

from shared.merging import rows
from shared.merging import work as order_merge
from shared.orders import leaving
from shared.orders import work as order_work
from shared.orders.queries import Placed
from shared.registry.models import Office
from tenants.cases import queries as cases
from tenants.cases.actions import write_note
from tenants.cases.models import Case
from tests.cast import TEST, ref
from tests.client import anonymous
from tests.shared import merging
from tests.shared.orders import acting, drift, move, newborns, state, work_off
from tests.shared.test_orders_killed import KILLED, child
from varde.access.reader import Reader
from varde.audit import cli as log_cli
from varde.audit.models import Entry
from varde.refusal import Refused
from varde.tenancy import directory, fleet

assert newborns
# The opening notes itself, in the commit of what it does; so it is gone right after that.
DOOMED = KILLED.replace(
    "order_work.note = doomed",
    """order_work.note = doomed
from shared.merging import opening
def gone(**_told):
    os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[1] == "joined":
    opening.record = gone""",
)
STAGES = ("begun", "look", "born", "shut", "copied", "checked", "anew", "joined", "ended", "done")


def test_killed_after_every_stage_the_next_one_finishes_it(newborns, monkeypatch):
    """One after the other, so that the last try has to find what nine before it left."""
    world = merging.world(monkeypatch)
    order_id = merging.agreed(world)
    for stage in STAGES:
        ended = child(DOOMED, stage)
        assert ended.returncode == -9, (stage, ended.stderr)
        assert state(order_id) in ("approved", "working")
    work_off()
    order = order_work.look(order_id)
    assert (order.state, order.said) == ("done", "")
    _whole(world, order)


def _whole(world: merging.World, order: Placed) -> None:
    assert order.fact("after")["inbox_concern"] == 4
    assert log_cli.main(["--office", "nyen"]) == 0
    heir = ref("nyen")
    with acting(Reader.for_purpose(TEST, heir)):
        for told in (world.one, world.two):
            case = Case.objects.get(id=told.case)
            assert len(cases.notes(case)) == 1
            assert cases.notes(case)[0].text.startswith("Ringte")


def test_while_it_lasts_whoever_comes_is_told_whom_to_ring(newborns, monkeypatch):
    world = merging.world(monkeypatch)
    merging.agreed(world)
    with fleet.connect() as owner:
        owner.execute("UPDATE registry_office SET phone = '21009977' WHERE slug = 'nyvest'")
    child(DOOMED, "copied")
    directory.forget()
    shown = anonymous("nyvest").get("/meld")
    assert (shown.status_code, shown["Retry-After"]) == (503, "60")
    assert "IKKE mottatt" in shown.content.decode()
    assert 'href="tel:21009977"' in shown.content.decode()
    assert anonymous("nyen").get("/").status_code == 410  # not open yet


def test_what_is_not_the_same_afterwards_opens_the_two_again(newborns, monkeypatch):
    world = merging.world(monkeypatch)
    real = rows.copy

    def loses_one(found, sides):
        laid = real(found, sides)
        with fleet.connect() as line:
            del line
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE cases_note DISABLE TRIGGER USER")
            cursor.execute("UPDATE cases_note SET by_name = 'En annen'")
            cursor.execute("ALTER TABLE cases_note ENABLE TRIGGER USER")
        return laid

    monkeypatch.setattr(rows, "copy", loses_one)
    order = merging.merged(world)
    assert order.state == "failed"
    assert "cases_note" in order.said
    assert anonymous("nyvest").get("/").status_code == 200
    assert anonymous("nyost").get("/").status_code == 200
    monkeypatch.setattr(rows, "copy", real)
    move(drift(), order.id, "approved")
    work_off()
    assert state(order.id) == "done"
    _whole(world, order_work.look(order.id))


def test_tried_again_once_it_is_open_nothing_is_laid_over_what_was_written_since(newborns, monkeypatch):
    world = merging.world(monkeypatch)
    with monkeypatch.context() as broken:
        broken.setattr("shared.merging.report.made", _fails)
        order = merging.merged(world)
    assert (order.state, order.closing) == ("failed", True)
    heir = ref("nyen")
    with acting(Reader.for_purpose(TEST, heir)):
        write_note(
            case=Case.objects.select_related("concern").get(id=world.one.case),
            text="Skrevet etterpå",
            by=merging.coordinator(heir, world.one),
        )
    with pytest.raises(Refused):
        move(drift(), order.id, "withdrawn")
    move(drift(), order.id, "approved")
    work_off()
    assert state(order.id) == "done"
    with acting(Reader.for_purpose(TEST, heir)):
        notes = cases.notes(Case.objects.get(id=world.one.case))
        assert "Skrevet etterpå" in [note.text for note in notes]
    # Killed or not, the new one's log says once where it came from.
    with leaving.as_owner_of(heir):
        assert Entry.objects.filter(what="merging.merge").count() == 1


def _fails(*_: object) -> None:
    raise RuntimeError


class Killed(BaseException):
    """Nothing of ours catches it."""


def test_killed_while_the_two_are_opened_again_the_next_one_shuts_both_before_it_copies(newborns, monkeypatch):
    world = merging.world(monkeypatch)
    order_id = merging.agreed(world)
    real, opens = rows.copy, order_merge._open_both

    def killed(order: Placed) -> None:
        opens(order)
        raise Killed

    with monkeypatch.context() as broken:
        broken.setattr(rows, "copy", _fails)
        broken.setattr(order_merge, "_open_both", killed)
        with pytest.raises(Killed):
            work_off()
    assert state(order_id) == "working"
    assert anonymous("nyvest").get("/").status_code == 200
    stood: list[bool] = []

    def looks(found, sides):
        stood.extend(Office.objects.filter(id__in=[side.ref.id for side in sides]).values_list("active", flat=True))
        return real(found, sides)

    monkeypatch.setattr(rows, "copy", looks)
    work_off()
    assert (state(order_id), stood) == ("done", [False, False])
    _whole(world, order_work.look(order_id))


def test_an_order_that_comes_to_nothing_leaves_nobody_shut_and_number_and_address_free(newborns, monkeypatch):
    """Not even when opening them again failed too."""
    world = merging.world(monkeypatch)
    with monkeypatch.context() as broken:
        broken.setattr(rows, "copy", _fails)
        broken.setattr(order_merge, "_open_both", _fails)
        order = merging.merged(world)
    assert (order.state, anonymous("nyvest").get("/").status_code) == ("failed", 503)
    move(drift(), order.id, "withdrawn")
    work_off()
    assert {anonymous(slug).get("/").status_code for slug in ("nyvest", "nyost")} == {200}
    with fleet.connect() as owner:
        assert owner.execute("SELECT 1 FROM registry_office WHERE slug = 'nyen'").fetchone() is None
        assert owner.execute("SELECT 1 FROM pg_roles WHERE rolname ~ 'kommune_9976'").fetchone() is None
    assert merging.asked(world)
