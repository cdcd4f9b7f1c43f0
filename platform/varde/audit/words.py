"""What the log's dotted nouns are called on a page."""

from collections.abc import Sequence

from varde.audit.models import Action

_WORDS = {
    "identity.user": "en konto",
    "identity.session": "innlogging",
    "identity.password": "et passord",
    "identity.factor": "totrinnsbekreftelse",
    "identity.codes": "reservekoder",
    "identity.provider": "en innloggingstjeneste",
    "identity.subject": "en kobling til en innloggingstjeneste",
    "identity.draft": "et utkast",
    "identity.dormant": "varsel om konto som ikke er brukt",
    "identity.link": "en aktiveringslenke",
    "audit.entry": "innsynsloggen",
    "privacy.key": "nøkkelen til en sak",
    "audit.anchor": "dagens anker for loggen",
    "audit.anchor_setting": "hvor ankeret sendes",
    "audit.extract": "hvem som har sett i en sak",
    "audit.finding": "et oppslag som skiller seg ut",
    "audit.review": "kontrollen av et oppslag",
    "inbox.concern": "en bekymring",
    "inbox.envelope": "en bekymring som ikke er åpnet",
    "inbox.client_keys": "nøkler fra meldeskjemaet",
    "inbox.message": "en melding til melder",
    "inbox.mistake": "noe som er feilført",
    "inbox.receipt": "en kvittering",
    "inbox.receipt.reply": "meldinger fra melder",
    "inbox.receipt.copy": "melders egen kopi",
    "inbox.reporter": "hvem som meldte",
    "inbox.leader_chain": "lederkjeden",
    "inbox.callback": "noen som skal ringes",
    "inbox.caller": "hvem som ringte om en sak",
    "inbox.call": "en samtale som pågår",
    "inbox.call.begun": "en samtale som ble påbegynt",
    "inbox.call.wrong_number": "en samtale, feil nummer",
    "inbox.call.advice": "en samtale, råd gitt",
    "inbox.call.spam": "en samtale, misbruk",
    "inbox.call.known": "en samtale om en sak vi har",
    "inbox.attachment": "et vedlegg",
    "inbox.later_file": "et vedlegg som kom etter meldingen",
    "inbox.attachment.copy": "den rensede kopien av et vedlegg",
    "inbox.attachment.original": "originalen av et vedlegg",
    "inbox.attachment.finding": "sjekk og rensing av et vedlegg",
    "inbox.denial": "hvem som er stengt ute",
    "inbox.cover": "skjerming av en bekymring",
    "inbox.returned": "en bekymring som er sendt tilbake",
    "inbox.returned.gone": "kopien av en bekymring som er sendt tilbake",
    "inbox.trial": "en prøvemelding",
    "inbox.places": "stedene i søket",
    "continuity.pack": "en beredskapspakke",
    "continuity.rule": "når beredskapspakker lages",
    "continuity.holder": "hvem som får en beredskapspakke",
    "continuity.passphrase": "en passordfrase til beredskapspakker",
    "persons.person": "et personkort",
    "persons.address": "en skjermet adresse",
    "persons.voice": "hva personen selv har sagt",
    "persons.contact": "planen for førstekontakt",
    "persons.warning": "en advarsel til den som skal på besøk",
    "cases.glass": "en nødåpning",
    "inbox.progress.opened": "tilstanden til en bekymring",
    "inbox.progress.in_progress": "en bekymring, til under arbeid",
    "inbox.progress.closed": "en bekymring, til avsluttet",
    "inbox.progress.returned": "en bekymring, til sendt tilbake",
    "triage.assessment": "en vurdering",
    "triage.deadline": "en frist",
    "triage.step": "et neste steg",
    "triage.reminder": "en påminnelse om noe som har en frist",
    "triage.duty": "en vurdering av en plikt",
    "triage.telling": "noe som skal meldes",
    "triage.note": "et notat om en bekymring",
    "triage.checklist": "sjekklisten til en bekymring",
    "triage.checklist_list": "spørsmålene i sjekklisten",
    "triage.call": "en samtale med 112, 113 eller 116 117",
    "triage.police": "det som gjelder politiet i en sak",
    "triage.prosecution": "påtalemyndighetens svar i en sak",
    "triage.hold": "stopp i en sak",
    "triage.carry": "hvem som har en sak",
    "triage.talk": "en drøfting",
    "cases.case": "en sak",
    "cases.note": "et notat",
    "cases.view": "et lagret utvalg av saker",
    "identity.view": "et lagret utvalg i en liste",
    "cases.member": "hvem som er på en sak",
    "cases.answer": "skjemaet til en sak",
    "measures.measure": "et tiltak",
    "measures.measure.running": "et tiltak, til i gang",
    "measures.measure.done": "et tiltak, til gjennomført",
    "measures.measure.stopped": "et tiltak, til stanset",
    "risk.assessment": "en risikovurdering",
    "risk.assessment.signed": "en risikovurdering, til signert",
    "risk.overtaken": "en tekst som ikke kom med i en risikovurdering",
    "risk.template": "maler for risikovurdering",
    "risk.offer": "en mal fra regionen",
    "measures.safety_plan": "en trygghetsplan",
    "measures.contact": "kontakt med en samarbeidspart i en sak",
    "measures.request": "en forespørsel til en annen tjeneste",
    "measures.request.received": "en forespørsel, til mottatt",
    "measures.request.answered": "en forespørsel, til besvart",
    "measures.request.refused": "en forespørsel, til avslått",
    "measures.request.withdrawn": "en forespørsel, til trukket",
    "measures.sharing": "en deling ut av teamet",
    "measures.sharing.opened": "en engangslenke som mottakeren åpnet",
    "measures.sharing.revoked": "en engangslenke som ble trukket tilbake",
    "closing.report": "en sluttrapport",
    "closing.reopening": "en gjenåpning",
    "closing.followup": "oppfølging etter at en sak ble lukket",
    "closing.transfer": "en overføring til en annen kommune",
    "closing.transfer.opened": "en overføring som ble åpnet hos mottakeren",
    "closing.arrival": "det som fulgte med fra en annen kommune",
    "closing.taken_in": "kort og varsler fra en annen kommune",
    "joined.named": "at en melder oppga nummeret på en sak",
    "joined.major": "en stor sak",
    "joined.alert": "et varsel til en leder om en stor sak",
    "returns.figures": "kommunens tall",
    "returns.given": "tall for ledelsen",
    "returns.return": "tall til regionen",
    "returns.sent": "tall som er sendt",
    "returns.order": "en bestilling av tall",
    "team.member": "en plass i teamet",
    "team.register": "teamets register",
    "team.training": "en opplæring",
    "team.modules": "listen over e-læring",
    "team.role_hours": "timer per rolle",
    "team.mandate": "teamets mandat",
    "team.routine": "en rutine",
    "team.card": "et handlingskort",
    "team.handover": "en overlevering",
    "meeting.meeting": "et møte",
    "meeting.meeting.planned": "et møte, tilbake til planlagt",
    "meeting.meeting.held": "et møte, til holdt",
    "meeting.meeting.approved": "et møte, til godkjent referat",
    "meeting.meeting.cancelled": "et møte, til avlyst",
    "meeting.item": "en sak på et møte",
    "meeting.participant": "en deltaker på et møte",
    "meeting.decision": "en beslutning i et møte",
    "insight.request": "et krav om innsyn",
    "insight.inquiry": "et krav om innsyn uten sak",
    "insight.verdict": "om den som ba om innsyn, står i saken",
    "insight.deadlines": "hvor mange krav om innsyn som venter",
    "insight.decision": "hva som gis ved innsyn",
    "insight.copy": "et dokument med innsyn",
    "insight.file": "et vedlegg gitt ved innsyn",
    "insight.statement": "noe en person mener er feil",
    "kept.class": "hvor lenge saker lagres",
    "kept.due": "en sak som er klar for arkiv",
    "kept.bundle": "en arkivpakke",
    "kept.archived": "at arkivet har fått en sak",
    "kept.longer": "at en sak beholdes lenger",
    "kept.file": "filer som slettes uten at arkivet har dem",
    "kept.order": "bekreftelse på at en sak slettes",
    "kept.order.taken_back": "en bekreftelse på sletting som ble trukket tilbake",
    "kept.clearing": "bekreftelse på at noe uten sak slettes",
    "kept.clearing.taken_back": "en bekreftelse på sletting uten sak som ble trukket tilbake",
    "kept.loose": "hva som kan slettes uten sak",
    "kept.tombstone": "det som er igjen etter en slettet sak",
    "kept.gone": "en sak som ble slettet etter reglene",
    "outreach.activity": "informasjonsarbeid",
    "outreach.plan": "informasjonsplanen",
    "outreach.own": "en sak som tjenesten har løst selv",
    "outreach.card": "plakat og kort",
    "outreach.year": "årsevalueringen",
    "outreach.year_words": "teamets vurdering av et år",
    "outreach.year_approval": "godkjenningen av en årsevaluering",
    "team.shift": "vaktlisten",
    "team.absence": "et fravær",
    "team.hours": "åpningstiden",
    "team.feed": "en kalenderadresse",
    "triage.escalation": "et varsel om noe som er over frist",
    "team.partner": "en samarbeidspart",
    "team.partner_contact": "kontakt med en samarbeidspart",
    "phone.shift": "vaktlisten på vakttelefonen",
    "phone.absence": "en operatørs fravær",
    "phone.hours": "åpningstiden på vakttelefonen",
    "phone.feed": "en kalenderadresse",
    "phone.declaration": "en taushetserklæring",
    "phone.declaration_text": "teksten i taushetserklæringen",
    "phone.operator": "en operatør",
    "phone.course": "et kurs",
    "phone.courses": "listen over kurs",
    "phone.note": "et notat til neste vakt",
    "hotline.call": "en samtale",
    "hotline.call.forwarded": "en samtale som ble sendt videre",
    "hotline.call.stored": "en samtale som kommunen har lagret",
    "delivery.returned": "en bekymring som kom tilbake",
    "delivery.order": "ny kommune for det som kom tilbake",
    "delivery.waited": "det som venter i en kommune",
    "delivery.wait_rule": "fristen for når vakttelefonen får beskjed",
    "delivery.test": "en prøvemelding",
    "hotline.call.opened": "en samtale som ble åpnet i kommunen",
    "hotline.call.announced": "en samtale som telefonsystemet meldte",
    "hotline.call.missed": "en samtale som ingen svarte",
    "hotline.call.claimed": "en samtale som ble tatt",
    "hotline.call.offered": "en samtale som ble tilbudt en annen operatør",
    "hotline.call.kept": "en samtale som operatøren beholdt",
    "hotline.call.taken": "en samtale som ble overtatt",
    "hotline.call.act": "det som ble gjort straks",
    "hotline.call.hung_up": "en samtale som ingen svarte, tatt av listen",
    "hotline.queue": "køen på vakttelefonen",
    "hotline.greeting": "hilsenen på vakttelefonen",
    "hotline.callback": "en tilbakeringing",
    "hotline.callback.taken": "en tilbakeringing som ble tatt",
    "hotline.callback.shift": "en tilbakeringing som ble felles",
    "hotline.callback.tried": "et forsøk på å ringe tilbake",
    "hotline.callback.gone": "tilbakeringinger som ble slettet etter en måned",
    "machines.machine": "et system med nøkkel",
    "machines.machine.revoked": "en nøkkel som ble trukket tilbake",
    "hotline.call.wrong_number": "en samtale, feil nummer",
    "hotline.call.advice": "en samtale, råd gitt",
    "hotline.call.spam": "en samtale, misbruk",
    "hotline.call.update": "en samtale om en tidligere melding",
    "hotline.call.no_team": "en samtale til en kommune uten team",
    "hotline.figures": "tall fra vakttelefonen",
    "lines.line": "telefonlinjer",
    "lines.number": "hvor et nummer leder",
    "lines.apparatus": "hvilke telefoner som ringer",
    "lines.words": "hilsener på telefonen",
    "lines.setup": "hvem som svarer når",
    "lines.agreement": "avtalen om å handle når det er akutt",
    "lines.published": "telefonen på de åpne sidene",
    "leaders.rotation": "rulleringen",
    "cooperation.members": "samarbeidet",
    "cooperation.template": "maler til kommunene",
    "statistics.report": "en rapport",
    "statistics.report.raw": "en rapport uten beskyttelse",
    "statistics.return": "tall fra en kommune",
    "post.under_way": "post underveis",
    "post.finding": "noe som mangler i posten",
    "post.again": "et brev som leveres på nytt",
    "post.Redirected": "et brev om ny mottaker",
    "post.EscalationNotice": "et brev om at noe venter",
    "post.ConcernHandover": "et brev med en bekymring",
    "post.Opened": "et brev om at noe er åpnet",
    "post.Return": "et brev med tall",
    "post.Misrouted": "et brev om feil kommune",
    "post.TestConcern": "et prøvebrev",
    "post.TemplateOffer": "et brev med en mal",
    "post.CaseTransfer": "et brev med en overføring",
    "post.TransferPiece": "et brev med en del av et vedlegg",
    "registry.office": "kontorene",
}

