"""A file of cases is read whole or not at all, and the sentence names line and column."""

from pathlib import Path

import pytest

from shared.codes.periods import Quarter
from tenants.returns.import_file import BadFile, match_kommuner, read_cases, read_map

PILOT = Path(__file__).parents[1] / "data" / "pilot_cases.csv"
HEAD, FIRST, SECOND = PILOT.read_text(encoding="utf-8").splitlines()[:3]


def read(*lines: str):
    return read_cases("\n".join(lines).encode())


def test_the_pilot_file_is_read():
    cases = read_cases(PILOT.read_bytes())
    assert len(cases) == 167
    assert (cases[0].id, cases[0].kommune, cases[0].quarter) == ("1", "Alta", Quarter(2019, 3))
    assert cases[1].answers["overgrep"] == ("psychological", "economic")
    assert "utfall" not in cases[0].answers


def test_a_byte_order_mark_and_windows_lines_are_fine():
    assert len(read_cases(b"\xef\xbb\xbf" + "\r\n".join([HEAD, FIRST]).encode())) == 1


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([], "tom"),
        ([HEAD], "ingen saker"),
        ([HEAD + ",navn", FIRST + ",Ola"], "Linje 1: kolonnen «navn» er ukjent"),
        ([HEAD.replace(",utfall", ""), FIRST.rsplit(",", 1)[0]], "Linje 1: kolonnen «utfall» mangler"),
        ([HEAD.replace("utfall", "politi"), FIRST], "kolonnen «politi» står to ganger"),
        ([HEAD, FIRST + ",x"], "Linje 2 har 17 kolonner, ikke 16"),
        ([HEAD, FIRST.replace("2019Q3", "2019Q5")], "Linje 2, kolonne kvartal: «2019Q5»"),
        ([HEAD, FIRST.replace("2019Q3", "2019")], "Linje 2, kolonne kvartal"),
        ([HEAD, FIRST.replace("kvinne", "hund")], "Linje 2, kolonne kjonn: svaret «hund» er ukjent"),
        ([HEAD, FIRST.replace("kvinne", "kvinne|mann")], "kolonne kjonn: her kan det bare være ett svar"),
        ([HEAD, FIRST.replace("psykisk,", "psykisk|psykisk,", 1)], "kolonne overgrep: samme svar står to ganger"),
        ([HEAD, FIRST, SECOND.replace("2,", "1,", 1)], "Linje 3, kolonne id: «1» står også på linje 2"),
        ([HEAD, FIRST.replace("Alta", "")], "Linje 2, kolonne kommune"),
        ([HEAD, FIRST.replace("Alta", "Al\x00ta")], "Linje 2 har et usynlig styretegn"),
        ([HEAD, FIRST + '"uten slutt'], "Linje 2"),
    ],
)
def test_what_is_wrong_is_named(lines, sentence):
    with pytest.raises(BadFile, match=sentence.replace("(", r"\(")):
        read(*lines)


def test_text_that_is_not_utf8_is_refused_with_its_line():
    with pytest.raises(BadFile, match="Linje 2 er ikke UTF-8"):
        read_cases((HEAD + "\n" + FIRST.replace("Alta", "Tromsø")).encode("latin-1"))


OFFICES = {"Gjøvik": ["gjovik"], "Våler": ["valer", "valer-ostfold"]}


def test_names_are_matched_in_the_region_or_by_the_map():
    assert match_kommuner(["gjøvik", "Tromsø"], OFFICES, {"Tromsø": "gjovik"}) == {
        "gjøvik": "gjovik", "Tromsø": "gjovik",
    }  # fmt: skip


def test_all_unknown_names_are_listed_at_once():
    with pytest.raises(BadFile, match=r"Alta, Våler\. Opprett dem"):
        match_kommuner(["Alta", "Gjøvik", "Våler"], OFFICES, {})


def test_the_map_must_lead_somewhere():
    with pytest.raises(BadFile, match="ingen kommune med adressen «hamar»"):
        match_kommuner(["Gjøvik"], OFFICES, {"Tromsø": "hamar"})


def test_the_map_is_read():
    assert read_map("Tromsø=gjovik, Alta = gjovik") == {"Tromsø": "gjovik", "Alta": "gjovik"}
    for text in ("Tromsø", "=gjovik", "A=b,A=c"):
        with pytest.raises(BadFile):
            read_map(text)
