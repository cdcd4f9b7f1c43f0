"""A release as the region's letter carries it, for what a kommune does with it."""

from datetime import UTC, datetime

from shared.contracts import ReleasedFigure, ReleasedLine, ReleasedQuestion, ReleasedTable, ReleaseGiven
from shared.post.handlers import Envelope
from tenants.returns import received_handlers
from tests.cast import ref
from varde.access import Reader
from varde.access.ticket import presented
from varde.clock import now

GIVEN = datetime(2026, 8, 20, 12, tzinfo=UTC)


def line(code: str, label: str, value: int | None, share: int | None = None) -> ReleasedLine:
    return ReleasedLine(code=code, label=label, value=value, share=share, share_answered=share)


def table(id_: str = "2025H2", kind: str = "half", cases: int | None = 60, women: int | None = 33) -> ReleasedTable:
    """One question, a planned figure, and what is hidden."""
    share = None if women is None or not cases else round(100 * women / cases)
    sex = ReleasedQuestion(
        key="kjonn", label="Den utsattes kjønn", group="form", level="all", unit="cases", asked=cases, answered=None,
        ticks=None, multi=None, lines=(line("man", "mann", None), line("woman", "kvinne", women, share)),
        blank=line("", "Ikke oppgitt", None), rest=None,
    )  # fmt: skip
    outside = ReleasedFigure(
        id="share.outside_services", label="Meldt av andre enn tjenestene", question="melder", any=("self",), among={},
        count=18, of=cases, share=30,
    )  # fmt: skip
    return ReleasedTable(
        id=id_, kind=kind, label=f"Tabell {id_}", periods=("2025H2",), cases=cases, questions=(sex,), left_out=(),
        planned=(outside,), population=71_531, kommuner=("Gjøvik", "Østre Toten"), starts={"Gjøvik": None},
        notes=("Saker som ble meldt inn for sent, er med.",),
    )  # fmt: skip


def letter(number: int = 4, *tables: ReleasedTable, at: datetime = GIVEN) -> ReleaseGiven:
    return ReleaseGiven(
        number=number, period="2025H2", given_at=at, approved_by="Liv Lederteam", tables=tables or (table(),)
    )


def from_region(number: int = 1, sender: str = "gjovikregionen") -> Envelope:
    from uuid import UUID

    return Envelope(UUID(int=number), ref(sender), now(), ref("gjovik").id)


def arrives(what: ReleaseGiven, envelope: Envelope | None = None) -> None:
    """The letter is opened here."""
    by = Reader.for_purpose("post", ref("gjovik"))
    with presented(by):
        received_handlers.keep_release(what, envelope or from_region(what.number), by)
