"""What the log's dotted nouns are called on a page."""

_WORDS = {
    "identity.user": "en konto",
    "identity.session": "innlogging",
    "identity.password": "et passord",
    "identity.factor": "totrinnsbekreftelse",
    "identity.codes": "reservekoder",
    "identity.link": "en aktiveringslenke",
    "audit.entry": "innsynsloggen",
    "inbox.concern": "en bekymring",
    "inbox.envelope": "en bekymring som ikke er åpnet",
    "inbox.client_keys": "nøkler fra meldeskjemaet",
    "inbox.message": "en melding til melder",
    "inbox.receipt": "en kvittering",
    "inbox.progress.opened": "tilstanden til en bekymring",
    "inbox.progress.in_progress": "en bekymring, til under arbeid",
    "inbox.progress.closed": "en bekymring, til avsluttet",
    "triage.assessment": "en vurdering",
    "triage.deadline": "en frist",
    "triage.step": "et neste steg",
    "cases.case": "en sak",
    "cases.note": "et notat",
    "cases.member": "hvem som er på en sak",
    "cases.answer": "skjemaet til en sak",
    "measures.measure": "et tiltak",
    "measures.measure.running": "et tiltak, til i gang",
    "measures.measure.done": "et tiltak, til gjennomført",
    "measures.measure.stopped": "et tiltak, til stanset",
    "closing.report": "en sluttrapport",
    "returns.figures": "kommunens tall",
    "returns.return": "tall til regionen",
    "returns.sent": "tall som er sendt",
    "team.member": "en plass i teamet",
    "hotline.call": "en samtale",
    "hotline.call.forwarded": "en samtale som ble sendt videre",
    "hotline.call.opened": "en samtale som ble åpnet i kommunen",
    "hotline.call.wrong_number": "en samtale, feil nummer",
    "hotline.call.advice": "en samtale, råd gitt",
    "hotline.call.spam": "en samtale, misbruk",
    "hotline.call.update": "en samtale om en tidligere melding",
    "hotline.call.no_team": "en samtale til en kommune uten team",
    "hotline.figures": "tall fra vakttelefonen",
    "leaders.rotation": "rulleringen",
    "cooperation.members": "samarbeidet",
    "statistics.report": "en rapport",
    "statistics.report.raw": "en rapport uten beskyttelse",
    "statistics.return": "tall fra en kommune",
    "post.under_way": "post underveis",
    "post.ConcernHandover": "et brev med en bekymring",
    "post.Opened": "et brev om at noe er åpnet",
    "post.Return": "et brev med tall",
    "post.Misrouted": "et brev om feil kommune",
    "post.TestConcern": "et prøvebrev",
    "registry.office": "kontorene",
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
}


def who(name: str, *, is_person: bool) -> str:
    """A person's name as it is; a purpose in words; nobody in particular."""
    if is_person or not name:
        return name or "Ikke innlogget"
    return _PURPOSES.get(name, name)


def said(what: str) -> str:
    """The noun in words; a role by its name; one that has no words yet as it is."""
    if what.startswith("identity.role."):
        return f"rollen {what.removeprefix('identity.role.')}"
    if what.startswith("door."):
        return "et rom uten tilgang"
    if what.startswith("post.receipt."):
        return f"kvittering for {said(what.replace('.receipt', '', 1))}"
    return _WORDS.get(what, what)


def short(object_id: str) -> str:
    """Eight characters are enough to see that two rows are about the same thing, and too few to be an address."""
    return object_id[:8]
