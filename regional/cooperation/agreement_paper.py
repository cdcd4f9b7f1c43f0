"""A version of the agreement as a paper for the archive: what it said, also when it no longer holds."""

from regional.cooperation.agreement_queries import Version, in_order
from regional.cooperation.notice import lends
from regional.cooperation.rhythm import REPORTING
from regional.cooperation.terms import PHONES, Terms, warnings
from shared.codes.cooperation import DUTIES, forms, models
from varde.documents.paper import Facts, Heading, Items, Note, Paper, Piece, Table, Text
from varde.ui.dates import date_and_time, short_date
from varde.ui.numbers import whole

OPEN = "Offentlig"


def paper(version: Version, *, office: str, holds: bool) -> Paper:
    """The version; `holds`: it is the one that counts today."""
    row, terms = version.row, version.terms
    note = "" if holds else "Denne utgaven gjelder ikke i dag. Den er tatt vare på slik den var."
    return Paper(
        title=terms.title,
        office=office,
        made_at=row.at,
        lead=f"Utgave {row.number}, gjelder fra {short_date(row.from_day)}",
        mark=OPEN,
        foot=f"{terms.title}, utgave {row.number}",
        pieces=(
            *((Note(note),) if note else ()),
            Facts(_facts(version)),
            *_parties(terms),
            *_tasks(terms),
            *_team(terms),
            *((Heading("Det ellers er avtalt"), Text(terms.text)) if terms.text else ()),
            *_warned(terms),
        ),
    )


def _facts(version: Version) -> tuple[tuple[str, str], ...]:
    row, terms = version.row, version.terms
    deadlines = ", ".join(f"{day:02}.{month:02}" for month, day in terms.settings.deadlines)
    return (
        ("Modell", models()[terms.model].title),
        ("Rettslig form", forms()[terms.form].label),
        ("Vertskommune", terms.host.name if terms.host else "Ingen"),
        ("Avtalen begynner", short_date(terms.starts_on) if terms.starts_on else ""),
        ("Varer til og med", short_date(terms.ends_on) if terms.ends_on else "til den sies opp"),
        ("Møter i lederteamet", f"{terms.settings.meetings_per_year} i året"),
        ("Rapport", f"{REPORTING[terms.settings.reporting]}, frister {deadlines}"),
        ("Hvorfor denne utgaven", row.why),
        ("Skrevet av", f"{row.by_name}, {date_and_time(row.at)}"),
    )


def _parties(terms: Terms) -> tuple[Piece, ...]:
    head = ("Part", "Org.nr.", "Rolle", "Andel", "Eget tilskudd", "Telefon", "Med fra")
    rows = tuple(
        (
            party.name,
            party.organisation or "ikke oppgitt",
            "Vertskommune" if party.host else "Samarbeidskommune",
            terms.share(party),
            f"{whole(party.grant)} kr" if party.grant is not None else "",
            " ".join(one for one in (PHONES[party.phone], party.phone_number) if one),
            short_date(party.starts_on) if party.starts_on else "",
        )
        for party in in_order(terms.parties)
    )
    return (Heading("Parter"), Table(head, rows))


def _tasks(terms: Terms) -> tuple[Piece, ...]:
    if not terms.tasks:
        return ()
    head = ("Oppgave", *DUTIES.values())
    rows = tuple(
        (task.title, *(", ".join(terms.name(key) for key in task.of(duty)) for duty in DUTIES)) for task in terms.tasks
    )
    return (Heading("Hvem gjør hva"), Table(head, rows))


def _team(terms: Terms) -> tuple[Piece, ...]:
    found = tuple(lends(terms))
    return (Heading("Felles operativt team"), Items(found)) if found else ()


def _warned(terms: Terms) -> tuple[Piece, ...]:
    found = tuple(warnings(terms))
    return (Heading("Å være klar over"), Items(found)) if found else ()
