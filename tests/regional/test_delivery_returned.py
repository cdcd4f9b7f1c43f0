"""A concern that came to the wrong kommune: back under cover, on to the right one, once, read by nobody here."""

import pytest
from django.core import mail

from regional.delivery import actions as delivery
from regional.delivery import queries, tasks
from regional.delivery.models import Returned
from regional.hotline import actions
from regional.hotline.models import Call
from shared.contracts import AcuteAction, ConcernHandover, EarlierNote
from shared.post.actions import open_mail, send
from shared.post.models import SealedLetter
from tenants.closing.transfer_actions import transfer
from tenants.closing.transfer_models import Arrival
from tenants.inbox import attachments_later, calls_known
from tenants.inbox.actions import open_concern
from tenants.inbox.callbacks_states import check_open
from tenants.inbox.mistakes_actions import mark
from tenants.inbox.models import Concern, SearchTerm
from tenants.inbox.returned_actions import send_back
from tenants.inbox.returned_added import weigh
from tenants.inbox.returned_models import Returned as SentBack
from tenants.outreach.work import groups as work_of_year
from tenants.persons.actions import add_person
from tenants.persons.card import Card
from tenants.persons.mistakes import CARD
from tenants.triage import notes_actions
from tenants.triage.actions import decide
from tenants.triage.notes_mistakes import NOTE
from tenants.triage.police_actions import prosecuted
from tests.cast import TEST, as_person, ref
from tests.regional.declared import declare
from varde.access import Role
from varde.access.ticket import presented
from varde.clock import now
from varde.identity.actions import invite
from varde.privacy.errors import CannotOpen
from varde.refusal import Overtaken, Refused
from varde.tenancy.work import work
from varde.ui.dates import day_of

TOLD = {"reporter_kind": "privat", "what": "Hun får ikke lov til å gå ut.", "who": "Berit Bakken", "acute": True}
REGION, FIRST, SECOND = "gjovikregionen", "gjovik", "ostre-toten"


def people() -> None:
    for name, slug, role in (
        ("olga", REGION, Role.OPERATOR),
        ("kari", FIRST, Role.COORDINATOR),
        ("nina", SECOND, Role.COORDINATOR),
    ):
        with work(ref(slug), "setup") as by:
            person = as_person(name)
            invite(email=f"{name}@{slug}.example", name=person.name, roles=[role], by=by, user_id=person.user_id)
    declare("olga")


@pytest.fixture
def call(house) -> Call:
    people()
    with work(ref(REGION), TEST):
        olga = as_person("olga")
        sent = actions.forward(call_id=actions.start_call(by=olga).id, told=TOLD, to=ref(FIRST).id, by=olga)
    open_mail(ref(FIRST)), open_mail(ref(REGION))
    return sent


def open_in(slug: str, name: str) -> Concern:
    with work(ref(slug), TEST):
        found = open_concern(concern=Concern.objects.get(progress="received"), by=as_person(name))
    open_mail(ref(REGION))
    return found


def back_from(slug: str, name: str) -> None:
    concern = open_in(slug, name)
    with work(ref(slug), TEST):
        send_back(concern=concern, why="bor_ikke_her", suggested="3442", by=as_person(name))
    open_mail(ref(REGION))


def on_to(slug: str) -> None:
    with work(ref(REGION), TEST), presented(as_person("olga")):
        waiting = Returned.objects.get(state="waiting")
        delivery.order(returned_id=waiting.id, to=ref(slug).id, by=as_person("olga"))
    tasks.redirect.run(ref(REGION))
    open_mail(ref(slug)), open_mail(ref(REGION))


def calls() -> list[str]:
    with work(ref(REGION), TEST):
        return list(Call.objects.values_list("state", flat=True))


def test_it_goes_back_and_on_and_a_person_opens_it_under_the_same_reference(call):
    back_from(FIRST, "kari")
    assert calls() == ["returned"]
    on_to(SECOND)
    assert calls() == ["stored"]
    concern = open_in(SECOND, "nina")
    with work(ref(SECOND), TEST):
        found = Concern.objects.get(id=concern.id)
        assert (found.what, found.reference, found.acute) == (TOLD["what"], call.reference, True)
    with work(ref(REGION), TEST):
        assert Call.objects.get().opened_at is not None


