"""A signed assessment as a paper."""

from shared.registry.queries import facts
from tenants.risk.queries import Shown
from tenants.risk.states import UNCERTIFIED
from varde.clock import now
from varde.documents.paper import Facts, Heading, Note, Paper, Piece, Table, Text
from varde.tenancy.door import OfficeRef
from varde.ui.dates import date_and_time, short_date
from varde.ui.gone import GONE

NOT_ANSWERED = "Ikke besvart"


def paper_of(shown: Shown, ref: OfficeRef) -> Paper:
    """Level and reasons first, then every part with its answers and words."""
    row = shown.row
    return Paper(
        title="Risikovurdering",
        office=f"TryggEst i {facts(ref).name}",
        made_at=row.signed_at or now(),
        lead=row.case.name,
        foot=f"Signert vurdering, {row.case.name}",
        pieces=tuple(_pieces(shown)),
    )


def _pieces(shown: Shown) -> list[Piece]:
    row, template, given = shown.row, shown.template, shown.given
    who = [
        ("Signert", f"{date_and_time(row.signed_at)} av {row.signed_by_name}" if row.signed_at else ""),
        ("RITE-sertifisert", "Ja, den dagen" if row.certified else "Nei"),
        ("Neste vurdering", short_date(row.next_on) if row.next_on else ""),
    ]
    if shown.gone:
        return [Facts(tuple(who)), Note(GONE)]
    found: list[Piece] = [
        Facts((("Risikonivå", shown.level), *who, ("Mal", template.name), ("Kilde", template.source)))
    ]
    if not row.certified:
        found.append(Note(f"{UNCERTIFIED}."))
    found += [Heading("Hvorfor dette nivået"), Text(given.reason)]
    for part in template.sections:
        rows = tuple(
            (item.text, template.scale(item).label_of(given.items.get(item.id)) or NOT_ANSWERED) for item in part.items
        )
        found += [Heading(part.title), Table(("Punkt", "Svar"), rows)]
        if given.words.get(part.id):
            found.append(Text(given.words[part.id]))
    if template.note:
        found += [Heading("Om malen"), Text(template.note)]
    return found
