"""Categories, legal references, kommuner and emergency numbers."""

from datetime import date, timedelta

import pytest

from shared.codes.categories import categories, category
from shared.codes.emergency import emergency_numbers
from shared.codes.kommuner import by_number, in_region, kommuner, named, regions, search
from shared.codes.legal import duties, grounds, reference, references


def test_categories_have_the_proposed_times() -> None:
    assert [found.deadline_hours for found in categories()] == [3, 168, 504, None]
    assert category("mangelfull").collect_more == timedelta(weeks=1)
    assert category("akutt").deadline == timedelta(hours=3)
    with pytest.raises(ValueError, match="grønn"):
        category("grønn")


def test_duties_and_grounds_are_kept_apart() -> None:
    assert [found.citation for found in duties()] == [
        "straffeloven § 196", "helsepersonelloven § 31", "barnevernsloven § 13-2",
        "helse- og omsorgstjenesteloven § 3-3 a", "helsepersonelloven § 10 a",
        "helse- og omsorgstjenesteloven § 12-3 a", "vergemålsloven § 29", "straffeloven § 284",
    ]  # fmt: skip
    assert {"samtykke", "nodrett", "fvl_13_b", "avverging"} <= {found.code for found in grounds()}
    assert len({found.code for found in references()}) == len(references())


def test_a_reference_is_in_force_from_its_date() -> None:
    assert reference("bvl_13_2") not in duties(date(2022, 12, 31))
    assert reference("bvl_13_2") in duties(date(2023, 1, 1))


def test_regions_have_their_kommuner() -> None:
    assert [len(in_region(region.slug)) for region in regions()] == [5, 9, 3]
    assert [found.name for found in in_region("gjovikregionen")] == [
        "Gjøvik", "Østre Toten", "Vestre Toten", "Nordre Land", "Søndre Land",
    ]  # fmt: skip


def test_numbers_and_slugs_are_unique_although_names_repeat() -> None:
    assert len({found.number for found in kommuner()}) == len({found.slug for found in kommuner()}) == len(kommuner())
    assert {found.number for found in named("våler")} == {"3419", "3114"}
    assert all(
        found.slug.isascii() and len(found.number) == (6 if found.kind == "bydel" else 4) for found in kommuner()
    )


def test_a_former_kommune_leads_to_todays() -> None:
    assert [found.name for found in named("Rygge")] == ["Moss"]


def test_a_population_has_a_date() -> None:
    assert (by_number("3407").population, by_number("3407").population_as_of) == (30903, date(2023, 12, 31))
    assert all((found.population is None) == (found.population_as_of is None) for found in kommuner())


@pytest.mark.parametrize(("text", "name"), [("raufoss", "Vestre Toten"), (" 2870", "Nordre Land"), ("gjø", "Gjøvik")])
def test_a_kommune_is_found_by_name_place_and_postcode(text: str, name: str) -> None:
    assert [found.name for found in search(text)] == [name]


def test_a_search_for_nothing_finds_nothing() -> None:
    assert search("  ") == ()
    with pytest.raises(ValueError, match="9999"):
        by_number("9999")


def test_emergency_numbers_begin_with_the_police() -> None:
    assert [found.display for found in emergency_numbers()] == [
        "112", "113", "116 117", "02800", "116 006", "116 111",
    ]  # fmt: skip
