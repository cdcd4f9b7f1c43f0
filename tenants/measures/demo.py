"""What the team does in the demo's cases: measures, a plan to take home, requests, contact and what was shared."""

from contextlib import AbstractContextManager
from datetime import timedelta

from tenants.cases.demo import case
from tenants.inbox.demo import DOREN, KIOSKEN, KORTET, NABOEN, STORIES, after
from tenants.measures.actions import Plan, move_measure, plan_measure
from tenants.measures.contacts_actions import Contact, note_contact
from tenants.measures.models import Measure
from tenants.measures.requests_actions import Ask, Move, move_request, send_request
from tenants.measures.safety_actions import write_plan
from tenants.measures.sharing_actions import Decision, share
from tenants.team.partners_models import Partner
from varde.access import Reader, Role
from varde.clock import now
from varde.demo_cast import once, somebody
from varde.tenancy.door import OfficeRef
from varde.ui.dates import day_of

# case, kind, what, service, ground, days until it is due, by a member, state, what came of it
MEASURES = (
    (KORTET, "protection", "Stanse kortet og slette fullmakten i banken", "Nav", "stjl_17", 2, False, "running", ""),
    (KORTET, "concrete", "Flere og faste besøk, også i helgen", "Hjemmetjenesten", "hol_3_2", 10, True, "planned", ""),
    (KORTET, "cooperation", "Møte med datteren og fastlegen", "Fastlegen", "samtykke", -2, True, "planned", ""),
    (KORTET, "protection", "Trygghetsalarm hjemme", "Hjemmetjenesten", "hol_3_2", -1, False, "done",
     "Alarmen henger på soverommet. Hun har brukt den én gang."),
    (DOREN, "protection", "Plass på krisesenteret", "Krisesenteret", "ksl_2", 0, False, "running", ""),
    (DOREN, "protection", "Be politiet vurdere besøksforbud", "Politiet", "strpl_222_a", 1, False, "planned", ""),
    (NABOEN, "protection", "Bytte lås og samle inn nøkler", "Boligtjenesten", "hol_3_2", -46, False, "done",
     "Ny lås samme dag. Ingen har vært inne siden."),
    (KIOSKEN, "concrete", "Snakke med kioskeieren om tegn å se etter", "TryggEst-teamet", "hol_3_2", 4, True, "planned",
     ""),
)  # fmt: skip
HOME = {
    "warning": "Han ringer tre ganger på rad. Varebilen stanser nede ved postkassen.",
    "do": "Gå inn på soverommet. Trykk på alarmen. Ikke svare på telefonen.",
    "call": "Hjemmetjenesten 21 00 99 40. Berit 21 00 99 32. Si «Er kaffen klar?», så kommer noen.",
    "places": "Hos Aud i nummer 6. Døren er åpen til kl. 20.",
    "take": "Lommeboken, medisinene, nøkkelen under duken.",
    "others": "Hjemmetjenesten ser innom kl. 9 og kl. 18. Svarer jeg ikke, låser de seg inn.",
}


def seed(kommune: OfficeRef) -> bool:
    """Plan, ask, write and share; False elsewhere, and when it is done."""
    return once(kommune, there=lambda: Measure.objects.filter(case=case(KORTET)).exists(), lay=_lay)


def _lay(by: Reader) -> None:
    _plan(by)
    with after(KORTET, 146):
        write_plan(case=case(KORTET), parts=HOME, agreed_on=day_of(now()), seen="0", by=by)
    _ask(by)
    _share(by)


def _plan(by: Reader) -> None:
    coordinator, member, today = somebody(Role.COORDINATOR), somebody(Role.TEAM_MEMBER), day_of(now())
    for name, kind, title, service, ground, days, by_member, state, effect in MEASURES:
        plan = Plan(kind, title, member if by_member else coordinator, today + timedelta(days=days), service, ground)
        with _into(name, 0.3):
            made = plan_measure(case=case(name), plan=plan, by=by)
        if state != "planned":
            with _into(name, 0.5):
                move_measure(measure=made, to=state, effect=effect, by=by)


def _into(name: str, share: float) -> AbstractContextManager[None]:
    """So far into what has passed since it was told of."""
    return after(name, STORIES[name].hours * share)


def _ask(by: Reader) -> None:
    coordinator, today = somebody(Role.COORDINATOR), day_of(now())
    nav = Partner.objects.get(kind="nav")
    with after(KORTET, 152):
        asked = send_request(case=case(KORTET), by=by, ask=Ask(
            nav, None, "Kan dere være med i banken torsdag, og forklare hvordan hun styrer kontoen selv?", "samtykke",
            nav.secrecy, today + timedelta(days=3), coordinator,
        ))  # fmt: skip
    with after(KORTET, 170):
        move_request(request=asked, move=Move("received", "Veileder på Nav", "phone"), by=by)
        send_request(case=case(KORTET), by=by, ask=Ask(
            None, somebody(Role.CONTACT), "Kan noen fra dagsenteret se etter om en av de eldre mangler mat eller "
            "penger? Ta kontakt med oss før dere spør noen.", "ingen_nevnt", "fvl_13", today + timedelta(days=6),
            coordinator,
        ))  # fmt: skip
    _contact(nav, by)


def _contact(nav: Partner, by: Reader) -> None:
    with after(KORTET, 190):
        note_contact(concern=case(KORTET).concern, by=by, contact=Contact(
            nav, "Veileder", day_of(now()), "phone", True, "De har time i banken torsdag kl. 11 og blir med."
        ))  # fmt: skip
    with after(DOREN, 4):
        note_contact(concern=case(DOREN).concern, by=by, contact=Contact(
            Partner.objects.get(kind="krisesenter"), "Nattvakten", day_of(now()), "phone", True,
            "Rom for begge ut uken, lenger ved behov.",
        ))  # fmt: skip


def _share(by: Reader) -> None:
    with after(KORTET, 154):
        share(concern=case(KORTET).concern, by=by, decision=Decision(
            ground="samtykke", recipient="Fastlegen hennes", why="Legen skal vurdere ernæring.", consent="yes",
            consent_why="", text="Gudrun har gått ned i vekt og mangler mat. Vi ber om time denne uken.", way="phone",
        ))  # fmt: skip
    share(concern=case(DOREN).concern, by=by, decision=Decision(
        ground="bvl_13_2_deling", recipient="Barnevernsvakten", why="Barnet så volden.", consent="not_asked",
        consent_why="Meldeplikten gjelder uten samtykke. Moren får vite det i dag.",
        text="Jente på seks år så vold mot mor i natt. Begge er i sikkerhet.", way="link", hours=24,
    ))  # fmt: skip
