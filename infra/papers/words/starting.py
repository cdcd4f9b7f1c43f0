"""Norwegian names of tables and fields: tenants.starting."""

TABLES = {
    "starting_said": "hva noen har sagt om et steg i oppstarten",
    "starting_document": "dokument i oppstarten",
    "starting_asked": "bestilt prøvemelding",
    "starting_notice": "brev fra regionen om samarbeidsavtalen",
    "starting_answer": "kommunens svar på avtalen",
    "starting_healthsent": "når regionen sist fikk vite hvor langt vi er kommet",
}

FIELDS = {
    "starting.Said.step": "steget (kode)",
    "starting.Said.state": "hva som er sagt (kode)",
    "starting.Said.day": "dagen det ble gjort",
    "starting.Said.text": "hvem og hva",
    "starting.Document.step": "steget (kode)",
    "starting.Document.name": "filens navn",
    "starting.Document.sha256": "avtrykk av filen",
    "starting.Document.content": "filen, et offentlig vedtak",
    "starting.Notice.agreement": "avtalens id",
    "starting.Notice.region": "regionen",
    "starting.Notice.asks": "hva det gjelder (kode)",
    "starting.Notice.content": "brevet slik det kom",
    "starting.Answer.notice": "brevet det svares på",
    "starting.Answer.agreement": "avtalens id",
    "starting.Answer.region": "regionen",
    "starting.Answer.said": "svaret (kode)",
    "starting.Answer.starts_at": "gjelder fra",
    "starting.Answer.decided_by": "hvem som bestemte i kommunen",
    "starting.Answer.reference": "nummer på vedtaket",
    "starting.Answer.reason": "begrunnelse",
    "starting.HealthSent.digest": "avtrykk av det som ble sagt",
    "starting.HealthSent.region": "regionen",
}
