"""The leader team's pages: who sits, the table, why it is fair, its files, and the guided change."""

import io
import json
import re
import zipfile
from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from regional.leaders import demo, queries
from regional.leaders.actions import Plan, adopt_table, set_table
from regional.leaders.models import RotationTable, Term
from regional.leaders.rotation import rotate
from regional.leaders.sitting import sitting
from regional.leaders.tables import rotation_of
from tests.cast import ref
from tests.client import client_for, log_in
from varde.access import Reader, Role
from varde.clock import telling
from varde.tenancy.work import work

TABLE = rotate(["Gjøvik", "Østre Toten"], ["NAV", "Lege"], first_year=2025, years=2)


@pytest.fixture(autouse=True)
def in_2026():
    with telling(datetime(2026, 11, 23, 12, tzinfo=UTC)):
        yield


def secretary():
    return log_in("gjovikregionen", "sekretaer@gjovikregionen.example", "Sissel Sekretær", Role.SECRETARY)


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_who_sits_now_and_who_follows():
    places = sitting(TABLE, today_year=2026)
    assert [(p.seat, p.holder, p.until, p.follows, p.follows_from) for p in places] == [
        ("NAV", "Gjøvik", 2026, "Østre Toten", 2027),
        ("Lege", "Østre Toten", 2026, "Gjøvik", 2027),
    ]


@pytest.mark.parametrize(
    ("year", "holder", "follows"), [(2024, "", "Gjøvik"), (2028, "Østre Toten", ""), (2030, "", "")]
)
def test_before_the_table_and_after_it_nobody_is_made_up(year, holder, follows):
    place = sitting(TABLE, today_year=year)[0]
    assert (place.holder, place.follows) == (holder, follows)


def test_the_proposal_is_seeded_once_and_shown(gjovikregionen):
    assert (demo.seed(gjovikregionen), demo.seed(gjovikregionen)) == (True, False)
    assert RotationTable.objects.count() == 1
    shown = text_of(client_for("liv").get("/lederteam"))
    for words in ("Forslag, ikke vedtatt", "Kommuneoverlege", "2026 Østre Toten fra 2027", "Politiet", "Krisesenter"):
        assert words in shown
    assert "1 plass uten navn" in shown
    assert "Representant folkevalgt (Søndre Land)" in shown


def test_the_proposal_belongs_to_one_region_only(house):
    assert demo.seed(ref("naboregionen")) is False


def test_a_region_without_a_form_says_what_to_do(gjovikregionen):
    assert "Ingen har bestemt formen ennå" in text_of(client_for("liv").get("/lederteam"))
    assert "Velg form og lag tabellen" in text_of(secretary().get("/lederteam"))


def test_an_operator_does_not_see_the_leader_team(gjovikregionen):
    assert client_for("olga").get("/lederteam").status_code == 403


def test_who_only_reads_changes_nothing(gjovikregionen):
    demo.seed(gjovikregionen)
    liv = client_for("liv")
    assert liv.get("/lederteam/endre").status_code == 403
    assert liv.post("/lederteam/endre/ut", {"kommune": "Gjøvik", "since": "2027"}).status_code == 403
    assert 'href="/lederteam/endre"' not in liv.get("/lederteam").content.decode()


def test_the_whole_table_and_its_proof_are_shown(gjovikregionen):
    demo.seed(gjovikregionen)
    liv = client_for("liv")
    assert "Rettferdig" in text_of(liv.get("/lederteam/rullering"))
    said = text_of(liv.get("/lederteam/rettferdig"))
    assert "I runden 2025–2034 har hver av de 5 kommunene hver plass én gang." in said
    assert "I hver periode har alle én plass." in said


def test_the_table_leaves_as_a_paper_that_archives_and_screen_readers_take(gjovikregionen):
    demo.seed(gjovikregionen)
    made = b"".join(client_for("liv").get("/lederteam/fil/pdf").streaming_content)
    assert b"pdfaid:part>2<" in made
    assert b"pdfaid:conformance>A<" in made
    assert b"pdfuaid:part>1<" in made


