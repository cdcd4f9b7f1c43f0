"""What the team has decided in the demo's matters, which duties it has weighed, and where it stands with the police."""

from typing import Any
from uuid import uuid5

from tenants.inbox.demo import BENKEN, DOREN, KIOSKEN, KORTET, NABOEN, RADET, STORIES, TRAPPEN, after, matter
from tenants.triage import (
    actions,
    carry_actions,
    checklist_actions,
    duties_actions,
    notes_actions,
    police_actions,
    talk_actions,
    tell_actions,
    tell_queries,
)
from tenants.triage.actions import NewStep
from tenants.triage.carry import Choice
from tenants.triage.checklist import Call, Filled
from tenants.triage.duties_actions import Answer
from tenants.triage.models import Assessment
from tenants.triage.police import Police
from tenants.triage.tell_actions import ToTell
from varde.access import Reader, Role
from varde.clock import now
from varde.demo_cast import acting, ago, ahead, once, somebody, then
from varde.identity.models import User
from varde.tenancy.door import OfficeRef
from varde.ui.dates import day_of


def seed(kommune: OfficeRef) -> bool:
    """Decide, weigh and discuss; False elsewhere, and when it is done."""
    new = once(kommune, there=lambda: Assessment.objects.filter(concern=matter(KORTET)).exists(), lay=_lay)
    if new:
        with acting(kommune, Role.TEAM_MEMBER) as by:
            _discuss(by)
    return new


def _lay(by: Reader) -> None:
    coordinator, member = somebody(Role.COORDINATOR), somebody(Role.TEAM_MEMBER)
    _decide(coordinator, member, by)
    _acute(coordinator, by)
    _weigh(coordinator, by)
    _find_out(by)
    _carry(by)


def _decide(coordinator: User, member: User, by: Reader) -> None:
    _one(KORTET, "ma", "case", "Gjentatt økonomisk utnyttelse av en som er avhengig av den som gjør det.",
         NewStep("Ringe banken sammen med Gudrun og stanse kortet", coordinator, ahead(hours=26)), by)  # fmt: skip
    _one(BENKEN, "mangelfull", "more_info", "Vi vet ikke hvem han er. Feltpleien kan kjenne ham.",
         NewStep("Spørre feltpleien om noen kjenner mannen på benken", member, ahead(hours=50)), by)  # fmt: skip
    _one(NABOEN, "bor", "case", "Naboen har nøkkel. Han er redd, men ikke i fare nå.",
         NewStep("Bytte lås i morgen", coordinator, ago(hours=1200)), by)  # fmt: skip
    _one(KIOSKEN, "bor", "case", "Kan være den samme som i en annen sak. Vi må vite hvem hun er.",
         NewStep("Besøke kiosken når hun pleier å komme", member, ago(hours=20)), by)  # fmt: skip
    _one(
        RADET, "mangelfull", "advice", "Hun bestemmer selv over besøk. Nattevakten fikk råd om hva de kan si.", None, by
    )
    _one(TRAPPEN, "mangelfull", "advice", "Han har fått nye sko og rekkverk. Ingen har gjort ham noe.", None, by)


def _one(name: str, category: str, outcome: str, reason: str, step: NewStep | None, by: Reader) -> None:
    with after(name, STORIES[name].hours * 0.1 + STORIES[name].opened):
        actions.decide(concern=matter(name), category=category, outcome=outcome, reason=reason, step=step, by=by)


