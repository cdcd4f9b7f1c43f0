"""The demo's register: partners and contact with them, training, routines, mandate, hours and somebody who is away."""

from datetime import date, timedelta
from decimal import Decimal

from tenants.team.partners_actions import Contact, Entry, add_partner, note_contact
from tenants.team.partners_models import Partner
from tenants.team.register_actions import Done, add_training, save_routine, set_hours, write_mandate
from tenants.team.rota_actions import add_absence
from varde.access import Reader, Role
from varde.clock import now
from varde.demo_cast import once, somebody
from varde.identity.models import User
from varde.tenancy.door import OfficeRef
from varde.ui.dates import day_of

PARTNERS = (
    ("politi", "Politiet i Gjøvik", "pol_23", "02800", "Alltid, 112 når det haster", "Lensmannsbetjent Strand"),
    ("krisesenter", "Krisesenteret i Gjøvik", "ksl_5", "21 00 99 50", "Hele døgnet", "Vakthavende"),
    ("nav", "Nav Gjøvik", "stjl_44", "21 00 99 51", "Hverdager kl. 10–14", "Veileder i mottaket"),
    ("legevakt", "Gjøvik interkommunale legevakt", "hpl_21", "116 117", "Hele døgnet", ""),
    ("barnehus", "Statens barnehus", "pol_23", "21 00 99 52", "Hverdager kl. 8–15.30", ""),
    ("overgrepsmottak", "Overgrepsmottaket", "hpl_21", "21 00 99 53", "Hele døgnet", ""),
    ("familievern", "Familievernkontoret", "fvkl_5", "21 00 99 54", "Hverdager kl. 9–15", ""),
    ("statsforvalter", "Statsforvalteren, vergemål", "fvl_13", "21 00 99 55", "Hverdager kl. 9–14", ""),
    ("smiso", "SMISO", "avtale", "21 00 99 56", "Hverdager kl. 10–15", ""),
)  # fmt: skip
MANDATE = (
    "Teamet tar imot bekymringer om vold og overgrep mot voksne over 18 år som vanskelig kan verne seg selv. "
    "Det vurderer, råder tjenestene, lager tiltak sammen med den utsatte og følger opp til det er gjort. "
    "Teamet møtes hver måned og oftere ved behov. Koordinatoren rapporterer til kommunedirektøren to ganger i året."
)
ROUTINES = (
    ("Slik svarer vi på telefonen", "Kvalitetssystemet 4.2", 120),
    ("Når en ansatt mistenkes", "Kvalitetssystemet 4.5", 20),
    ("Tolk og trygg kontakt", "Kvalitetssystemet 4.3", 200),
    ("Overlevering når noen slutter", "Kvalitetssystemet 4.9", -10),
)  # fmt: skip


def seed(kommune: OfficeRef) -> bool:
    """Fill the register; False elsewhere, and when it is filled."""
    return once(kommune, there=Partner.objects.exists, lay=_lay)


def _lay(by: Reader) -> None:
    today = day_of(now())
    _partners(today, by)
    coordinator, member = somebody(Role.COORDINATOR), somebody(Role.TEAM_MEMBER)
    _train(coordinator, member, today, by)
    for title, place, days in ROUTINES:
        save_routine(
            routine=None, title=title, place=place, owner=coordinator, review_on=today + timedelta(days=days),
            reviewed=days > 100, by=by,
        )  # fmt: skip
    write_mandate(text=MANDATE, decided_on=date(2026, 1, 5), decided_by="Kommunedirektøren", by=by)
    for role, hours in (("coordinator", 37.5), ("deputy", 7.5), ("member", 4)):
        set_hours(role=role, hours=Decimal(str(hours)), valid_from=date(2026, 1, 5), by=by)
    away = today + timedelta(days=9)
    add_absence(user=member, first_day=away, last_day=away + timedelta(days=2), by=by)


def _partners(today: date, by: Reader) -> None:
    for kind, name, secrecy, phone, hours, who in PARTNERS:
        entry = Entry(kind=kind, name=name, secrecy=secrecy, phone=phone, hours=hours, contact_person=who)
        partner = add_partner(entry=entry, by=by)
        if kind == "politi":
            text = "Avtalt at de er med på første del av teammøtet hver måned."
            note_contact(
                partner=partner, kind=kind, contact=Contact(today - timedelta(days=12), "meeting", True, text), by=by
            )


def _train(coordinator: User, member: User, today: date, by: Reader) -> None:
    for user, modules in (
        (coordinator, ("grunnlag", "avdekke", "samtale", "lov", "melde")),
        (member, ("grunnlag", "lov")),
    ):
        for place, module in enumerate(modules):
            add_training(user=user, done=Done("module", today - timedelta(days=300 - 20 * place), module=module), by=by)
        add_training(user=user, done=Done("secrecy", date(2026, 1, 5)), by=by)
    fresh = Done("rite", today - timedelta(days=400), until=today + timedelta(days=500), holder="RVTS Øst")
    add_training(user=coordinator, done=fresh, by=by)
