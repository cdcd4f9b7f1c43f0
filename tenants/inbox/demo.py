"""The demo's matters as they came in, and what the team has said to those who told of them. Nobody in them is real."""

import hashlib
from contextlib import AbstractContextManager
from dataclasses import dataclass
from uuid import UUID, uuid5

from tenants.inbox import callbacks_actions, calls_actions, chain_actions, receipts, replies_actions
from tenants.inbox.actions import message_reporter, open_concern, receive
from tenants.inbox.calls_models import Callback
from tenants.inbox.models import Concern
from tenants.inbox.told import Told
from varde.access import Reader, Role
from varde.demo_cast import TOLD_IN, ago, ahead, once, somebody, then
from varde.tenancy.door import OfficeRef, need_office
from varde.tenancy.work import work


@dataclass(frozen=True, slots=True)
class Story:
    """How long ago it came, by which way, in which words, and after how many hours somebody opened it (0: nobody)."""

    hours: float
    channel: str
    told: Told
    opened: float = 0


KORTET, DOREN, BENKEN, NABOEN, KIOSKEN, RADET, BREVET, BUSSEN, TRAPPEN = (
    "kortet", "doren", "benken", "naboen", "kiosken", "radet", "brevet", "bussen", "trappen",
)  # fmt: skip
STORIES = {
    KORTET: Story(216, "web", Told(
        reporter_kind="ansatt", who="Gudrun Lien, 81 år", where_lives="Snertingdal", when="Siden i høst, hver uke",
        what="Hun bor alene. Dattersønnen har hatt bankkortet hennes siden i høst. Kjøleskapet er tomt når vi kommer, "
        "og regninger ligger ubetalt. Hun blir stille når han er der, og sier at hun ikke vil lage bråk.",
        suspected="Dattersønnen, rundt 30 år", reporter_name="Marte Holen", reporter_phone="21 00 99 11",
        reporter_relation="Hjemmesykepleier hos henne", person_knows="consents", leader_told="yes",
        safe_person="Ring på formiddagen. Da er hun alene.", first_teller="person",
    ), 2),
    DOREN: Story(28, "phone", Told(
        reporter_kind="privat", acute=True, who="Amina, 34 år", where_lives="Hunndalen", first_teller="relative",
        what="Samboeren sparket inn døren i natt. Hun har blåmerker på halsen. Jenta på seks så det. Han har sagt at "
        "han finner henne hvor hun enn drar.", suspected="Samboeren", reporter_name="Søsteren",
        reporter_phone="21 00 99 12", safe_person="Bare melding, aldri svarer. Han leser telefonen om kvelden.",
    ), 0.4),
    BENKEN: Story(120, "web", Told(
        reporter_kind="privat", anonymous=True, who="En mann i 60-årene, jeg vet ikke navnet",
        where_happened="Benken ved Hunnselva", when="Fredager, når trygden er kommet",
        what="To yngre menn tar penger fra ham. Han ler det bort, men forrige uke hadde han blod i ansiktet.",
        first_teller="acquaintance",
    ), 20),
    NABOEN: Story(1300, "visit", Told(
        reporter_kind="privat", who="Torstein Rud, 58 år", where_lives="Gjøvik sentrum", suspected="Naboen i etasjen",
        what="Naboen låser seg inn og tar mat og medisiner. Jeg tør ikke gå ut i gangen.", reporter_name="Torstein Rud",
        first_teller="person",
    ), 5),
    KIOSKEN: Story(330, "web", Told(
        reporter_kind="privat", who="Kvinne med rullator, rundt 75", where_happened="Kiosken i Snertingdal",
        what="En ung mann tar ut penger med kortet hennes i kiosken. Det er den samme som går hos Gudrun.",
        suspected="Ung mann med grå varebil", reporter_name="Kioskeieren", reporter_phone="21 00 99 13",
    ), 8),
    RADET: Story(500, "phone", Told(
        reporter_kind="ansatt", who="Beboer i omsorgsbolig", reporter_name="Nattevakten",
        what="Hun vil ikke ha besøk av broren. Hva kan vi si til ham?",
    ), 1),
    BREVET: Story(5, "letter", Told(
        reporter_kind="privat", who="Min bror, 52 år, i bofellesskap", reporter_name="Søster",
        what="Han er redd for en av de andre som bor der. Han låser seg inne om kvelden og vil ikke spise sammen "
        "med dem.",
    )),
    # The same as on the bench, told by somebody else; and one from years ago that became no case.
    BUSSEN: Story(70, "web", Told(
        reporter_kind="privat", who="Arne, rundt 60", where_happened="Bussholdeplassen ved Hunnselva",
        what="To menn venter på ham når bussen kommer fredag ettermiddag. De tar lommeboken hans, og han lar dem.",
        reporter_name="Bussjåføren", reporter_phone="21 00 99 15", reporter_relation="Kjører rute 230",
    ), 6),
    TRAPPEN: Story(35_064, "phone", Told(
        reporter_kind="privat", who="Eldre mann i blokken", reporter_name="Vaktmesteren",
        what="Han har falt i trappen flere ganger. Jeg lurte på om noen dyttet ham, men han sier at det var skoene.",
    ), 3),
}  # fmt: skip


