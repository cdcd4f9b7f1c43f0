"""A matter that is over, closed or handed to another kommune: its pages show facts, and what is sent is refused."""

from datetime import timedelta

import pytest

from tenants.inbox.actions import move
from tenants.inbox.models import Concern
from tenants.triage import carry_actions, checklist_actions, hold_actions, tell_actions, tell_queries
from tenants.triage.carry import Choice
from tenants.triage.checklist import Call
from tenants.triage.duties_models import DutyWeighed
from tenants.triage.police_models import PoliceSaid, Prosecution
from tests.cast import as_person
from tests.client import client_for
from tests.tenants import way
from tests.tenants.test_triage_carry import typed as carried
from tests.tenants.test_triage_duties import WHY, weigh, yes
from tests.tenants.test_triage_police import NUMBER
from tests.tenants.test_triage_police import typed as police
from tests.tenants.test_triage_rate import called, rated
from tests.tenants.test_triage_tell import telling
from varde.clock import now
from varde.refusal import Refused
from varde.ui.dates import day_of

OVER = "Saken er lukket. Det som står i den, endres ikke lenger."
PAGES = {
    "plikter": (yes(), WHY),
    "politi": (police(), NUMBER),
    "ansvar": (carried(), "Støttekontakt"),
    "stopp": ({"fortsett": "1", "videre-reason": "Legen har svart"}, "Legen har svart"),
    "ringt": (called(outcome="De kommer"), "De kommer"),
    "notat": ({"text": "Noe mer"}, "Noe mer"),
}


def over(closed: str) -> Concern:
    """A matter of which a duty is to be told, and that then ended."""
    concern = way.case().concern if closed == "case" else way.opened()
    telling(concern, days=-1)
    weigh(concern, "no", "Hun er trygg")
    if closed == "case":
        concern.case.state = "closed"
        concern.case.closed_at = now()
        concern.case.save()
    move(concern=concern, to="closed", by=as_person("kari"))
    return concern


@pytest.mark.parametrize("closed", ["case", "concern"])
def test_the_pages_show_facts_and_what_is_sent_is_refused_and_kept(gjovik, closed):
    kari, concern = client_for("kari"), over(closed)
    rows = DutyWeighed.objects.count()
    home = f"/saker/{concern.case.id}" if closed == "case" else f"/innboks/{concern.id}"
    page = kari.get(f"/innboks/{concern.id}").content.decode()
    for words in ("plikter ble ikke vurdert", "Ikke vurdert", "Ikke meldt til barnevernet", "Påtalemyndighetens svar"):
        assert words in page
    for words in ("Vurder plikter", "Hvem har saken</a>", "Stopp</a>", "over frist", "ikke vurdert ennå", "/ringt"):
        assert words not in page
    for word, (sent, typed) in PAGES.items():
        where = f"/innboks/{concern.id}/{word}"
        answer = kari.get(where)
        if answer.status_code == 303:
            assert (answer["Location"].partition("#")[0], word in ("ringt", "notat")) == (home, True)
        else:
            shown = answer.content.decode()
            assert "aken er lukket" in shown
            assert not [field for field in sent if f'name="{field}"' in shown], word
        refused = kari.post(where, sent)
        told = refused.content.decode()
        assert (refused.status_code, OVER in told, typed in told) == (422, True, True), word
    assert (DutyWeighed.objects.count(), PoliceSaid.objects.count()) == (rows, 0)
    assert "barnevernet" not in kari.get("/start").content.decode()


def test_the_prosecutors_answer_comes_late_and_is_taken(gjovik):
    kari, concern = client_for("kari"), over("case")
    sent = {
        "prosecution": "1", "paatale-outcome": "charged", "paatale-decided_on": day_of(now()).isoformat(),
    }  # fmt: skip
    assert 'name="paatale-outcome"' in kari.get(f"/innboks/{concern.id}/politi").content.decode()
    assert kari.post(f"/innboks/{concern.id}/politi", sent).status_code == 303
    assert Prosecution.objects.count() == 1
    assert "Påtalemyndigheten: tiltale" in kari.get(f"/saker/{concern.case.id}").content.decode()


def test_every_action_refuses(gjovik):
    concern, kari = over("case"), as_person("kari")
    (row,) = tell_queries.untold(concern)
    day = day_of(now())
    for act in (
        lambda: weigh(concern),
        lambda: carry_actions.choose(concern=concern, choice=Choice(**carried()), seen=None, by=kari),
        lambda: carry_actions.accept(concern=concern, accepted_by="Siri", accepted_on=day, by=kari),
        lambda: hold_actions.go_on(concern=concern, reason="Klar", by=kari),
        lambda: tell_actions.tell(telling=row, told_on=day, told_to="barnevernet", by=kari),
        lambda: tell_actions.change(
            telling=row, owner=way.person("kari"), due_on=day + timedelta(days=1), seen=None, by=kari
        ),
        lambda: checklist_actions.register_call(
            concern=concern, call=Call("112", now(), "Kari", ""), key=concern.id, by=kari
        ),
    ):
        with pytest.raises(Refused, match="Saken er lukket"):
            act()
    with pytest.raises(Refused, match="er avsluttet"):
        rated(concern)
