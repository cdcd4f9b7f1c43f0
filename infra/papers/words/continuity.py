"""Norwegian names of tables and fields: tenants.continuity."""

TABLES = {
    "continuity_holder": "hvem som får en beredskapspakke",
    "continuity_passphrase": "passordfraser til beredskapspakker",
    "continuity_rule": "når beredskapspakkene lages",
}

FIELDS = {
    "continuity.Holder.ended_at": "stanset",
    "continuity.Holder.ended_by_name": "stanset av (navn)",
    "continuity.Holder.made_at": "sist laget",
    "continuity.Holder.since": "passordfrasen ble bekreftet",
    "continuity.Holder.stale_since": "pakkene utenfor må fjernes, siden",
    "continuity.PackRule.hour": "time på døgnet",
    "continuity.PackRule.keep_days": "dager i mappen utenfor",
    "continuity.Passphrase.confirmed_at": "bekreftet",
    "continuity.Passphrase.ended_at": "tatt ut av bruk",
    "continuity.Passphrase.made_at": "laget",
    "continuity.Passphrase.secret": "passordfrasen",
}
