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
    "/team/register": [KARI, TOM, LEADER, ADMIN],
    "/team/register/opplaering": [KARI, ADMIN],
    "/team/register/moduler": [KARI, ADMIN],
    "/team/register/timer": [KARI, ADMIN],
    "/team/register/mandat": [KARI, ADMIN],
    "/team/register/rutiner/ny": [KARI, ADMIN],
    "/team/register/rutiner/<uuid:routine_id>": [KARI, ADMIN],
    "/team/register/overlevering": [KARI, ADMIN],
    "/team/register/overlevering/<uuid:handover_id>": [KARI, ADMIN],
    "/team/partnere": [KARI, TOM, LEADER, ADMIN, CONTACT, REFERENCE, POLICE],
    "/team/partnere/ny": [KARI, TOM, ADMIN],
    "/team/partnere/politiforsok": [KARI, TOM, ADMIN],
    "/team/partnere/<uuid:partner_id>": [KARI, TOM, LEADER, ADMIN, CONTACT, REFERENCE, POLICE],
    "/team/partnere/<uuid:partner_id>/endre": [KARI, TOM, ADMIN],
    "/team/partnere/<uuid:partner_id>/tilstand": [KARI, TOM, ADMIN],
    "/team/partnere/<uuid:partner_id>/kontakt": [KARI, TOM, ADMIN],
    "/": ANYONE,
    "/meld": ANYONE,
    "/meld/privat": ANYONE,
    "/meld/ansatt": ANYONE,
    "/meld/oppgave": ANYONE,
    "/kvittering": ANYONE,
    "/kvittering/svar": ANYONE,
    "/kvittering/kopi": ANYONE,
    "/innboks/samtale": [KARI, TOM, CONTACT],
    "/innboks/samtale/<uuid:call_id>": [KARI, TOM, CONTACT],
    "/innboks/ring-tilbake": [KARI, TOM],
    "/innboks/ring-tilbake/ny": [KARI, TOM],
    "/innboks/ring-tilbake/<uuid:callback_id>": [KARI, TOM],
    "/innboks/<uuid:concern_id>/ring-tilbake": [KARI, TOM],
    "/innboks/<uuid:concern_id>/svar": [KARI, TOM],
    "/innboks/<uuid:concern_id>/melder": [KARI, TOM],
    "/team/lederkjede": [KARI, ADMIN],
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
    "/innboks/<uuid:concern_id>/personer": [KARI, TOM],
    "/innboks/<uuid:concern_id>/stemme": [KARI, TOM],
    "/innboks/<uuid:concern_id>/advarsler": [KARI, TOM],
    "/innboks/<uuid:concern_id>/advarsler/<uuid:warning_id>/avslutt": [KARI, TOM],
    "/personer/<uuid:person_id>": [KARI, TOM],
    "/personer/<uuid:person_id>/sammen": [KARI, TOM],
    "/personer/<uuid:person_id>/koble": [KARI, TOM],
    "/personer/<uuid:person_id>/koble-fra": [KARI, TOM],
    "/personer/<uuid:person_id>/adresse": [KARI, TOM],
    "/sok": [KARI, TOM],
    "/nodapning": [KARI, TOM, LEADER],
    "/nodapning/<uuid:request_id>/svar": [KARI, TOM, LEADER],
    "/nodapning/<uuid:request_id>/avslutt": [KARI, TOM, LEADER],
    "/innboks/<uuid:concern_id>/avklar": [KARI, TOM],
    "/innboks/<uuid:concern_id>/plikter": [KARI, TOM],
    "/innboks/<uuid:concern_id>/politi": [KARI, TOM],
    "/innboks/<uuid:concern_id>/stopp": [KARI, TOM],
    "/innboks/<uuid:concern_id>/ansvar": [KARI, TOM],
    "/droftinger": [KARI, TOM],
    "/droftinger/<uuid:talk_id>": [KARI, TOM],
    "/droftinger/<uuid:talk_id>/bekymring": [KARI, TOM],
    "/innboks/<uuid:concern_id>/steg": [KARI, TOM],
    "/frister": [KARI, TOM],
    "/team/vakt": [KARI, TOM, LEADER, ADMIN, CONTACT, REFERENCE, POLICE],
    "/team/vakt.ics": [KARI, TOM, ADMIN],
    "/team/vakt/fast": [KARI, ADMIN],
    "/team/vakt/fast/<uuid:shift_id>/avslutt": [KARI, ADMIN],
    "/team/vakt/enkeltvakt": [KARI, ADMIN],
    "/team/vakt/fravar": [KARI, TOM, ADMIN],
    "/team/vakt/bytte": [KARI, TOM, ADMIN],
    "/team/vakt/apningstid": [KARI, ADMIN],
    "/team/vakt/dag": [KARI, ADMIN],
    "/team/vakt/<str:kind>/<uuid:row_id>/fjern": [KARI, TOM, ADMIN],
    "/team/frister": [KARI, ADMIN],
    "/saker": [KARI, TOM],
    "/saker/utvalg": [KARI, TOM],
    "/saker/utvalg/<uuid:view_id>/slett": [KARI, TOM],
    "/saker/<uuid:case_id>": [KARI, TOM],
    "/saker/<uuid:case_id>/notat": [KARI, TOM],
    "/saker/<uuid:case_id>/medlemmer": [KARI, TOM],
    "/saker/<uuid:case_id>/medlemmer/<uuid:user_id>/fjern": [KARI, TOM],
    "/saker/<uuid:case_id>/steg": [KARI, TOM],
    "/saker/<uuid:case_id>/skjema": [KARI, TOM],
    "/saker/<uuid:case_id>/tiltak": [KARI, TOM],
    "/saker/<uuid:case_id>/risiko": [KARI, TOM],
    "/risiko/<uuid:assessment_id>": [KARI, TOM],
    "/risiko/<uuid:assessment_id>/pdf": [KARI, TOM],
    "/risiko/maler": [KARI, ADMIN],
    "/saker/<uuid:case_id>/lukk": [KARI, TOM],
    "/saker/<uuid:case_id>/sluttrapport/pdf": [KARI, TOM],
    "/saker/<uuid:case_id>/gjenapne": [KARI, TOM],
    "/saker/<uuid:case_id>/oppfolging": [KARI, TOM],
    "/oppfolging": [KARI, TOM],
    "/saker/<uuid:case_id>/sluttrapport": [KARI, TOM],
    "/innboks/<uuid:concern_id>/overfor": [KARI, TOM],
    "/saker/<uuid:case_id>/overfor": [KARI, TOM],
    "/tiltak": [KARI, TOM],
    "/tiltak/<uuid:measure_id>": [KARI, TOM],
    "/saker/<uuid:case_id>/trygghetsplan": [KARI, TOM],
    "/saker/<uuid:case_id>/trygghetsplan/pdf": [KARI, TOM],
    "/saker/<uuid:case_id>/kontakter": [KARI, TOM],
    "/saker/<uuid:case_id>/foresporsler": [KARI, TOM],
    "/saker/<uuid:case_id>/foresporsler/<uuid:request_id>": [KARI, TOM],
    "/foresporsler": [CONTACT],
    "/foresporsler/<uuid:request_id>": [CONTACT],
    "/saker/<uuid:case_id>/deling": [KARI, TOM],
    "/saker/<uuid:case_id>/deling/<uuid:sharing_id>/trekk": [KARI, TOM],
    "/delt/<str:key>": ANYONE,
    "/mote": [KARI, TOM],
    "/mote/ny": [KARI, TOM],
    "/mote/oppfolging/<uuid:decision_id>": [KARI, TOM],
    "/mote/<uuid:meeting_id>": [KARI, TOM],
    "/mote/<uuid:meeting_id>/endre": [KARI, TOM],
    "/mote/<uuid:meeting_id>/deltakere": [KARI, TOM],
    "/mote/<uuid:meeting_id>/deltakere/<uuid:participant_id>/fjern": [KARI, TOM],
    "/mote/<uuid:meeting_id>/tilstand": [KARI, TOM],
    "/mote/<uuid:meeting_id>/generelt": [KARI, TOM],
    "/mote/<uuid:meeting_id>/saklista": [KARI, TOM],
    "/mote/<uuid:meeting_id>/punkt/<uuid:item_id>": [KARI, TOM],
    "/mote/<uuid:meeting_id>/punkt/<uuid:item_id>/plass": [KARI, TOM],
    "/mote/<uuid:meeting_id>/referat": [KARI, TOM],
    "/mote/<uuid:meeting_id>/invitasjon": [KARI, TOM],
    "/informasjon": [KARI, TOM, LEADER, REFERENCE],
    "/informasjon/ny": [KARI, TOM],
    "/informasjon/plan": [KARI, TOM],
    "/informasjon/kort": [KARI, TOM, LEADER, REFERENCE],
    "/informasjon/kort/plakat": [KARI, TOM, LEADER, REFERENCE],
    "/informasjon/arsrapport/<int:year>": [KARI, TOM, LEADER, REFERENCE],
    "/informasjon/arsrapport/<int:year>/utskrift": [KARI, TOM, LEADER, REFERENCE],
    "/informasjon/<uuid:activity_id>": [KARI, TOM, LEADER, REFERENCE],
    "/informasjon/<uuid:activity_id>/slett": [KARI, TOM],
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
