"""A report is made of what was given out, approved by another, frozen, sent, corrected; and the pages of it."""

import io
import json
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from psycopg.types.json import Jsonb

from regional.bufdir import access, actions, making, queries
from regional.bufdir.actions import Written
from regional.bufdir.models import Draft, FrozenReport, Kind, ReportSent
from regional.releases.given import given
from shared.reporting.document import read
from tests.cast import TEST, ref
from tests.client import client_for, log_in
from tests.owner import as_owner, by_hand
from tests.regional.released import H1, REGION, best, by_two, closed, everybody_sends, given_out, person
from varde.access import Role
from varde.audit.models import Entry
from varde.clock import now
from varde.privacy.models import FrozenRow
from varde.refusal import Overtaken, Refused
from varde.tenancy.work import work
from varde.ui.dates import day_of

NOTHING = Written({"comment": "", "explained": ""})


@pytest.fixture
def released(house):
    everybody_sends(H1)
    closed(H1)
    given_out(H1)
    return house


def makes(name="stine", written=NOTHING):
    with person(name) as by:
        return actions.make(kind=Kind.BUFDIR, period=H1, written=written, by=by)


def looks(draft, name="sara"):
    with person(name) as by:
        access.draft_for(by, draft.id)


def approves(draft, name="sara"):
    looks(draft, "sara")
    with person(name) as by:
        return actions.approve(draft=draft.id, seen=draft.digest, by=by)


def test_one_makes_another_approves_and_it_is_frozen_with_a_number(released):
    row = approves(makes())
    made = read(row.content.encode())
    said = dict(made.meta)
    assert (row.number, said["Rapport nr."]) == (1, "1")
    assert said["Laget av"].startswith("Stine, ")
    assert said["Godkjent av"].startswith("Sara, ")
    assert made.sections[1].tables[0].rows[0] == ("Saker i perioden", 36)
    with person("liv") as by:
        release = given(by)[0]
        assert row.stands_on == [{"number": release.number, "digest": release.digest}]
    with work(ref(REGION), TEST):
        whats = set(Entry.objects.filter(action="create").values_list("what", flat=True))
    assert {"bufdir.draft", "bufdir.report"} <= whats


def test_who_made_it_does_not_approve_it_nor_who_only_reads(released):
    draft = makes()
    with pytest.raises(Refused, match="En annen må se"):
        approves(draft, "stine")
    with pytest.raises(PermissionDenied):
        approves(draft, "liv")
    with pytest.raises(Overtaken), person("sara") as by:
        actions.approve(draft=draft.id, seen="noe annet", by=by)


def test_the_database_itself_wants_a_second_person(released):
    draft = makes()
    with pytest.raises(DatabaseError, match="second person"), person("stine"):
        Draft.objects.filter(pk=draft.id).update(state="approved")
    with pytest.raises(DatabaseError, match="second person"), person("stine") as by:
        made = actions._frozen(Draft.objects.get(pk=draft.id), by, by.user_id)
        made.save()


def test_a_draft_stands_as_it_was_made_and_what_is_frozen_is_what_was_seen(released):
    draft = makes()
    with pytest.raises(DatabaseError, match="stands as it was made"), person("sara"):
        Draft.objects.filter(pk=draft.id).update(content="{}")
    looks(draft)
    with pytest.raises(DatabaseError, match="what was approved"), person("sara") as by:
        row = Draft.objects.get(pk=draft.id)
        row.state = "approved"
        row.save(update_fields=["state"])
        made = actions._frozen(row, by, by.user_id)
        made.content = made.content.replace('"Saker i perioden",36', '"Saker i perioden",37')
        made.digest = making.print_of(made.content.encode())
        made.save()


def test_the_frozen_copy_cannot_change(released):
    row = approves(makes())
    with pytest.raises(FrozenRow):
        row.save()
    with pytest.raises(DatabaseError), person("sara"):
        FrozenReport.objects.filter(pk=row.pk).update(content="{}")
    for statement in ("UPDATE bufdir_report SET content = '{}'", "DELETE FROM bufdir_report"):
        with pytest.raises(DatabaseError, match="append-only"), as_owner(ref(REGION)), connection.cursor() as cursor:
            cursor.execute(statement)


def test_nothing_is_reported_that_was_not_given_out(house):
    everybody_sends(H1)
    closed(H1)
    with pytest.raises(Refused, match="ikke gitt ut tall"):
        makes()


def test_a_correction_is_a_new_report_that_says_what_it_replaces(released):
    first = approves(makes())
    with pytest.raises(Refused, match="hvorfor den rettes"):
        makes()
    second = approves(makes(written=Written({"comment": "Rettet."}, "Kommentaren manglet.")))
    assert (second.number, second.replaces) == (2, first.number)
    assert dict(read(second.content.encode()).meta)["Retter"] == "Rapport nr. 1: Kommentaren manglet."
    with person("liv"):
        assert FrozenReport.objects.get(number=1).content == first.content
        assert queries.replaced_by(1) == 2