_PAGES = {
    "page./konto/bekreft": "siden for å bekrefte innloggingen",
}


# A task or command of the platform's own stands in the log by its purpose.
_PURPOSES = {
    "post": "Varde, post",
    "intake": "Varde, meldeskjemaet",
    "receipt": "Varde, kvittering",
    "reminders": "Varde, påminnelser",
    "returns": "Varde, tall",
    "import": "Varde, import",
    "keys": "Varde, nøkler",
    "setup": "Varde, oppsett",
    "verify": "Varde, kontroll av loggen",
    "documents": "Varde, vedlegg",
    "sharing": "Varde, engangslenke",
    "retention": "Varde, oppbevaring",
    "continuity": "Varde, beredskap",
    "redirect": "Varde, videresending",
    "ledger": "Varde, kontroll av posten",
    "machine": "Varde, et system med nøkkel",
}

# What a purpose does, for the person whose matter it is.
_WHY = {
    "post": "Sikker post mellom kontorer",
    "redirect": "Sendt videre til rett kommune, uten at noen leste det",
    "ledger": "Kontroll av at ingenting er borte, uten at noen leser det",
    "reminders": "Påminnelse om frister",
    "returns": "Telling til statistikk, uten navn",
    "import": "Overføring av eldre saker",
    "keys": "Vedlikehold av nøkler",
    "retention": "Sletting når fristen for lagring er ute",
    "verify": "Kontroll av innsynsloggen",
    "documents": "Sjekk og rensing av vedlegg",
    "sharing": "Lest av den det ble delt med",
    "continuity": "Beredskapspakken, laget for dem som ser saken",
}

