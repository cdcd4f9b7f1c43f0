"""What is asked for and said yes to on the pages of releases: by two, of what they saw, and nothing typed is lost."""

import json

from regional.releases.models import LedgerEntry, Wish
from regional.statistics.models import PooledReturn
from tests.cast import TEST, ref
from tests.client import confirm, text
from tests.regional.release_pages import (
    BOOK,
    HERE,
    approved,
    close,
    draft,
    made_digest,
    release,
    seen,
    send_form,
    wish_in,
)
from tests.regional.release_pages import liv as liv
from tests.regional.release_pages import sara as sara
from tests.regional.release_pages import stine as stine
from tests.regional.released import H1, REGION, cases_of, everybody_sends, send, works
from varde.tenancy.work import work


def test_closing_without_somebody_names_them_and_needs_another(stine, sara):
    for kommune in ("gjovik", "vestre-toten"):
        send(kommune, cases_of(9, H1), "2025Q1", "2025Q2")
    send("ostre-toten", cases_of(9, H1), "2025Q1")
    home = text(stine.get(HERE))
    assert "Tall mangler for 1. halvår 2025" in home
    page = text(stine.get(f"{HERE}/lukk/{H1}"))
    assert "Østre Toten: 2. kvartal 2025" in page
    refused = send_form(stine, f"{HERE}/lukk/{H1}", sure="on")
    assert refused.status_code == 422
    assert "eller vent til tallene er kommet" in text(refused)
    url = wish_in(send_form(stine, f"{HERE}/lukk/{H1}", sure="on", without="on"))
    works()
    looked = text(sara.get(url))
    assert "Disse har ikke sendt alt for halvåret: Østre Toten." in looked
    assert "Gjort" in text(approved(sara, url))
    assert "Østre Toten" in text(stine.get(HERE)).partition("Lukkede halvår")[2]


def test_a_page_that_is_out_of_date_closes_nothing(stine):
    everybody_sends(H1)
    old = seen(stine, f"{HERE}/lukk/{H1}")
    send("ostre-toten", cases_of(12, H1), "2025Q2")
    with work(ref(REGION), TEST):
        assert PooledReturn.objects.filter(period="2025Q2").count() == 4
    stale = stine.post(f"{HERE}/lukk/{H1}", {"seen": f"{old}x", "sure": "on"})
    assert stale.status_code == 422
    assert "Noe er endret siden du åpnet siden" in text(stale)
    assert "checked" in stale.content.decode()
    with work(ref(REGION), TEST):
        assert not Wish.objects.exists()


def test_who_asked_cannot_approve_by_the_address_either(stine):
    everybody_sends(H1)
    close(stine)
    url = draft(stine)
    stine.post(f"{url}/godkjenn", {"seen": made_digest(url), "sure": "on"})
    assert "Venter på en annen" in text(stine.get(url))
    with work(ref(REGION), TEST):
        assert Wish.objects.get(kind="release").state == "ready"


def test_another_draft_than_the_one_that_was_seen_is_not_approved(stine, sara):
    everybody_sends(H1)
    close(stine)
    url = draft(stine)
    sara.get(url)
    answer = sara.post(f"{url}/godkjenn", {"seen": "noe annet", "sure": "on"})
    assert answer.status_code == 422
    assert "Se på det på nytt" in text(answer)
    unticked = sara.post(f"{url}/godkjenn", {"seen": made_digest(url)})
    assert unticked.status_code == 422
    assert "Kryss av for at du har sett gjennom" in text(unticked)
    with work(ref(REGION), TEST):
        assert Wish.objects.get(kind="release").state == "ready"


def test_approving_wants_the_person_themselves(stine, sara):
    everybody_sends(H1)
    close(stine)
    url = draft(stine)
    found = seen(sara, url)
    with work(ref(REGION), TEST):
        confirm(sara, minutes_ago=10)
    answer = sara.post(f"{url}/godkjenn", {"seen": found, "sure": "on"})
    assert answer.headers["Location"].startswith("/konto/bekreft")
    with work(ref(REGION), TEST):
        assert Wish.objects.get(kind="release").state == "ready"


def test_the_page_looks_for_news_by_itself_and_can_be_stopped(stine):
    everybody_sends(H1)
    close(stine)
    url = wish_in(send_form(stine, f"{HERE}/be-om/{H1}"))
    assert f"{url}/stand?av-seg-selv" in stine.get(url).content.decode()
    part = stine.get(f"{url}/stand?av-seg-selv", headers={"HX-Request": "true"})
    assert "HX-Refresh" not in part.headers
    assert "<html" not in part.content.decode()
    assert "Stanse?" in text(stine.get(f"{url}/forkast"))
    assert stine.post(f"{url}/forkast").status_code == 303
    over = stine.get(f"{url}/stand?av-seg-selv", headers={"HX-Request": "true"})
    assert over.headers["HX-Refresh"] == "true"
    works()
    assert "Ingenting er gitt ut" in text(stine.get(url))
    with work(ref(REGION), TEST):
        assert not LedgerEntry.objects.filter(kind="release").exists()


