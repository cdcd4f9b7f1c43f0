"""Answers that do not fit together, and which form a period is reported in."""

from datetime import date

import pytest

from shared.codes import reported_forms
from shared.codes.forms import CURRENT, form
from shared.codes.periods import parse
from shared.reporting.document import Document, Section, Table
from tenants.reporting import access
from tenants.reporting.check import Check, checked
from tenants.reporting.making import SHARE
from tenants.reporting.models import Report
from tenants.reporting.rules import RULES, Facts, broken
from tenants.reporting.states import offered, period

DAY = date(2026, 3, 1)


def facts(given: dict[str, str] | None = None, **said) -> Facts:
    answers = {key: tuple(codes.split()) for key, codes in (given or {}).items()}
    known = {"category": "ma", "state": "closed", "counted_from": DAY, "opened_on": DAY, "closed_on": DAY}
    return Facts(answers=answers, **(known | said))


# The rule -> a case that does not fit.
BREAKS = {
    "police_first": facts({"politi": "police_first", "meldt_til": "tryggest"}),
    "police_told": facts({"politi": "not_reported", "meldt_til": "police"}),
    "criminal_case": facts({"politi": "advised_declined", "utfall": "criminal_case"}),
    "police_handled": facts({"politi": "not_reported", "handtert_av": "police"}),
    "category": facts({"kategori": "bor"}),
    "nobody": facts({"handtert_av": "nobody police"}),
    "no_consequence": facts({"utfall": "no_consequence talks"}),
    "nobody_but_outcome": facts({"handtert_av": "nobody", "utfall": "talks"}),
    "staff_outcome": facts({"relasjon": "family", "utfall": "staff_removed"}),
    "self_told": facts({"melder": "self", "grunnlag": "suspicion"}),
    "guardian_twice": facts({"melder": "guardian", "relasjon": "guardian"}),
    "young_dementia": facts({"alder": "under_40", "sarbarhet": "dementia_old_age"}),
    "drugs_twice": facts({"sarbarhet": "drugs_and_mental_health drugs"}),
    "thin_but_heavy": facts({"kategori": "mangelfull", "utfall": "person_moved"}, category="mangelfull"),
    "too_many": facts({"overgrep": "physical sexual economic"}),
    "closed_without": facts({}),
    "open_with": facts({"utfall": "talks"}, state="open", closed_on=None),
    "dates": facts({"utfall": "talks"}, closed_on=date(2026, 2, 28)),
    "opened_before": facts({"utfall": "talks"}, opened_on=date(2026, 2, 28)),
    "nothing_came": facts({"utfall": "no_consequence"}, measures=1, carried_out=1),
    "without_measure": facts({"utfall": "closer_follow_up"}, measures=0, carried_out=0),
    "acute_without_measure": facts({"utfall": "talks"}, category="akutt", measures=0, carried_out=0),
}
FITS = facts({"utfall": "talks", "kategori": "ma", "politi": "unsure"}, measures=1, carried_out=1)


def test_every_rule_has_a_case_that_breaks_it():
    assert {rule.code for rule in RULES} == BREAKS.keys()
    assert len(RULES) == len({rule.sentence for rule in RULES})


@pytest.mark.parametrize("code", BREAKS)
def test_a_case_that_does_not_fit_is_found(code):
    assert code in {rule.code for rule in broken(BREAKS[code])}


def test_a_case_that_fits_breaks_none_and_what_is_not_known_is_not_judged():
    assert list(broken(FITS)) == []
    unknown = facts({"utfall": "closer_follow_up"}, category="akutt")
    assert list(broken(unknown)) == []


def test_the_rules_speak_of_answers_that_the_form_has():
    for case in BREAKS.values():
        for key, codes in case.answers.items():
            assert {form(CURRENT).question(key).answer(code).code for code in codes} == set(codes)


def test_a_period_is_reported_in_one_form(monkeypatch):
    assert reported_forms.reported_form(parse("2019")).version == "bufdir_2018"
    rows = ((parse("2018Q4")[0], "bufdir_2018"), (parse("2027Q3")[0], "varde_2026"))
    monkeypatch.setattr(reported_forms, "_rows", lambda: rows)
    assert reported_forms.reported_form(parse("2027H2")).version == "varde_2026"
    with pytest.raises(ValueError, match="to utgaver"):
        reported_forms.reported_form(parse("2027"))


def test_reports_are_made_of_half_years_and_years_that_are_over():
    found = [each.value for each in offered(parse("2025Q3")[0], date(2026, 7, 1))]
    assert found == ["2026H1", "2025", "2025H2"]
    assert [period(text) for text in ("2019Q3", "2018Q4..2019Q3", "", "2019h1")] == [None] * 4


@pytest.mark.parametrize(("sent", "now"), [(5, 5), (5, 8), (8, 5), (None, 3), (0, 2), (3, 0), (None, 0)])
def test_the_total_is_always_explained(sent, now):
    quarter = parse("2026Q1")[0]
    lines = checked([quarter], {} if sent is None else {quarter: sent}, {quarter: now})
    found = Check(lines, total=now)
    assert found.adds_up
    assert found.tables()[0].rows[-1][1] == now
    assert (sent == now != 0) is (found.sentences() == ("Kontrollen stemmer: alt som er registrert, er sendt.",))


def test_a_case_that_came_late_and_one_that_went_do_not_hide_each_other():
    quarter = parse("2026Q1")[0]
    lines = checked([quarter], {quarter: 5}, {quarter: 5}, opened={quarter: 1})
    found = Check(lines, total=5)
    assert (found.late, found.gone, found.adds_up) == (1, 1, True)
    assert len(found.sentences()) == 2
    assert lines[0].said == "1 sak registrert etter at kvartalet ble sendt; 1 sak talt før, og borte nå"
    assert checked([quarter], {}, {quarter: 5}, opened={quarter: 1})[0].unsent == 5


def test_a_share_that_follows_from_its_count_is_no_difference_of_its_own(monkeypatch):
    def made(number: int, share: int) -> Document:
        rows = Table("Kjønn", ("Svar", "Antall", f"{SHARE} (%)"), (("mann", number, share),))
        return Document("R", "", (), (Section("S", tables=(rows,)),))

    monkeypatch.setattr("tenants.reporting.queries.copy_of", lambda report: report)
    monkeypatch.setattr("tenants.reporting.queries.document_of", lambda report, copy: made(1, 10))
    compared = access._beside(Report(period="2019H2"), "2019H2", made(2, 20))
    assert [(one.column, one.before, one.after) for one in compared.differences] == [("Antall", 1, 2)]