# Several of the same, as they are counted on a line.
_MANY = {
    "inbox.concern": "bekymringer",
    "inbox.envelope": "uåpnede bekymringer",
    "cases.case": "saker",
    "measures.measure": "tiltak",
    "measures.request": "forespørsler",
    "team.partner": "samarbeidsparter",
    "triage.step": "neste steg",
    "triage.assessment": "vurderinger",
    "triage.talk": "drøftinger",
    "audit.finding": "oppslag som skiller seg ut",
    "hotline.call": "samtaler",
    "hotline.callback": "tilbakeringinger",
    "machines.machine": "systemer med nøkkel",
    "team.member": "plasser i teamet",
    "meeting.meeting": "møter",
    "meeting.item": "saker på et møte",
    "registry.office": "kontorer",
}
_SESSION = {"create": "logget inn", "denied": "prøvde å logge inn, uten å lykkes", "change": "logget ut"}

_WAYS = {
    "password": "passord",
    "totp": "engangskode",
    "recovery_codes": "reservekode",
    "webauthn": "passnøkkel",
    "mfa": "totrinnsbekreftelse",
    "code": "engangskode",
    "passkey": "passnøkkel",
    "link": "aktiveringslenke",
    "entra": "Entra ID",
    "ansattporten": "Ansattporten",
    "idporten": "ID-porten",
}


