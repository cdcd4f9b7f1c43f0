"""Norwegian names of tables and fields: tenants.outreach."""

TABLES = {
    "outreach_activity": "informasjonsarbeid og opplæring",
    "outreach_ownmatter": "saker tjenester har løst selv, uten navn",
    "outreach_plannumbers": "tallene i informasjonsplanen",
    "outreach_yearapproval": "godkjente årsevalueringer",
    "outreach_yearcopy": "årsevalueringen slik den ble godkjent",
    "outreach_yearwords": "teamets vurdering av et år",
}

FIELDS = {
    "outreach.Activity.audience": "målgruppe",
    "outreach.Activity.cost": "kostnad i kroner",
    "outreach.Activity.evaluation": "hvordan det gikk",
    "outreach.Activity.held_on": "dato",
    "outreach.Activity.material": "materiell",
    "outreach.Activity.place": "sted",
    "outreach.Activity.reach": "hvor mange som ble nådd",
    "outreach.Activity.responsible": "ansvarlig",
    "outreach.Activity.title": "hva det var",
    "outreach.OwnMatter.advised": "fikk råd av teamet",
    "outreach.OwnMatter.handled_on": "avsluttet i tjenesten",
    "outreach.OwnMatter.kinds": "hva slags overgrep",
    "outreach.OwnMatter.outcome": "hvordan det gikk",
    "outreach.PlanNumbers.inhabitants": "innbyggere",
    "outreach.PlanNumbers.set_at": "satt",
    "outreach.PlanNumbers.staff": "ansatte",
    "outreach.PlanNumbers.started_on": "planen gjelder fra",
    "outreach.YearApproval.sha256": "fingeravtrykk",
    "outreach.YearApproval.year": "år",
    "outreach.YearCopy.approval": "godkjenningen",
    "outreach.YearCopy.pdf": "årsevalueringen som PDF",
    "outreach.YearWords.coming": "hva som gjøres annerledes",
    "outreach.YearWords.learned": "hva teamet lærte",
    "outreach.YearWords.went_well": "hva som gikk bra",
    "outreach.YearWords.year": "år",
}
