"""What people read on the pages of releases: words and not codes, what was taken back, and what has to be done."""

import re

from regional.releases.cells import cases
from regional.releases.models import LedgerEntry, Stop, Wish
from tests.cast import TEST, ref
from tests.client import text
from tests.regional.release_pages import BOOK, HERE, approved, close, draft, release, send_form, wish_in
from tests.regional.release_pages import liv as liv
from tests.regional.release_pages import sara as sara
from tests.regional.release_pages import stine as stine
from tests.regional.released import H1, H2, REGION, everybody_sends, finds, works
from varde.tenancy.work import work

SETTLE = "Noe må tas til etterretning"
SURE = {"sure": "on"}


def rows():
    """How many rows the ledger has."""
    with work(ref(REGION), TEST):
        return LedgerEntry.objects.count()


def withdrawn(stine, sara, number):
    """Two people take a release back."""
    url = wish_in(send_form(stine, f"{HERE}/{number}/trekk-tilbake", reason="Feil folketall.", **SURE))
    works()
    return approved(sara, url)


def claimed(stine, sara):
    """Two people enter what an annual report says of Gjøvik."""
    about = {"figure": "overgrep:physical", "period": H1, "low": "1200", "high": "1500", "source": "En årsmelding."}
    url = wish_in(send_form(stine, f"{HERE}/kjent-fra-andre", kommuner=str(ref("gjovik").id), **about))
    works()
    return url


def test_every_kind_of_row_is_read_without_codes_and_by_whom(stine, sara, liv):
    everybody_sends(H1)
    release(stine, sara)
    withdrawn(stine, sara, 3)
    approved(sara, claimed(stine, sara))
    settled = wish_in(send_form(stine, f"{HERE}/etterretning", because="En årsmelding.", **SURE))
    works()
    approved(sara, settled)
    rule = wish_in(send_form(stine, f"{HERE}/regel", threshold="6", coalition="1", min_contributors="3"))
    works()
    approved(sara, rule)
    assert rows() == 7
    for number in range(1, 8):
        said = text(liv.get(f"{BOOK}/{number}"))
        for code in ("bufdir_2018", "release_plan", "highspy", "codes", "physical", "Løser"):
            assert code not in said, (number, code)
        assert number == 2 or "Bedt om av Stine" in said, number
        assert number < 3 or "Godkjent av Sara" in said, number
    assert "Registreringsskjema 2018" in text(liv.get(f"{BOOK}/3"))


def test_whoever_approves_a_claim_sees_whose_it_is_and_readers_see_which_but_not_how_large(stine, sara, liv):
    everybody_sends(H1)
    close(stine)
    url = claimed(stine, sara)
    waits = text(sara.get(url))
    assert "Gjelder Gjøvik" in waits
    assert "fra 1\u00a0200 til 1\u00a0500" in sara.get(url).content.decode()
    approved(sara, url)
    with work(ref(REGION), TEST):
        number = LedgerEntry.objects.get(kind="outside").number
    said = text(liv.get(f"{BOOK}/{number}"))
    assert "fysisk vold/overgrep" in said
    assert "Gjelder Gjøvik" in said
    assert not re.search(r"\b1 ?[25]00\b", said)


def test_no_figure_and_no_period_is_chosen_beforehand(stine):
    everybody_sends(H1)
    close(stine)
    answer = send_form(stine, f"{HERE}/kjent-fra-andre", figure="", period="", low="3", source="En årsmelding.")
    assert answer.status_code == 422
    assert "Velg" in text(answer)
    assert 'value="En årsmelding."' in answer.content.decode()


