"""Released tables and releases made by hand, for what draws and prints them."""

from datetime import UTC, date, datetime
from typing import Any

from regional.releases.given import Given
from shared.contracts import ReleasedFigure, ReleasedLine, ReleasedQuestion, ReleasedTable

AT = datetime(2026, 1, 20, 12, tzinfo=UTC)


def line(code: str, label: str, value: int | None, of: int | None = None, answered: int | None = None) -> ReleasedLine:
    def share(base: int | None) -> int | None:
        return None if value is None or not base else (200 * value + base) // (2 * base)

    return ReleasedLine(code=code, label=label, value=value, share=share(of), share_answered=share(answered))


def kjonn(woman: int | None, man: int | None, cases: int = 40, blank: int | None = None) -> ReleasedQuestion:
    """The one question with two answers."""
    known = [value for value in (woman, man, blank) if value is not None]
    rest = None if len(known) == 3 else line("", "Øvrige (slått sammen)", cases - sum(known), cases)
    return ReleasedQuestion(
        key="kjonn", label="Den utsattes kjønn", group="form", level="all", unit="cases", asked=cases, answered=None,
        ticks=None, multi=None, lines=(line("man", "mann", man, cases), line("woman", "kvinne", woman, cases)),
        blank=line("", "Ikke oppgitt", blank, cases), rest=rest,
    )  # fmt: skip


def grouped() -> ReleasedQuestion:
    """A question with several answers, given out in groups of ticks; one group is a single answer."""
    lines = (line("physical", "fysisk vold/overgrep", 20, 60), line("sexual_other", "seksuelt overgrep og annet", None))
    return ReleasedQuestion(
        key="overgrep", label="Type overgrep", group="form", level="groups", unit="ticks", asked=40, answered=38,
        ticks=60, multi=12, lines=lines, blank=line("", "Ikke oppgitt", None, 40),
        rest=line("", "Øvrige (slått sammen)", 40, 60),
    )  # fmt: skip


def person() -> ReleasedQuestion:
    """A question that the form does not ask."""
    return ReleasedQuestion(
        key="person", label="Personer", group="steering", level="all", unit="cases", asked=40, answered=40, ticks=None,
        multi=None, lines=(line("new", "ny", 30, 40, 40), line("known", "kjent", 10, 40, 40)),
        blank=line("", "Ikke oppgitt", 0, 40), rest=None,
    )  # fmt: skip


def observed(count: int | None = 12) -> ReleasedFigure:
    return ReleasedFigure(
        id="basis.observed", label="sett eller hørt", question="grunnlag", any=("seen",), among={}, count=count, of=40,
        share=None if count is None else 30,
    )  # fmt: skip


def table(name: str = "2025H2", kind: Any = "half", *questions: ReleasedQuestion, **more: Any) -> ReleasedTable:
    said: dict[str, Any] = {
        "id": name, "kind": kind, "label": f"Tabell {name}", "periods": (name,), "cases": 40, "questions": questions,
        "left_out": (), "planned": (), "population": 50_000, "kommuner": ("Gjøvik", "Østre Toten"),
        "starts": {"Gjøvik": date(2024, 1, 1), "Østre Toten": None}, "notes": ("En merknad.",),
    }  # fmt: skip
    return ReleasedTable(**(said | more))


def release(number: int, *tables: ReleasedTable, **more: Any) -> Given:
    said: dict[str, Any] = {
        "number": number, "at": AT, "period": "2025H2", "label": "2. halvår 2025", "asked_by": "Stine",
        "approved_by": "Sara", "tables": tables, "withdrawn_at": None, "digest": "ab" * 32,
        "rule": {"threshold": 5, "coalition": 1, "zeros": "hide", "min_contributors": 3}, "versions": {"protect": "1"},
    }  # fmt: skip
    fields = Given.__dataclass_fields__
    return Given(**{name: value for name, value in (said | more).items() if name in fields})
