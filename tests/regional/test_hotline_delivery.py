"""From the phone to the kommune and back: both offices, with everything committed."""

import uuid

import pytest
from django.db import ProgrammingError

from regional.hotline import access, actions
from regional.hotline.forms import CallForm, as_letter
from regional.hotline.models import Call
from shared.contracts import ConcernHandover
from shared.post.actions import open_mail, send
from shared.post.keys import key_for
from shared.post.models import SealedLetter
from shared.post.queries import under_way
from shared.post.seal import seal
from tenants.inbox.actions import open_concern
from tenants.inbox.models import Concern
from tenants.inbox.safe import EXPOSED
from tenants.inbox.safe_queries import of_matter
from tests.cast import TEST, as_person, ref
from tests.owner import as_owner
from varde.clock import now
from varde.tenancy.work import work

TOLD = {"reporter_kind": "privat", "what": "Hun får ikke lov til å gå ut.", "where_lives": "Hunndalen"}
AROUND = {"safe_person": "Når han er ute", "listening": "Mannen er i stua", "interpreter": "tigrinja"}
REGION, KOMMUNE, NEIGHBOUR = "gjovikregionen", "gjovik", "ostre-toten"


@pytest.fixture
def call(house) -> Call:
    with work(ref(REGION), TEST):
        olga = as_person("olga")
        started = actions.start_call(by=olga)
        return actions.forward(call_id=started.id, told=TOLD, to=ref(KOMMUNE).id, by=olga)


def lay(letter: ConcernHandover, *, sender: str, recipient: str) -> None:
    """In the post past the database's own guard, so that the recipient's is seen."""
    to, told = ref(recipient), {"sender": ref(sender).id, "recipient": ref(recipient).id}
    with as_owner(ref(sender)):
        key, letter_id = key_for(to.id), uuid.uuid4()
        sealed = seal(letter, id=letter_id, public=bytes(key.public), **told)
        SealedLetter(id=letter_id, kind="ConcernHandover", month=key.month, sealed=sealed, sent_at=now(), **told).save()


def state() -> str:
    with work(ref(REGION), TEST):
        return access.list_past(as_person("olga"))[0].state.label


def test_the_call_is_sent_delivered_and_opened_by_a_person(call):
    assert state() == "Sendt, ikke levert ennå"
    assert open_mail(ref(KOMMUNE)) == 1
    assert state() == "Levert"
    with work(ref(KOMMUNE), TEST):
        open_concern(concern=Concern.objects.get(), by=as_person("kari"))
    assert open_mail(ref(REGION)) == 1
    assert state() == "Åpnet av et menneske"


def test_the_kommune_has_what_was_told_and_the_reference(call):
    open_mail(ref(KOMMUNE))
    with work(ref(KOMMUNE), TEST):
        concern = Concern.objects.get()
        assert (concern.what, concern.reference, concern.channel) == (TOLD["what"], call.reference, "hotline")


def test_how_the_exposed_and_how_the_reporter_are_reached_arrive_apart_and_an_older_letter_says_it_of_nobody(house):
    apart = {"safe_person": "Når han er ute", "safe_contact": "SMS"}
    with work(ref(REGION), TEST):
        olga = as_person("olga")
        actions.forward(call_id=actions.start_call(by=olga).id, told=TOLD | apart, to=ref(KOMMUNE).id, by=olga)
    with work(ref(REGION), "setup") as by:
        old = ConcernHandover(reference="R-1", taken_at=now(), safe_contact="Etter kl. 17", **TOLD)
        send(old, to=ref(KOMMUNE), by=by)
    assert open_mail(ref(KOMMUNE)) == 2
    with work(ref(KOMMUNE), TEST):
        rows = Concern.objects.order_by("received_at")
        found = [(row.safe_apart, row.safe_person, row.safe_contact) for row in rows]
        assert found == [(True, "Når han er ute", "SMS"), (False, "", "Etter kl. 17")]


def test_who_may_be_listening_and_the_language_reach_the_kommunes_safe_ways(house):
    told = CallForm({**TOLD, **AROUND}, recipients=())
    with work(ref(REGION), TEST):
        assert told.is_valid()
        olga = as_person("olga")
        kept = actions.save_draft(call_id=actions.start_call(by=olga).id, told=told.told({}), by=olga)
        assert {name: kept.told[name] for name in AROUND} == AROUND
        actions.forward(call_id=kept.id, told=as_letter(kept.told), to=ref(KOMMUNE).id, by=olga)
    open_mail(ref(KOMMUNE))
    with work(ref(KOMMUNE), TEST):
        concern = open_concern(concern=Concern.objects.get(), by=as_person("kari"))
        (person,) = [one for one in of_matter(concern) if one.key == EXPOSED]
    assert [line[:2] for line in person.lines] == [
        ("Kan høre på", "Mannen er i stua"), ("Trygge måter og tider", "Når han er ute"), ("Tolk", "tigrinja"),
    ]  # fmt: skip


def test_the_neighbour_gets_nothing(call):
    assert open_mail(ref(NEIGHBOUR)) == 0
    with work(ref(NEIGHBOUR), TEST):
        assert Concern.objects.count() == 0


def test_opening_the_post_twice_gives_one_concern(call):
    assert (open_mail(ref(KOMMUNE)), open_mail(ref(KOMMUNE))) == (1, 0)


def test_only_a_phone_sends_concerns_and_the_letter_of_another_stays_where_it_is_seen(house):
    letter = ConcernHandover(reference="R-1", taken_at=now(), **TOLD)
    with pytest.raises(ProgrammingError, match="row-level security"), work(ref(NEIGHBOUR), "setup") as by:
        send(letter, to=ref(KOMMUNE), by=by)
    lay(letter, sender=NEIGHBOUR, recipient=KOMMUNE)
    assert open_mail(ref(KOMMUNE)) == 0
    with work(ref(KOMMUNE), TEST):
        assert (Concern.objects.count(), len(under_way(ref(KOMMUNE)))) == (0, 1)
