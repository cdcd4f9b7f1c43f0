"""The day's end of the log lies outside the office: what is cut or written anew afterwards does not fit it."""

import stat
from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import override_settings

from tests.cast import TEST, as_person, ref
from tests.client import client_for
from tests.varde.audit_world import as_owner, forge
from tests.varde.tsa import authority
from varde.access import Role
from varde.audit import anchoring, cli, tasks
from varde.audit.actions import Action, record
from varde.audit.anchor import Line, hold, lines_in
from varde.audit.models import Anchor, AnchorSetting, Entry
from varde.audit.stamp import roots, stamped_at
from varde.tenancy.work import work

TODAY = date(2026, 11, 22)
DIGEST = "a" * 64


def write(count: int) -> None:
    with work(ref("gjovik"), "keys"):
        record(by=as_person("kari"), action=Action.VIEW, what="cases.case", ids=map(str, range(count)))


def log_rows(**wanted):
    with work(ref("gjovik"), TEST):
        return list(Entry.objects.filter(**wanted))


@pytest.fixture
def home(house, tmp_path):
    with override_settings(HOME=tmp_path):
        yield tmp_path


def verify(*more: str) -> int:
    return cli.main(["--office", "gjovik", *more])


def test_a_line_is_read_back_as_it_was_written():
    line = Line(TODAY, "gjovik", 7, DIGEST, b"\x30\x01stamp")
    other = Line(TODAY, "nabo", 7, DIGEST)
    mailed = f"Subject: Anker\n\n{line.text}\n"
    assert lines_in(f"{line.kept}\nnoe annet\n{other.kept}\n", "gjovik") == [line]
    assert lines_in(mailed, "gjovik") == [Line(TODAY, "gjovik", 7, DIGEST)]


@pytest.mark.parametrize("text", ["", "2026-13-40 gjovik 1 " + DIGEST, "2026-11-22 gjovik x y", "2026-11-22 x 1 aa"])
def test_what_is_no_line_is_passed_over(text):
    assert lines_in(text, "gjovik") == []


@pytest.mark.parametrize(("digests", "breaks", "sound", "wrong"), [
    ({1: "a", 2: "b"}, (), 2, ""), ({1: "a"}, (), 1, "cut"), ({1: "a", 2: "x"}, (), 1, "rewritten"),
    ({1: "a", 2: "b"}, ((2, "content"),), 1, "broken"), ({1: "a", 2: "b"}, ((3, "link"),), 2, ""),
    ({}, (), None, "cut"),
])  # fmt: skip
def test_it_says_up_to_which_anchor_the_log_is_sound(digests, breaks, sound, wrong):
    lines = [Line(TODAY - timedelta(days=1), "g", 1, "a"), Line(TODAY, "g", 2, "b")]
    found = hold(lines, digests, breaks)
    assert (found.sound.number if found.sound else None, found.wrong) == (sound, wrong)


def test_once_a_day_the_end_is_noted_filed_and_logged(home):
    write(3)
    line = anchoring.anchor(ref("gjovik"))
    assert line is not None
    assert (line.number, anchoring.anchor(ref("gjovik"))) == (3, None)
    path = home / "anchors" / "gjovik.log"
    assert path.read_text() == f"{line.kept}\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [(row.action, row.name) for row in log_rows(what="audit.anchor")] == [("send", "verify")]
    assert mail.outbox == []


def test_an_empty_log_has_no_anchor(home):
    assert anchoring.anchor(ref("gjovik")) is None


def test_the_task_puts_it_out(home):
    write(1)
    tasks.put_out_anchor.run(ref("gjovik"))
    with work(ref("gjovik"), TEST):
        assert Anchor.objects.get().number == 1


@override_settings(ANCHOR_MAIL="vakt@drift.example")
def test_the_mail_holds_the_line_and_nothing_else_of_the_office(home):
    write(2)
    with work(ref("gjovik"), "setup"):
        client = client_for("arne")
    client.post("/innsynslogg/anker", {"adresse": "postmottak@gjovik.example"})
    line = anchoring.anchor(ref("gjovik"))
    assert sorted(sent.to[0] for sent in mail.outbox) == ["postmottak@gjovik.example", "vakt@drift.example"]
    assert {sent.subject for sent in mail.outbox} == {"Anker for innsynsloggen"}
    assert lines_in(mail.outbox[0].body, "gjovik") == [Line(line.day, "gjovik", line.number, line.digest)]
    assert not [word for word in ("Kari", "cases", "Arne", "Gjøvik") if word in mail.outbox[0].body]


@override_settings(ANCHOR_MAIL="vakt@drift.example")
def test_a_mail_that_was_not_taken_is_tried_again(home, monkeypatch):
    write(1)

    def away(*_args):
        raise ConnectionRefusedError

    monkeypatch.setattr("varde.audit.anchor_mail.send_mail", away)
    anchoring.anchor(ref("gjovik"))
    monkeypatch.undo()
    assert anchoring.anchor(ref("gjovik")) is not None
    assert len(mail.outbox) == 1
    assert anchoring.anchor(ref("gjovik")) is None


def test_the_log_is_held_against_the_file_and_against_a_saved_mail(home, capsys):
    write(4)
    line = anchoring.anchor(ref("gjovik"))
    write(2)
    saved = home / "mail.eml"
    saved.write_text(f"From: varde\n\n{line.text}\n")
    assert (verify(), verify("--since-anchor"), verify("--anchor", str(saved))) == (0, 0, 0)
    assert "Hel til og med" in capsys.readouterr().out