def test_the_first_copy_stands_as_sent_back_and_is_gone_when_a_person_has_it_elsewhere(call):
    back_from(FIRST, "kari")
    on_to(SECOND)
    open_mail(ref(FIRST))
    with work(ref(FIRST), TEST):
        assert Concern.objects.get().what == TOLD["what"]
    open_in(SECOND, "nina")
    open_mail(ref(FIRST))
    with work(ref(FIRST), TEST):
        concern = Concern.objects.get()
        assert (concern.progress, SearchTerm.objects.count()) == ("returned", 0)
        assert SentBack.objects.get().gone_at is not None
        with pytest.raises(CannotOpen):
            _ = concern.what


def test_no_person_at_the_region_opens_what_came_back_and_nobody_after_it_was_stored(call):
    back_from(FIRST, "kari")
    with work(ref(REGION), "redirect"):
        assert Returned.objects.get().content["handover"]["what"] == TOLD["what"]
    with work(ref(REGION), "post"), pytest.raises(CannotOpen):
        _ = Returned.objects.get().content
    with work(ref(REGION), TEST), presented(as_person("olga")), pytest.raises(CannotOpen):
        _ = Returned.objects.get().content
    on_to(SECOND)
    with work(ref(REGION), "redirect"):
        assert Returned.objects.get().content == {}


def test_sent_back_twice_and_sent_on_twice_is_once(call):
    concern = open_in(FIRST, "kari")
    with work(ref(FIRST), TEST):
        for _ in range(2):
            send_back(concern=concern, why="feil_kommune", suggested="", by=as_person("kari"))
    open_mail(ref(REGION))
    with work(ref(REGION), TEST), presented(as_person("olga")):
        waiting = Returned.objects.get().id
        delivery.order(returned_id=waiting, to=ref(SECOND).id, by=as_person("olga"))
        with pytest.raises(Overtaken):
            delivery.order(returned_id=waiting, to=ref(FIRST).id, by=as_person("olga"))
    tasks.redirect.run(ref(REGION))
    tasks.redirect.run(ref(REGION))
    assert open_mail(ref(SECOND)) == 1
    with work(ref(SECOND), TEST):
        assert Concern.objects.count() == 1


def test_a_loop_is_allowed_and_counted(call):
    for slug, name, other in ((FIRST, "kari", SECOND), (SECOND, "nina", FIRST), (FIRST, "kari", SECOND)):
        back_from(slug, name)
        on_to(other)
    with work(ref(REGION), TEST):
        assert sorted(Returned.objects.values_list("times", flat=True)) == [1, 2, 3]
        assert [line.again for line in queries.lines(as_person("olga"))] == ["tredje gang", "andre gang", ""]


def test_what_was_decided_on_is_not_sent_back(call):
    concern = open_in(FIRST, "kari")
    with work(ref(FIRST), TEST):
        decide(concern=concern, category="bor", outcome="advice", reason="Råd", step=None, by=as_person("kari"))
        with pytest.raises(Refused, match="avklart"):
            send_back(concern=concern, why="feil_kommune", suggested="", by=as_person("kari"))


def test_those_at_the_phone_are_told_that_something_came_and_nothing_more(call):
    mail.outbox.clear()
    back_from(FIRST, "kari")
    assert {message.subject for message in mail.outbox if message.to[0].startswith("olga")} == {"Noe nytt venter"}
    assert all(call.reference not in message.body for message in mail.outbox)


def test_a_letter_names_nothing_of_where_it_went(call):
    back_from(FIRST, "kari")
    on_to(SECOND)
    open_in(SECOND, "nina")
    with work(ref(FIRST), TEST):
        kinds = set(SealedLetter.objects.filter(recipient=ref(FIRST).id).values_list("kind", flat=True))
    assert kinds == {"ConcernHandover", "Redirected"}


