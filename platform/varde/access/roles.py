"""Roles and what they may, in code, so that a change is reviewed and not clicked."""

from dataclasses import dataclass
from enum import StrEnum

from varde.access.permissions import Permission


class Role(StrEnum):
    """Given per office; a person may hold several."""

    COORDINATOR = "koordinator"
    TEAM_MEMBER = "teammedlem"
    LEADER = "leder"
    ADMINISTRATOR = "administrator"
    PRIVACY_OFFICER = "personvernombud"
    CONTACT = "kontaktperson"
    REFERENCE_GROUP = "referansegruppe"
    POLICE_CONTACT = "politikontakt"
    OPERATOR = "operator"
    HOST_ADMINISTRATOR = "vertskommune-administrator"
    LEADER_TEAM = "lederteam"
    STATISTICS_OFFICER = "statistikkansvarlig"
    SECRETARY = "sekretaer"
    PLATFORM_OPERATOR = "driftsansvarlig"
    CONTROLLER = "kontrolleier"


@dataclass(frozen=True, slots=True)
class RoleSpec:
    """What a role is called, what it is in one sentence, where it exists and what it may."""

    label: str
    sentence: str
    kinds: frozenset[str]
    permissions: frozenset[Permission]


def _spec(label: str, sentence: str, kind: str, *permissions: Permission) -> RoleSpec:
    return RoleSpec(label, sentence, frozenset(kind.split()), frozenset({Permission.BE_HERE, *permissions}))


_TEAM = (
    Permission.CONCERN_REGISTER,
    Permission.INBOX_READ,
    Permission.TRIAGE,
    Permission.CASES,
    Permission.GLASS_APPROVE,
    Permission.TEAM_READ,
    Permission.RETURNS_SEE,
    Permission.TEAM_REGISTER,
    Permission.OUTREACH_SEE,
    Permission.OUTREACH,
    Permission.MATTER_RAISE,
)