def test_what_may_be_about_somebody_is_not_written(released):
    with pytest.raises(Refused, match="merket"):
        makes(written=Written({"comment": "Ring Kari Nordmann på 99 88 77 66."}))


def test_a_dropped_draft_is_over_and_another_can_be_made(released):
    draft = makes()
    with pytest.raises(Refused, match="alt et utkast"):
        makes("sara")
    with person("stine") as by:
        actions.drop(draft=draft.id, by=by)
    with pytest.raises(Refused, match="alt avgjort"):
        approves(draft)
    assert makes().period == H1


def test_a_person_notes_that_it_was_sent(released):
    row = approves(makes())
    with person("stine") as by:
        actions.note_sent(report=row, sent_on=day_of(now()), reference="2026/114", by=by)
        with pytest.raises(Refused, match="til i dag"):
            actions.note_sent(report=row, sent_on=day_of(row.approved_at).replace(year=2099), reference="x", by=by)
    with work(ref(REGION), TEST):
        assert [one.reference for one in ReportSent.objects.all()] == ["2026/114"]


def test_the_pages_from_draft_to_sent(released):
    stine = log_in(REGION, "per@region.example", "Per Tall", Role.STATISTICS_OFFICER)
    sara = log_in(REGION, "unni@region.example", "Unni Sekretær", Role.SECRETARY)
    assert b"1. halv" in stine.get("/bufdir/ny").content
    page = stine.get(f"/bufdir/ny/bufdir/{H1}")
    assert "Dette mangler" in page.content.decode()
    sent = stine.post(f"/bufdir/ny/bufdir/{H1}", {"comment": "Rolig halvår.", "explained": ""})
    assert sent.status_code == 303
    assert "Du laget utkastet selv" in stine.get(sent["Location"]).content.decode()
    with work(ref(REGION), TEST):
        digest = Draft.objects.get().digest
    assert "venter på at du eller en annen godkjenner" in sara.get("/start").content.decode()
    assert "venter på en annen" in stine.get("/start").content.decode()
    unseen = sara.post(f"{sent['Location']}/godkjenn", {"seen": digest})
    assert (unseen.status_code, "se på det før du godkjenner" in unseen.content.decode()) == (422, True)
    approved = sara.post(f"{sent['Location']}/godkjenn", {"seen": digest})
    assert approved["Location"] == "/bufdir/1"
    assert "Rolig halvår." in sara.get("/bufdir/1").content.decode()
    assert sara.post("/bufdir/1/sendt", {"sent_on": "", "reference": ""}).status_code == 422


def test_every_file_is_made_of_the_frozen_bytes(released):
    row = approves(makes())
    liv = client_for("liv")
    got = {ending: b"".join(liv.get(f"/bufdir/1/fil/{ending}")) for ending in ("json", "csv", "xlsx", "pdf")}
    assert got["json"] == row.content.encode()
    assert "Saker i perioden;Antall;36" in got["csv"].decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(got["xlsx"])) as book:
        sheets = "".join(book.read(name).decode() for name in book.namelist() if "worksheets/" in name)
    assert "<v>36</v>" in sheets
    assert "<f>" not in sheets
    assert got["pdf"].startswith(b"%PDF")
    assert got["json"] == b"".join(liv.get("/bufdir/1/fil/json"))
    assert json.loads(got["json"])["title"] == "Rapport til Bufdir, 1. halvår 2025"
    assert liv.get("/bufdir/1/fil/exe").status_code == 404


def test_who_only_reads_sees_no_draft(released):
    draft = makes()
    liv = client_for("liv")
    assert liv.get(f"/bufdir/utkast/{draft.id}").status_code in (403, 404)
    assert "venter på at en annen" not in liv.get("/bufdir").content.decode()


def test_what_is_withdrawn_is_not_approved(released):
    draft = makes()
    with person("liv") as by:
        number = given(by)[0].number
    by_two("withdrawn", {"release": number, "reason": "Feil i et tall."})
    with pytest.raises(Refused, match="trukket tilbake siden utkastet"):
        approves(draft)
    with person("stine") as by:
        actions.drop(draft=draft.id, by=by)
    with pytest.raises(Refused, match="ikke gitt ut tall"):
        makes()


def test_a_report_on_what_is_withdrawn_is_marked_in_the_list(released):
    approves(makes())
    with person("stine") as by:
        number = given(by)[0].number
    mark = "Tall den bygger på, er trukket tilbake"
    liv = client_for("liv")
    assert mark not in liv.get("/bufdir").content.decode()
    by_two("withdrawn", {"release": number, "reason": "Feil i et tall."})
    assert mark in liv.get("/bufdir").content.decode()


