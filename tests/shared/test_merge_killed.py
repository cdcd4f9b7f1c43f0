"""The provisioner is killed after every stage of a merge, at the worst moment; and what fails opens the two again."""

from shared.registry import merge_rows, order_work
from shared.registry.order_queries import Placed
from tenants.cases import queries as cases
from tenants.cases.models import Case
from tests.cast import TEST, ref
from tests.client import anonymous
from tests.shared import merging
from tests.shared.orders import acting, drift, move, newborns, state, work_off
from tests.shared.test_orders_killed import KILLED, child
from varde.access.reader import Reader
from varde.audit import cli as log_cli
from varde.tenancy import directory, fleet

assert newborns
# The opening notes itself, in the commit of what it does; so it is gone right after that.
DOOMED = KILLED.replace(
    "order_work.note = doomed",
    """order_work.note = doomed
from shared.registry import merge_open
def gone(**_told):
    os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[1] == "joined":
    merge_open.record = gone""",
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
    child(DOOMED, "copied")
    directory.forget()
    shown = anonymous("nyvest").get("/meld")
    assert (shown.status_code, shown["Retry-After"]) == (503, "60")
    assert "IKKE mottatt" in shown.content.decode()
    assert anonymous("nyen").get("/").status_code == 410  # not open yet


def test_what_is_not_the_same_afterwards_opens_the_two_again(newborns, monkeypatch):
    world = merging.world(monkeypatch)
    real = merge_rows.copy

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

    monkeypatch.setattr(merge_rows, "copy", loses_one)
    order = merging.merged(world)
    assert order.state == "failed"
    assert "cases_note" in order.said
    assert anonymous("nyvest").get("/").status_code == 200
    assert anonymous("nyost").get("/").status_code == 200
    monkeypatch.setattr(merge_rows, "copy", real)
    move(drift(), order.id, "approved")
    work_off()
    assert state(order.id) == "done"
    _whole(world, order_work.look(order.id))


def test_an_order_that_comes_to_nothing_leaves_number_and_address_free(newborns, monkeypatch):
    world = merging.world(monkeypatch)

    def fails(*_):
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(merge_rows, "copy", fails)
        order = merging.merged(world)
    assert order.state == "failed"
    move(drift(), order.id, "withdrawn")
    work_off()
    with fleet.connect() as owner:
        assert owner.execute("SELECT 1 FROM registry_office WHERE slug = 'nyen'").fetchone() is None
    merging.merged(world)
    assert ref("nyen").number == "9976"
