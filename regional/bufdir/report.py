"""The report to Bufdir as a document: every figure in it stands in a release, and nothing else is asked. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from regional.bufdir.basis import Basis, figures
from regional.bufdir.checks import ANSWERS, Sum, against_last, contradictions, gaps, sums
from regional.releases.shown import REST
from shared.codes.forms import Form
from shared.contracts import ReleasedLine, ReleasedQuestion, ReleasedTable
from shared.reporting.compared import differences
from shared.reporting.document import Cell, Document, Section, Table
from shared.reporting.words import written
from varde.text import listed
from varde.ui.dates import short_date
from varde.ui.numbers import whole

COUNT, SHARE = "Antall", "Andel (%)"
STARTS = "siden-start"
_UNITS = {"cases": "saker", "ticks": "avkryssinger", "calls": "samtaler"}
_GROUPS = {"form": "Svar på skjemaet", "steering": "Tider, frister og personer", "phone": "Vakttelefonen"}
_LEVELS = {"groups": "Svarene er slått sammen i grupper.", "few": "Svarene er slått sammen i få grupper."}
UNIQUE = "Tallene er saker, ikke personer: samme person kan ha flere saker."

POPULATION = "Innbyggertallet er for alle aldre, slik det sto da perioden ble lukket. Antall voksne er ikke registrert."
MID_YEAR = (
    "Svarene på hvert spørsmål siden start gis ut én gang i året, sammen med årets siste halvår. Ble de gitt ut hvert "
    "halvår, kunne små tall regnes ut ved å trekke den ene summen fra den neste. De står i rapporten for 2. halvår og "
    "i rapporten for året."
)


@dataclass(frozen=True, slots=True)
class Texts:
    """What a person wrote: a comment, and what explains what lacks or does not fit together."""

    comment: str = ""
    explained: str = ""


@dataclass(frozen=True, slots=True)
class Last:
    """The last report of the same kind, or the one that this replaces."""

    number: int
    document: Document


def title(found: Basis) -> str:
    """Of the report."""
    return f"Rapport til Bufdir, {found.label}"


def document(
    found: Basis, *, region: str, form: Form, closed: Sequence[str], texts: Texts, last: Last | None
) -> Document:
    """The report; who made and approved it is added as it is frozen."""
    own = found.own.table
    sections = [
        _about(found, form),
        in_short(found),
        *_questions("i perioden", own, "svar"),
        *(_questions("siden start", found.start.table, "start") if found.start else _so_far(found)),
        _planned(own),
        *_checked(found),
        lacking(found, closed, last),
    ]
    whole_document = Document(
        title=title(found),
        subtitle=region,
        meta=(("Periode", found.label), ("Skjema", form.label)),
        sections=tuple(one for one in sections if one is not None),
        office=region,
        mark="Rapport til Bufdir",
    )
    ending = [*_compared(whole_document, last), *_words(texts), protection(found)]
    return _with(whole_document, ending)


def _with(made: Document, more: Sequence[Section]) -> Document:
    return Document(made.title, made.subtitle, made.meta, (*made.sections, *more), made.office, made.dated, made.mark)


def _about(found: Basis, form: Form) -> Section:
    table = found.own.table
    rows = tuple((name, short_date(day) if day else "ikke registrert") for name, day in table.starts.items())
    members = rows or tuple((name, "ikke registrert") for name in table.kommuner)
    return Section(
        "Hva rapporten gjelder",
        f"Rapporten gjelder {found.label}. Tallene er regionens, og er gitt ut av to personer etter skjerming. "
        f"Skjemaet er «{form.label}». {UNIQUE}",
        (Table("Kommuner i regionen ved utgangen av perioden", ("Kommune", "Startdato"), members),),
        tuple(dict.fromkeys([*table.notes, *(found.start.table.notes if found.start else ())])),
    )


def in_short(found: Basis) -> Section:
    own, start = found.own.table, found.start.table if found.start else None
    rows: list[tuple[Cell, ...]] = [("Saker i perioden", own.cases)]
    if start is not None:
        rows.append(("Saker siden start", start.cases))
    elif found.first or found.so_far is not None:
        rows.append(("Saker siden start", found.cases_so_far))
    rows.append(("Innbyggere i kommunene", "ikke kjent" if own.population is None else own.population))
    if own.population:
        rows.append(("Saker per 1 000 innbyggere i perioden", _rate(own.cases, own.population)))
    said = "" if own.population is None else POPULATION
    return Section("Hovedtall", said, (Table("Saker og innbyggere", ("Tall", COUNT), tuple(rows), key="hovedtall"),))


def _rate(cases: int | None, population: int) -> str | None:
    """Of two printed figures, with two decimals."""
    return None if cases is None else f"{1000 * cases / population:.2f}".replace(".", ",")


def _questions(when: str, table: ReleasedTable, key: str) -> Iterator[Section]:
    for group, heading in _GROUPS.items():
        asked = [one for one in table.questions if one.group == group]
        if asked:
            yield Section(
                f"{heading}, {when}",
                f"Gjelder: {table.label}.",
                tuple(question_table(one, key) for one in asked),
                tuple(note for one in asked for note in _notes(one)),
            )


def question_table(asked: ReleasedQuestion, key: str) -> Table:
    """One question. The rows are the released lines in their order, and what is left of the printed total."""
    lines = [*asked.lines, asked.blank, *([asked.rest] if asked.rest else [])]
    return Table(
        asked.label,
        ("Svar", COUNT, SHARE),
        tuple(_row(line) for line in lines),
        chart=True,
        key=f"{key}|{asked.key}|{asked.level}|{asked.unit}",
    )


def _row(line: ReleasedLine) -> tuple[Cell, ...]:
    share = "" if line.share is None and line.value is not None else line.share  # there is none; nothing is hidden
    return (line.label, line.value, share)


def _notes(asked: ReleasedQuestion) -> Iterator[str]:
    base = "" if asked.asked is None else f" av {written(asked.asked)}"
    answered = "" if asked.answered is None else f"{written(asked.answered)}{base} har svar. "
    level = _LEVELS.get(asked.level, "")
    if asked.unit != "cases" or level or answered:
        yield f"{asked.label}: {answered}Tallene er {_UNITS[asked.unit]}. {level}".strip()


def _so_far(found: Basis) -> Iterator[Section]:
    """Of a year's first half: the cases since the start, added up, and why there is no more."""
    if not found.mid_year:
        return
    own, earlier = found.own.table, found.so_far
    rows: list[tuple[Cell, ...]] = []
    if earlier is not None:
        rows = [(f"{earlier.table.label} (utgivelse {earlier.number})", earlier.table.cases)]
    if earlier is not None or found.first:
        rows += [(f"{own.label} (utgivelse {found.own.number})", own.cases), ("Til sammen", found.cases_so_far)]
    lacks = "" if rows else "Summen før perioden vises ikke nå, så sakene kan ikke legges sammen."
    made = (Table("Saker siden start, lagt sammen", ("Hva", COUNT), tuple(rows), key="lagt-sammen"),) if rows else ()
    yield Section("Siden start", lacks, made, (MID_YEAR,))


