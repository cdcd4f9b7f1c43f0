"""What the demo's kommune has done to be known, and how many there are to reach."""

from datetime import date, timedelta

from tenants.outreach.actions import Told, save_activity, set_numbers
from tenants.outreach.models import PlanNumbers
from varde.access import Reader, Role
from varde.clock import now
from varde.demo_cast import once, somebody
from varde.tenancy.door import OfficeRef
from varde.ui.dates import day_of

# days ago (below nothing: to come), kind, what, for whom, how many, where, material, kroner, what it was worth
DONE = (
    (310, "expert_day", "Fagdag: å se økonomiske overgrep", "all_staff", 140, "Fjellhallen", "Lysark", 18_000,
     "Flest spørsmål om bank og fullmakt. Ta med en fra banken neste gang."),
    (250, "course", "Tre timer for hjemmetjenesten", "services", 62, "Rådhuset", "Handlingskort", None, ""),
    (190, "brochure", "Brosjyre til alle husstander", "inhabitants", 9_800, "", "Brosjyre på to språk", 24_500, ""),
    (140, "meeting", "Orientering i formannskapet", "politicians", 11, "Rådhuset", "", None, "Vedtok å videreføre."),
    (95, "new_staff", "Innføring for nye ansatte", "new_staff", 34, "Nett", "E-læring", None, ""),
    (60, "stand", "Stand på eldredagen", "at_risk", 85, "CC Gjøvik", "Kort med nummeret", 1_200,
     "To tok kontakt uken etter."),
    (20, "meeting", "Fastlegenes samarbeidsutvalg", "partners", 14, "Legesenteret", "Kort", None, ""),
    (-45, "expert_day", "Fagdag: samtalen med den utsatte", "all_staff", None, "Fjellhallen", "", None, ""),
)  # fmt: skip


def seed(kommune: OfficeRef) -> bool:
    """Write it down; False elsewhere, and when it is there."""
    return once(kommune, there=PlanNumbers.objects.exists, lay=_lay)


def _lay(by: Reader) -> None:
    today = day_of(now())
    responsible = somebody(Role.COORDINATOR)
    for days, kind, title, audience, reach, place, material, cost, worth in DONE:
        told = Told(
            kind=kind, title=title, held_on=today - timedelta(days=days), audience=audience, reach=reach,
            place=place, material=material, cost=cost, evaluation=worth,
        )  # fmt: skip
        save_activity(activity=None, told=told, responsible=responsible, by=by)
    set_numbers(staff=2_400, inhabitants=30_903, started_on=date(today.year, 1, 5), by=by)
