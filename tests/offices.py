"""The offices of every test: Gjøvikregionen with three kommuner (Gjøvik hosts), Nabo with one, and drift."""

from shared.registry.provision import Wish, provision

REGION, OTHER_REGION = "gjovikregionen", "naboregionen"


def build_offices() -> None:
    """Provision them all, with real logins."""
    provision(Wish("region", REGION, "Gjøvikregionen"))
    provision(Wish("region", OTHER_REGION, "Naboregionen"))
    provision(
        Wish(
            "kommune",
            "gjovik",
            "Gjøvik",
            "3407",
            REGION,
            host=True,
            facts={"phone": "61189500", "phone_hours": "Hverdager 9–14"},
        )
    )
    provision(Wish("kommune", "ostre-toten", "Østre Toten", "3442", REGION))
    provision(
        Wish(
            "kommune",
            "vestre-toten",
            "Vestre Toten",
            "3443",
            REGION,
            facts={"has_team": False, "ordinary_phone": "61153300"},
        )
    )
    provision(Wish("kommune", "nabo", "Nabo", "9901", OTHER_REGION))
    provision(Wish("drift", "drift", "Drift"))