def said_ground(ground: str) -> str:
    """A ground as it is; a way of logging in in words."""
    if not ground.startswith("login."):
        return ground
    return "med " + " og ".join(_WAYS.get(way, "innlogging utenfra") for way in ground[6:].split("+"))


def who(name: str, *, is_person: bool) -> str:
    """A person's name as it is; a purpose in words; nobody in particular."""
    if is_person or not name:
        return name or "Ikke innlogget"
    return _PURPOSES.get(name, name)


def said(what: str) -> str:
    """The noun in words; a role by its name; one that has no words yet as it is."""
    if what in _PAGES:
        return _PAGES[what]
    if what.startswith("page./"):
        return f"siden {what.removeprefix('page.')}"
    if what.startswith("identity.role."):
        return f"rollen {what.removeprefix('identity.role.')}"
    if what.startswith("door."):
        return "et rom uten tilgang"
    if what.startswith("post.receipt."):
        return f"kvittering for {said(what.replace('.receipt', '', 1))}"
    return _WORDS.get(what, what)


def deed(action: str, what: str, count: int = 1) -> str:
    """«så i en liste: 14 bekymringer», «åpnet en sak», «logget inn»."""
    if what == "identity.session" and action in _SESSION:
        return _SESSION[action]
    done = str(Action(action).label)
    if count == 1:
        return f"{done}: {said(what)}" if action in (Action.LIST, Action.DENIED) else f"{done} {said(what)}"
    return f"{done}: {count} {_MANY[what]}" if what in _MANY else f"{done} {said(what)}, {count} ganger"


def deeds(done: Sequence[tuple[str, str, int]]) -> list[str]:
    """Every (action, what, how many) in words; all that was seen in lists under one «så i en liste»."""
    found: list[str] = []
    listed = [(what, count) for action, what, count in done if action == Action.LIST]
    if len(listed) > 1:
        seen = ", ".join(
            f"{count} {_MANY[what]}" if count > 1 and what in _MANY else said(what) for what, count in listed
        )
        found.append(f"{Action.LIST.label}: {seen}")
    return found + [deed(*each) for each in done if each[0] != Action.LIST or len(listed) == 1]


def why_automatic(purpose: str) -> str:
    """What the platform did by itself, for the person whose matter it is."""
    return _WHY.get(purpose, "Annen automatisk behandling")


def short(object_id: str) -> str:
    """Eight characters are enough to see that two rows are about the same thing, and too few to be an address."""
    return object_id[:8]
