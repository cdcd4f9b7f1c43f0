"""What may differ between the worlds, each line with its reason. Everything that is not here must be equal."""

# Addresses, for whom, and why. "*" is everybody.
MAY_COUNT: dict[tuple[str, str], str] = {
    (outsider, address): reason
    for outsider, reason in (
        ("uno", "personvernombudet som ikke er utestengt, har innsynsloggen som oppgave; det ser hvem som har lest"),
    )
    for address in (
        "/innsynslogg",
        "/innsynslogg/utskrift",
        "/innsynslogg/utskrift/<uuid:matter_id>",
        "/innsynslogg/kontroll",
        "/innsynslogg/kontroll/<uuid:finding_id>",
    )
}

# Rows that an office's login reads whoever asks, though no page shows them to a person. A page that did would be found.
MAY_HOLD: dict[str, str] = {
    "returns_sent": "what was sent counts every case (decision 1); pages show when, never how many",
    "inbox_clientkey": "a retry must be answered; the row holds a random id and keyed hashes, and no page shows it",
    "post_letter": "a sealed letter between offices; an office's own pages never show them",
    "post_stated": "what the office says of its letters, by their random ids; no page of a kommune shows them",
    "post_finding": "what does not fit in the post; the page shows it without a word of a matter, and seldom anything",
    "post_round": "counts of letters, for the region and the platform; no page of a kommune shows them",
    "audit_entry": "for uno alone, see above",
    "audit_finding": "for uno alone, see above",
}


def may_differ(outsider: str, address: str) -> bool:
    """Does this address stand on the list for this person?"""
    return (outsider, address) in MAY_COUNT
