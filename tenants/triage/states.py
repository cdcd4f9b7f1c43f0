"""Categories and outcomes of triage. Labels and default hours come from the code lists."""

from shared.codes.categories import categories

CATEGORIES = [(c.code, c.label) for c in categories()]
OUTCOMES = [
    ("case", "Opprett sak"),
    ("more_info", "Hent inn mer informasjon"),
    ("advice", "Råd gitt, ingen sak"),
    ("not_ours", "Hører ikke til TryggEst"),
]
