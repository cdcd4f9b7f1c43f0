"""Rules of the partner directory. Pure: texts and days are handed in."""

from datetime import date, timedelta

from shared.codes.partners import partner_kinds, secrecies

KINDS = [(kind.code, kind.label) for kind in partner_kinds()]
SECRECIES = [(each.code, each.label) for each in secrecies()]
WAYS = [("phone", "Telefon"), ("meeting", "Møte"), ("mail", "E-post"), ("letter", "Brev"), ("other", "Annet")]
POLICE = "politi"
STALE = timedelta(days=365)


def is_stale(reviewed_on: date, today: date) -> bool:
    """Is it more than a year since somebody looked whether it is still right?"""
    return today - reviewed_on > STALE
