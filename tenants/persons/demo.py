"""Who is in the demo's matters, in their own words, and what whoever visits must know. Nobody is real.

Id numbers are synthetic (month + 80).
"""

from datetime import timedelta

from tenants.inbox.demo import BENKEN, DOREN, KIOSKEN, KORTET, NABOEN, STORIES, after, matter
from tenants.persons.actions import add_person, link
from tenants.persons.card import Card
from tenants.persons.models import Person
from tenants.persons.spoken_actions import Told, plan_contact, warn, write_voice
from tenants.persons.voice import Contact, Said
from varde.access import Reader
from varde.clock import now
from varde.demo_cast import once
from varde.tenancy.door import OfficeRef
from varde.ui.dates import day_of

_GRANDSON = Card(
    known="half", relation="grandchild", description="Rundt 30 år, kjører grå varebil", phone="21 00 99 31"
)
CARDS = {
    KORTET: (
        ("exposed", Card(
            name="Gudrun Lien", id_number="14834530059", phone="21 00 99 30", address="Solheimvegen 4, Snertingdal",
            services="yes", description="Bor alene. Hører dårlig på høyre øre.",
        )),
        ("suspected", _GRANDSON),
        ("relative", Card(name="Berit Lien", relation="family", phone="21 00 99 32", description="Datter i Oslo")),
    ),
    DOREN: (
        ("exposed", Card(
            name="Amina Warsame", id_number="02919242100", protection="strict", address="Midlertidig bolig, rom 3",
            services="no", description="Snakker norsk og somali.",
        )),
        ("suspected", Card(name="Jonas Bye", id_number="09869693038", relation="spouse")),
        ("child", Card(known="half", own_child="yes", description="Datter, 6 år, går i barnehage")),
    ),
    BENKEN: (("exposed", Card(known="unknown", description="Mann i 60-årene, grønn boblejakke, kalles Arne")),),
    KIOSKEN: (
        ("exposed", Card(known="half", description="Kvinne rundt 75 med rullator, handler tirsdag og fredag")),
        ("suspected", Card(known="half", description="Rundt 30 år, kjører grå varebil", relation="other")),
    ),
    NABOEN: (("exposed", Card(name="Torstein Rud", services="no")),),
}  # fmt: skip


def seed(kommune: OfficeRef) -> bool:
    """Lay the cards, the voice, the first contact and the warnings; False elsewhere, and when they are there."""
    return once(kommune, there=lambda: Person.objects.filter(concern=matter(KORTET)).exists(), lay=_lay)


def _lay(by: Reader) -> None:
    laid = {name: _cards(name, by) for name in CARDS}
    with after(KORTET, 50):
        link(person=laid[KORTET][1], other=laid[KIOSKEN][1], by=by)
    _speak(laid[KORTET][0], laid[DOREN][0], by)
    _meet(by)
    _warn(laid[KORTET][1], laid[DOREN][1], by)


def _cards(name: str, by: Reader) -> list[Person]:
    """Laid when the matter had been decided on."""
    with after(name, STORIES[name].hours * 0.2):
        return [add_person(concern=matter(name), role=role, card=card, by=by) for role, card in CARDS[name]]


def _speak(gudrun: Person, amina: Person, by: Reader) -> None:
    with after(KORTET, 66):
        write_voice(concern=gudrun.concern, person=gudrun, stage="start", by=by, said=Said(
            words="own", consent="yes", capacity="yes", supporter="Datteren Berit", helped="",
            wants="Jeg vil ha kortet mitt tilbake. Jeg vil ikke at han skal i fengsel. Han er grei når han er edru.",
            safe_contact="Formiddag, når han er på arbeid", not_on_voicemail="At dere ringer fra TryggEst",
        ))  # fmt: skip
    with after(DOREN, 9):
        write_voice(concern=amina.concern, person=amina, stage="start", by=by, said=Said(
            words="retold", consent="no", capacity="yes", interpreter="Somali, kvinnelig tolk",
            consent_why="Hun er redd for at han mister arbeidet og gir henne skylden.",
            wants="Et sted å være sammen med datteren. Hun vil ikke anmelde ennå.",
        ))  # fmt: skip


def _meet(by: Reader) -> None:
    with after(KORTET, 64):
        plan_contact(concern=matter(KORTET), by=by, contact=Contact(
            who="Hjemmesykepleieren hun kjenner, sammen med en fra teamet", where="Hjemme hos henne, kl. 10",
            safe_how="Som en vanlig vask av sår. Gå hvis varebilen står på tunet.", state="met",
            if_refused="Avtal ny dag. La kortet med nummeret ligge i medisinskapet.",
        ))  # fmt: skip
    with after(BENKEN, 50):
        plan_contact(concern=matter(BENKEN), by=by, contact=Contact(
            who="Feltpleien", where="Benken ved Hunnselva, fredag formiddag",
            safe_how="Kaffe og en prat. Ikke nevne meldingen mens andre hører det.",
            if_refused="Spør igjen neste uke.",
        ))  # fmt: skip


def _warn(grandson: Person, partner: Person, by: Reader) -> None:
    today = day_of(now())
    with after(KORTET, 148):
        warn(concern=grandson.concern, by=by, told=Told(
            kind="dog", text="Stor hund som går løs på tunet. Ring før dere går ut av bilen.", person=grandson,
            review_on=today + timedelta(days=60),
        ))  # fmt: skip
    with after(DOREN, 3):
        warn(concern=partner.concern, by=by, told=Told(
            kind="violence", text="Har truet søsteren. Gå aldri alene, og avtal med politiet først.", person=partner,
            review_on=today + timedelta(days=14),
        ))  # fmt: skip
