"""Norwegian names of tables and fields: the region's rooms."""

TABLES = {
    "cooperation_template": "maler regionen har sendt kommunene",
    "cooperation_templatesent": "hvem en mal er sendt til",
    "hotline_call": "samtaler på vakttelefonen",
    "leaders_rotation": "rulleringstabellen",
    "statistics_return": "tall som er kommet fra kommunene",
}

FIELDS = {
    "cooperation.SharedTemplate.key": "malens navn i filen",
    "cooperation.SharedTemplate.text": "spørsmålene i malen",
    "cooperation.SharedTemplate.title": "tittel",
    "cooperation.SharedTemplate.version": "utgave",
    "cooperation.TemplateSent.sent_by_name": "sendt av (navn)",
    "cooperation.TemplateSent.template": "malen",
    "hotline.Call.ended_at": "avsluttet",
    "hotline.Call.forwarded_at": "sendt videre",
    "hotline.Call.operator": "operatør",
    "hotline.Call.operator_name": "operatør (navn)",
    "hotline.Call.told": "det som er fortalt, til samtalen er sendt eller avsluttet",
    "leaders.RotationTable.by_request": "med ved behov (etater)",
    "leaders.RotationTable.first_year": "første år",
    "leaders.RotationTable.fixed_members": "faste medlemmer (etater)",
    "leaders.RotationTable.proposal": "forslag",
    "leaders.RotationTable.seats": "plasser",
    "leaders.RotationTable.years": "år i en periode",
    "statistics.PooledReturn.content": "tellinger (små tall kan peke på noen)",
    "statistics.PooledReturn.kommune_number": "kommunenummer",
}
