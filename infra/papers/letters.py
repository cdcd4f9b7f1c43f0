"""What may leave an office: the letter types of shared.contracts, field by field."""

from dataclasses import fields

from infra.papers.fields import Missing
from shared.contracts import LETTER_TYPES

# type -> (what it is called, from -> to)
WAYS = {
    "case_transfer": ("Overføring av sak", "kommune → kommune"),
    "concern_handover": ("Overføring av bekymring", "region → kommune"),
    "misrouted": ("Feilsendt", "kommune → region"),
    "opened": ("Åpnet", "kommune → region"),
    "redirected": ("Ny mottaker har åpnet", "region → kommune"),
    "escalation_notice": ("Noe venter", "kommune → region"),
    "return": ("Tall", "kommune → region"),
    "template_offer": ("Mal for risikovurdering", "region → kommune"),
    "transfer_piece": ("Vedlegg til en overføring", "kommune → kommune"),
    "test_concern": ("Prøvemelding", "region → kommune"),
}
FIELDS = {
    "template_offer.text": "malen som fil, uten noe om noen",
    "case_transfer.summary": "sammendrag",
    "case_transfer.received_at": "mottatt",
    "case_transfer.reason": "hvorfor (kode)",
    "case_transfer.person_knows": "personen vet",
    "case_transfer.occurred_on": "dagen det hendte",
    "case_transfer.notes": "tidligere notater (når avsender velger det)",
    "case_transfer.known": "det teamet vet ellers: kort, advarsler, egne ord, vurderinger, planer, plikter",
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
