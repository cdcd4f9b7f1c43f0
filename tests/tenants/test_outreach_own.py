"""A matter that a service handled itself: registered without anybody's name, counted apart, seen by the team alone."""

import pytest

from tenants.outreach.own_models import OwnMatter
from tests.cast import seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.people import text_of
from varde.access import Role
from varde.clock import now
from varde.ui.dates import day_of

HOME = "/informasjon/egne-saker"


def typed(**changes: object) -> dict[str, object]:
    """As it is typed."""
    today = day_of(now()).isoformat()
    given = {"service": "Bofellesskapet", "handled_on": today, "kinds": ["economic"], "outcome": "solved"}
    return given | {"advised": "on"} | changes


def test_a_contact_person_registers_one_and_the_team_counts_it_apart(gjovik):
    contact, kari = client_for("tove", Role.CONTACT), client_for("kari")
    assert contact.post(HOME, typed()).status_code == 303
    row = OwnMatter.objects.get()
    assert (row.kinds, row.advised) == (["economic"], True)
    assert "Bofellesskapet" not in text_of(contact, HOME)
    assert "Bofellesskapet" in text_of(kari, HOME)
    year = text_of(kari, f"/informasjon/arsrapport/{day_of(now()).year}")
    assert "<dt>Løst i tjenestene, telles for seg</dt><dd>1</dd>" in year
    assert "<dt>Saker opprettet</dt><dd>0</dd>" in year
    assert way.logged("outreach.own", "create", row.pk)
    with seen_as("arne"):
        assert not OwnMatter.objects.exists()
    assert contact.post(f"{HOME}/{row.pk}/slett").status_code == 403
    assert kari.post(f"{HOME}/{row.pk}/slett").status_code == 303
    assert not OwnMatter.objects.exists()


def test_one_of_last_year_is_found_under_its_year_and_can_be_taken_away(gjovik):
    kari, last = client_for("kari"), day_of(now()).year - 1
    assert kari.post(HOME, typed(handled_on=f"{last}-12-31")).status_code == 303
    assert "Bofellesskapet" not in text_of(kari, HOME)
    assert f'href="?ar={last}"' in text_of(kari, HOME)
    shown = text_of(kari, f"{HOME}?ar={last}")
    assert f"{HOME}/{OwnMatter.objects.get().pk}/slett" in shown
    assert "Ingen er registrert" in text_of(kari, f"{HOME}?ar=tull")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"handled_on": "2999-01-01"}, "fram i tid"),
        ({"handled_on": "1999-01-01"}, "Se over årstallet"),
        ({"kinds": []}, "Hva slags overgrep"),
        ({"kinds": ["magi"]}, "magi"),
        ({"service": ""}, "Hvilken tjeneste"),
        ({"outcome": "x"}, "x"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(gjovik, changes, sentence):
    answer = client_for("kari").post(HOME, typed(**changes))
    assert (answer.status_code, OwnMatter.objects.count()) == (422, 0)
    assert sentence in answer.content.decode()