def test_the_workbook_has_a_row_for_each_seat(gjovikregionen):
    demo.seed(gjovikregionen)
    answer = client_for("liv").get("/lederteam/fil/xlsx")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        text, sheet = book.read("xl/sharedStrings.xml").decode(), book.read("xl/worksheets/sheet1.xml").decode()
    assert all(word in text for word in ("Plass", "2025-2026", "NAV", "Nordre Land"))
    assert sheet.count("<row ") == 6


def test_the_calendar_has_both_ends_of_each_period_and_no_names(gjovikregionen):
    demo.seed(gjovikregionen)
    made = b"".join(client_for("liv").get("/lederteam/fil/ics").streaming_content)
    days = [(str(event["summary"]), event["dtstart"].dt.isoformat()) for event in Calendar.from_ical(made).events]
    assert days[:2] == [
        ("Ny periode i lederteamet: 2025-2026", "2025-01-01"),
        ("Perioden 2025-2026 i lederteamet slutter", "2026-12-31"),
    ]
    assert len(days) == 10
    assert all("Det er ikke vedtatt" in event["description"] for event in Calendar.from_ical(made).events)
    assert not any(name.encode() in made for name in Term.objects.values_list("name", flat=True))


def test_another_file_and_a_table_that_is_not_there_are_not_found(gjovikregionen):
    liv = client_for("liv")
    assert liv.get("/lederteam/fil/pdf").status_code == 404
    demo.seed(gjovikregionen)
    assert liv.get("/lederteam/fil/docx").status_code == 404
    assert liv.get("/lederteam/rullering/00000000-0000-4000-8000-000000000000").status_code == 404


def asked(client, kind: str, button: str, **data: str):
    page = client.get(f"/lederteam/endre/{kind}")
    seen = re.search(r'name="seen" value="([^"]*)"', page.content.decode())
    return client.post(f"/lederteam/endre/{kind}", {"gjor": button, "seen": seen[1] if seen else ""} | data)


@pytest.fixture
def adopted(gjovikregionen):
    demo.seed(gjovikregionen)
    client = secretary()
    assert asked(client, "vedta", "lagre", source="Lederteamet 1.9.2026, sak 3/26").status_code == 303
    return client


def test_a_change_is_shown_before_it_is_stored(adopted):
    shown = asked(adopted, "inn", "vis", new="Gran", since="2029")
    said = text_of(shown)
    assert shown.status_code == 200
    assert "Ikke lagret ennå." in said
    assert "før: " in said
    assert "De 2 periodene før 2029-2030 er som de var." in said
    assert "Tabellen får 3 perioder til, så den nye runden blir hel." in said
    assert "I runden 2029–2040 har hver av de 6 kommunene hver plass én gang." in said
    assert "<rect" in shown.content.decode()
    assert queries.newest_table().changes == []


def test_a_change_is_stored_with_its_decision_and_the_past_stands(adopted):
    before = rotation_of(queries.newest_table())
    assert asked(adopted, "inn", "lagre", new="Gran", since="2029", source="").status_code == 422
    assert asked(adopted, "inn", "lagre", new="Gran", since="2029", source="Sak 4/26").status_code == 303
    row = queries.newest_table()
    after = rotation_of(row)
    assert (row.source, row.changes) == ("Sak 4/26", [{"joins": [{"kommune": "Gran", "from": 2029}]}])
    assert all(after.holders[seat][:2] == held[:2] for seat, held in before.holders.items())
    assert "Sak 4/26" in text_of(adopted.get("/lederteam/vedtak"))


@pytest.mark.parametrize(
    ("kind", "data", "batch"),
    [
        ("ut", {"kommune": "Gjøvik", "since": "2027"}, {"leaves": [{"kommune": "Gjøvik", "from": 2027}]}),
        (
            "sammen",
            {"several": ["Nordre Land", "Søndre Land"], "new": "Land", "since": "2027"},
            {"merges": [{"kommune": "Land", "of": ["Nordre Land", "Søndre Land"], "from": 2027}]},
        ),
        ("kort", {"running": "2027", "ends": "2027"}, {"cut_short": [{"from": 2027, "to": 2027}]}),
        (
            "onske",
            {"kommune": "Gjøvik", "seat": "NAV", "wished": "2031", "since": "2027"},
            {"wishes": [{"kommune": "Gjøvik", "seat": "NAV", "from": 2031, "since": 2027}]},
        ),
        (
            "unntak",
            {"kommune": "Gjøvik", "seat": "NAV", "since": "2027", "last": ""},
            {"exclusions": [{"kommune": "Gjøvik", "seat": "NAV", "from": 2027}]},
        ),
    ],
)
def test_every_kind_of_change_goes_the_same_way(adopted, kind, data, batch):
    assert asked(adopted, kind, "vis", **data).status_code == 200
    assert asked(adopted, kind, "lagre", source="Sak 5/26", **data).status_code == 303
    assert queries.newest_table().changes == [batch]
    assert "Tabellen er rettferdig" in text_of(adopted.get("/lederteam/rettferdig"))


