"""Norwegian names of tables and fields: tenants.returns."""

TABLES = {
    "returns_earliercase": "saker der personen hadde en tidligere sak, som er slettet",
    "returns_release": "tall som regionen har gitt ut",
    "returns_releasewithdrawn": "tall som regionen har trukket tilbake",
    "returns_given": "tall for ledelsen, skjermet",
    "returns_gonecounts": "tall fra slettede saker, lagt sammen",
    "returns_order": "bestilte tall",
    "returns_sent": "tall som er sendt til regionen",
}

FIELDS = {
    "returns.GivenFigures.content": "tall etter skjerming",
    "returns.GivenFigures.given_at": "godkjent",
    "returns.GivenFigures.given_by": "godkjent av",
    "returns.GivenFigures.given_by_name": "godkjent av (navn)",
    "returns.ReceivedRelease.approved_by": "godkjent av (navn)",
    "returns.ReceivedRelease.content": "regionens tall etter skjerming",
    "returns.ReceivedRelease.given_at": "gitt ut",
    "returns.ReceivedRelease.region": "regionen",
    "returns.ReceivedRelease.region_name": "regionens navn",
    "returns.WithdrawnRelease.region": "regionen",
    "returns.WithdrawnRelease.withdrawn_at": "trukket tilbake",
    "returns.Order.done_at": "ferdig",
    "returns.Order.ordered_at": "bestilt",
    "returns.Order.ordered_by": "bestilt av",
    "returns.Order.ordered_by_name": "bestilt av (navn)",
    "returns.Order.said": "hva det ble til, uten tall",
    "returns.Order.seen_digest": "avtrykk av det den som bestilte, så",
    "returns.SentReturn.content": "tellinger (små tall kan peke på noen)",
    "returns.SentReturn.number": "i hvilken rekkefølge de ble sendt",
    "returns.SentReturn.seen_by": "sett av",
    "returns.SentReturn.seen_digest": "avtrykk av det som ble sett",
}
