"""Norwegian names of tables and fields: regional.onboarding."""

TABLES = {
    "onboarding_invited": "kommuner som er invitert",
    "onboarding_health": "hvor langt en kommune er kommet, etter egne ord",
}

FIELDS = {
    "onboarding.Invited.order": "bestillingen",
    "onboarding.Invited.number": "kommunenummer",
    "onboarding.Invited.name": "kommunens navn",
    "onboarding.Invited.starts_on": "planlagt start",
    "onboarding.Health.kommune": "kommunen",
    "onboarding.Health.as_of": "sagt",
    "onboarding.Health.list_version": "utgaven av listen over steg",
    "onboarding.Health.steps": "steg og tilstand (koder)",
    "onboarding.Health.team": "antall i teamet",
    "onboarding.Health.certified": "antall sertifiserte",
    "onboarding.Health.trained": "antall med all e-læring",
    "onboarding.Health.police": "har kontakt i politiet",
    "onboarding.Health.started_on": "startet",
}
