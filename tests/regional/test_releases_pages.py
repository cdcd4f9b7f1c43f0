"""Closing, giving out and the ledger as people meet them on their pages; what one may not see is not there."""

import hashlib
import html
import json
import re
import uuid
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from regional.releases.drafting import UNSAFE
from regional.releases.models import FrozenCopy, LedgerEntry, Wish
from tests.cast import TEST, ref
from tests.client import client_for, confirm, log_in
from tests.regional.released import KOMMUNER, REGION, cases_of, everybody_sends, send, works
from varde.access import Role
from varde.clock import OSLO
from varde.tenancy.work import work

HERE, BOOK = "/statistikk/utgivelser", "/statistikk/hovedbok"
H1, H2 = "2025H1", "2025H2"


def somebody(name, role):
    return log_in(REGION, f"{name}@region.example", name.title(), role, user_id=uuid.uuid5(uuid.NAMESPACE_DNS, name))


@pytest.fixture
def stine(house):
    return somebody("stine", Role.STATISTICS_OFFICER)


@pytest.fixture
def sara(house):
    return somebody("sara", Role.SECRETARY)


@pytest.fixture
def liv(house):
    return client_for("liv")


def text(response):
    """The page as it is read: entities and tags away."""
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(plain).split())


def seen(client, url):
    """What the form of this page sends back of what it showed."""
    return re.search(r'name="seen" value="([^"]*)"', client.get(url).content.decode())[1]


def send_form(client, url, **said):
    return client.post(url, {"seen": seen(client, url), **said})


def wish_in(response):
    assert response.status_code == 303, text(response)
    return response.headers["Location"]


def approved(client, url):
    """Somebody looks, ticks and says yes; the worker does it."""
    found = seen(client, url)
    answer = client.post(f"{url}/godkjenn", {"seen": found, "sure": "on"})
    assert answer.status_code == 303, text(answer)
    works()
    return client.get(url)


def close(client, period=H1):
    url = wish_in(send_form(client, f"{HERE}/lukk/{period}", sure="on"))
    works()
    return url


def draft(client, period=H1):
    url = wish_in(send_form(client, f"{HERE}/be-om/{period}"))
    works()
    return url


def release(stine, sara, period=H1):
    close(stine, period)
    return approved(sara, draft(stine, period))


def test_from_sent_to_shown_each_page_says_what_is_next(stine, sara):
    everybody_sends(H1)
    assert "Lukk 1. halvår 2025" in text(stine.get(HERE))
    url = close(stine)
    assert "Gjort" in text(stine.get(url))
    assert "Be om tall for 1. halvår 2025" in text(stine.get(HERE))
    url = wish_in(send_form(stine, f"{HERE}/be-om/{H1}"))
    assert "Se hvor langt det er kommet" in text(stine.get(url))
    works()
    own = text(stine.get(url))
    assert "Du ba om dette, og kan ikke godkjenne det selv. Sara kan gjøre det." in own
    assert "Slik blir det vist" in own
    assert "Saker 36" in own
    assert "Sara må se på det og godkjenne." in text(stine.get(HERE))
    assert "Du kan godkjenne: Gi ut tall for 1. halvår 2025" in text(sara.get(HERE))
    assert "Du kan godkjenne" in text(sara.get("/start"))
    shown = text(approved(sara, url))
    assert "godkjent av Sara" in shown
    number = int(re.search(r"Se utgivelse nr\. (\d+)", shown)[1])
    page = text(stine.get(f"{HERE}/{number}"))
    assert "Bedt om av Stine, godkjent av Sara" in page
    assert "Lukkede halvår som tallene er lagt sammen av" in page
    assert f"Nr. {number}" in text(stine.get(HERE))


