"""The yearly evaluation as a paper."""

from collections.abc import Sequence
from datetime import datetime

from tenants.outreach import figures
from tenants.outreach.figures import HIDDEN, Figures
from tenants.outreach.queries import Line, Year
from tenants.outreach.year_queries import Said
from varde.documents.paper import Facts, Heading, Items, Paper, Part, Piece, Table, Text
from varde.ui.dates import short_date
from varde.ui.numbers import whole

OWN_RIGHTS = "Tall du har tilgang til. Andre kan se andre tall."


def year_paper(found: Year, said: Said, shown: Sequence[Figures], *, office: str, now: datetime) -> Paper:
    """Everything on the page, in the same order."""
    return Paper(
        title=f"Årsevaluering av TryggEst {found.year}",
        office=office,
        made_at=now,
        lead="Laget av det som er ført i Varde.",
        mark="Internt",
        pieces=(
            *_words(said),
            Heading("Informasjon og opplæring"),
            Items(tuple(found.sentences)),
            *_table("Etter type", found.kinds),
            *_table("Etter målgruppe", found.audiences),
            *_activities(found),
            *_training(found),
            *_work(found),
            *_figures(shown),
            Heading("Ressurser"),
            Facts(
                (
                    ("Ført kostnad", f"{whole(found.cost)} kroner"),
                    *((role, f"{said} timer i uken") for role, said in found.hours),
                )
            ),
        ),
    )


def _table(first: str, lines: Sequence[Line]) -> list[Piece]:
    rows = tuple((one.label, whole(one.count), whole(one.reach), whole(one.cost)) for one in lines)
    return [Table((first, "Antall", "Nådd", "Kroner"), rows)] if rows else []


def _activities(found: Year) -> list[Piece]:
    rows = tuple(
        (
            short_date(one.held_on),
            one.title,
            one.get_audience_display(),
            whole(one.reach) if one.reach is not None else "Ikke ført",
        )
        for one in found.activities
    )
    return [Heading("Aktivitetene"), Table(("Dato", "Hva", "For hvem", "Nådd"), rows)] if rows else []


def _training(found: Year) -> list[Piece]:
    if not found.rite:
        return []
    done = [(label, str(number)) for label, number in found.training]
    return [
        Heading("Teamets opplæring"),
        Facts(tuple((f"RITE: {label.lower()}", str(number)) for label, number in found.rite)),
        *([Facts(tuple((f"Gjort i {found.year}: {label}", number) for label, number in done))] if done else []),
    ]


def _work(found: Year) -> list[Piece]:
    if not found.work:
        return []
    tables = [Facts(tuple((label, whole(number)) for label, number in group.rows)) for group in found.work]
    titled = [piece for group, table in zip(found.work, tables, strict=True) for piece in (Part(group.title), table)]
    return [Heading("Arbeidet i sakene"), Text(OWN_RIGHTS), *titled]


def _figures(shown: Sequence[Figures]) -> list[Piece]:
    if not shown:
        return []
    found: list[Piece] = [Heading("Sakene i tall"), Text(f"«{HIDDEN}» betyr at tallet er skjult. {figures.HOW}")]
    for one in shown:
        count = f"{whole(one.cases)} saker" if one.cases is not None else f"Antall saker er skjult ({HIDDEN})"
        found += [Part(one.label.capitalize()), Text(f"{count}. {one.said}")]
        for table in one.tables:
            rows = tuple(
                (row["label"], HIDDEN if row["count"] is None else whole(row["count"])) for row in table["rows"]
            )
            found.append(Table((table["label"], "Saker"), rows))
    return found


def _words(said: Said) -> list[Piece]:
    found: list[Piece] = [piece for label, text in said.parts for piece in (Part(label), Text(text))]
    if said.approval is not None:
        found.append(Text(f"Godkjent {short_date(said.approval.at)} av {said.approval.by_name}."))
    return [Heading("Teamets egen vurdering"), *found] if found else []
