"""`varde provision region|kommune|drift`."""

import argparse
from typing import Any

from shared.codes.kommuner import kommuner
from shared.registry.provision import Wish
from shared.registry.provision import provision as create
from varde.cli_errors import Parser
from varde.notify.mail import address

# What the public may know, settable at birth; empty ones are left out.
FACTS = {
    "phone": "telefonnummeret til TryggEst i kommunen",
    "phone_hours": "når telefonen er åpen, for eksempel «Hverdager kl. 9–14»",
    "ordinary_name": "ordinær kontakt når kommunen ikke har team",
    "ordinary_phone": "telefonen til ordinær kontakt",
    "ordinary_url": "nettsiden til ordinær kontakt",
    "accessibility_url": "tilgjengelighetserklæringen",
}


def provision(argv: list[str]) -> int:
    """Create an office and print its address; Complaint when it cannot be."""
    chosen = _parser().parse_args(argv)
    facts = {name: value for name in FACTS if (value := getattr(chosen, name))}
    number = getattr(chosen, "number", "")
    wish = Wish(
        kind=chosen.kind,
        slug=chosen.slug,
        name=chosen.name,
        number=number,
        region=getattr(chosen, "region", ""),
        host=getattr(chosen, "host", False),
        facts={**facts, **_team(chosen), **_people(number)},
    )
    ref = create(wish)
    print(f"{ref.name} er opprettet: {address(ref)}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="varde provision", description="Opprett et kontor")
    kinds = parser.add_subparsers(dest="kind", required=True)
    for kind in ("region", "kommune", "drift"):
        sub = kinds.add_parser(kind)
        sub.add_argument("--slug", required=True, help="adressen: små bokstaver, tall og bindestrek")
        sub.add_argument("--name", required=True)
        for fact, sentence in FACTS.items():
            sub.add_argument(f"--{fact.replace('_', '-')}", help=sentence)
        if kind == "kommune":
            sub.add_argument("--number", required=True, help="kommunenummer, bydelsnummer eller 9900-9999 (øving)")
            sub.add_argument("--region", required=True, help="regionens adresse")
            sub.add_argument("--host", action="store_true", help="kommunen er vertskommune")
            sub.add_argument("--no-team", action="store_true", help="kommunen har ikke team ennå")
    return parser


def _team(chosen: argparse.Namespace) -> dict[str, Any]:
    return {"has_team": not getattr(chosen, "no_team", False)}


def _people(number: str) -> dict[str, Any]:
    """The population we know for a kommune, with its date."""
    known = next((found for found in kommuner() if found.number == number), None)
    if known is None or known.population is None:
        return {}
    as_of = f"{known.population_as_of:%d.%m.%Y}" if known.population_as_of else ""
    return {"population": known.population, "population_as_of": as_of}
