"""Norwegian names of tables and fields: tenants.cases."""

TABLES = {
    "cases_answer": "registreringsskjemaet",
    "cases_case": "saken",
    "cases_casemember": "hvem som er satt på saken",
    "cases_glassrequest": "nødåpninger",
    "cases_note": "notater",
}

FIELDS = {
    "cases.Answer.given": "svarene på skjemaet",
    "cases.Case.closed_at": "lukket",
    "cases.Case.counted_from": "telles fra",
    "cases.Case.twin": "hvilken av flere saker med samme navn",
    "cases.CaseMember.put_by": "satt på av",
    "cases.CaseMember.user": "medlem",
    "cases.GlassRequest.answered_at": "besvart",
    "cases.GlassRequest.approved": "godkjent",
    "cases.GlassRequest.approver": "den som ble spurt",
    "cases.GlassRequest.asked_at": "bedt om",
    "cases.GlassRequest.asked_by": "den som ba",
    "cases.GlassRequest.asked_told_at": "den andre varslet",
    "cases.GlassRequest.ended_at": "avsluttet",
    "cases.GlassRequest.hours": "timer",
    "cases.GlassRequest.target": "nummeret som ble skrevet",
    "cases.GlassRequest.told_at": "de på saken varslet",
    "cases.GlassRequest.until": "varer til",
}