def test_what_was_written_here_goes_with_it_also_the_second_time(call):
    concern = open_in(FIRST, "kari")
    with work(ref(FIRST), TEST):
        for text in ("Bor hos søsteren i Lena.", "Skrevet på feil sak."):
            note = notes_actions.write(concern=concern, text=text, by=as_person("kari"))
        mark(concern=concern, kind=NOTE, row=note, reason="Feil sak", by=as_person("kari"))
        send_back(concern=concern, why="bor_ikke_her", suggested="", by=as_person("kari"))
    open_mail(ref(REGION))
    on_to(SECOND)
    there = open_in(SECOND, "nina")
    with work(ref(SECOND), TEST):
        assert [note.text for note in weigh(there).follows] == ["Bor hos søsteren i Lena."]
        notes_actions.write(concern=there, text="Flyttet igjen.", by=as_person("nina"))
        send_back(concern=there, why="bor_ikke_her", suggested="", by=as_person("nina"))
    open_mail(ref(REGION))
    on_to(FIRST)
    back = open_in(FIRST, "kari")
    with work(ref(FIRST), TEST):
        assert [note.text for note in weigh(back).follows] == ["Bor hos søsteren i Lena.", "Flyttet igjen."]


def test_what_the_letter_cannot_carry_is_in_the_way_until_it_is_marked_as_wrong(call):
    concern = open_in(FIRST, "kari")
    with work(ref(FIRST), TEST):
        kari = as_person("kari")
        card = add_person(concern=concern, role="exposed", card=Card(name="Berit Bakken"), by=kari)
        with pytest.raises(Refused, match=r"vakttelefonen: Personkort[.] Velg «Overfør"):
            send_back(concern=concern, why="feil_kommune", suggested="", by=kari)
        assert (Concern.objects.get().progress, SentBack.objects.count()) == ("opened", 0)
        mark(concern=concern, kind=CARD, row=card, reason="Feil person", by=kari)
        weighed = weigh(concern)
        assert (weighed.stops, weighed.ends) == ((), ("Personkort, merket som feilført",))
        assert send_back(concern=concern, why="feil_kommune", suggested="", by=kari).concern_id == concern.id


def test_nothing_new_is_laid_in_what_was_sent_back(call):
    back_from(FIRST, "kari")
    with work(ref(FIRST), TEST):
        concern, kari = Concern.objects.get(), as_person("kari")
        for lay in (
            lambda: notes_actions.write(concern=concern, text="For sent", by=kari),
            lambda: add_person(concern=concern, role="exposed", card=Card(name="Berit"), by=kari),
            lambda: attachments_later.lay(concern=concern, files=[], came_from="Post", key="k", by=kari),
            lambda: calls_known.write(concern, "For sent", kari),
            lambda: prosecuted(concern=concern, outcome="indicted", decided_on=day_of(now()), note="", by=kari),
        ):
            with pytest.raises(Refused, match="sendt tilbake til vakttelefonen"):
                lay()
        with pytest.raises(ValueError, match="sendt tilbake"):
            check_open(concern.progress)


def test_what_was_sent_back_counts_where_it_went_and_not_here(call):
    back_from(FIRST, "kari")
    on_to(SECOND)
    for slug, came in ((FIRST, 0), (SECOND, 1)):
        with work(ref(slug), TEST):
            assert dict(work_of_year(now().year)[0].rows)["Bekymringer mottatt"] == came


def test_what_the_phone_did_goes_along_also_when_it_is_handed_over_instead(call):
    act = AcuteAction(what="Ambulanse er sendt", at=now(), by_service="113")
    letter = ConcernHandover(
        reference="V-12",
        taken_at=now(),
        acute_actions=(act,),
        added=(EarlierNote(at=now(), text="Bor i Lena."),),
        **TOLD,
    )
    with work(ref(REGION), "post") as by:
        send(letter, to=ref(SECOND), by=by)
    open_mail(ref(SECOND))
    with work(ref(SECOND), TEST):
        concern = open_concern(concern=Concern.objects.get(), by=as_person("nina"))
        nina = as_person("nina")
        kept = transfer(concern=concern, to=ref(FIRST).id, reason="moved", summary="Flyttet", by=nina)
        assert not kept.with_notes
    open_mail(ref(FIRST))
    with work(ref(FIRST), TEST):
        notes = [note["text"] for note in Arrival.objects.get().earlier["notes"]]
    assert notes == ["Gjort av vakttelefonen med en gang: Ambulanse er sendt. 113", "Bor i Lena."]
