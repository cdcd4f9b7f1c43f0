"""The agreement on its pages: written, changed without losing the past, its money, its papers, its print."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InternalError, ProgrammingError, connection, transaction

from regional.cooperation import agreement_actions as actions
from regional.cooperation import agreement_queries as queries
from regional.cooperation import queries as interface
from regional.cooperation.agreement_models import Agreement, AgreementDocument, AgreementPiece, AgreementVersion
from regional.cooperation.agreement_views import _first
from regional.cooperation.rhythm import Settings
from regional.cooperation.terms import LEADERS, Lend, Party
from shared.post.models import SealedLetter
from tests.cast import as_person, ref
from tests.client import client_for
from varde.access import Role
from varde.audit.models import Entry
from varde.clock import now
from varde.privacy.models import FrozenRow
from varde.refusal import Overtaken, Refused
from varde.ui.dates import day_of

HERE = "/samarbeid/avtale"


@pytest.fixture
def host(gjovikregionen):
    """Liv runs the host's side."""
    return client_for("liv", Role.HOST_ADMINISTRATOR)


@pytest.fixture
def liv():
    """The reader that she is."""
    return replace(as_person("liv"), roles=frozenset({Role.HOST_ADMINISTRATOR}))


@pytest.fixture
def written(host, liv):
    """An agreement on the kommuner of the region, 60-40."""
    first = _first(liv)
    shared = {party.name: 6000 if party.host else 4000 if party.name == "Østre Toten" else 0 for party in first.parties}
    parties = tuple(replace(party, weight=shared[party.name]) for party in first.parties)
    return actions.begin(terms=replace(first, parties=parties), from_day=date(2025, 1, 1), why="Ny avtale.", by=liv)


def basis(**more):
    """The form of the first page."""
    return {
        "title": "Avtalen", "model": "2", "form": "host_admin", "meetings_per_year": "2", "reporting": "half_year",
        "from_day": "2025-01-01", "why": "Ny avtale.",
    } | more  # fmt: skip


def fields(form, **more):
    """What the form sends when nothing is typed but this."""
    sent = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None or value is False else value for name, value in sent.items()} | more


def test_an_empty_page_says_what_to_do_and_the_kommuner_are_filled_in(host):
    shown = host.get(HERE).content.decode()
    assert "Avtalen er ikke ført inn ennå" in shown
    assert "Før inn avtalen" in shown
    assert host.post(f"{HERE}/ny", basis())["Location"] == HERE
    shown = host.get(HERE).content.decode()
    assert "Vertskommune" in shown
    assert "Østre Toten" in shown
    assert "Felles vakttelefon" in shown
    assert "Organisasjonsnummer mangler for" in shown
    version = queries.newest(Agreement.objects.get())
    assert version is not None
    assert {party.id for party in version.terms.parties} == {
        office.id for office in interface.members(as_person("liv"))
    }


def test_what_is_wrong_is_said_and_what_was_typed_stays(host):
    answer = host.post(f"{HERE}/ny", basis(title="", deadlines="31.02", text="Vi møtes på Gjøvik."))
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "ikke en dag i året" in shown
    assert "Vi møtes på Gjøvik." in shown
    assert not Agreement.objects.exists()


def test_a_second_agreement_is_refused_while_one_holds(written, liv):
    with pytest.raises(Refused, match="har en avtale alt"):
        actions.begin(terms=_first(liv), from_day=date(2026, 1, 1), why="En til.", by=liv)


def test_a_change_is_a_new_version_and_the_past_is_read_as_it_was(written, host, liv):
    before = AgreementVersion.objects.get()
    content = dict(before.content)
    stands = queries.newest(written)
    assert stands is not None
    changed = replace(stands.terms, title="Den nye avtalen", model="3")
    day = day_of(now())
    actions.amend(row=written, terms=changed, from_day=day, why="Ett team.", by=liv, seen="1")
    assert AgreementVersion.objects.get(number=1).content == content
    assert AgreementVersion.objects.get(number=2).why == "Ett team."
    first = host.get(f"{HERE}/utgaver/{written.id}/1").content.decode()
    assert "Denne utgaven gjelder ikke i dag" in first
    assert "Den nye avtalen" not in first
    assert "Bufdir fraråder" in host.get(HERE).content.decode()
    listed = host.get(f"{HERE}/utgaver").content.decode()
    assert listed.index("Utgave 2") < listed.index("Gjelder nå") < listed.index("Utgave 1")