def _planned(table: ReleasedTable) -> Section | None:
    if not table.planned:
        return None
    rows = tuple((one.label, one.count, one.of, one.share) for one in table.planned)
    made = Table("Svar sett sammen", ("Hva", COUNT, "Av", SHARE), rows, key="planlagt")
    return Section("Svar sett sammen, i perioden", "Tall som er planlagt på forhånd.", (made,))


def _checked(found: Basis) -> Iterator[Section]:
    """The total since the start, and whether it is the last one and what has come since."""
    if found.start is None:
        return
    lines = sums(found)
    head = ("Tall", "Før perioden", "Kommet til", "Siden start", "Kontroll")
    rows: tuple[tuple[Cell, ...], ...]
    if lines:
        rows = tuple((one.label, one.before, one.came, one.now, one.stands) for one in lines)
        said = f"Siden start skal være det som var før, og det som er kommet til. {_stand(lines)}"
    else:
        now = figures(found.start.table)
        rows = tuple((label, "ingen", "ikke delt opp", value, "Første rapport") for label, value in now.values())
        said = "Det er ikke gitt ut noe tall siden start før denne perioden, så det er ingenting å kontrollere mot."
    table = Table(f"{found.start.table.label}, kontrollert", head, rows, key=STARTS)
    yield Section("Kontroll av tallene siden start", said, (table,))


def _stand(lines: Sequence[Sum]) -> str:
    """How many of the sums stand, do not, and cannot be checked; of what there is none, nothing is said."""
    why = {"Kan ikke kontrolleres": " fordi noe av det ikke er gitt ut"}
    many = Counter(one.stands for one in lines)
    said = [f"{many[one]} {{}}{one.lower()}{why.get(one, '')}" for one in ANSWERS if many[one]]
    return f"{listed([each.format('' if at else 'tall ') for at, each in enumerate(said)])}."


