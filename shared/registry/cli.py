"""`varde provision region|kommune`."""

import argparse

from shared.registry.provision import Wish
from shared.registry.provision import provision as create


def provision(argv: list[str]) -> int:
    """Create an office and print its address."""
    parser = argparse.ArgumentParser(prog="varde provision", description="Opprett et kontor")
    kinds = parser.add_subparsers(dest="kind", required=True)
    for kind in ("region", "kommune", "drift"):
        sub = kinds.add_parser(kind)
        sub.add_argument("--slug", required=True, help="adressen: små bokstaver, tall og bindestrek")
        sub.add_argument("--name", required=True)
        if kind == "kommune":
            sub.add_argument("--number", required=True, help="kommunenummer, bydelsnummer eller 9900-9999 (øving)")
            sub.add_argument("--region", required=True, help="regionens adresse")
            sub.add_argument("--host", action="store_true", help="kommunen er vertskommune")
    chosen = parser.parse_args(argv)
    wish = Wish(
        kind=chosen.kind,
        slug=chosen.slug,
        name=chosen.name,
        number=getattr(chosen, "number", ""),
        region=getattr(chosen, "region", ""),
        host=getattr(chosen, "host", False),
    )
    ref = create(wish)
    from varde.notify.mail import address

    print(f"{ref.name} er opprettet: {address(ref)}")
    return 0
