"""The demo's offices: two regions, so that isolation can be seen, and the platform's own staff.

Names, numbers and populations are real (shared.codes). Phone numbers and the days of starting are made up.
"""

from datetime import date
from typing import Any

from shared.codes.kommuner import Kommune, in_region, regions
from shared.registry.provision import Wish, provision
from shared.registry.queries import office_by_slug
from varde.tenancy.door import OfficeRef

HOSTS = {"gjovikregionen": "gjovik", "hamarregionen": "hamar"}
_SMALLER = {"hamarregionen": ("hamar", "loten", "stange")}  # enough to show a second region
_WITHOUT_TEAM = {"loten"}
_THEMES = ("fjord", "skog", "lyng", "bre", "skifer", "tyri")
_STARTED = {"gjovikregionen": date(2024, 7, 1), "hamarregionen": date(2026, 1, 5)}
"""The first region has figures enough to give some out."""


def seed() -> list[OfficeRef]:
    """Provision what is missing; all offices of the demo, regions before their kommuner."""
    return [office_by_slug(wish.slug) or provision(wish) for wish in wishes()]


def wishes() -> list[Wish]:
    """Every office of the demo in the order they must be made."""
    found = [Wish("drift", "drift", "Drift")]
    names = {region.slug: region.name for region in regions()}
    for region, host in HOSTS.items():
        found.append(Wish("region", region, names[region], facts={"theme": "skifer"}))
        wanted = _SMALLER.get(region)
        kommuner = [kommune for kommune in in_region(region) if wanted is None or kommune.slug in wanted]
        for kommune in kommuner:
            facts = _facts(kommune, region, number=len(found))
            found.append(
                Wish("kommune", kommune.slug, kommune.name, kommune.number, region, kommune.slug == host, facts=facts)
            )
    return found


def _facts(kommune: Kommune, region: str, number: int) -> dict[str, Any]:
    has_team = kommune.slug not in _WITHOUT_TEAM
    as_of = kommune.population_as_of
    return {
        "population": kommune.population,
        "population_as_of": as_of.strftime("%d.%m.%Y") if as_of else "",
        "phone": f"2100{number:02}00" if has_team else "",
        "phone_hours": "Hverdager kl. 8–15.30" if has_team else "",
        "ordinary_name": f"Servicetorget i {kommune.name}",
        "ordinary_phone": f"2100{number:02}50",
        "theme": _THEMES[number % len(_THEMES)],
        "started_on": _STARTED[region] if has_team else None,
        "has_team": has_team,
    }