def test_what_is_downloaded_is_what_was_frozen_and_has_the_fingerprint_of_the_page(stine, sara):
    everybody_sends(H1)
    release(stine, sara)
    with work(ref(REGION), TEST):
        copy = FrozenCopy.objects.select_related("entry").get()
        number, digest = copy.entry.number, copy.entry.content["copy"]
    sent = stine.get(f"{HERE}/{number}/json")
    assert sent.content == copy.content.encode()
    assert hashlib.sha256(sent.content).hexdigest() == digest
    assert digest in text(stine.get(f"{HERE}/{number}"))
    assert digest in text(stine.get(f"{BOOK}/{number}"))
    assert "attachment" in sent.headers["Content-Disposition"]


def test_each_table_of_a_release_can_be_chosen_and_says_how_much_is_hidden(stine, sara):
    everybody_sends(H1)
    release(stine, sara)
    with work(ref(REGION), TEST):
        copy = FrozenCopy.objects.select_related("entry").get()
    tables = json.loads(copy.content)["tables"]
    first = text(stine.get(f"{HERE}/{copy.entry.number}"))
    for table in tables:
        assert table["label"] in first
        drawn = text(stine.get(f"{HERE}/{copy.entry.number}?tabell={table['id']}"))
        assert f"{table['label']} (vises under)" in drawn
    assert stine.get(f"{HERE}/{copy.entry.number}?tabell=noe").status_code == 200


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
        from regional.statistics.models import PooledReturn

        assert PooledReturn.objects.filter(period="2025Q2").count() == 4
    stale = stine.post(f"{HERE}/lukk/{H1}", {"seen": f"{old}x", "sure": "on"})
    assert stale.status_code == 422
    assert "Noe er endret siden du åpnet siden" in text(stale)
    assert "checked" in stale.content.decode()
    with work(ref(REGION), TEST):
        assert not Wish.objects.exists()


def test_who_may_only_read_sees_releases_and_the_ledger_and_no_draft(stine, sara, liv):
    everybody_sends(H1, number=1234)
    close(stine)
    url = draft(stine)
    home = text(liv.get(HERE))
    assert "Under arbeid" not in home
    assert "Venter på en til" not in home
    assert liv.get(url).status_code == 403
    assert liv.get(f"{url}/stand").status_code == 403
    assert liv.get(f"{HERE}/lukk/{H2}").status_code == 403
    book = text(liv.get(BOOK))
    assert "Utkast laget: 1. halvår 2025" in book
    with work(ref(REGION), TEST):
        number = LedgerEntry.objects.get(kind="drafted").number
    assert not re.search(r"\b3 ?702\b", text(liv.get(f"{BOOK}/{number}")))
    approved(sara, url)
    with work(ref(REGION), TEST):
        number = LedgerEntry.objects.get(kind="release").number
    assert "Saker 3 702" in text(liv.get(f"{HERE}/{number}"))
    assert "Trekk tilbake" not in text(liv.get(f"{HERE}/{number}"))


def test_who_asked_cannot_approve_by_the_address_either(stine):
    everybody_sends(H1)
    close(stine)
    url = draft(stine)
    stine.post(f"{url}/godkjenn", {"seen": seen_by_asker(stine, url), "sure": "on"})
    assert "Venter på en annen" in text(stine.get(url))
    with work(ref(REGION), TEST):
        assert Wish.objects.get(kind="release").state == "ready"


def seen_by_asker(client, url):
    with work(ref(REGION), TEST):
        return Wish.objects.get(pk=url.rpartition("/")[2]).made_digest


def test_another_draft_than_the_one_that_was_seen_is_not_approved(stine, sara):
    everybody_sends(H1)
    close(stine)
    url = draft(stine)
    sara.get(url)
    answer = sara.post(f"{url}/godkjenn", {"seen": "noe annet", "sure": "on"})
    assert answer.status_code == 422
    assert "Se på det på nytt" in text(answer)
    unticked = sara.post(f"{url}/godkjenn", {"seen": seen_by_asker(sara, url)})
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
    assert f"Be om tall for {'1. halvår 2025'}" in text(stine.get(HERE))
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


