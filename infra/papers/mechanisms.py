"""Which protections stand in this version, looked up in the code, so that the papers never promise more than is built.

Three answers: in place (what carries it is there, and so are the tests named), untested (code, but a test is missing),
or missing. That it works is what the tests say. A wrong name here makes the papers say too little, never too much.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

from django.apps import apps
from django.conf import settings

from infra.papers.fields import Missing, is_ours, is_sealed
from infra.papers.regions import ROOT

IN_PLACE, UNTESTED, MISSING = "på plass", "ikke prøvd", "mangler"


@dataclass(frozen=True, slots=True)
class Mechanism:
    """`there` decides which of the two sentences is printed; `carried` names its tests."""

    title: str
    there: Callable[[], bool]
    yes: str
    no: str
    carried: tuple[str, ...] = ()


def module(*names: str) -> Callable[[], bool]:
    """Is one of the modules there?"""
    return lambda: any(_found(name) for name in names)


def _found(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def setting(name: str) -> Callable[[], bool]:
    """Is the setting there and switched on?"""
    return lambda: bool(getattr(settings, name, None))


def a_table(*parts: str) -> Callable[[], bool]:
    """Is there a table of ours with such a name?"""
    return lambda: any(is_ours(m) and any(part in m._meta.db_table for part in parts) for m in apps.get_models())


def sealed(label: str, name: str) -> Callable[[], bool]:
    """Does this field keep ciphertext?"""
    return lambda: is_sealed(apps.get_model(label), name)


def state_of(each: Mechanism) -> str:
    """ "på plass", "ikke prøvd" or "mangler"."""
    if not each.there():
        return MISSING
    tested = each.carried and all((ROOT / path).exists() for path in each.carried)
    return IN_PLACE if tested else UNTESTED


MECHANISMS = (
    Mechanism(
        "Databaseinnlogging per kontor",
        module("varde.tenancy.backend.base"),
        "Et kontor kan ikke lese et annet kontors tabeller, heller ikke med rå SQL.",
        "Mangler.",
        ("tests/isolation/test_escape.py", "tests/sabotage/test_isolation_sabotage.py"),
    ),
    Mechanism(
        "Radrettigheter i kontoret",
        module("varde.access.rows"),
        "Databasen viser en bekymring eller sak bare for den som har den; lesebilletten er signert, så en injeksjon "
        "kan ikke lage den.",
        "Hvem som ser hvilken sak inne i et kontor, styres av programmet, ikke av databasen.",
        ("tests/tenants/test_hidden.py",),
    ),
    Mechanism(
        "Inhabilitet",
        a_table("denial"),
        "En person eller en hel tjeneste kan stenges ute fra en sak; det går foran alle roller og virker med en gang.",
        "Inhabilitet kan ikke registreres. Slike saker bør ikke inn i Varde.",
        ("tests/tenants/test_hidden.py",),
    ),
    Mechanism(
        "Nødåpning med to personer",
        a_table("glassrequest"),
        "Krever to personer, grunn og tidsgrense; de som har saken, får vite det.",
        "Finnes ikke. Ingen kan åpne en sak de ikke har.",
        ("tests/tenants/test_hidden.py",),
    ),
    Mechanism(
        "Innsynslogg i samme transaksjon",
        module("varde.audit.trail"),
        "Uten loggrad vises ingen side. Loggen er lenket, og kontorets innlogging kan ikke endre den.",
        "Mangler.",
        ("tests/varde/test_audit_walk.py", "tests/varde/test_audit_chain.py", "tests/sabotage/test_log_sabotage.py"),
    ),
    Mechanism(
        "Loggen festet utenfor kontoret",
        module("varde.audit.anchoring"),
        "Dagens ende av loggen legges i en fil, på e-post og kan tidsstemples; en som skriver "
        "kjeden på nytt, oppdages.",
        "Enden er ikke festet. En som eier tabellene og skriver hele kjeden på nytt, oppdages ikke.",
        ("tests/varde/test_audit_anchor.py", "tests/sabotage/test_log_sabotage.py"),
    ),
    Mechanism(
        "Utskrift til den saken gjelder",
        module("varde.audit.extract"),
        "Personen kan få en utskrift av hvem som har lest, når og med hvilken slags grunn. Melder står ikke der.",
        "Det finnes ingen egen utskrift. Personvernombudet må sette den sammen fra innsynsloggen.",
        ("tests/varde/test_audit_extract.py",),
    ),
    Mechanism(
        "Kontroll av oppslag hver måned",
        module("varde.audit.review"),
        "Oppslag som skiller seg ut (eget navn, ingen oppgave, utenom arbeidstid, mange), ses på av en uhildet leder.",
        "Loggen må gjennomgås for hånd.",
        ("tests/varde/test_audit_review.py", "tests/varde/test_audit_rules.py"),
    ),
    Mechanism(
        "Tekst forseglet i databasen",
        sealed("inbox.Concern", "what"),
        "Feltene som er merket forseglet under, er chiffertekst i databasen og i alle kopier. Nøklene ligger utenfor.",
        "**Tekst i bekymringer og saker er ikke kryptert i databasen.** Disk og kopier må krypteres av driften.",
        ("tests/privacy/test_swaps.py", "tests/privacy/test_inventory.py", "tests/sabotage/test_keys_sabotage.py"),
    ),
    Mechanism(
        "Bytte og ødeleggelse av nøkler",
        module("varde.privacy.shreds"),
        "Kontorets nøkkel kan byttes uten stans. Er sakens nøkkel ødelagt, er forseglet tekst uleselig i alle kopier.",
        "Finnes ikke.",
        ("tests/privacy/test_rotation.py", "tests/privacy/test_destroy.py"),
    ),
    Mechanism(
        "Feilmeldinger, logger og e-post bygges fra en liste",
        module("varde.exits.errors"),
        "Meldingstekst, verdier, adresser og brukere er ikke med; hver utgang er lest for plantede ord.",
        "Mangler.",
        ("tests/varde/test_exits.py", "tests/exits/test_canaries.py", "tests/sabotage/test_exits_sabotage.py"),
    ),
    Mechanism(
        "Vedlegg i egen prosess",
        a_table("attachment"),
        "Vedlegg åpnes bare i en egen, stengt prosess; det lages en renset utgave, og originalen er forseglet.",
        "Vedlegg kan ikke sendes.",
        (
            "tests/documents/test_documents_cage.py",
            "tests/documents/test_documents_cleaning.py",
            "tests/sabotage/test_documents_sabotage.py",
        ),
    ),
    Mechanism(
        "Innlogging med kommunens egen tjeneste",
        module("varde.identity.oidc"),
        "OpenID Connect per kontor; utsteder og id, kontor, nivå (`acr`) og engangsverdi prøves.",
        "Bare passord med kodeapp, eller passnøkkel.",
        ("tests/oidc/test_oidc_attacks.py", "tests/sabotage/test_login_sabotage.py"),
    ),
    Mechanism(
        "Økter som lukkes, og ny bekreftelse",
        setting("IDLE_MINUTES"),
        "Økten lukkes etter 30 minutter uten bruk og senest etter 8 timer; det viktigste krever ny bekreftelse. "
        "Det som skrives for sent, tas vare på som forseglet utkast i 7 dager.",
        "Økten varer i 8 timer eller til nettleseren lukkes.",
        ("tests/varde/test_identity_sessions.py", "tests/sabotage/test_login_sabotage.py"),
    ),
    Mechanism(
        "Ubrukte kontoer stenges",
        setting("DORMANT_DAYS"),
        "En konto ingen logger inn på, stenges av seg selv etter 90 dager, med varsel først.",
        "Kontoer stenges for hånd.",
        ("tests/varde/test_identity_dormant.py",),
    ),
    Mechanism(
        "Vern mot flom på skjemaet",
        module("tenants.inbox.challenge"),
        "En flom møter en regneoppgave i nettleseren; en melding avvises aldri, og ingen adresse lagres.",
        "Ingenting begrenser hvor mange meldinger som sendes; alle lagres.",
        ("tests/tenants/test_inbox_flood.py", "tests/sabotage/test_intake_sabotage.py"),
    ),
    Mechanism(
        "Utrygge innstillinger stanser starten",
        module("varde.tenancy.guard"),
        "Produksjon starter ikke med feilsøking på, for mektig innlogging, manglende nøkler eller en database som "
        "kan glemme.",
        "Mangler.",
        ("tests/varde/test_guard.py", "tests/exits/test_programs.py", "tests/exits/test_server_questions.py"),
    ),
    Mechanism(
        "Sletting etter frist",
        module("varde.retention"),
        "Kommunens frister følges av seg selv.",
        "Varde sletter ikke saker av seg selv; nøkkelen til en sak kan ødelegges for hånd.",
    ),
)


def table(_missing: Missing) -> str:
    """One row per mechanism: stands or not, what that means, and what carries it."""
    rows = []
    for each in MECHANISMS:
        state = state_of(each)
        marked = state if state == IN_PLACE else f"**{state}**"
        sentence = each.no if state == MISSING else each.yes
        carried = ", ".join(f"`{path}`" for path in each.carried if (ROOT / path).exists()) if state != MISSING else ""
        rows.append(f"| {each.title} | {marked} | {sentence} | {carried or '–'} |")
    return "| vern | i denne utgaven | hva det betyr | prøves i |\n|---|---|---|---|\n" + "\n".join(rows)
