"""What a report says of released tables: only what stands in them, what lacks, and whether it adds up."""

from dataclasses import replace

import pytest

from regional.bufdir import grant, report
from regional.bufdir.basis import Source, Withdrawn, basis, can_be_reported, figures
from regional.bufdir.checks import contradictions, gaps, sums
from regional.bufdir.report import Last, Texts
from regional.releases.shown import REST
from shared.codes.forms import REPORTED, form
from shared.contracts import ReleasedLine, ReleasedQuestion
from shared.reporting.document import Document, canonical, read
from shared.reporting.formats import FORMATS
from tests.regional.reported import AT, CLOSED, basis_of, source, table, two_years

NOTHING = Texts()


def document(found, last=None, texts=NOTHING):
    return report.document(found, region="Gjøvikregionen", form=form(REPORTED), closed=CLOSED, texts=texts, last=last)


def cells(made: Document) -> list[object]:
    return [cell for section in made.sections for one in section.tables for row in one.rows for cell in row]


def section(made: Document, title: str):
    return next(one for one in made.sections if one.title == title)


def test_a_report_of_a_year_stands_on_the_year_and_since_the_start():
    found = basis_of("2025", two_years())
    assert (found.own.table.id, found.start.table.id, found.before.table.id) == (
        "2025", "start..2025H2", "start..2024H2",
    )  # fmt: skip
    assert [one.table.id for one in found.between] == ["2025"]
    assert [one.number for one in found.releases] == [1, 2]


def test_a_half_year_in_the_middle_adds_up_its_cases_and_says_why_there_is_no_more():
    found = basis_of("2025H1", two_years())
    assert (found.start, found.so_far.table.id, found.cases_so_far) == (None, "start..2024H2", 30)
    assert not any("siden start" in one for one in gaps(found, CLOSED))
    so_far = section(document(found), "Siden start")
    assert [row[1] for row in so_far.tables[0].rows] == [20, 10, 30]
    assert report.MID_YEAR in so_far.notes
    assert [one.number for one in found.releases] == [1, 2]  # every figure can be traced


def test_the_first_half_year_is_all_since_the_start():
    found = basis_of("2024H1", [one for one in two_years() if one.table.id == "2024H1"])
    assert (found.first, found.cases_so_far) == (True, 10)
    assert ("Saker siden start", 10) in section(document(found), "Hovedtall").tables[0].rows


def test_cases_are_not_added_to_a_total_that_is_not_shown():
    without = basis_of("2025H1", [one for one in two_years() if one.table.kind != "start"])
    assert (without.so_far, without.cases_so_far) == (None, None)
    assert section(document(without), "Siden start").tables == ()
    hidden = two_years()
    at = next(n for n, one in enumerate(hidden) if one.table.id == "start..2024H2")
    hidden[at] = source(1, table("start..2024H2", ("2024H1", "2024H2"), None, 10, None))
    assert basis_of("2025H1", hidden).cases_so_far is None


def test_a_total_that_should_be_there_and_is_not_is_a_gap():
    sources = [one for one in two_years() if one.table.id != "start..2025H2"]
    assert "Tall siden start er ikke gitt ut til og med denne perioden." in gaps(basis_of("2025", sources), CLOSED)


def test_the_last_half_year_has_the_total_and_is_checked_by_the_year():
    found = basis_of("2025H2", two_years())
    assert [one.table.id for one in found.between] == ["2025"]
    assert {one.stands for one in sums(found)} == {"Stemmer"}


def test_without_the_year_the_halves_are_added():
    found = basis_of("2025H2", [one for one in two_years() if one.table.id != "2025"])
    assert [one.table.id for one in found.between] == ["2025H1", "2025H2"]
    assert {one.stands for one in sums(found)} == {"Stemmer"}


def test_no_report_without_the_table_of_the_period():
    assert basis("2023", two_years(), [], [], basis_of("2025", two_years()).rule) is None
    assert can_be_reported(one.table for one in two_years()) == ["2025", "2025H2", "2025H1", "2024", "2024H2", "2024H1"]


def test_a_total_that_does_not_add_up_is_said_with_the_sum():
    found = basis_of("2025", two_years(start=43))
    wrong = contradictions(found)
    assert "Saker i alt siden start: 20 før og 20 til er 40, ikke 43. Ingen kjent forklaring." in wrong
    lines = {one.label: one.stands for one in sums(found)}
    assert lines["Saker i alt"] == "Stemmer ikke"
    assert lines["Den utsattes kjønn: Kvinne"] == "Stemmer"


def test_a_difference_is_explained_by_what_was_withdrawn():
    gone = (Withdrawn(1, "2024H2", AT),)
    assert any("trukket tilbake i mellomtiden" in one for one in contradictions(
        basis_of("2025", two_years(start=43), withdrawn=gone)
    ))  # fmt: skip