def test_a_dropped_draft_is_not_shown_and_can_be_asked_for_again(stine, sara):
    everybody_sends(H1)
    close(stine)
    url = draft(stine)
    assert "De regnes likevel som sagt" in text(sara.get(f"{url}/forkast"))
    sara.post(f"{url}/forkast")
    dropped = text(stine.get(url))
    assert "av Sara" in dropped
    assert "Slik blir det vist" not in dropped
    assert "Be om tall for 1. halvår 2025" in text(stine.get(HERE))
    assert "godkjent av Sara" in text(approved(sara, draft(stine)))


def test_withdrawing_keeps_what_was_typed_and_needs_another(stine, sara, liv):
    everybody_sends(H1)
    release(stine, sara)
    with work(ref(REGION), TEST):
        number = LedgerEntry.objects.get(kind="release").number
    page = f"{HERE}/{number}/trekk-tilbake"
    half = send_form(stine, page, reason="Tallene for ett kvartal var talt to ganger.")
    assert half.status_code == 422
    assert "talt to ganger" in half.content.decode()
    url = wish_in(send_form(stine, page, reason="Tallene for ett kvartal var talt to ganger.", sure="on"))
    works()
    assert "talt to ganger" in text(sara.get(url))
    assert "Vises" in text(liv.get(f"{HERE}/{number}"))
    approved(sara, url)
    gone = text(liv.get(f"{HERE}/{number}"))
    assert "Trukket tilbake" in gone
    assert "talt to ganger" in gone
    assert "Tabellene" not in gone
    assert liv.get(f"{HERE}/{number}/json").status_code == 404
    assert stine.get(page).status_code == 404
    with work(ref(REGION), TEST):
        row = LedgerEntry.objects.get(kind="withdrawn")
    assert "talt to ganger" not in json.dumps(row.content)
    sara.post(f"{BOOK}/{row.number}/ta-bort-teksten")
    assert "talt to ganger" not in text(liv.get(f"{BOOK}/{row.number}"))


def test_a_reason_that_may_be_about_somebody_is_refused_and_stands_to_be_mended(stine, sara):
    everybody_sends(H1)
    release(stine, sara)
    with work(ref(REGION), TEST):
        number = LedgerEntry.objects.get(kind="release").number
    page = f"{HERE}/{number}/trekk-tilbake"
    answer = send_form(stine, page, reason="Ring 412 34 567 om saken til fru Berg.", sure="on")
    assert answer.status_code == 422
    assert "Ring 412 34 567" in answer.content.decode()


def test_another_rule_is_asked_for_within_bounds_and_the_other_sees_what_is_looser(stine, sara):
    everybody_sends(H1)
    close(stine)
    page = f"{HERE}/regel"
    low = send_form(stine, page, threshold="4", coalition="1", min_contributors="3")
    assert low.status_code == 422
    assert 'value="4"' in low.content.decode()
    url = wish_in(send_form(stine, page, threshold="6", coalition="1", min_contributors="3"))
    works()
    assert "Ingen tall under 6 kan regnes ut" in text(sara.get(url))
    approved(sara, url)
    assert "Gjelder nå: Ingen tall under 6" in text(stine.get(page))
    url = wish_in(send_form(stine, page, threshold="5", coalition="1", min_contributors="3"))
    works()
    looked = text(sara.get(url))
    assert "Regelen blir svakere" in looked
    assert "Minste tall som kan vises: 6 før, 5 nå." in looked
    approved(sara, url)
    with work(ref(REGION), TEST):
        number = LedgerEntry.objects.filter(kind="rule").order_by("-number").first().number
    assert "Svakere enn før Minste tall som kan vises" in text(stine.get(f"{BOOK}/{number}"))


def test_what_others_have_published_is_taken_down_whatever_it_says_and_must_be_settled(stine, sara):
    everybody_sends(H1)
    close(stine)
    page = f"{HERE}/kjent-fra-andre"
    said = {"figure": "saker", "period": H1, "low": "36", "high": "36", "source": "Årsmelding 2025, side 12"}
    wrong = send_form(stine, page, **said | {"high": "30"})
    assert "kan ikke være lavere" in text(wrong)
    assert "Årsmelding 2025, side 12" in wrong.content.decode()
    url = wish_in(send_form(stine, page, **said))
    works()
    looked = text(sara.get(url))
    assert "Antall saker" in looked
    assert "Årsmelding 2025, side 12" in looked
    approved(sara, url)
    assert "Noe må tas til etterretning" in text(stine.get(HERE))
    url = wish_in(send_form(stine, f"{HERE}/etterretning", because="Årsmeldingen er ute.", sure="on"))
    works()
    assert "Årsmeldingen er ute." in text(sara.get(url))