@pytest.fixture
def whole_year(house):
    for half in (H1, "2025H2"):
        everybody_sends(half)
        closed(half)
        given_out(half, best)
    return house


def test_a_year_is_reported_with_the_total_since_the_start_and_the_check_of_it(whole_year):
    with person("stine") as by:
        row = actions.make(kind=Kind.BUFDIR, period="2025", written=NOTHING, by=by)
    made = read(row.content.encode())
    brief = next(one for one in made.sections if one.title == "Hovedtall")
    assert brief.tables[0].rows[:2] == (("Saker i perioden", 72), ("Saker siden start", 72))
    assert "Kontroll av tallene siden start" in [one.title for one in made.sections]
    lacks = next(one for one in made.sections if one.title == "Mangler og motsigelser")
    assert not [row for table in lacks.tables for row in table.rows if row[1] == "Stemmer ikke"]


def test_the_grant_report_of_the_region_is_made_by_who_sees_plan_and_agreement(whole_year):
    words = Written({"money": "Halv stilling i Gjøvik.", "reach": "300 ansatte."})
    with pytest.raises(PermissionDenied), person("stine") as by:
        actions.make(kind=Kind.GRANT, period="2025", written=words, by=by)
    with person("sara") as by:
        draft = actions.make(kind=Kind.GRANT, period="2025", written=words, by=by)
    looks(draft, "stine")
    with person("stine") as by:
        row = actions.approve(draft=draft.id, seen=draft.digest, by=by)
    made = {one.title: one for one in read(row.content.encode()).sections}
    assert made["Resultater"].tables[0].rows[0] == ("Saker i perioden", 72)
    assert made["Hvem som er nådd"].text == "300 ansatte."
    assert [line[0] for line in made["Opplæring og rekkevidde"].tables[0].rows][:1] == ["Gjøvik"]
    with person("sara") as by, pytest.raises(Refused, match="helt år"):
        actions.make(kind=Kind.GRANT, period="2025H2", written=words, by=by)


def test_the_page_of_the_grant_report_asks_for_what_nobody_registers(whole_year):
    sara = log_in(REGION, "unni@region.example", "Unni Sekretær", Role.SECRETARY)
    page = sara.get("/bufdir/ny/grant/2025").content.decode()
    assert "Hvem er nådd, og hvor mange?" in page
    marked = sara.post("/bufdir/ny/grant/2025", {"reach": "Ring 99 88 77 66."})
    assert marked.status_code == 422
    assert "Dette kan handle om en person" in marked.content.decode()
    sent = sara.post("/bufdir/ny/grant/2025", {"reach": "300 ansatte."})
    assert "300 ansatte." in sara.get(sent["Location"]).content.decode()
    assert sara.get("/bufdir/ny/bufdir/1999", follow=True).status_code == 200


def test_the_database_itself_wants_the_draft_opened_by_a_person_who_is_another(released):
    draft = makes()
    with pytest.raises(DatabaseError, match="they have seen"), person("sara"):
        Draft.objects.filter(pk=draft.id).update(state="approved")
    looks(draft)
    changed = "UPDATE identity_user SET email = 'stine+to@region.example' WHERE email = 'sara@region.example'"
    by_hand(REGION, "identity_user", changed)
    with pytest.raises(Refused, match="regnes som én person"):
        approves(draft)
    with pytest.raises(DatabaseError, match="second person"), person("sara"):
        Draft.objects.filter(pk=draft.id).update(state="approved")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"number": 7}, "without a gap"),
        ({"stands_on": []}, "given out"),
        ({"stands_on": [{"number": 3, "digest": "0" * 64}]}, "given out"),
        ({"replaces": 5, "because": "Feil."}, "replaces the newest"),
    ],
)
def test_what_the_approver_lays_by_sql_is_the_next_report_of_what_was_given_out(released, changed, said):
    """A draft says what its maker says: that it stands on something, and what it replaces, the database asks itself."""
    draft = makes()
    given = {name: Jsonb(value) if name == "stands_on" else value for name, value in changed.items()}
    said_by_hand = [f"UPDATE bufdir_draft SET {name} = %({name})s" for name in changed.keys() - {"number"}]
    by_hand(REGION, "bufdir_draft", *said_by_hand, **given)
    looks(draft)
    with pytest.raises(DatabaseError, match=said), person("sara") as by:
        row = Draft.objects.get(pk=draft.id)
        row.state = "approved"
        row.save(update_fields=["state"])
        made = actions._frozen(row, by, by.user_id)
        for name, value in changed.items():
            setattr(made, name, value)
        made.save()