def _acute(coordinator: User, by: Reader) -> None:
    """With the checklist in hand, a call to 112 and what the police know."""
    called = Call(
        "112", ago(hours=27), by.name, "Patrulje på stedet etter 20 minutter. Hun ble kjørt til krisesenteret."
    )
    with after(DOREN, 1.5):
        checklist_actions.register_call(concern=matter(DOREN), call=called, key=uuid5(by.office.id, "demo 112"), by=by)
    decision: dict[str, Any] = {
        "category": "akutt", "outcome": "case", "reason": "Fersk vold mot halsen, og han vet hvor hun pleier å dra.",
        "step": NewStep("Møte Amina på krisesenteret med tolk", coordinator, ahead(hours=4)),
    }  # fmt: skip
    filled = Filled(
        criteria=("recent", "contact", "life"), answers={"threats_online": "yes", "tracked": "unknown"},
        notes={"threats_online": "Meldinger hver time siden i natt"},
    )  # fmt: skip
    with after(DOREN, 2):
        checklist_actions.decide(concern=matter(DOREN), filled=filled, decision=decision, seen=None, by=by)
    told = Police(
        reported="not_yet", informed="yes", consent="no", investigator="Operasjonssentralen",
        no_consent="Hun er redd for hva han gjør hvis han får vite det.",
        instead="Politiet har vært på stedet og vurderer besøksforbud av eget tiltak.",
    )  # fmt: skip
    with after(DOREN, 2.5):
        police_actions.say(concern=matter(DOREN), told=told, seen=None, by=by)


def _weigh(coordinator: User, by: Reader) -> None:
    today = day_of(now())
    police, children = ToTell(coordinator, "politiet", today), ToTell(coordinator, "barnevernsvakten", today)
    with after(DOREN, 3):
        duties_actions.weigh(concern=matter(DOREN), by=by, given=[
            Answer("avert", "yes", "Kvelertak og trusler. Hun er brakt i sikkerhet.", tell=police),
            Answer(
                "children", "yes", "Datteren på seks år så det. Barnevernet må få vite mer enn i natt.", tell=children
            ),
            Answer("health_personnel", "no", "Legevakten har selv varslet."),
        ])  # fmt: skip
        told = next(row for row in tell_queries.untold(matter(DOREN)) if row.duty == "avert")
        tell_actions.tell(telling=told, told_on=day_of(now()), told_to="operasjonssentralen", by=by)
    with after(KORTET, 26):
        duties_actions.weigh(concern=matter(KORTET), by=by, given=[
            Answer("avert", "no", "Ikke fare for liv eller alvorlig skade."),
            Answer("children", "no", "Ingen barn i hjemmet."),
            Answer("kommune", "not_yet", "Ser på om hjemmetjenesten bør komme oftere."),
        ])  # fmt: skip


def _find_out(by: Reader) -> None:
    """Of the one who is no case yet."""
    with after(BENKEN, 70):
        notes_actions.write(
            concern=matter(BENKEN), by=by,
            text="Feltpleien kjenner ham igjen på jakken. De tror han heter Roar, og at han bodde på hospits i fjor.",
        )  # fmt: skip


def _carry(by: Reader) -> None:
    choice = Choice("both", "Hjemmetjenesten", "Utvidet tilsyn", "De kjenner henne og er der hver dag.")
    with after(KORTET, 75):
        carry_actions.choose(concern=matter(KORTET), choice=choice, seen=None, by=by)
    with after(KORTET, 98):
        carry_actions.accept(
            concern=matter(KORTET), accepted_by="Fagleder i hjemmetjenesten", accepted_on=day_of(now()), by=by
        )


def _discuss(by: Reader) -> None:
    with then(days=12):
        talk_actions.write(
            what="En ung voksen med utviklingshemming sender bilder til noen hun har møtt på nett. Hva kan vi "
            "si, og når?",
            advice="Snakk om det når hun er trygg og ikke er på telefonen. Ta vare på bevis uten å lete selv. Meld "
            "når det er press eller penger med.",
            partners="Habiliteringstjenesten", by=by,
        )  # fmt: skip
    with then(days=33):
        talk_actions.write(
            what="Pårørende styrer økonomien til en mann med demens uten fullmakt. Når blir det overgrep?",
            advice="Be om innsyn hos banken sammen med ham. Fremtidsfullmakt eller verge gjennom Statsforvalteren.",
            partners="Nav, hukommelsesteamet", by=by,
        )  # fmt: skip
