"""Norwegian names of tables and fields: tenants.reporting."""

TABLES = {
    "reporting_grant": "kommunens tilskuddsrapporter",
    "reporting_copy": "det en ferdig rapport sier",
    "reporting_draft": "utkast til rapport",
    "reporting_owner": "hvem som er rapportansvarlig",
    "reporting_report": "ferdige rapporter",
    "reporting_singletext": "tekst i anonyme registreringer",
}

FIELDS = {
    "reporting.GrantReport.because": "hvorfor rapporten rettes",
    "reporting.GrantReport.content": "tilskuddsrapporten: kommunens egne tall, aktiviteter og ord om arbeidet",
    "reporting.GrantReport.digest": "avtrykk av rapporten",
    "reporting.GrantReport.finished_at": "når den ble ferdigstilt",
    "reporting.GrantReport.finished_by": "hvem som ferdigstilte",
    "reporting.GrantReport.finished_by_name": "hvem som ferdigstilte (navn)",
    "reporting.GrantReport.replaces": "rapporten den retter",
    "reporting.GrantReport.year": "året",
    "reporting.Draft.content": "tellinger (små tall kan peke på noen)",
    "reporting.Draft.done_at": "talt",
    "reporting.Draft.ordered_at": "bedt om",
    "reporting.Draft.ordered_by": "bedt om av",
    "reporting.Draft.ordered_by_name": "bedt om av (navn)",
    "reporting.Draft.said": "hvorfor den ikke ble laget, uten tall",
    "reporting.Report.finished_at": "ferdigstilt",
    "reporting.Report.finished_by": "ferdigstilt av",
    "reporting.Report.finished_by_name": "ferdigstilt av (navn)",
    "reporting.Report.number": "nummer",
    "reporting.Report.replaces": "rapporten den retter",
    "reporting.ReportCopy.content": "tellinger (små tall kan peke på noen)",
    "reporting.ReportCopy.draft": "utkastet den ble laget av",
    "reporting.ReportCopy.finished_by": "ferdigstilt av",
    "reporting.ReportCopy.report": "rapporten",
    "reporting.ReturnsOwner.user": "den rapportansvarlige",
    "reporting.ReturnsOwner.user_name": "den rapportansvarlige (navn)",
    "reporting.SingleText.said": "åpne svar, som skal være anonyme",
}