def test_the_ledger_is_read_in_words_and_its_chain_is_walked(stine, sara, liv):
    assert "Hovedboken er tom" in text(liv.get(BOOK))
    everybody_sends(H1)
    release(stine, sara)
    with work(ref(REGION), TEST):
        rows = list(LedgerEntry.objects.order_by("number"))
    page = text(liv.get(BOOK))
    assert f"Kjeden er hel til rad {len(rows)}" in page
    for row in rows:
        assert row.digest[:12] in page
        own = text(liv.get(f"{BOOK}/{row.number}"))
        assert row.digest in own
        assert (row.previous or "Ingen, dette er den første") in own
    assert liv.get(f"{BOOK}/{len(rows) + 1}").status_code == 404


def test_a_broken_ledger_shows_no_figure_and_says_so(stine, sara, liv, monkeypatch):
    from regional.releases.chain import Verdict

    everybody_sends(H1)
    release(stine, sara)
    broken = Verdict(3, "", ((2, "content"),))
    for module in ("pages_queries", "views_ledger"):
        monkeypatch.setattr(f"regional.releases.{module}.verify", lambda: broken)
    assert "Rad 2: raden er endret etter at den ble skrevet" in text(liv.get(BOOK))
    home = text(stine.get(HERE))
    assert "Ingen tall gis ut nå" in home
    assert "Utgivelse nr." not in home
    assert stine.get(f"{HERE}/be-om/{H1}").headers["Location"] == HERE
    assert "Ingen tall gis ut" in text(stine.get("/start"))


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


def test_what_is_not_there_is_not_found(stine):
    everybody_sends(H1)
    for url in (f"{HERE}/lukk/{H2}", f"{HERE}/be-om/{H1}", f"{HERE}/7", f"{HERE}/7/json", f"{HERE}/7/trekk-tilbake",
                f"{HERE}/oppdrag/{uuid.uuid4()}", f"{BOOK}/7"):  # fmt: skip
        assert stine.get(url).status_code == 404, url


def test_where_the_last_release_was_refused_the_page_leads_to_settling(stine, monkeypatch):
    said = UNSAFE.format(what="1. halvår 2025")
    row = Wish(kind="release", about={"period": H1}, state="failed", said=said, asked_by_name="Stine")
    monkeypatch.setattr("regional.releases.views.lately_over", lambda: [row])
    assert "Noe må tas til etterretning" in text(stine.get(HERE))
    settled = Wish(kind="settled", about={}, state="done", asked_by_name="Stine")
    monkeypatch.setattr("regional.releases.views.lately_over", lambda: [settled, row])
    assert "Noe må tas til etterretning" not in text(stine.get(HERE))


def test_nobody_lacks_a_quarter_that_is_not_over(stine, monkeypatch):
    for kommune in KOMMUNER:
        send(kommune, cases_of(12, H1), "2025Q1")
    monkeypatch.setattr("regional.releases.views.now", lambda: datetime(2025, 5, 1, tzinfo=OSLO))
    page = text(stine.get(HERE))
    assert "Halvåret kan lukkes fra 1. juli 2025" in page
    assert "2. kvartal 2025" not in page
    monkeypatch.setattr("regional.releases.views.now", lambda: datetime(2025, 7, 1, tzinfo=OSLO))
    page = text(stine.get(HERE))
    assert "Gjøvik og Østre Toten har ikke sendt alt" in page
    assert "2. kvartal 2025" in page


def test_the_overview_asks_as_often_of_two_half_years_as_of_one(stine, sara):
    everybody_sends(H1, H2)
    release(stine, sara)
    before = asked(stine)
    release(stine, sara, H2)
    assert asked(stine) == before


def asked(client):
    """How many questions the overview puts to the database."""
    client.get(HERE)
    with CaptureQueriesContext(connection) as found:
        client.get(HERE)
    return len(found)