def test_what_is_hidden_is_never_worked_out():
    sources = [source(1, table("2025H2", ("2025H2",), None, 12, None))]
    made = document(basis_of("2025H2", sources))
    asked = next(one for one in section(made, "Svar på skjemaet, i perioden").tables)
    assert asked.rows[0] == ("Mann", None, None)
    assert made.sections[1].tables[0].rows[0] == ("Saker i perioden", None)


def test_a_sum_with_a_hidden_part_cannot_be_checked():
    sources = two_years()
    at = next(n for n, one in enumerate(sources) if one.table.id == "2025")
    sources[at] = source(2, table("2025", ("2025H1", "2025H2"), None, 10, None))
    found = {one.label: one.stands for one in sums(basis_of("2025", sources))}
    assert found["Den utsattes kjønn: Mann"] == "Kan ikke kontrolleres"
    assert found["Den utsattes kjønn: Kvinne"] == "Stemmer"
    said = section(document(basis_of("2025", sources)), "Kontroll av tallene siden start").text
    good = sum(one == "Stemmer" for one in found.values())
    assert f"{good} tall stemmer og {len(found) - good} kan ikke kontrolleres fordi noe" in said
    assert "stemmer ikke" not in said  # of what there is none, nothing is said


def test_every_number_of_the_document_is_one_that_was_released():
    found = basis_of("2025", two_years())
    told = {value for one in found.sources for _, value in figures(one.table).values()}
    shares = {line.share for one in found.sources for asked in one.table.questions for line in asked.lines}
    shares |= {asked.blank.share for one in found.sources for asked in one.table.questions}
    numbers = {cell for cell in cells(document(found)) if isinstance(cell, int)}
    assert numbers <= told | shares | {71_531}


def test_gaps_are_listed_with_names():
    gone = (Withdrawn(3, "2025H2", AT), Withdrawn(9, "2026H1", AT))
    found = basis_of("2025", two_years(), in_2025H1="Østre Toten", withdrawn=gone)
    said = gaps(found, CLOSED[:3])
    assert "Østre Toten hadde ikke sendt alle tallene da 1. halvår 2025 ble lukket." in said
    assert "2. halvår 2025 er ikke lukket." in said
    assert "Utgivelse 3 (2. halvår 2025) er trukket tilbake. Tallene i den er ikke med." in said
    assert not [one for one in said if "Utgivelse 9" in one]  # of a later half-year


def test_a_question_that_few_answered_is_listed():
    found = basis_of("2025H1", [source(1, table("2025H1", ("2025H1",), 5, 5, 30))])
    assert "«Den utsattes kjønn»: 30 av 40 er ikke oppgitt." in gaps(found, CLOSED)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"cases": 23}, "spurt om 20, men det er 23 saker"),
        ({"starts": {"Gjøvik": None}}, "Startdatoen mangler for Gjøvik"),
        ({"population": None}, "Innbyggertallet mangler"),
        ({"left_out": ("kategori",)}, "ikke med i perioden: Kategorisert som"),
    ],
)
def test_what_lacks_or_does_not_fit_is_found(more, said):
    found = basis_of("2025H1", [source(1, table("2025H1", ("2025H1",), 10, 10, **more))])
    assert any(said in one for one in [*gaps(found, CLOSED), *contradictions(found)])


def test_a_year_that_is_not_its_halves_is_found():
    sources = two_years()
    at = next(n for n, one in enumerate(sources) if one.table.id == "2025H1")
    sources[at] = source(2, table("2025H1", ("2025H1",), 9, 5))
    extra = replace(basis_of("2025", sources), between=(sources[at], sources[at + 1]))
    assert any("20 i året, men 24 i de to halvårene" in one for one in contradictions(extra))


def test_it_is_compared_with_the_last_report_by_what_both_printed():
    before = document(basis_of("2024", two_years()))
    sources = two_years()
    at = next(n for n, one in enumerate(sources) if one.table.id == "2025")
    sources[at] = source(2, table("2025", ("2025H1", "2025H2"), 14, 10))
    made = section(document(basis_of("2025", sources), Last(7, before)), "Sammenlignet med forrige rapport")
    assert "rapport nr. 7 (2024)" in made.text
    assert ("Den utsattes kjønn", "Mann", 10, 14, 4) in made.tables[0].rows
    assert all(row[1] != "Kvinne" for row in made.tables[0].rows)


def test_a_correction_that_changes_no_figure_says_so():
    made = document(basis_of("2025", two_years()), Last(7, document(basis_of("2025", two_years()))))
    assert section(made, "Sammenlignet med forrige rapport").text.endswith("Ingen av dem er endret.")


