"""Who may open which address, written out, so that a change of who sees what is seen in review.

ANYONE needs no log-in, EVERYBODY is anyone logged in (also without a role), a list names roles. One line per address
of `varde.access.gather(urlconf)`; the test says which line is missing and gives it to paste.
"""

from varde.access import Role

ANYONE = "anyone"
EVERYBODY = "everybody"
Who = str | list[Role]

KARI = Role.COORDINATOR
TOM = Role.TEAM_MEMBER
LEADER = Role.LEADER
ADMIN = Role.ADMINISTRATOR
OMBUD = Role.PRIVACY_OFFICER
CONTACT = Role.CONTACT
REFERENCE = Role.REFERENCE_GROUP
POLICE = Role.POLICE_CONTACT
OPERATOR = Role.OPERATOR
HOST = Role.HOST_ADMINISTRATOR
TEAM = Role.LEADER_TEAM
NUMBERS = Role.STATISTICS_OFFICER
DRIFT = Role.PLATFORM_OPERATOR
CONTROL = Role.CONTROLLER

# Addresses of log-in and account, the same in every type of office.
ACCOUNT: dict[str, Who] = {
    "/inn": ANYONE,
    "/inn/totrinn": ANYONE,
    "/inn/passnokkel": ANYONE,
    "/inn/leverandor/<uuid:provider_id>": ANYONE,
    "/inn/leverandor/<uuid:provider_id>/tilbake": ANYONE,
    "/inn/leverandor/<uuid:provider_id>/ferdig": ANYONE,
    "/inn/leverandor/<uuid:provider_id>/utlogging": ANYONE,
    "/ut": ANYONE,
    "/ut/ferdig": ANYONE,
    "/aktiver/<str:uid>/<str:token>/<uuid:provider_id>": ANYONE,
    "/konto/utkast": EVERYBODY,
    "/konto/fortsett/<uuid:draft_id>": EVERYBODY,
    "/aktiver/<str:uid>/<str:token>": ANYONE,
    "/start": EVERYBODY,
    "/konto": EVERYBODY,
    "/konto/bekreft": EVERYBODY,
    "/konto/bekreft/kode": EVERYBODY,
    "/konto/bekreft/passnokkel": EVERYBODY,
    "/konto/passord": EVERYBODY,
    "/konto/totrinn": EVERYBODY,
    "/konto/totrinn/app": EVERYBODY,
    "/konto/totrinn/app/fjern": EVERYBODY,
    "/konto/totrinn/koder": EVERYBODY,
    "/konto/totrinn/koder/nye": EVERYBODY,
    "/konto/totrinn/passnokler": EVERYBODY,
    "/konto/totrinn/passnokler/ny": EVERYBODY,
    "/konto/totrinn/passnokler/<int:pk>/navn": EVERYBODY,
    "/konto/totrinn/passnokler/<int:pk>/fjern": EVERYBODY,
}


def people(*roles: Role) -> dict[str, Who]:
    """The pages of those who manage people."""
    who = list(roles)
    return {
        "/folk": who,
        "/folk/ny": who,
        "/folk/<uuid:user_id>": who,
        "/folk/<uuid:user_id>/roller": who,
        "/folk/<uuid:user_id>/konto": who,
        "/folk/<uuid:user_id>/lenke": who,
        "/folk/<uuid:user_id>/koble-fra": who,
    }


def log_rooms(extract: list[Role], review: list[Role], settings: list[Role]) -> dict[str, Who]:
    """The pages around the log: the extract, the control of odd looks, the anchors."""
    return {
        "/innsynslogg/utskrift": extract,
        "/innsynslogg/utskrift/<uuid:matter_id>": extract,
        "/innsynslogg/kontroll": review,
        "/innsynslogg/kontroll/<uuid:finding_id>": review,
        "/innsynslogg/anker": settings,
    }


PUBLIC: dict[str, Who] = {
    "/": ANYONE,
}

