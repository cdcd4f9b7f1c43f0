"""What may leave an office: the letter types of shared.contracts, field by field."""

from dataclasses import fields

from infra.papers.fields import Missing
from shared.contracts import LETTER_TYPES

# type -> (what it is called, from -> to)
WAYS = {
    "case_transfer": ("Overføring av sak", "kommune → kommune"),
    "agreement_notice": ("Brev om samarbeidsavtalen", "region → kommune"),
    "agreement_answer": ("Svar om samarbeidsavtalen", "kommune → region"),
    "concern_handover": ("Overføring av bekymring", "region → kommune"),
    "misrouted": ("Feilsendt", "kommune → region"),
    "opened": ("Åpnet", "kommune → region"),
    "redirected": ("Ny mottaker har åpnet", "region → kommune"),
    "escalation_notice": ("Noe venter", "kommune → region"),
    "return": ("Tall", "kommune → region"),
    "template_offer": ("Mal for risikovurdering", "region → kommune"),
    "transfer_piece": ("Vedlegg til en overføring", "kommune → kommune"),
    "test_concern": ("Prøvemelding", "region → kommune"),
    "system_matter": ("Systemsak til lederteamet", "kommune → region"),
    "system_matter_answer": ("Svar på en systemsak", "region → kommune"),
    "office_health": ("Hvor langt oppstarten er kommet", "kommune → region"),
    "release_given": ("Regionens tall, gitt ut", "region → kommune"),
    "release_withdrawn": ("Regionens tall, trukket tilbake", "region → kommune"),
    "test_asked": ("Ber om en prøvemelding", "kommune → region"),
}
FIELDS = {
    "system_matter.matter": "kommunens id for systemsaken",
    "system_matter.said": "hva brevet sier (kode)",
    "system_matter.raised": "tittel, hva slags, når, hva det gjelder, hva som er prøvd og ønsket; lest gjennom for "
    "personopplysninger",
    "system_matter.text": "mer om saken, eller hvorfor den er over; lest gjennom",
    "system_matter.doubts": "hvor mange funn avsender har sagt ikke er om noen, per slag; ikke ordene",
    "system_matter_answer.matter": "kommunens id for systemsaken",
    "system_matter_answer.said": "hva brevet sier (kode)",
    "system_matter_answer.text": "svaret eller spørsmålet; lest gjennom",
    "system_matter_answer.meeting": "hvilket møte",
    "system_matter_answer.decision": "vedtakets nummer",
    "system_matter_answer.measures": "tiltak",
    "office_health.list_version": "utgaven av listen over steg",
    "office_health.steps": "steg og tilstand (koder)",
    "office_health.team": "antall i teamet",
    "office_health.certified": "antall sertifiserte",
    "office_health.trained": "antall med all e-læring",
    "office_health.police": "har kontakt i politiet",
    "office_health.started_on": "startet",
    "office_health.as_of": "sagt",
    "release_given.number": "utgivelsens nummer i regionens hovedbok",
    "release_given.given_at": "gitt ut",
    "release_given.approved_by": "hvem som godkjente",
    "release_given.tables": "tabellene slik to personer ga dem ut: beskyttede tall for hele regionen",
    "release_withdrawn.number": "utgivelsens nummer i regionens hovedbok",
    "release_withdrawn.withdrawn_at": "trukket tilbake",
    "test_asked.asked_at": "bestilt",
    "agreement_notice.agreement": "avtalens id",
    "agreement_notice.asks": "hva det spørres om (kode)",
    "agreement_notice.version": "utgave",
    "agreement_notice.starts_at": "gjelder fra",
    "agreement_notice.answer_by": "svarfrist",
    "agreement_notice.title": "avtalens navn",
    "agreement_notice.legal_form": "rettslig form",
    "agreement_notice.model": "modell (kode)",
    "agreement_notice.host": "vertskommune",
    "agreement_notice.parties": "partenes navn",
    "agreement_notice.tasks": "oppgaver og hvem som har dem",
    "agreement_notice.share": "andel av tilskuddet",
    "agreement_notice.phone": "hvem som svarer telefonen",
    "agreement_notice.lends": "hvilke kommuner som låner ut folk",
    "agreement_notice.lending": "de samme utlånene med roller og dager (koder)",
    "agreement_notice.organisations": "partenes organisasjonsnummer",
    "agreement_notice.lasts": "når avtalen begynner og slutter",
    "agreement_notice.meetings": "møter og rapport",
    "agreement_notice.text": "det ellers er avtalt",
    "agreement_notice.message": "noen ord fra regionen",
    "agreement_answer.agreement": "avtalens id",
    "agreement_answer.notice": "brevet det svares på",
    "agreement_answer.said": "svaret (kode)",
    "agreement_answer.starts_at": "gjelder fra",
    "agreement_answer.decided_by": "hvem som bestemte i kommunen",
    "template_offer.text": "malen som fil, uten noe om noen",
    "case_transfer.summary": "sammendrag",
    "case_transfer.received_at": "mottatt",
    "case_transfer.reason": "hvorfor (kode)",
    "case_transfer.person_knows": "personen vet",
    "case_transfer.occurred_on": "dagen det hendte",
    "case_transfer.notes": "tidligere notater (når avsender velger det)",
    "case_transfer.known": "det teamet vet ellers: kort, varsler, egne ord, vurderinger, planer, plikter, registrering",
    "case_transfer.leader_told": "leder varslet",
    "case_transfer.extra": "mer",
    "case_transfer.decisions": "tidligere avklaringer",
    "case_transfer.covered": "skjermet",
    "case_transfer.files": "vedleggene: nummer, type, størrelse, navn, tid, hvem det kom fra, hvorfor noe ikke er med",
    "transfer_piece.transfer": "overføringens brev",
    "transfer_piece.number": "vedleggets nummer",
    "transfer_piece.ordinal": "plass i filen",
    "transfer_piece.data": "en bit av originalen",
    "about_staff": "gjelder en ansatt",
    "acute": "haster",
    "acute_actions": "hva vakttelefonen gjorde med en gang, når og hvilken tjeneste",
    "service": "hvem som svarte (kode)",
    "added": "notater fra kommuner den har kommet tilbake fra",
    "times": "hvor mange ganger den har kommet tilbake",
    "why": "hvorfor (kode)",
    "suggested": "kommunenummeret den kan høre til",
    "content": "bekymringen slik den ble sendt, lukket for regionen",
    "waiting_since": "ventet siden",
    "level": "hvem som er varslet (kode)",
    "anonymous": "anonym",
    "at": "tidspunkt",
    "counts": "tellinger for perioden (per spørsmål: besvart, kryss, flere kryss, kryss per svar; planlagte tall)",
    "extra": "operatørens merknader",
    "form_version": "skjemaversjon",
    "handover": "brevets id",
    "kommune_number": "kommunenummer",
    "names_matter": "nummeret på en sak, slik den som ringte, oppga det",
    "note": "merknad",
    "period": "periode",
    "reason": "årsak (fritekst)",
    "reference": "referanse",
    "reporter_kind": "meldertype",
    "reporter_name": "melders navn",
    "reporter_phone": "melders telefon",
    "reporter_relation": "melders relasjon",
    "safe_apart": "trygg kontakt er melders egen",
    "safe_contact": "trygg kontakt",
    "safe_person": "trygg kontakt med den utsatte",
    "sent_at": "sendt",
    "since_start": "det samme siden startdato",
    "suspected": "den som mistenkes",
    "taken_at": "tatt imot",
    "what": "hva",
    "when": "når",
    "where_happened": "hvor",
    "where_lives": "bosted",
    "who": "den utsatte",
}


def table(missing: Missing) -> str:
    """One row per letter type."""
    rows = []
    for kind, letter in LETTER_TYPES.items():
        if kind not in WAYS:
            missing.lines.append(f'letters.WAYS: "{kind}": ("…", "… → …")')
        title, way = WAYS.get(kind, ("", ""))
        held = ", ".join(_word(kind, field.name, missing) for field in fields(letter))
        rows.append(f"| {title} (`{letter.__name__}`) | {way} | {held} |")
    return "| brev | fra → til | felt |\n|---|---|---|\n" + "\n".join(rows)


def _word(kind: str, name: str, missing: Missing) -> str:
    found = FIELDS.get(f"{kind}.{name}") or FIELDS.get(name)
    if found is None:
        missing.lines.append(f'letters.FIELDS: "{kind}.{name}": "…"')
    return found or name
