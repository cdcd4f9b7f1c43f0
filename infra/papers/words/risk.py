"""Norwegian names of tables and fields: tenants.risk."""

TABLES = {
    "risk_assessment": "risikovurderinger",
    "risk_overtaken": "tekster som ikke kom med i en risikovurdering",
    "risk_template": "maler for risikovurdering",
    "risk_templateoffer": "maler fra regionen",
}

FIELDS = {
    "risk.Assessment.certified": "RITE-sertifisert den dagen",
    "risk.Assessment.given": "svar, begrunnelser og risikonivå",
    "risk.Assessment.next_on": "neste vurdering",
    "risk.Assessment.saved_at": "sist lagret",
    "risk.Assessment.saved_by_name": "sist lagret av (navn)",
    "risk.Assessment.signed_at": "signert",
    "risk.Assessment.signed_by": "signert av",
    "risk.Assessment.signed_by_name": "signert av (navn)",
    "risk.Assessment.template": "malen den ble laget etter",
    "risk.Assessment.version": "hvor mange ganger den er lagret",
    "risk.Overtaken.assessment": "vurderingen",
    "risk.Overtaken.given": "svarene og begrunnelsene som ikke kom med",
    "risk.RiskTemplate.content": "spørsmålene i malen",
    "risk.RiskTemplate.key": "malens navn i filen",
    "risk.RiskTemplate.loaded_at": "lagt inn",
    "risk.RiskTemplate.loaded_by": "lagt inn av",
    "risk.RiskTemplate.loaded_by_name": "lagt inn av (navn)",
    "risk.RiskTemplate.title": "tittel",
    "risk.RiskTemplate.version": "utgave",
    "risk.TemplateOffer.content": "spørsmålene i malen",
    "risk.TemplateOffer.key": "malens navn i filen",
    "risk.TemplateOffer.region": "regionen den kom fra",
    "risk.TemplateOffer.title": "tittel",
    "risk.TemplateOffer.version": "utgave",
}
