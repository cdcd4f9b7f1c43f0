"""The demo's lines and set-ups: a shared hotline, a krisesenter and a phone in each kommune, in all the ways they mix.

Numbers are made up.
"""

from datetime import time, timedelta
from uuid import UUID

from regional.lines import actions, queries
from regional.lines.forms import TEMPLATES
from regional.lines.models import Line
from regional.lines.numbers import e164
from regional.lines.setup import Setup
from shared.registry.models import Office
from varde.access import Reader, Role
from varde.clock import now
from varde.demo_cast import NobodyHere, acting, then
from varde.tenancy.door import OfficeRef
from varde.ui.dates import day_of
from varde.worktime import moment

_SHARED = {
    "gjovikregionen": ("21009900", "21009800", "21009700"),
    "hamarregionen": ("21008900", "21008800", "21008700"),
}
# The first kommune by name has a bit of everything, the next ones one each; whoever is left has the shared phone.
_WAYS = ("blandet", "egen", "krisesenter")
_NEXT = timedelta(days=14)


def seed(region: OfficeRef) -> bool:
    """Lay them down; False when there are lines, or the region is another."""
    if region.slug not in _SHARED:
        return False
    try:
        with acting(region, Role.HOST_ADMINISTRATOR) as by:
            offices = queries.members(region.id)
            if Line.objects.exists() or not offices:
                return False
            with then(days=7):
                _lines(_SHARED[region.slug], offices, by)
                _setups(offices, by)
            # A switch that is planned, so that one can be seen and called off.
            comes = moment(day_of(now() + _NEXT), time(8))
            actions.set_setup(kommuner=[offices[-1].id], since=comes, setup=_of("krisesenter"), by=by)
    except NobodyHere:
        return False
    return True


def _lines(shared: tuple[str, str, str], offices: list[Office], by: Reader) -> None:
    hotline, krisesenter, legevakt = shared
    _line("Felles vakttelefon", "hotline", None, hotline, (_ext(hotline, 1), _ext(hotline, 2), _ext(hotline, 3)), by)
    _line("Krisesenteret", "krisesenter", None, krisesenter, (_ext(krisesenter, 1),), by)
    _line(
        "Nummeret til legevakten",
        "hotline",
        None,
        legevakt,
        (_ext(hotline, 1), _ext(hotline, 2)),
        by,
        shared_with="Legevakten",
    )
    for office in offices:
        if office.phone:
            _line(f"TryggEst i {office.name}", "own", office.id, office.phone, (_ext(office.phone, 1),), by)


def _ext(number: str, place: int) -> str:
    """An apparatus of the same exchange."""
    return f"{number[:-1]}{place}"


def _line(
    name: str,
    service: str,
    kommune: UUID | None,
    number: str,
    rings: tuple[str, ...],
    by: Reader,
    shared_with: str = "",
) -> None:
    line = actions.open_line(name=name, service=service, kommune=kommune, shared_with=shared_with, by=by)
    actions.point(number=e164(number), line=line, since=None, by=by)
    actions.ring(line=line, apparatus=[e164(each) for each in rings], since=None, by=by)


def _setups(offices: list[Office], by: Reader) -> None:
    for number, office in enumerate(offices):
        way = _WAYS[number] if number < len(_WAYS) else "felles"
        actions.set_setup(kommuner=[office.id], since=None, setup=_of(way), by=by)


def _of(way: str) -> Setup:
    return TEMPLATES[way][1]