def test_the_table_can_last_longer(adopted):
    assert asked(adopted, "forleng", "lagre", periods="7", source="Sak 6/26").status_code == 303
    assert len(rotation_of(queries.newest_table()).periods) == 7


def test_what_has_begun_cannot_change_hands(adopted):
    answer = asked(adopted, "ut", "lagre", kommune="Gjøvik", since="2025", source="Sak 7/26")
    assert answer.status_code == 422
    assert queries.newest_table().changes == []


def test_the_second_of_two_is_told_and_keeps_what_was_typed(adopted):
    page = adopted.get("/lederteam/endre/ut").content.decode()
    seen = re.search(r'name="seen" value="([^"]*)"', page)[1]
    asked(adopted, "inn", "lagre", new="Gran", since="2029", source="Sak 8/26")
    typed = {"kommune": "Gjøvik", "since": "2027", "source": "Sak 9/26", "seen": seen, "gjor": "lagre"}
    answer = adopted.post("/lederteam/endre/ut", typed)
    assert answer.status_code == 422
    assert "Sissel Sekretær var først ute" in text_of(answer)
    assert "Sak 9/26" in answer.content.decode()


def test_what_cannot_be_is_said_and_nothing_is_stored(adopted):
    answer = asked(adopted, "inn", "lagre", new="Gjøvik", since="2029", source="Sak 10/26")
    assert answer.status_code == 422
    assert "Gjøvik er allerede med i rulleringen." in text_of(answer)


def test_a_new_table_is_shown_with_its_proof_before_it_is_stored(gjovikregionen):
    client = secretary()
    typed = {
        "kommuner": "Hamar\nStange\nLøten", "seats": "Rådmann\nLege", "first_year": "2027", "years": "2",
        "source": "Sak 1/26", "seen": "",
    }  # fmt: skip
    shown = client.post("/lederteam/ny/rullering", typed | {"gjor": "vis"})
    assert "I runden 2027–2032 har hver av de 3 kommunene hver plass én gang." in text_of(shown)
    assert RotationTable.objects.count() == 0
    assert client.post("/lederteam/ny/rullering", typed | {"gjor": "lagre"}).status_code == 303
    assert queries.newest_table().made_by_name == "Sissel Sekretær"


def test_an_existing_group_takes_over_and_the_past_stands(adopted):
    typed = {
        "body": "Helselederne", "kommuner": "Gjøvik\nØstre Toten", "intake": "leader", "holds_from": "2027-01-01",
        "source": "Sak 2/26", "seen": str(queries.newest_table().id),
    }  # fmt: skip
    assert adopted.post("/lederteam/ny/gruppe", typed).status_code == 303
    by = Reader(office=ref("gjovikregionen"))
    assert queries.table_on(date(2026, 12, 31)).form == "rotation"
    then = queries.slots(by, date(2027, 1, 1))
    assert [(slot.seat, slot.kommune) for slot in then if slot.capacity == "seat"] == [
        ("Helselederne", "Gjøvik"),
        ("Helselederne", "Østre Toten"),
    ]
    shown = text_of(adopted.get("/lederteam"))
    assert "Fra 1. januar 2027 gjelder et nytt vedtak: Sak 2/26." in shown


def test_a_group_cannot_take_over_the_past(adopted):
    typed = {
        "body": "Helselederne", "kommuner": "Gjøvik", "intake": "leader", "holds_from": "2026-01-01",
        "source": "Sak 2/26", "seen": str(queries.newest_table().id),
    }  # fmt: skip
    answer = adopted.post("/lederteam/ny/gruppe", typed)
    assert answer.status_code == 422
    assert "Det som har vært, står." in text_of(answer)


