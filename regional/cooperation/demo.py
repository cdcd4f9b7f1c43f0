"""The demo's agreements: Gjøvikregionen with a host and four partners, 60-40, and Hamarregionen with three parties.

The shares, the money and the organisation numbers are made up; the numbers pass the check of their last digit.
"""

from dataclasses import replace
from datetime import date
from uuid import UUID

from stdnum.no import orgnr

from regional.cooperation import agreement_actions as actions
from regional.cooperation import agreement_queries as queries
from regional.cooperation.agreement_models import Agreement
from regional.cooperation.queries import members
from regional.cooperation.shares import WHOLE, split
from regional.cooperation.terms import Party, Terms, usual
from shared.registry.models import Office
from varde.access import Reader, Role
from varde.demo_cast import NobodyHere, acting, then
from varde.tenancy.door import OfficeRef

_HOSTS_PART = {"gjovikregionen": 6000, "hamarregionen": 5000}
_BEGAN = date(2025, 1, 1)
_GRANT, _YEAR = 1_250_000, 2026
# What each has used of what it got, in percent.
_USED = (88, 94, 71, 103, 60)
_TEXT = (
    "Partene møtes i lederteamet før hver rapport til Bufdir. "
    "Uenighet løses først mellom koordinatorene, så i lederteamet."
)


def seed(region: OfficeRef) -> bool:
    """Write the agreement and a year's money; False when there is one, or the region is another."""
    if region.slug not in _HOSTS_PART:
        return False
    try:
        with acting(region, Role.HOST_ADMINISTRATOR) as by:
            offices = members(by)
            if queries.agreement(by) is not None or not offices:
                return False
            with then(days=300):
                row = actions.begin(terms=_terms(offices, by), from_day=_BEGAN, why="Avtalen er ført inn.", by=by)
            with then(days=60):
                _amended(row, by)
            if region.slug == "gjovikregionen":
                _money(row, by)
    except NobodyHere:
        return False
    return True


def _terms(offices: list[Office], by: Reader) -> Terms:
    host = _HOSTS_PART[by.office.slug]
    others = [office for office in offices if not office.host]
    parts = dict(zip((office.id for office in others), split(WHOLE - host, [1] * len(others)), strict=True))
    parties = tuple(
        Party(
            id=office.id, name=office.name, organisation=_made_up(office.number), number=office.number,
            host=office.host, weight=parts.get(office.id, host), starts_on=office.started_on or _BEGAN,
        )
        for office in offices
    )  # fmt: skip
    return Terms(
        title=f"Samarbeidsavtale om TryggEst i {by.office.name}",
        form="host_admin",
        parties=parties,
        tasks=usual(parties),
        starts_on=_BEGAN,
    )


def _made_up(number: str) -> str:
    """A number that nobody in Norway has, since those begin with 8 or 9."""
    return next(f"31{number}{rest:03}" for rest in range(1000) if orgnr.is_valid(f"31{number}{rest:03}"))


def _amended(row: Agreement, by: Reader) -> None:
    """A second version: what the parties wrote after the first year."""
    stands = queries.newest(row)
    if stands is not None:
        terms = replace(stands.terms, text=_TEXT)
        why = "Partene skrev inn hvordan uenighet løses."
        actions.amend(row=row, terms=terms, from_day=date(2026, 10, 1), why=why, by=by)


def _money(row: Agreement, by: Reader) -> None:
    """The grant by the shares, got whole by all but one, and used nearly."""
    actions.set_figures(row=row, year=_YEAR, figures={(None, "grant"): _GRANT}, by=by)
    actions.plan_by_shares(row=row, year=_YEAR, by=by)
    planned = {key[0]: kroner for key, kroner in queries.figures(row, _YEAR).items() if key[1] == "planned"}
    parties = [party for party in planned if party is not None]
    got = {party: planned[party] - (25_000 if place == len(parties) - 1 else 0) for place, party in enumerate(parties)}
    used = {party: got[party] * _USED[place % len(_USED)] // 100 for place, party in enumerate(parties)}
    figures: dict[tuple[UUID | None, str], int] = {(party, "received"): kroner for party, kroner in got.items()}
    figures |= {(party, "used"): kroner for party, kroner in used.items()}
    actions.set_figures(row=row, year=_YEAR, figures=figures, by=by)