def lacking(found: Basis, closed: Sequence[str], last: Last | None) -> Section:
    """What lacks and what does not fit together, before it is sent."""
    missing, wrong = to_explain(found, closed, last)
    rows = [*((said, "Mangler") for said in missing), *((said, "Stemmer ikke") for said in wrong)]
    table = Table("Det som mangler eller ikke stemmer", ("Hva", "Slag"), tuple(rows))
    text = "" if rows else "Ingenting mangler, og tallene stemmer med hverandre."
    return Section("Mangler og motsigelser", text, (table,) if rows else ())


def to_explain(found: Basis, closed: Sequence[str], last: Last | None) -> tuple[list[str], list[str]]:
    """(what lacks, what does not fit together), in sentences."""
    said = said_before(last.document) if last else {}
    return gaps(found, closed), [*contradictions(found), *against_last(found, said)]


def said_before(made: Document) -> Mapping[str, int | None]:
    """What a report printed since the start, by what it is of."""
    tables = [table for section in made.sections for table in section.tables if table.key == STARTS]
    return {str(row[0]): row[3] for table in tables for row in table.rows if row[3] is None or isinstance(row[3], int)}


def _compared(made: Document, last: Last | None) -> Iterator[Section]:
    if last is None:
        return
    found = differences(_alike(last.document, made), _alike(made, last.document))
    shown = tuple(
        (one.table, one.row, one.before, one.after, "" if one.change is None else one.change)
        for one in found
        if one.column == COUNT and one.row != REST  # what is left is of other answers each time
    )
    table = Table("Det som er endret", ("Spørsmål", "Svar", "Forrige", "Nå", "Endring"), shown)
    said = dict(last.document.meta).get("Periode", "")
    text = f"Sammenlignet med rapport nr. {last.number} ({said}). Bare tall som er gitt ut, er sammenlignet."
    text += "" if shown else " Ingen av dem er endret."
    yield Section("Sammenlignet med forrige rapport", text, (table,) if shown else ())


def _alike(made: Document, other: Document) -> Document:
    """The tables of the period that both have, at the same level: nothing else can be compared."""
    theirs = {table.key for section in other.sections for table in section.tables}
    sections = tuple(
        Section(one.title, "", tuple(each for each in one.tables if _of_period(each.key) and each.key in theirs))
        for one in made.sections
    )
    return Document(made.title, made.subtitle, (), sections)


def _of_period(key: str) -> bool:
    return key in ("hovedtall", "planlagt") or key.startswith("svar|")


def _words(texts: Texts) -> Iterator[Section]:
    if texts.explained:
        yield Section("Forklaring på det som mangler eller ikke stemmer", texts.explained)
    if texts.comment:
        yield Section("Regionens kommentar", texts.comment)


def protection(found: Basis) -> Section:
    """By what rule the figures are protected, and in which release each of them stands."""
    rule, least = found.rule, found.rule.threshold
    readers = "en kommune" if rule.coalition == 1 else f"{rule.coalition} kommuner sammen"
    text = (
        f"Ingen skal kunne regne seg fram til om det er ingen, eller færre enn {least}, bak et tall, heller ikke "
        f"{readers} som kjenner sine egne saker, og heller ikke ved å sette sammen det som er gitt ut før. Tall som "
        "kunne røpet det, er ikke gitt ut, og skrives «:». To personer har gitt ut tallene. Det som er gitt ut, "
        "endres ikke: saker som kommer for sent, er med i perioden etter."
    )
    rows = tuple(
        (f"Utgivelse {one.number}", short_date(one.at), one.asked_by, one.approved_by) for one in found.releases
    )
    head = ("Utgivelse", "Gitt ut", "Bedt om av", "Godkjent av")
    tables = (
        Table("Utgivelsene tallene står i", head, rows),
        Table(
            "Hvilken utgivelse hver tabell står i",
            ("Tabell", "Utgivelse"),
            tuple((one.table.label, whole(one.number)) for one in found.sources),
        ),
    )
    prints = tuple(f"Fingeravtrykk av utgivelse {one.number}: {in_groups(one.digest)}" for one in found.releases)
    return Section("Slik er tallene skjermet", text, tables, prints)


def in_groups(digest: str) -> str:
    """So that it can be broken over lines, and compared by eye."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))