def test_what_is_left_is_of_other_answers_each_time_and_is_not_compared():
    def left(number: int) -> list[Source]:
        made = table("2025H1", ("2025H1",), None, 12)
        rest = ReleasedLine(code="", label=REST, value=number, share=None, share_answered=None)
        return [source(1, replace(made, questions=(replace(made.questions[0], rest=rest),)))]

    before = document(basis_of("2025H1", left(7)))
    made = document(basis_of("2025H1", left(9)), Last(7, before))
    assert REST in cells(made)
    assert section(made, "Sammenlignet med forrige rapport").tables == ()


def test_a_total_that_is_another_than_the_last_report_said_is_explained():
    before = document(basis_of("2024", two_years()))
    changed = [one if one.table.id != "start..2024H2" else source(3, table("start..2024H2", CLOSED[:2], 12, 10))
               for one in two_years()]  # fmt: skip
    _, wrong = report.to_explain(basis_of("2025", changed), CLOSED, Last(1, before))
    assert any("forrige rapport sa 20, nå er det 22" in one for one in wrong)


def test_the_rule_and_the_releases_stand_in_plain_words():
    made = section(document(basis_of("2025", two_years())), "Slik er tallene skjermet")
    assert "færre enn 5" in made.text
    assert [row[0] for row in made.tables[0].rows] == ["Utgivelse 1", "Utgivelse 2"]
    assert made.notes[0].replace(" ", "").endswith(f"utgivelse1:{1:064d}")


def test_words_stand_where_they_were_written_and_only_then():
    made = document(basis_of("2025", two_years()), texts=Texts("Flere meldte.", "Ett år manglet."))
    assert section(made, "Regionens kommentar").text == "Flere meldte."
    assert section(made, "Forklaring på det som mangler eller ikke stemmer").text == "Ett år manglet."
    assert "Regionens kommentar" not in [one.title for one in document(basis_of("2025", two_years())).sections]


def test_the_same_report_is_the_same_bytes_in_every_format():
    made = document(basis_of("2025", two_years()))
    assert read(canonical(made)) == made
    for ending in ("xlsx", "csv", "json"):
        assert FORMATS[ending](made) == FORMATS[ending](read(canonical(made)))


HAD = grant.Registered(
    agreement="Samarbeid om TryggEst",
    host="Gjøvik",
    grant=1_000_000,
    shares=(
        grant.Share("Gjøvik", "60 %", 600_000, 600_000, 550_000),
        grant.Share("Østre Toten", "40 %", 400_000, None, None),
    ),
    total=grant.Share("Til sammen", "", 1_000_000, 600_000, 550_000),
    doubts=(),
    plan="Handlingsplan 2025–2026, versjon 1.",
    activities=(),
    meetings=2,
    trained=(grant.Trained("Gjøvik", 8, 4, 6, AT), grant.Trained("Østre Toten", 0, 0, 0, None)),
)


def test_the_grant_report_says_what_nobody_has_registered():
    assert grant.lacks(HAD) == [
        "Det er ikke ført hva Østre Toten har mottatt.",
        "Det er ikke ført hva Østre Toten har brukt.",
        "Ikke sagt noe om teamet sitt: Østre Toten.",
    ]
    three = [grant.Share(name, "", None, 1, None) for name in ("Gjøvik", "Nordre Land", "Østre Toten")]
    said = grant.lacks(replace(HAD, shares=tuple(three)))
    assert "Det er ikke ført hva Gjøvik, Nordre Land og Østre Toten har brukt." in said


def test_the_grant_report_has_shares_reach_and_released_results_alone():
    found = basis_of("2025", two_years())
    made = grant.document(found, HAD, region="Gjøvikregionen", year="2025", texts={"reach": "300 ansatte."}, last=None)
    assert section(made, "Fordeling og penger").tables[0].rows[1] == (
        "Østre Toten", "40 %", 400_000, "ikke ført", "ikke ført",
    )  # fmt: skip
    assert section(made, "Resultater").tables[0].rows[0] == ("Saker i perioden", 20)
    assert section(made, "Hvem som er nådd").text == "300 ansatte."
    assert read(canonical(made)) == made


def test_a_figure_without_a_share_does_not_look_as_if_its_share_were_hidden() -> None:
    told = ReleasedLine(code="", label="Ikke oppgitt", value=9, share=None, share_answered=None)
    hidden = replace(told, label="annet", value=None)
    asked = ReleasedQuestion(
        key="sarbarhet", label="Type sårbarhet (avkryssinger)", group="form", level="groups", unit="ticks", asked=113,
        answered=104, ticks=134, multi=None, lines=(hidden,), blank=told, rest=None,
    )  # fmt: skip
    assert report.question_table(asked, "p").rows == (("annet", None, None), ("Ikke oppgitt", 9, ""))
