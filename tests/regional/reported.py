"""Released tables made by hand, for the tests of reports: one question, and a total since the start that adds up."""

from datetime import UTC, date, datetime

from regional.bufdir.basis import Basis, Half, Rule, Source, Withdrawn, basis
from shared.contracts import ReleasedLine, ReleasedQuestion, ReleasedTable

KOMMUNER = ("Gjøvik", "Vestre Toten", "Østre Toten")
AT = datetime(2026, 7, 1, 9, tzinfo=UTC)


def line(code: str, label: str, value: int | None, of: int | None) -> ReleasedLine:
    share = None if value is None or not of else round(100 * value / of)
    return ReleasedLine(code=code, label=label, value=value, share=share, share_answered=None)


def question(man: int | None, woman: int | None, blank: int | None, *, key: str = "kjonn") -> ReleasedQuestion:
    known = [one for one in (man, woman) if one is not None]
    answered = sum(known) if len(known) == 2 else None
    asked = None if answered is None or blank is None else answered + blank
    return ReleasedQuestion(
        key=key, label="Den utsattes kjønn", group="form", level="all", unit="cases", asked=asked, answered=answered,
        ticks=None, multi=None, lines=(line("man", "Mann", man, asked), line("woman", "Kvinne", woman, asked)),
        blank=line("", "Ikke oppgitt", blank, asked), rest=None,
    )  # fmt: skip


def table(
    name: str, periods: tuple[str, ...], man: int | None, woman: int | None, blank: int | None = 0, **more: object
) -> ReleasedTable:
    asked = question(man, woman, blank)
    kind = "start" if name.startswith("start") else "half" if "H" in name else "year"
    given = {
        "id": name, "kind": kind, "label": name, "periods": periods, "cases": asked.asked, "questions": (asked,),
        "left_out": (), "planned": (), "population": 71_531, "kommuner": KOMMUNER,
        "starts": dict.fromkeys(KOMMUNER, date(2024, 10, 1)), "notes": (),
    }  # fmt: skip
    return ReleasedTable(**given | more)  # type: ignore[arg-type]


def source(number: int, made: ReleasedTable) -> Source:
    return Source(number, f"{number:064d}", AT, "Stine", "Sara", made)


def half(period: str, missing: tuple[str, ...] = ()) -> Half:
    return Half(period, KOMMUNER, missing, waits=False)


def two_years(*, start: int = 40) -> list[Source]:
    """2024 and 2025, and since the start at the end of each: 20 cases in a year, half of them women."""
    found = []
    for number, year in enumerate(("2024", "2025"), 1):
        halves = (f"{year}H1", f"{year}H2")
        found += [source(number, table(one, (one,), 5, 5)) for one in halves]
        found.append(source(number, table(year, halves, 10, 10)))
    first = ("2024H1", "2024H2")
    found.append(source(1, table("start..2024H2", first, 10, 10)))
    found.append(source(2, table("start..2025H2", (*first, "2025H1", "2025H2"), start - 20, 20)))
    return found


def basis_of(period: str, sources: list[Source], *, withdrawn: tuple[Withdrawn, ...] = (), **missing: str) -> Basis:
    """What a report stands on; `missing`: half-year -> the kommune that had not sent."""
    halves = [half(one, (missing[f"in_{one}"],) if f"in_{one}" in missing else ()) for one in CLOSED]
    found = basis(period, sources, halves, withdrawn, Rule(5, 1))
    assert found is not None
    return found


CLOSED = ["2024H1", "2024H2", "2025H1", "2025H2"]
__all__ = ["CLOSED", "KOMMUNER", "basis_of", "half", "question", "source", "table", "two_years"]
