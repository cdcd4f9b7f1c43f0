"""Cards in the languages of the north: the kommune's own words, approved; nothing where there are none."""

import re

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from tenants.outreach.cards import WORDS, ours_in, poster
from tenants.outreach.cards_models import CardText
from tests.cast import seen_as
from tests.client import anonymous, client_for
from tests.tenants import way
from tests.tenants.people import text_of
from tests.tenants.test_outreach_year import words_of
from varde.access import Role
from varde.clock import now
from varde.documents.paper import pdf

# No sentence in any language: the signs that Northern Sámi and Kven need.
SIGNS = "Čč Đđ Ŋŋ Šš Ŧŧ Žž Áá Đđ Ää Öö"
TYPED = {
    "title": f"Tittel {SIGNS}", "lead": "Innledning", "ring": "Ringord", "web": "Nettord", "code": "Kodeord",
    "anonymous": "Anonymord", "urgent": "Hasteord 112 113", "lines": "Linje én\nLinje to",
}  # fmt: skip


def test_a_language_is_written_read_by_somebody_who_knows_it_and_only_then_shown(gjovik):
    kari, leader, guest = client_for("kari"), client_for("arne", Role.LEADER), anonymous("gjovik")
    page = text_of(kari, "/informasjon/kort")
    assert all(f"har ikke godkjent teksten på {name}" in page for name in ("bokmål", "nynorsk", "engelsk"))
    assert [name in page.partition('id="mangler"')[2] for name in ("Nordsamisk", "Kvensk")] == [True, True]
    assert kari.get("/informasjon/kort/plakat?sprak=se").status_code == 404
    assert "v-languages" not in text_of(guest, "/")
    assert leader.get("/informasjon/kort/se").status_code == 403
    assert kari.get("/informasjon/kort/xx").status_code == 404
    refused = kari.post("/informasjon/kort/se", TYPED | {"do": "godkjenn"})
    assert refused.status_code == 422
    assert SIGNS in refused.content.decode()
    assert kari.post("/informasjon/kort/se", TYPED | {"urgent": "Ring", "do": "lagre"}).status_code == 422
    assert kari.post("/informasjon/kort/se", TYPED | {"do": "lagre"}).status_code == 303
    assert guest.get("/sprak/se").status_code == 404
    assert "v-languages" not in text_of(guest, "/")
    form = text_of(kari, "/informasjon/kort/se")
    seen = re.search(r'name="seen" value="(\w+)"', form)[1]
    late = kari.post("/informasjon/kort/se", TYPED | {"lead": "En annens ord", "do": "lagre", "seen": ""})
    assert late.status_code == 422
    assert all(text in late.content.decode() for text in ("En annens ord", "Innledning"))
    sent = TYPED | {"do": "godkjenn", "proofread": "on", "seen": seen}
    assert kari.post("/informasjon/kort/se", sent).status_code == 303
    assert CardText.objects.filter(language="se").count() == 2
    shown = text_of(guest, "/sprak/se")
    assert f'<span lang="se">Tittel {SIGNS}</span>' in shown
    assert '<html lang="nb"' in shown
    front = text_of(guest, "/").partition("v-languages")[2].partition("</nav>")[0]
    assert re.findall(r'lang="(\w+)" hreflang', front) == ["nb", "se"]
    paper = kari.get("/informasjon/kort/plakat?sprak=se")
    assert f"Tittel {SIGNS}" in " ".join(words_of(paper).split())
    assert "Tittel" in text_of(client_for("tom", Role.REFERENCE_GROUP), "/informasjon/kort")
    assert way.logged("outreach.card", "change")


def test_no_words_of_a_time_to_come_stand_on_the_public_page(gjovik):
    words = dict.fromkeys(("title", "lead", "ring", "web", "code", "anonymous", "urgent"), "Ord")
    with seen_as("kari") as kari:
        own = {"language": "nb", "approved": True, "at": now(), "by_name": kari.name}
        for wrong in ({"at": way.in_hours(24)}, {"by_name": "Tom Teammedlem"}):
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                CardText(**words | own | wrong).save()
        CardText(**words | own).save()


def test_our_own_words_are_what_the_form_begins_with(gjovik):
    page = text_of(client_for("tom"), "/informasjon/kort/nn")
    assert ours_in("nn").lead in page
    assert ours_in("se") is ours_in("fkv") is None


@pytest.mark.parametrize("language", ["nb", "nn", "se", "fkv", "en"])
def test_the_paper_says_its_language_and_draws_every_sign(language):
    words = ours_in(language) or CardText(language=language, **TYPED).words
    made = pdf(poster(words=words, office="Gjøvik", phone="", hours="", address="http://x/meld", now=now()))
    assert f"/Lang({language}-NO)".encode() in made.replace(b" ", b"")
    assert len(WORDS) == 3
