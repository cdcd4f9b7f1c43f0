"""The end of an office holds: what fails is finished, what came later is not lost, and nobody ends it alone."""

import subprocess
import sys

import pytest
from django.db import DatabaseError

from shared.orders import actions, close, export, export_rows, files, leaving
from shared.orders import work as order_work
from shared.orders.export_file import public_of
from shared.orders.models import Certificate, OrderStep
from shared.post.models import SealedLetter
from tenants.starting.models import Document
from tests.cast import ref
from tests.client import anonymous, log_in
from tests.shared.orders import acting, ask, drift, move, newborns, somebody, state, work_off
from tests.shared.test_leaving import (
    PHRASE,
    SALT,
    Killed,
    administrator,
    agreed,
    asked,
    ny,
    settle,
    unpacked,
)
from varde.access.roles import Role
from varde.clock import now
from varde.refusal import Refused
from varde.tenancy import directory, fleet

assert newborns
assert ny


@pytest.mark.parametrize("where", [(close, "directory"), (export, "log_of")])
def test_an_end_that_fails_after_the_office_is_shut_is_finished_by_the_next_try(ny, tmp_path, monkeypatch, where):
    order = asked()
    agreed(order, tmp_path / "ut")
    with monkeypatch.context() as broken:
        broken.setattr(*where, None)
        work_off()
    failed = order_work.look(order.id)
    assert (failed.state, failed.closing) == ("failed", True)
    with pytest.raises(Refused, match="bare fullføres"):
        move(drift(), order.id, "refused", said="Nei")
    move(drift(), order.id, "approved")
    work_off()
    assert state(order.id) == "done"
    with order_work.as_owner():
        assert Certificate.objects.get(office=ny.id).facts["log_whole"] is True


def test_what_came_while_the_provisioner_was_away_is_asked_for_again(ny, tmp_path, monkeypatch):
    order = asked()
    agreed(order, tmp_path / "ut")
    with monkeypatch.context() as cut, pytest.raises(Killed):
        cut.setattr(close.export_rows, "lock_content", _killed)
        work_off()
    assert "look" in order_work.done_now(order_work.look(order.id))
    monkeypatch.setattr(close.leaving, "why_not", lambda _ref: ["1 brev er underveis."])
    work_off()
    assert (state(order.id), order_work.look(order.id).said) == ("failed", "1 brev er underveis.")
    assert directory.office_with_slug("nykommune") is not None


def _killed(_kind: str) -> None:
    raise Killed


def test_nobody_writes_to_an_office_that_is_shut(ny):
    with fleet.connect() as owner:
        owner.execute("UPDATE registry_office SET active = false WHERE id = %s", [ny.id])
    with pytest.raises(DatabaseError, match="row-level security"), acting(drift()) as by:
        SealedLetter(
            kind="TemplateAnswer", sender=by.office.id, recipient=ny.id, month="2026-11", sealed=b"x", sent_at=now()
        ).save()


def test_a_document_that_came_later_is_not_lost_either(ny, tmp_path):
    order = asked()
    agreed(order, tmp_path / "ut")
    with leaving.as_owner_of(ny):
        Document(
            step="decision", name="vedtak.pdf", kind="pdf", size=5, sha256="0" * 64, content=b"%PDF-", at=now(),
            by_name="Ada",
        ).save()  # fmt: skip
    work_off()
    assert "lages en ny fil" in order_work.look(order.id).said


def test_every_table_of_a_kommune_is_in_the_print_but_those_that_change_by_themselves():
    tables = {model._meta.db_table for model in export_rows.models_of("kommune")}
    assert not export_rows.BY_ITSELF - tables - {"usersessions_usersession"}
    assert set(export_rows._COLUMNS_BY_ITSELF) <= tables - export_rows.BY_ITSELF
    for model in export_rows.models_of("kommune"):
        columns = {field.column for field in model._meta.concrete_fields}
        assert columns.issuperset(export_rows._COLUMNS_BY_ITSELF.get(model._meta.db_table, ()))


def test_nobody_is_made_a_leader_for_the_occasion(ny, tmp_path):
    order = asked()
    move(administrator(), order.id, "opened", facts={"code": unpacked(order, tmp_path / "ut")})
    fresh = somebody("nykommune", Role.LEADER, "ny leder")
    settle(ny, fresh, email="ny@nykommune.example", since=now())
    with pytest.raises(Refused, match="tre døgn"):
        move(fresh, order.id, "agreed")
    assert state(order.id) == "opened"