@pytest.mark.parametrize(("sql", "said"), [
    ("DELETE FROM audit_entry WHERE number > 2", "slutten er kuttet"),
    ("DELETE FROM audit_entry WHERE number = 2", "skrevet om"),
    ("UPDATE audit_entry SET name = 'Noen andre' WHERE number = 1", "skrevet om"),
    ("UPDATE audit_entry SET number = 5 - number WHERE number IN (1, 4)", "skrevet om"),
    ("DELETE FROM audit_entry", "slutten er kuttet"),
])  # fmt: skip
def test_a_log_written_anew_by_one_who_owns_everything_is_found(home, capsys, sql, said):
    write(4)
    anchoring.anchor(ref("gjovik"))
    write(3)
    forge(sql)
    assert verify() == 0, "the chain alone fits again"
    assert verify("--since-anchor") == 1
    assert said in capsys.readouterr().out


def test_it_names_the_last_day_that_is_sound(home, capsys):
    write(2)
    first = anchoring.anchor(ref("gjovik"))
    anchoring.keep(Line(first.day + timedelta(days=1), "gjovik", 3, DIGEST))
    assert verify("--since-anchor") == 1
    said = capsys.readouterr().out
    assert f"Hel til og med {first.day:%d.%m.%Y} (nr. 2)" in said
    assert f"BRUTT mot ankeret {first.day + timedelta(days=1):%d.%m.%Y}" in said


def test_a_file_without_a_line_of_this_office_proves_nothing(home):
    write(1)
    empty = home / "empty"
    empty.write_text("ingenting")
    assert verify("--anchor", str(empty)) == 1
    assert verify("--since-anchor") == 0


@pytest.fixture
def stamping(home, tmp_path_factory):
    with (
        authority(tmp_path_factory.mktemp("tsa")) as found,
        override_settings(TSA_URL=found.url, TSA_CA=str(found.root)),
    ):
        yield found


def test_an_authority_stamps_the_line_and_sees_only_a_digest(stamping, home):
    write(2)
    line = anchoring.anchor(ref("gjovik"))
    assert line.stamp
    assert len(stamping.asked) == 1
    assert b"gjovik" not in stamping.asked[0]
    (kept,) = lines_in((home / "anchors" / "gjovik.log").read_text(), "gjovik")
    assert stamped_at(kept.text, kept.stamp, roots()) is not None
    assert verify("--since-anchor") == 0
    with work(ref("gjovik"), TEST):
        assert Anchor.objects.get().stamped


def test_a_forged_line_cannot_borrow_a_stamp(stamping, home, capsys):
    write(3)
    true = anchoring.anchor(ref("gjovik"))
    forge("DELETE FROM audit_entry WHERE number = 2")
    with work(ref("gjovik"), TEST):
        row = Entry.objects.get(number=2)
    forged = Line(true.day, "gjovik", 2, row.digest, true.stamp)
    (home / "anchors" / "gjovik.log").write_text(f"{forged.kept}\n")
    assert verify("--since-anchor") == 1
    assert "stempelet gjelder ikke" in capsys.readouterr().out


def test_a_stamp_of_another_authority_is_no_stamp(stamping, tmp_path_factory):
    write(1)
    line = anchoring.anchor(ref("gjovik"))
    with authority(tmp_path_factory.mktemp("other")) as other, override_settings(TSA_CA=str(other.root)):
        assert stamped_at(line.text, line.stamp, roots()) is None


def test_an_authority_with_its_certificates_in_disorder_is_asked_without_them(home, tmp_path_factory):
    write(1)
    with (
        authority(tmp_path_factory.mktemp("tsa"), unsorted=True) as found,
        override_settings(TSA_URL=found.url, TSA_CA=str(found.root)),
    ):
        line = anchoring.anchor(ref("gjovik"))
        assert len(found.asked) == 2
        assert stamped_at(line.text, line.stamp, roots()) is not None
        assert stamped_at(line.text + " ", line.stamp, roots()) is None


@override_settings(TSA_URL="http://127.0.0.1:9/")
def test_an_authority_that_is_away_stops_nothing_and_is_asked_again(home):
    write(1)
    assert anchoring.anchor(ref("gjovik")).stamp == b""
    assert anchoring.anchor(ref("gjovik")) is not None


def test_the_page_says_where_it_goes_and_nothing_of_how_much(gjovik):
    client = client_for("arne")
    assert "bare hos dem som drifter" in client.get("/innsynslogg/anker").content.decode()
    assert client.post("/innsynslogg/anker", {"adresse": "ikke en adresse"}).status_code == 422
    assert client.post("/innsynslogg/anker", {"adresse": "post@gjovik.example"}).status_code == 303
    assert AnchorSetting.objects.get().address == "post@gjovik.example"
    Anchor(day=TODAY, at="2026-11-22T03:00Z", number=987654, digest=DIGEST, mailed=True).save()
    shown = client.get("/innsynslogg/anker").content.decode()
    assert "post@gjovik.example" in shown
    assert "bare hos dem som drifter" not in shown
    assert "22.11.2026" in shown
    assert "987654" not in shown


@pytest.mark.parametrize("role", [Role.LEADER, Role.PRIVACY_OFFICER, Role.TEAM_MEMBER])
def test_others_do_not_choose_where(gjovik, role):
    assert client_for("kari", role).get("/innsynslogg/anker").status_code == 403


def test_a_login_can_neither_change_nor_take_back_an_anchor(house):
    from django.db import connection

    from varde.tenancy.door import office

    with office(ref("gjovik")), connection.cursor() as cursor, pytest.raises(Exception, match="permission denied"):
        cursor.execute("DELETE FROM audit_anchor")


def test_the_owner_is_not_stopped_by_the_triggers_which_is_why_there_are_anchors(house):
    write(1)
    with as_owner() as owner:
        owner.execute("DELETE FROM audit_entry")
    assert log_rows(what="cases.case") == []