def story(ref: OfficeRef, name: str) -> UUID:
    """The id of one of the demo's matters, the same at every start; version 4, as of every matter."""
    digest = hashlib.sha256(f"varde demo\x1f{ref.id}\x1f{name}".encode()).digest()
    return UUID(bytes=digest[:16], version=4)


def matter(name: str) -> Concern:
    """One of the demo's matters, for somebody who sees it."""
    return Concern.objects.get(id=story(need_office(), name))


def after(name: str, hours: float) -> AbstractContextManager[None]:
    """What is laid in here happened so many hours after that matter was told of."""
    return then(hours=STORIES[name].hours - hours)


def seed(kommune: OfficeRef) -> bool:
    """Receive them, open them and write; False elsewhere, and when that is done."""
    if kommune.slug != TOLD_IN:
        return False
    _receive(kommune)
    new = once(kommune, there=Callback.objects.exists, lay=_open)
    if new:
        _reply(kommune)
    return new


def _receive(kommune: OfficeRef) -> None:
    with work(kommune, "reminders"):
        if Concern.objects.filter(id=story(kommune, KORTET)).exists():
            return
    with work(kommune, "intake") as by:
        for name, one in STORIES.items():
            receive(
                told=one.told, channel=one.channel, by=by, concern_id=story(kommune, name),
                received_at=ago(hours=one.hours),
            )  # fmt: skip


def _open(by: Reader) -> None:
    """And write to the reporter who gave no name; whom to call back; a call that goes on; whom employees tell."""
    for name, one in STORIES.items():
        if one.opened:
            open_concern(concern=matter(name), by=by, at=ago(hours=one.hours - one.opened))
    with after(BENKEN, 22):
        message_reporter(
            concern=matter(BENKEN), by=by,
            text="Takk for at du sa fra. Vet du omtrent når på dagen det skjer, og hvor de to pleier å komme fra?",
        )  # fmt: skip
    _call_back(by)
    chain = [("Avdelingsleder", "21 00 99 20"), ("Virksomhetsleder", "21 00 99 21"), ("Kommunalsjef", "21 00 99 22")]
    chain_actions.set_lines(chain=chain, by=by)
    fields = {"who": "Eldre kvinne i Biri", "extra": "Datteren ringer. Faren roper og slår i bordet."}
    calls_actions.save(call_id=uuid5(by.office.id, "demo call"), typed=calls_actions.Typed(fields, 0), by=by)


def _call_back(by: Reader) -> None:
    coordinator, member = somebody(Role.COORDINATOR), somebody(Role.TEAM_MEMBER)
    sister = callbacks_actions.plan(
        concern=matter(DOREN), by=by,
        plan=callbacks_actions.Plan(
            who="Søsteren til Amina", phone="21 00 99 12", due_at=ahead(hours=3), owner=coordinator,
            safe_ways="Bare på dagtid. Si at det er fra frisøren hvis en annen svarer.",
            not_on_voicemail="Alt. Legg på uten å si noe.", interpreter="Somali",
        ),
    )  # fmt: skip
    with then(hours=2):
        callbacks_actions.tried(callback=sister, result="no_answer", note="Ringte to ganger.", by=by)
    callbacks_actions.plan(
        concern=None, by=by,
        plan=callbacks_actions.Plan(
            who="Mann som la på", phone="21 00 99 14", due_at=ahead(hours=22), owner=member,
            safe_ways="Etter kl. 16, når han er hjemme fra arbeid.",
        ),
    )  # fmt: skip


def _reply(kommune: OfficeRef) -> None:
    with work(kommune, "receipt") as by, after(BENKEN, 46):
        replies_actions.write_back(
            code=receipts.receipt_for(kommune, story(kommune, BENKEN)), client_key="demo", by=by,
            text="De kommer med bussen fra sentrum ved seks-tiden. Han heter visst Arne.",
        )  # fmt: skip