def test_what_two_have_withdrawn_is_not_the_next_step_and_is_asked_for_with_open_eyes(stine, sara, liv):
    everybody_sends(H1, H2)
    release(stine, sara)
    withdrawn(stine, sara, 3)
    home = text(stine.get(HERE))
    assert "Lukk 2. halvår 2025 Alle har sendt." in home
    assert "Utgivelse nr. 3 (trukket tilbake), Be om de samme tallene på nytt" in home
    assert "Utgivelse nr. 3 (trukket tilbake), Vises ikke" in text(liv.get(HERE))
    again = text(stine.get(f"{HERE}/be-om/{H1}"))
    assert "Utgivelse nr. 3 er trukket tilbake" in again
    assert "Grunn: Feil folketall." in again
    gone = text(liv.get(f"{HERE}/3"))
    assert "Godkjent av Sara" in gone
    assert "Filen som lastes ned" not in gone


def test_after_a_claim_the_first_thing_to_do_is_to_settle_it_and_nothing_is_asked_for_in_vain(stine, sara, liv):
    everybody_sends(H1, H2)
    close(stine)
    ready = draft(stine)
    approved(sara, claimed(stine, sara))
    assert f"{SETTLE} Et tall er ført inn som kjent fra andre." in text(stine.get(HERE))
    assert SETTLE in text(stine.get("/start"))
    assert f"{SETTLE} Et tall er ført inn" in text(liv.get(HERE))
    waiting = sara.get(ready)
    assert "Da kan dette godkjennes." in text(waiting)
    assert f"{ready}/godkjenn" not in waiting.content.decode()
    for path, said in ((f"be-om/{H1}", "Et tall er ført inn"), ("regel", "Regelen kan ikke endres før")):
        assert said in text(stine.get(f"{HERE}/{path}", follow=True))
    settled = wish_in(send_form(stine, f"{HERE}/etterretning", because="En årsmelding.", **SURE))
    works()
    assert "Du kan godkjenne: Ta til etterretning" in text(sara.get(HERE))
    approved(sara, settled)
    assert SETTLE not in text(stine.get(HERE))
    assert f"{ready}/godkjenn" in sara.get(ready).content.decode()


def test_where_the_last_release_was_refused_for_what_is_out_the_page_leads_to_settling(stine, sara, monkeypatch):
    everybody_sends(H1, H2)
    release(stine, sara)
    close(stine, H2)
    monkeypatch.setattr("regional.releases.drafting.UNSAFE", "Andre ord om det samme ({what}).")
    cell = cases((H1,)).id
    url = wish_in(send_form(stine, f"{HERE}/be-om/{H2}"))
    works(lambda key: finds(cell))
    with work(ref(REGION), TEST):
        row = Wish.objects.get(pk=url.rpartition("/")[2])
    assert (row.state, row.stopped_by) == ("failed", Stop.UNSETTLED)
    assert "Andre ord om det samme" in text(stine.get(url))
    assert f"{HERE}/etterretning" in stine.get(url).content.decode()
    assert f"{SETTLE} Noe som er gitt ut, kan nå røpe små tall." in text(stine.get(HERE))
    settled = wish_in(send_form(stine, f"{HERE}/etterretning", because="To er blitt én.", **SURE))
    works(lambda key: finds(cell))
    approved(sara, settled)
    works(lambda key: finds(cell))
    assert SETTLE not in text(stine.get(HERE))


def test_what_fails_for_another_reason_leads_nowhere(stine, sara):
    everybody_sends(H1)
    release(stine, sara)
    first = wish_in(send_form(stine, f"{HERE}/etterretning", because="En årsmelding.", **SURE))
    works()
    assert "Kontrollen fant ikke noe" in text(approved(sara, first))
    assert SETTLE not in text(stine.get(HERE))


def test_a_rule_out_of_bounds_is_refused_with_what_to_write(stine):
    everybody_sends(H1)
    close(stine)
    answer = send_form(stine, f"{HERE}/regel", threshold="3", coalition="9", min_contributors="x")
    said = text(answer)
    assert answer.status_code == 422
    assert "Skriv et helt tall fra 5 til 20." in said
    assert "Skriv et helt tall, 1." in said
    assert "Skriv et helt tall, 3." in said