def test_the_provisioner_asks_again_who_the_two_are(ny, tmp_path, monkeypatch):
    order = asked()
    monkeypatch.setattr(actions, "all_settled", lambda *_: True)
    move(administrator(), order.id, "opened", facts={"code": unpacked(order, tmp_path / "ut")})
    move(somebody("nykommune", Role.LEADER, "finnes ikke"), order.id, "agreed")
    work_off()
    assert "tre døgn" in order_work.look(order.id).said
    move(drift(), order.id, "approved")
    work_off()
    assert state(order.id) == "ready"  # a new file, and two others


@pytest.mark.parametrize(
    ("to", "told"),
    [("opened", {"code": "closed"}), ("opened", {"facts": {"code": "x", "proof": "x"}})],
)
def test_no_office_writes_the_platforms_words_into_its_own_step(ny, to, told):
    order = asked()
    step = OrderStep(order=order.id, number=99, state=to, office=ny.id, at=now(), **told)
    with pytest.raises(DatabaseError, match="row-level security"), acting(administrator()):
        step.save()


def test_drift_alone_cannot_say_that_an_office_is_shut(ny):
    order_id = ask(administrator(), "close_office", public=public_of(PHRASE, SALT).hex(), salt=SALT.hex())
    step = OrderStep(order=order_id, number=1, state="approved", office=ref("drift").id, code="closed", at=now())
    with pytest.raises(DatabaseError, match="row-level security"), acting(drift()):
        step.save()
    with order_work.as_owner():
        step.save()  # even if it stood there
    assert not order_work.look(order_id).closing


def test_the_certificate_is_shown_when_the_keys_are_gone_and_not_before(ny, tmp_path, monkeypatch):
    order = asked()
    agreed(order, tmp_path / "ut")
    with monkeypatch.context() as broken:
        broken.setattr(close.ending, "end_office", lambda _ref: 1 / 0)
        work_off()
    assert state(order.id) == "failed"
    assert "Attest" not in anonymous("nykommune").get("/meld").content.decode()
    assert anonymous("nykommune").get("/attest").status_code == 410
    move(drift(), order.id, "approved")
    work_off()
    assert anonymous("nykommune").get("/attest").content.startswith(b"%PDF")


def test_a_disk_that_is_full_keeps_no_half_file_and_a_stray_file_stops_nobody(ny, monkeypatch):
    with monkeypatch.context() as full:
        full.setattr(export, "_matters", _full)
        order = asked()
    assert order.state == "failed"
    folder = files.path_of(order.id).parent
    assert not files.draft_of(order.id).exists()
    stray = folder / "les meg.varde"
    stray.write_text("x")
    files.draft_of(order.id).write_text("av en som ble drept")
    move(administrator(), order.id, "withdrawn")
    work_off()
    assert not files.draft_of(order.id).exists()
    stray.unlink()


def _full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_the_kommune_gets_the_program_that_opens_its_file(ny, tmp_path):
    order = asked()
    admin = log_in("nykommune", "admin@nykommune.example", "Admin", Role.ADMINISTRATOR)
    assert admin.get(f"/avslutning/{order.id}/fil")["Content-Disposition"].endswith('varde-alt-nykommune.varde"')
    program, out = tmp_path / "varde-apner.pyz", tmp_path / "ut"
    program.write_bytes(b"".join(admin.get("/avslutning/apner").streaming_content))
    command = [sys.executable, "-E", str(program), str(files.path_of(order.id)), "--to", str(out)]
    told = subprocess.run(command, input=PHRASE, capture_output=True, text=True, timeout=60, cwd=tmp_path)
    assert "Bekreftelseskode: " in told.stdout, told.stderr
    assert (out / "index.html").exists()
    command[-1] = "feil"
    wrong = subprocess.run(command, input="feil", capture_output=True, text=True, timeout=60, cwd=tmp_path)
    assert wrong.returncode == 1
    assert "Traceback" not in wrong.stderr


def test_a_kommune_in_an_agreement_is_told_so_before_it_asks(house):
    page = log_in("gjovik", "leder9@gjovik.example", "Leder", Role.LEADER).get("/avslutning").content.decode()
    assert "Kommunen er i en samarbeidsavtale. Den må avsluttes først." in page