KOMMUNE: dict[str, Who] = {
    **ACCOUNT,
    **people(ADMIN),
    **log_rooms([KARI, OMBUD], [LEADER, OMBUD], [KARI, ADMIN]),
    "/innsynslogg": [OMBUD],
    "/team": [KARI, TOM, LEADER, ADMIN, CONTACT, REFERENCE, POLICE],
    "/team/medlem/<uuid:user_id>": [KARI, ADMIN],
    "/": ANYONE,
    "/meld": ANYONE,
    "/meld/privat": ANYONE,
    "/meld/ansatt": ANYONE,
    "/meld/oppgave": ANYONE,
    "/kvittering": ANYONE,
    "/personvern": ANYONE,
    "/api/v1/reports": ANYONE,
    "/api/v1/reports/<str:receipt>": ANYONE,
    "/api/schema": ANYONE,
    "/innboks": [KARI, TOM],
    "/innboks/ny": [KARI, TOM, CONTACT],
    "/innboks/<uuid:concern_id>": [KARI, TOM],
    "/innboks/<uuid:concern_id>/vedlegg/<uuid:attachment_id>/kopi": [KARI, TOM],
    "/innboks/<uuid:concern_id>/vedlegg/<uuid:attachment_id>/original": [KARI, TOM],
    "/innboks/<uuid:concern_id>/apne": [KARI, TOM],
    "/innboks/<uuid:concern_id>/melding": [KARI, TOM],
    "/innboks/<uuid:concern_id>/tilgang": [KARI, TOM],
    "/innboks/<uuid:concern_id>/tilgang/steng": [KARI, TOM],
    "/innboks/<uuid:concern_id>/tilgang/inhabil": [KARI, TOM],
    "/innboks/<uuid:concern_id>/tilgang/<uuid:denial_id>/opphev": [KARI, TOM],
    "/innboks/<uuid:concern_id>/tilgang/skjerm": [KARI, TOM],
    "/innboks/<uuid:concern_id>/tilgang/apne": [KARI, TOM],
    "/sok": [KARI, TOM],
    "/nodapning": [KARI, TOM, LEADER],
    "/nodapning/<uuid:request_id>/svar": [KARI, TOM, LEADER],
    "/nodapning/<uuid:request_id>/avslutt": [KARI, TOM, LEADER],
    "/innboks/<uuid:concern_id>/avklar": [KARI, TOM],
    "/innboks/<uuid:concern_id>/steg": [KARI, TOM],
    "/frister": [KARI, TOM],
    "/team/frister": [KARI, ADMIN],
    "/saker": [KARI, TOM],
    "/saker/<uuid:case_id>": [KARI, TOM],
    "/saker/<uuid:case_id>/notat": [KARI, TOM],
    "/saker/<uuid:case_id>/medlemmer": [KARI, TOM],
    "/saker/<uuid:case_id>/medlemmer/<uuid:user_id>/fjern": [KARI, TOM],
    "/saker/<uuid:case_id>/steg": [KARI, TOM],
    "/saker/<uuid:case_id>/skjema": [KARI, TOM],
    "/saker/<uuid:case_id>/tiltak": [KARI, TOM],
    "/saker/<uuid:case_id>/lukk": [KARI, TOM],
    "/saker/<uuid:case_id>/sluttrapport": [KARI, TOM],
    "/innboks/<uuid:concern_id>/overfor": [KARI, TOM],
    "/saker/<uuid:case_id>/overfor": [KARI, TOM],
    "/tiltak": [KARI, TOM],
    "/tiltak/<uuid:measure_id>": [KARI, TOM],
    "/statistikk": [KARI, TOM, LEADER],
    "/statistikk/<str:period>": [KARI],
    "/statistikk/<str:period>/send": [KARI],
}

REGION: dict[str, Who] = {
    **ACCOUNT,
    **people(HOST),
    **log_rooms([], [], [HOST]),
    "/": ANYONE,
    "/innsynslogg": [HOST],
    "/vakttelefon": [OPERATOR],
    "/vakttelefon/ny": [OPERATOR],
    "/vakttelefon/tall": [HOST],
    "/vakttelefon/<uuid:call_id>": [OPERATOR],
    "/vakttelefon/<uuid:call_id>/utkast": [OPERATOR],
    "/lederteam": [HOST, TEAM],
    "/samarbeid": [HOST, TEAM, NUMBERS],
    "/statistikk": [TEAM, NUMBERS],
    "/post": [HOST],
}

DRIFT_OFFICE: dict[str, Who] = {
    **ACCOUNT,
    **people(DRIFT),
    **log_rooms([], [], [DRIFT]),
    "/": ANYONE,
    "/innsynslogg": [CONTROL],
    "/plattform": [DRIFT, CONTROL],
}

TABLE: dict[str, dict[str, Who]] = {
    "public": PUBLIC,
    "kommune": KOMMUNE,
    "region": REGION,
    "drift": DRIFT_OFFICE,
}