def test_nobody_rewrites_a_version_not_in_code_and_not_in_sql(written):
    row = AgreementVersion.objects.get()
    row.why = "Slik var det aldri."
    with pytest.raises(FrozenRow):
        row.save()
    for order in ("UPDATE cooperation_version SET why = ''", "DELETE FROM cooperation_version"):
        with pytest.raises((ProgrammingError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(order)


def test_a_version_to_come_waits_for_its_day(written, liv):
    stands = queries.newest(written)
    assert stands is not None
    later = day_of(now()) + timedelta(days=30)
    actions.amend(row=written, terms=replace(stands.terms, title="Fra neste måned"), from_day=later, why="Ny.", by=liv)
    assert queries.holding(written).number == 1
    assert queries.holding(written, later).number == 2
    with pytest.raises(Refused, match="kan ikke gjelde fra før den"):
        actions.amend(row=written, terms=stands.terms, from_day=day_of(now()), why="Før.", by=liv)


def test_the_second_of_two_is_told_and_loses_nothing(written, host, liv):
    opened = host.get(f"{HERE}/endre/grunnlag").context["form"]
    stands = queries.newest(written)
    first = replace(stands.terms, text="Først.")
    actions.amend(row=written, terms=first, from_day=day_of(now()), why="Først.", by=liv)
    sent = fields(opened, title="Mitt navn på avtalen", why="Etterpå.")
    answer = host.post(f"{HERE}/endre/grunnlag", sent)
    assert answer.status_code == 422
    assert "var først ute" in answer.content.decode()
    assert "Mitt navn på avtalen" in answer.content.decode()
    again = fields(opened, title="Mitt navn på avtalen", why="Etterpå.", seen="2")
    assert host.post(f"{HERE}/endre/grunnlag", again).status_code == 303
    with pytest.raises(Overtaken):
        actions.amend(row=written, terms=stands.terms, from_day=day_of(now()), why="x", by=liv, seen="1")


def test_parties_are_known_by_organisation_number_and_shares_by_percent_or_weights(written, host):
    form = host.get(f"{HERE}/endre/parter").context["form"]
    gjovik, toten = ref("gjovik").id, ref("ostre-toten").id
    sent = fields(form, why="Nummer og vekter.", **{f"organisation_{gjovik}": "310 000 018"})
    answer = host.post(f"{HERE}/endre/parter", sent)
    assert answer.status_code == 422
    assert "ikke et gyldig organisasjonsnummer" in answer.content.decode()
    sent |= {f"organisation_{gjovik}": "310 000 019", f"share_{gjovik}": "60", f"share_{toten}": "30"}
    assert "De må bli 100 %" in host.post(f"{HERE}/endre/parter", sent).content.decode()
    sent |= {"sharing": "weights", f"share_{gjovik}": "3", f"share_{toten}": "2", f"phone_{toten}": "own"}
    sent |= {f"number_{toten}": "61 00 00 00", f"grant_{toten}": "250000", f"starts_{toten}": "2025-03-01"}
    assert host.post(f"{HERE}/endre/parter", sent).status_code == 303
    said = interface.kommune_terms(as_person("liv"), toten)
    assert said is not None
    assert (said.phone, said.phone_number, said.share) == ("Egen telefon", "61 00 00 00", "40 %")
    assert (said.grant, said.starts_on) == (250_000, date(2025, 3, 1))
    assert "310000019" in host.get(HERE).content.decode()


def test_who_does_what_is_a_table_of_tasks_and_parties(written, host):
    form = host.get(f"{HERE}/endre/oppgaver").context["form"]
    gjovik = ref("gjovik").id
    sent = fields(form, why="Ny oppgave.", new_title="Felles kampanje", **{f"who_0_{gjovik}": ""})
    assert host.post(f"{HERE}/endre/oppgaver", sent).status_code == 303
    shown = host.get(HERE).content.decode()
    assert "Felles kampanje" in shown
    assert "Ingen er ansvarlig for «Administrere samarbeidet»." in shown
    assert 'data-label="Østre Toten"' in shown
    assert interface.tasks(written)[-1].title == "Felles kampanje"


def test_one_team_for_several_is_a_choice_in_the_agreement(written, host):
    form = host.get(f"{HERE}/endre/team").context["form"]
    gjovik, toten = ref("gjovik").id, ref("ostre-toten").id
    sent = fields(form, why="Felles team.", **{f"what_{toten}": str(gjovik)})
    assert host.post(f"{HERE}/endre/team", sent).status_code == 303
    stands = queries.newest(written)
    assert stands is not None
    assert stands.terms.lends[0] == Lend(gjovik, toten)
    assert Lend(toten, None, LEADERS) in stands.terms.lends
    assert "Sakene blir liggende i Østre Toten." in host.get(HERE).content.decode()


def test_a_region_may_cross_a_county_border_and_have_parties_outside_the_platform(written, host):
    form = host.get(f"{HERE}/endre/parter").context["form"]
    sent = fields(form, why="Over fylkesgrensen.", new_name="Jevnaker", new_organisation="310000027")
    assert host.post(f"{HERE}/endre/parter", sent).status_code == 303
    newest = queries.newest(written)
    assert newest is not None
    new = next(party for party in newest.terms.parties if party.name == "Jevnaker")
    assert not new.on_platform
    form = host.get(f"{HERE}/endre/parter").context["form"]
    sent = fields(form, why="Ikke likevel.", **{f"remove_{new.id}": "on"})
    assert host.post(f"{HERE}/endre/parter", sent).status_code == 303
    assert "Jevnaker" not in host.get(HERE).content.decode()
    assert "Jevnaker" in host.get(f"{HERE}/utgaver/{written.id}/2").content.decode()


def test_the_settings_are_usual_without_an_agreement_and_its_own_with_one(gjovikregionen, liv):
    assert interface.settings(liv) == Settings()
    client = client_for("liv", Role.HOST_ADMINISTRATOR)
    assert client.post(f"{HERE}/ny", basis(meetings_per_year="4", deadlines="15.02, 15.08")).status_code == 303
    found = interface.settings(liv)
    assert found.meetings_per_year == 4
    assert found.report_deadlines(2027) == [date(2027, 2, 15), date(2027, 8, 15)]


def test_the_grant_is_shared_to_the_last_krone_and_deviations_are_shown(written, host, liv):
    year = day_of(now()).year
    assert actions.set_figures(row=written, year=year, figures={(None, "grant"): 1_000_001}, by=liv) == 1
    seen = queries.money_seen(written, year)
    assert host.post(f"{HERE}/penger/{year}/fordel", {"seen": seen})["Location"] == f"{HERE}/penger/{year}"
    gjovik, toten = ref("gjovik").id, ref("ostre-toten").id
    planned = {key[0]: kroner for key, kroner in queries.figures(written, year).items() if key[1] == "planned"}
    assert (planned[gjovik], planned[toten], sum(planned.values())) == (600_001, 400_000, 1_000_001)
    form = host.get(f"{HERE}/penger/{year}/endre").context["form"]
    sent = fields(form, **{f"received_{toten}": "350000", f"used_{toten}": "360000"})
    assert host.post(f"{HERE}/penger/{year}/endre", sent).status_code == 303
    shown = host.get(f"{HERE}/penger").content.decode()
    assert "−50\u202f000" in shown or "−50\xa0000" in shown
    assert "Østre Toten har brukt mer enn mottatt." in shown
    sheet = host.get(f"{HERE}/penger/{year}/xlsx")
    assert sheet["Content-Disposition"].endswith('.xlsx"')
    assert sheet.content[:2] == b"PK"


def test_a_corrected_figure_keeps_the_one_before_it(written, liv):
    toten = ref("ostre-toten").id
    for kroner in (100, 100, 90):
        actions.set_figures(row=written, year=2025, figures={(toten, "used"): kroner}, by=liv)
    assert queries.figures(written, 2025) == {(toten, "used"): 90}
    assert sorted(written.money.values_list("kroner", flat=True)) == [90, 100]
    with pytest.raises(Refused, match="Velg et år"):
        actions.set_figures(row=written, year=1999, figures={}, by=liv)


def paper_of(content: bytes = b"%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF\n", name: str = "avtale.pdf") -> BytesIO:
    body = BytesIO(content)
    body.name = name
    return body


def test_a_paper_is_laid_sealed_and_comes_back_as_it_was(written, host, settings):
    settings.UNSCANNED_ATTACHMENTS = True
    content = b"%PDF-1.7\n" + b"avtale " * 60_000
    answer = host.post(f"{HERE}/dokumenter/nytt", {"title": "Signert avtale", "file": paper_of(content)})
    assert answer.status_code == 303
    row = AgreementDocument.objects.get()
    assert AgreementPiece.objects.count() == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(content, '') FROM cooperation_piece")
        assert b"avtale" not in bytes(cursor.fetchone()[0])
    assert "Signert avtale" in host.get(HERE).content.decode()
    came = host.get(f"{HERE}/dokumenter/{row.id}")
    assert b"".join(came.streaming_content) == content
    assert came["Content-Type"] == "application/octet-stream"
    assert Entry.objects.filter(action="export", what="cooperation.document").exists()


def test_what_is_no_document_is_refused_and_what_is_not_checked_is_kept_back(written, host, settings):
    picture = paper_of(b"\x89PNG\r\n\x1a\n" + b"0" * 50, "bilde.png")
    answer = host.post(f"{HERE}/dokumenter/nytt", {"title": "Bilde", "file": picture})
    assert answer.status_code == 422
    assert "PDF, Word eller OpenDocument" in answer.content.decode()
    assert host.post(f"{HERE}/dokumenter/nytt", {"title": "Ingen fil"}).status_code == 422
    settings.UNSCANNED_ATTACHMENTS = False
    host.post(f"{HERE}/dokumenter/nytt", {"title": "Avtale", "file": paper_of()})
    row = AgreementDocument.objects.get()
    assert host.get(f"{HERE}/dokumenter/{row.id}")["Location"] == HERE


def test_every_version_can_be_printed(written, host, liv):
    stands = queries.newest(written)
    assert stands is not None
    changed = replace(
        stands.terms, text="Nytt avsnitt.", model="3", lends=(Lend(ref("gjovik").id, ref("ostre-toten").id),)
    )
    actions.amend(row=written, terms=changed, from_day=day_of(now()), why="Mer.", by=liv)
    for number in (1, 2):
        printed = host.get(f"{HERE}/utgaver/{written.id}/{number}/pdf")
        made = b"".join(printed.streaming_content)
        assert made.startswith(b"%PDF")
        assert b"pdfaid:part" in made or b"PDF/A" in made or b"pdfaid" in made
    assert host.get(f"{HERE}/utgaver/{written.id}/3/pdf").status_code == 404


def test_a_version_is_sent_to_every_kommune_that_is_in(written, host):
    address = f"{HERE}/utgaver/{written.id}/1"
    assert "Send utgave 1" in host.get(address).content.decode()
    assert host.post(f"{address}/send")["Location"] == address
    got = {letter.recipient for letter in SealedLetter.objects.filter(kind="AgreementNotice")}
    assert got == {office.id for office in interface.members(as_person("liv"))}


def test_who_only_reads_sees_it_all_and_changes_nothing(written):
    reads = client_for("olga", Role.SECRETARY)
    shown = reads.get(HERE).content.decode()
    assert "Endre avtalen" not in shown
    assert reads.get(f"{HERE}/utgaver").status_code == 200
    for address in ("ny", "endre/parter", "dokumenter/nytt"):
        assert reads.get(f"{HERE}/{address}").status_code in (403, 404)
    with pytest.raises(PermissionDenied):
        actions.begin(terms=_first(as_person("liv")), from_day=date(2026, 1, 1), why="x", by=as_person("liv"))


def test_many_kommuner_of_several_counties_are_one_agreement(host, liv):
    numbers = ("3403", "3411", "3412", "0301", "3101", "5501", "9901", "1103", "4601")
    parties = tuple(
        Party(id=ref("gjovik").id if not n else ref("ostre-toten").id if n == 1 else _made_up(n), name=f"Kommune {n}",
              organisation="", number=number, host=not n, on_platform=n < 2, weight=1)
        for n, number in enumerate(numbers)
    )  # fmt: skip
    terms = replace(_first(liv), parties=parties, tasks=(), lends=(), sharing="weights")
    row = actions.begin(terms=terms, from_day=date(2025, 1, 1), why="Ni kommuner.", by=liv)
    assert len(queries.newest(row).terms.parties) == 9
    assert sum(queries.newest(row).terms.shared(1000).values()) == 1000
    assert host.get(HERE).status_code == 200


def _made_up(number):
    return UUID(int=number)
