"""Asking about the agreement: what holds, what held, what it says to one kommune, and its money."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Q

from regional.cooperation.agreement_models import Agreement, AgreementDocument, AgreementMoney, AgreementVersion
from regional.cooperation.rhythm import Settings
from regional.cooperation.terms import PHONES, Party, Task, Terms
from regional.cooperation.terms_file import from_json
from regional.cooperation.terms_merged import merged
from shared.registry.models import Office
from shared.registry.queries import norwegian
from shared.registry.standing_queries import heirs
from varde.access import Reader
from varde.clock import now
from varde.tenancy.door import need_office
from varde.ui.dates import day_of


@dataclass(frozen=True, slots=True)
class Version:
    """A version as it is read: what it says, from when, who wrote it and why."""

    row: AgreementVersion
    terms: Terms

    @property
    def number(self) -> int:
        """From 1."""
        return self.row.number

    @property
    def from_day(self) -> date:
        """The first day it holds."""
        return self.row.from_day


@dataclass(frozen=True, slots=True)
class KommuneTerms:
    """What the agreement says to one kommune: its phone in words, its grant in whole kroner a year, its first day."""

    phone: str
    phone_number: str
    grant: int | None
    share: str
    starts_on: date | None
    host: bool


def agreement(by: Reader) -> Agreement | None:
    """The agreement in force or in the making; None when there is none, or it has ended."""
    row = Agreement.objects.order_by("-at", "-id").first() if by.office.kind == "region" else None
    if row is None:
        return None
    held = holding(row)
    today = day_of(now())
    return None if held and held.terms.ends_on and held.terms.ends_on < today else row


def earlier(by: Reader) -> list[Agreement]:
    """Those that have ended, the newest first."""
    stands = agreement(by)
    return [row for row in Agreement.objects.order_by("-at", "-id") if stands is None or row.id != stands.id]


def versions(row: Agreement) -> list[Version]:
    """Every version, the newest first."""
    found = AgreementVersion.objects.filter(agreement=row).order_by("-number")
    return [Version(each, from_json(each.content)) for each in found]


def newest(row: Agreement) -> Version | None:
    """The one written last, also when it has not begun: what a change is made to."""
    found = next(iter(versions(row)), None)
    return _as_of(max(found.from_day, day_of(now())), [found])[0] if found else None


def _as_of(day: date, found: list[Version]) -> list[Version]:
    """The versions as they are read on a day: where parties have become one kommune by then, it stands for them."""
    known = heirs(need_office().id, now())
    offices = {one.id: one for one in Office.objects.filter(id__in={new for new, _ in known.values()})}
    made = []
    for each in found:
        on = max(day, each.from_day)
        here = {
            old: Party(new, offices[new].name, "", offices[new].number, starts_on=day_of(since))
            for old, (new, since) in known.items()
            if day_of(since) <= on
        }
        made.append(replace(each, terms=merged(each.terms, here)))
    return made


def holding(row: Agreement, day: date | None = None) -> Version | None:
    """The one that holds on a day (None: today); before the first has begun, the first."""
    day = day or day_of(now())
    known = versions(row)
    found = next((each for each in known if each.from_day <= day), known[-1] if known else None)
    return _as_of(day, [found])[0] if found else None


def ahead(row: Agreement, day: date) -> list[Version]:
    """What holds on a day, and what takes over after it, in the order of the days."""
    held = holding(row, day)
    found: list[Version] = []
    for each in versions(row):
        if each.from_day > day and (not found or each.from_day < found[-1].from_day):
            found.append(each)
        elif each.from_day <= day:
            break
    later = [each for each in reversed(found) if held is None or each.number != held.number]
    return [*([held] if held else []), *_as_of(day, later)]


def terms(by: Reader) -> Terms | None:
    """What holds today; None without an agreement."""
    row = agreement(by)
    held = holding(row) if row else None
    return held.terms if held else None


def tasks(row: Agreement) -> tuple[Task, ...]:
    """Who has which task today."""
    held = holding(row)
    return held.terms.tasks if held else ()


def settings(by: Reader) -> Settings:
    """How often the leaders meet and when it is reported; what is usual while there is no agreement."""
    found = terms(by)
    return found.settings if found else Settings()


def kommune_terms(by: Reader, kommune: UUID) -> KommuneTerms | None:
    """What the agreement says to a kommune today; None when it is not a party."""
    found = terms(by)
    party = found.party(kommune) if found else None
    if found is None or party is None:
        return None
    planned = figures_of(by, day_of(now()).year).get((party.id, "planned"))
    return KommuneTerms(
        phone=PHONES[party.phone],
        phone_number=party.phone_number,
        grant=party.grant if party.grant is not None else planned,
        share=found.share(party),
        starts_on=party.starts_on or found.starts_on,
        host=party.host,
    )


def figures_of(by: Reader, year: int) -> dict[tuple[UUID | None, str], int]:
    """The newest figure of a year: (party, what) -> whole kroner."""
    row = agreement(by)
    return figures(row, year) if row else {}


def figures(row: Agreement, year: int) -> dict[tuple[UUID | None, str], int]:
    """The same of an agreement."""
    found = AgreementMoney.objects.filter(agreement=row, year=year).order_by("at", "id")
    return {(each.party, each.what): each.kroner for each in found}


def years(row: Agreement) -> list[int]:
    """Those with a figure, and last year, this one and the next, the newest first."""
    known = set(AgreementMoney.objects.filter(agreement=row).values_list("year", flat=True))
    this = day_of(now()).year
    return sorted(known | {this - 1, this, this + 1}, reverse=True)


def money_seen(row: Agreement, year: int) -> str:
    """The newest figure of a year, for a page to send back; "" for none."""
    newest_row = AgreementMoney.objects.filter(agreement=row, year=year).order_by("-at", "-id").first()
    return str(newest_row.id) if newest_row else ""


def documents(row: Agreement) -> list[AgreementDocument]:
    """The agreement's papers, the newest first."""
    return list(AgreementDocument.objects.filter(agreement=row).order_by("-at", "-id"))


def in_order(parties: Iterable[Party]) -> list[Party]:
    """The host first, then by name: for a page. Shares keep the order of the agreement."""
    return sorted(parties, key=lambda party: (not party.host, norwegian(party.name)))


def outside(by: Reader) -> list[Office]:
    """Kommuner on the platform that are not in this region now, by name: whom it may invite. One that is in another
    region must be out of that one at the time that is chosen."""
    here = Q(region_id=by.office.id)
    rows = Office.objects.filter(~here | Q(region_id=None), kind="kommune", active=True)
    return sorted(rows, key=lambda office: norwegian(office.name))
