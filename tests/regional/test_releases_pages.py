"""Closing, giving out and the ledger as people meet them on their pages; what one may not see is not there."""

import hashlib
import json
import re
import uuid
from datetime import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext

from regional.releases.chain import Verdict
from regional.releases.models import FrozenCopy, LedgerEntry
from tests.cast import TEST, ref
from tests.client import text
from tests.regional.release_pages import (
    BOOK,
    HERE,
    approved,
    close,
    draft,
    release,
    send_form,
    wish_in,
)
from tests.regional.release_pages import liv as liv
from tests.regional.release_pages import sara as sara
from tests.regional.release_pages import stine as stine
from tests.regional.released import H1, H2, KOMMUNER, REGION, cases_of, everybody_sends, send, works
from varde.clock import OSLO
from varde.tenancy.work import work


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


def test_what_is_not_there_is_not_found(stine):
    everybody_sends(H1)
    for url in (f"{HERE}/lukk/{H2}", f"{HERE}/be-om/{H1}", f"{HERE}/7", f"{HERE}/7/json", f"{HERE}/7/trekk-tilbake",
                f"{HERE}/oppdrag/{uuid.uuid4()}", f"{BOOK}/7"):  # fmt: skip
        assert stine.get(url).status_code == 404, url


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
