"""What the demo's leader team has done with the system matters that came: one answered, one taken in."""

from regional.matters import actions, queries
from regional.matters.models import Matter
from regional.matters.states import NEW
from shared.post.actions import open_mail
from shared.registry.queries import kommuner_of
from varde.access import Reader, Role
from varde.demo_cast import NobodyHere, acting
from varde.tenancy.door import OfficeRef

ANSWER = (
    "Lederteamet har avtalt med politiet at regionen får én fast kontakt og en stedfortreder. Kontakten deltar på "
    "teammøtet én gang i måneden og gir tilbakemelding om anmeldelser."
)
MEASURES = ("Politiet sender navn på kontakten til koordinatorene", "Koordinatorene avtaler faste tider")
QUESTION = "Hvor ofte har dere måttet utsette en samtale fordi dere manglet tolk?"


def seed(region: OfficeRef) -> bool:
    """Act as the secretary; False where nothing has come, and when it is done."""
    try:
        with acting(region, Role.SECRETARY) as by:
            came = list(Matter.objects.filter(state=NEW).order_by("received_at", "category"))
            if not came or Matter.objects.exclude(state=NEW).exists():
                return False
            for row in came:
                actions.take_in(matter=row, by=by)
            _answer(came, by)
    except NobodyHere:
        return False
    for kommune in kommuner_of(region.id):
        open_mail(kommune)
    return True


def _answer(came: list[Matter], by: Reader) -> None:
    for row in came:
        found = queries.matter(row.id)
        if found is not None and found.category == "police":
            actions.take_up(matter=found, meeting_label="lederteamet i høst", by=by)
            actions.decide(matter=found, text=ANSWER, decision="sak 7/26", measures=MEASURES, by=by)
        elif found is not None:
            actions.ask(matter=found, text=QUESTION, by=by)