def test_a_table_that_was_decided_is_not_begun_anew_in_the_past(adopted):
    plan = Plan(source="x", kommuner=["A", "B"], seats=["S"], first_year=2025, years=2)
    with work(ref("gjovikregionen"), "setup") as by, pytest.raises(ValueError, match="Det som har vært"):
        set_table(plan=plan, by=by)


def drafted(client, **changes):
    typed = {
        "kommuner": "Gjøvik\nGran", "seats": "NAV", "first_year": "2027", "years": "2", "proposal": "on",
        "source": "Et løst utkast", "gjor": "lagre", "seen": str(queries.newest_table().id),
    } | changes  # fmt: skip
    return client.post("/lederteam/ny/rullering", typed)


def test_a_proposal_holds_nothing_once_a_table_is_decided(adopted):
    before = queries.newest_table()
    assert drafted(adopted).status_code == 303
    assert (queries.newest_table(), queries.table_on(date(2027, 6, 1))) == (before, before)
    assert queries.draft().source == "Et løst utkast"
    shown = text_of(adopted.get("/lederteam"))
    assert "Et forslag til ny tabell fra 1. januar 2027 er lagt inn: Et løst utkast." in shown
    assert "gjelder et nytt vedtak" not in shown
    # What changes the table changes the decided one.
    assert asked(adopted, "inn", "lagre", new="Jevnaker", since="2029", source="Sak 5/26").status_code == 303
    assert queries.newest_table().changes == [{"joins": [{"kommune": "Jevnaker", "from": 2029}]}]
    assert queries.draft().source == "Et løst utkast"


def test_a_proposal_is_decided_or_taken_back(adopted):
    before = queries.newest_table()
    drafted(adopted)
    seen = str(queries.draft().id)
    assert asked(adopted, "trekk", "lagre", source="Sak 6/26", seen=seen).status_code == 303
    assert (queries.draft(), queries.newest_table()) == (None, before)
    assert "trukket forslag" in text_of(adopted.get("/lederteam/vedtak"))
    drafted(adopted)
    seen = str(queries.draft().id)
    assert asked(adopted, "vedta", "lagre", source="Sak 7/26", seen=seen).status_code == 303
    after = queries.newest_table()
    assert (after.source, after.kommuner, after.proposal, queries.draft()) == (
        "Sak 7/26",
        ["Gjøvik", "Gran"],
        False,
        None,
    )
    assert queries.table_on(date(2026, 12, 31)) == before
    assert queries.table_on(date(2027, 1, 1)) == after


def test_a_proposal_whose_first_period_began_is_not_decided(adopted):
    drafted(adopted)
    late = telling(datetime(2027, 2, 1, 12, tzinfo=UTC))
    with late, work(ref("gjovikregionen"), "setup") as by, pytest.raises(ValueError, match="har begynt"):
        adopt_table(source="Sak 7/26", by=by)


def events(client):
    made = b"".join(client.get("/lederteam/fil/ics").streaming_content)
    return {(str(event["uid"]), int(event["sequence"])) for event in Calendar.from_ical(made).events}


def test_a_calendar_gets_the_same_events_after_the_next_decision(adopted):
    before = events(adopted)
    asked(adopted, "forleng", "lagre", periods="6", source="Sak 8/26")
    after = events(adopted)
    assert {uid for uid, _ in before} < {uid for uid, _ in after}
    assert ({number for _, number in before}, {number for _, number in after}) == ({2}, {3})


def test_the_change_comes_out_the_same_from_the_command(adopted, capsys, tmp_path):
    from regional.leaders.rotation_cli import main

    asked(adopted, "inn", "lagre", new="Gran", since="2029", source="Sak 4/26")
    row = queries.newest_table()
    file = tmp_path / "change.json"
    file.write_text(json.dumps(row.changes[0]))
    names = ["--kommuner", ",".join(row.kommuner), "--seats", ",".join(row.seats)]
    main([*names, "--from", "2025", "--periods", str(row.periods), "--change", str(file)])
    assert json.loads(capsys.readouterr().out)["table"] == rotation_of(row).table()
