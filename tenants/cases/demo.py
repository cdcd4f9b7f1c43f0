"""What is written in the demo's cases, who is on them, and two choices that the coordinator keeps under a name."""

from shared.codes.forms import CURRENT
from tenants.cases.actions import add_member, answer, write_note
from tenants.cases.models import Case, Note
from tenants.inbox.demo import DOREN, KIOSKEN, KORTET, NABOEN, STORIES, after, story
from varde.access import Reader, Role
from varde.demo_cast import once, somebody, then
from varde.identity import saved
from varde.tenancy.door import OfficeRef, need_office

NOTES = (
    (
        KORTET,
        150,
        "Snakket med hjemmesykepleieren. Gudrun har vært uten mat i to dager, og sier at hun ikke er sulten.",
    ),
    (KORTET, 70, "Hjemmebesøk kl. 10. Gudrun viste kontoutskriften: 14 uttak i kiosken på tre uker. Hun husker to."),
    (DOREN, 20, "Amina er på krisesenteret. Hun sov i natt. Barnet er med, barnehagen vet at bare mor henter."),
    (KIOSKEN, 100, "Kioskeieren kjenner henne igjen, men ikke navnet. Hun handler tirsdag og fredag rundt kl. 11."),
    (NABOEN, 1100, "Låsen er byttet. Han sov hele natten for første gang på lenge."),
)
ANSWERS = {
    KORTET: {
        "overgrep": ["economic", "psychological"], "kjonn": ["woman"], "alder": ["over_67"],
        "sarbarhet": ["dementia_old_age"], "relasjon": ["family"], "melder": ["health_personnel"],
        "meldt_til": ["tryggest"], "hyppighet": ["repeated"],
    },
    DOREN: {
        "overgrep": ["physical", "psychological"], "kjonn": ["woman"], "alder": ["under_40"], "relasjon": ["partner"],
    },
    NABOEN: {
        "overgrep": ["economic"], "kjonn": ["man"], "alder": ["from_40_to_67"], "relasjon": ["acquaintance"],
        "melder": ["self"], "meldt_til": ["tryggest"], "hyppighet": ["repeated"], "politi": ["advised_declined"],
    },
}  # fmt: skip


def case(name: str) -> Case:
    """The case that one of the demo's matters has become, for somebody who sees it."""
    return Case.objects.select_related("concern").get(concern_id=story(need_office(), name))


def seed(kommune: OfficeRef) -> bool:
    """Write the notes, put a colleague on two cases, answer the form; False elsewhere, and when it is done."""
    return once(kommune, there=lambda: Note.objects.filter(case=case(KORTET)).exists(), lay=_lay)


def _lay(by: Reader) -> None:
    for name in (KORTET, KIOSKEN):
        with after(name, STORIES[name].hours * 0.25):
            add_member(case=case(name), user=somebody(Role.TEAM_MEMBER), by=by)
    for name, hours, text in NOTES:
        with then(hours=hours):
            write_note(case=case(name), text=text, by=by)
    for name, answers in ANSWERS.items():
        with after(name, STORIES[name].hours * 0.4):
            answer(case=case(name), form=CURRENT, answers=answers, by=by)
    saved.keep(place="cases", name="Akutt og må", chosen="kategori=akutt&kategori=ma&sorter=frist", by=by)
    saved.keep(place="cases", name="Over fristen", chosen="frist=over", by=by)
