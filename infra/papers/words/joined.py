"""Norwegian names of tables and fields: tenants.joined."""

TABLES = {
    "joined_addition": "meldinger som er tillegg til en sak",
    "joined_join": "saker som er slått sammen",
    "joined_major": "store saker",
    "joined_majoralert": "varsler til ledere om store saker",
    "joined_majorkommune": "kommunene en stor sak gjelder",
    "joined_majorlink": "sakene i en stor sak",
    "joined_majormember": "hvem som er med på en stor sak",
}

FIELDS = {
    "joined.Addition.source": "meldingen som er et tillegg",
    "joined.Join.ended_at": "skilt igjen",
    "joined.Join.ended_by_name": "skilt av (navn)",
    "joined.Join.ended_reason": "hvorfor de ble skilt",
    "joined.Join.into": "saken den går videre som",
    "joined.MajorAlert.major": "den store saken",
    "joined.MajorAlert.media": "pressen er med",
    "joined.MajorAlert.media_name": "hvem som svarer pressen",
    "joined.MajorAlert.media_phone": "telefon til den som svarer pressen",
    "joined.MajorAlert.taken_back_at": "trukket tilbake",
    "joined.MajorAlert.to": "lederen som er varslet",
    "joined.MajorAlert.told_at": "e-post sendt",
    "joined.MajorKommune.contact": "kontakten der",
    "joined.MajorKommune.kommune": "kommunen",
    "joined.MajorKommune.major": "den store saken",
    "joined.MajorKommune.phone": "telefonen til kontakten",
    "joined.MajorLink.major": "den store saken",
    "joined.MajorMatter.closed_at": "avsluttet",
    "joined.MajorMatter.closed_by_name": "avsluttet av (navn)",
    "joined.MajorMatter.media_name": "hvem som svarer pressen",
    "joined.MajorMatter.media_phone": "telefon til den som svarer pressen",
    "joined.MajorMatter.why": "hvorfor det er en stor sak",
    "joined.MajorMember.major": "den store saken",
}
