"""Norwegian names of tables and fields: tenants.insight."""

TABLES = {
    "insight_copy": "dokumenter som er gitt ved innsyn",
    "insight_file": "vedlegg som er gitt ved innsyn",
    "insight_decision": "hva som gis og holdes tilbake ved innsyn",
    "insight_request": "krav om innsyn",
    "insight_statement": "innvendinger fra personer i saken",
}

FIELDS = {
    "insight.AccessCopy.pdf": "dokumentet",
    "insight.AccessCopy.request": "kravet",
    "insight.AccessCopy.sha256": "avtrykk av dokumentet",
    "insight.AccessFile.attachment": "vedlegget",
    "insight.AccessFile.copy": "dokumentet det fulgte med",
    "insight.AccessRequest.asker": "hvem som ber",
    "insight.AccessRequest.asker_name": "navnet på den som ber",
    "insight.AccessRequest.due_on": "frist",
    "insight.AccessRequest.ended_at": "avsluttet",
    "insight.AccessRequest.ended_by_name": "avsluttet av (navn)",
    "insight.AccessRequest.identity": "hvordan det er sikret hvem som ber",
    "insight.AccessRequest.person": "personen kravet gjelder",
    "insight.AccessRequest.received_on": "kravet kom",
    "insight.ItemDecision.choice": "gis, gis uten noe eller holdes tilbake",
    "insight.ItemDecision.ground": "hjemmel for å holde tilbake",
    "insight.ItemDecision.item": "hvilken opplysning",
    "insight.ItemDecision.request": "kravet",
    "insight.ItemDecision.seen": "avtrykk av teksten som ble vurdert",
    "insight.ItemDecision.version": "antall ganger vurdert",
    "insight.Statement.about": "teksten det gjelder, slik den var",
    "insight.Statement.answer": "svaret",
    "insight.Statement.answered_at": "besvart",
    "insight.Statement.answered_by_name": "besvart av (navn)",
    "insight.Statement.ended_at": "begrensningen opphevet",
    "insight.Statement.item": "hvilken opplysning det gjelder",
    "insight.Statement.person": "den som sier det",
}