ROLES: dict[Role, RoleSpec] = {
    Role.COORDINATOR: _spec(
        "Koordinator",
        "Leder det operative teamet, tar imot bekymringer og ser alle saker i kommunen.",
        "kommune",
        *_TEAM,
        Permission.RETURNS_SEND,
        Permission.FIGURES_SEE,
        Permission.SETTINGS,
        Permission.AUDIT_EXTRACT,
        Permission.POST_STATUS,
        Permission.STARTING,
    ),
    Role.TEAM_MEMBER: _spec(
        "Teammedlem", "Tar imot bekymringer og ser de sakene medlemmet er satt på.", "kommune", *_TEAM
    ),
    Role.LEADER: _spec(
        "Leder",
        "Ser team og tall, men ingen saker. Følger opp oppslag som skiller seg ut.",
        "kommune",
        Permission.TEAM_READ,
        Permission.RETURNS_SEE,
        Permission.FIGURES_SEE,
        Permission.TEAM_REGISTER,
        Permission.OUTREACH_SEE,
        Permission.AUDIT_REVIEW,
        Permission.GLASS_APPROVE,
        Permission.MATTER_RAISE,
        Permission.STARTING,
        Permission.AGREEMENT_SAY,
        Permission.OFFICE_END,
    ),
    Role.ADMINISTRATOR: _spec(
        "Administrator",
        "Styrer brukere og innstillinger, men ser ingen bekymringer og ingen saker.",
        "kommune",
        Permission.PEOPLE_MANAGE,
        Permission.SETTINGS,
        Permission.TEAM_READ,
        Permission.TEAM_REGISTER,
        Permission.POST_STATUS,
        Permission.STARTING,
        Permission.AGREEMENT_SAY,
        Permission.OFFICE_END,
    ),
    Role.PRIVACY_OFFICER: _spec(
        "Personvernombud",
        "Ser hvem som har lest hva, men ikke innholdet.",
        "kommune",
        Permission.AUDIT_READ,
        Permission.AUDIT_EXTRACT,
        Permission.AUDIT_REVIEW,
    ),
    Role.CONTACT: _spec(
        "Kontaktperson",
        "Melder fra en tjeneste og svarer på forespørsler. Ser ingen saker.",
        "kommune",
        Permission.CONCERN_REGISTER,
        Permission.REQUESTS_ANSWER,
        Permission.TEAM_READ,
    ),
    Role.REFERENCE_GROUP: _spec(
        "Referansegruppe",
        "Gir råd om informasjonsarbeid. Ser beskyttede tall, men ingen saker.",
        "kommune",
        Permission.TEAM_READ,
        Permission.FIGURES_SEE,
        Permission.OUTREACH_SEE,
    ),
    Role.POLICE_CONTACT: _spec(
        "Politikontakt",
        "Ser ingen saker her. Får det som deles med et grunnlag, på en engangslenke.",
        "kommune",
        Permission.TEAM_READ,
    ),
    Role.OPERATOR: _spec(
        "Operatør", "Svarer vakttelefonen og sender bekymringen til rett kommune.", "region", Permission.HOTLINE
    ),
    Role.HOST_ADMINISTRATOR: _spec(
        "Vertskommunens administrator",
        "Styrer vakttelefon, brukere og samarbeid. Ser ingen bekymringer.",
        "region",
        Permission.HOTLINE_MANAGE,
        Permission.PEOPLE_MANAGE,
        Permission.LEADERS_READ,
        Permission.LEADERS_MANAGE,
        Permission.PLAN_EDIT,
        Permission.COOPERATION_READ,
        Permission.COOPERATION_MANAGE,
        Permission.OFFICE_END,
        Permission.ONBOARDING,
        Permission.TEMPLATES_SHARE,
        Permission.POST_STATUS,
        Permission.AUDIT_READ,
    ),
    Role.LEADER_TEAM: _spec(
        "Lederteam",
        "Ser rullering, samarbeid og beskyttede tall. Sender risikomaler til kommunene.",
        "region",
        Permission.LEADERS_READ,
        Permission.COOPERATION_READ,
        Permission.STATISTICS_READ,
        Permission.TEMPLATES_SHARE,
    ),
    Role.STATISTICS_OFFICER: _spec(
        "Statistikkansvarlig",
        "Ser hvilke kommuner som har sendt tall, og gir ut beskyttede tall sammen med en til.",
        "region",
        Permission.STATISTICS_READ,
        Permission.STATISTICS_RELEASE,
        Permission.COOPERATION_READ,
    ),
    Role.SECRETARY: _spec(
        "Lederteamets sekretær",
        "Kaller inn til møter, skriver referat og følger opp vedtak, systemsaker og handlingsplan.",
        "region",
        Permission.LEADERS_READ,
        Permission.LEADERS_MANAGE,
        Permission.PLAN_EDIT,
        Permission.COOPERATION_READ,
        Permission.STATISTICS_READ,
        Permission.STATISTICS_RELEASE,
        Permission.TEMPLATES_SHARE,
    ),
    Role.PLATFORM_OPERATOR: _spec(
        "Driftsansvarlig",
        "Drifter plattformen. Ser kontorer og tilstand, aldri innhold.",
        "drift",
        Permission.PLATFORM_READ,
        Permission.PEOPLE_MANAGE,
        Permission.POST_STATUS,
        Permission.ORDERS,
    ),
    Role.CONTROLLER: _spec(
        "Kontrolleier",
        "Følger opp kontroller på plattformen.",
        "drift",
        Permission.PLATFORM_READ,
        Permission.AUDIT_READ,
        Permission.POST_STATUS,
    ),
}


def roles_with(*permissions: Permission) -> list[Role]:
    """The roles that carry one of these permissions."""
    return [role for role, spec in ROLES.items() if spec.permissions.intersection(permissions)]


def roles_of(kind: str) -> list[Role]:
    """The roles that exist in an office of this type."""
    return [role for role, spec in ROLES.items() if kind in spec.kinds]
