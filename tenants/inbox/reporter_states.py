"""Why somebody may need to know who reported. Pure."""

REASONS = [
    ("contact", "Må ta kontakt med melder"),
    ("danger", "Fare for liv eller helse"),
    ("witness", "Opplysningene må vurderes opp mot hvem som ga dem"),
    ("police", "Politi eller annen myndighet har hjemmel til å få vite det"),
    ("other", "Annen grunn"),
]
