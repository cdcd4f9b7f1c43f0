"""Numbers as written in Norwegian: phones in pairs, hard spaces between thousands, shares in percent."""

import re
from decimal import ROUND_HALF_UP, Decimal

HARD_SPACE = "\u00a0"
COUNTRY = "47"
# Fire, police, ambulance, and the text telephone for these.
EMERGENCY = frozenset({"110", "112", "113", "1412"})
# Eight digits from 2, 02800, 116 006, and short ones as 1881 or what an exchange calls its own apparatus.
_NORWEGIAN = re.compile(r"[2-9]\d{7}|0\d{4}|[1-9]\d{2,4}|116\d{3}", re.ASCII)
_ABROAD = re.compile(r"(?:\+|00)[1-9]\d{6,14}", re.ASCII)


def _national(value: str) -> str:
    """Only the digits, without +47/0047 when a full Norwegian number follows."""
    digits = re.sub(r"\D", "", value)
    digits = digits.removeprefix("00") if len(digits) == 12 else digits
    return digits[2:] if len(digits) == 10 and digits.startswith(COUNTRY) else digits


def _is_foreign(value: str) -> bool:
    return value.startswith(("+", "00")) and not value.startswith(("+47", "0047"))


def check_phone(typed: str, *, emergency: bool = False) -> str:
    """The number as typed, when somebody could ring it: eight digits, a short number, or one with a country in front.

    112 and the other emergency numbers belong to nobody else, and are taken only for `emergency`. Raises ValueError
    with a sentence.
    """
    digits = re.sub(r"[\s()/.-]", "", typed)
    if not digits:
        return ""
    national = digits.removeprefix("+47").removeprefix("0047")
    abroad = digits.startswith(("+", "00")) and national == digits
    if national in EMERGENCY and not emergency:
        raise ValueError(f"{national} er et nødnummer. Skriv nummeret som når dem det gjelder, åtte sifre.")
    if not (_ABROAD if abroad else _NORWEGIAN).fullmatch(digits if abroad else national):
        raise ValueError("Telefonnummeret ser ikke riktig ut. Skriv åtte sifre, for eksempel 61 18 95 00.")
    return typed


def phone(value: str) -> str:
    """61 18 95 00 · 800 22 222 · 116 006 · 02800; a foreign number as it was written."""
    text = value.strip()
    digits = _national(text)
    if _is_foreign(text):
        return text
    if len(digits) == 8 and digits.startswith("8"):
        return f"{digits[:3]} {digits[3:5]} {digits[5:]}"
    if len(digits) == 8:
        return " ".join(digits[at : at + 2] for at in range(0, 8, 2))
    if len(digits) == 6 and digits.startswith("116"):
        return f"{digits[:3]} {digits[3:]}"
    return digits if len(digits) in (3, 4, 5) else text


def phone_href(value: str) -> str:
    """The address of a tel: link. Full numbers get +47 so that a phone abroad reaches them."""
    text = value.strip()
    if _is_foreign(text):
        return "tel:" + re.sub(r"[^\d+]", "", text)
    digits = _national(text)
    return f"tel:+{COUNTRY}{digits}" if len(digits) == 8 else f"tel:{digits}"


def whole(value: int) -> str:
    """30 903 with a hard space."""
    return f"{value:,}".replace(",", HARD_SPACE).replace("-", "−")


def whole_percent(share: float) -> int:
    """0.463 -> 46, half up: for a cell that has its unit in the heading."""
    return int((Decimal(str(share)) * 100).quantize(Decimal(1), ROUND_HALF_UP))


def percent(share: float, decimals: int = 0) -> str:
    """0.463 -> «46 %». Half is rounded up, as people do; Python's own rounding would not."""
    step = Decimal(1).scaleb(-decimals)
    rounded = (Decimal(str(share)) * 100).quantize(step, ROUND_HALF_UP)
    return f"{rounded}".replace(".", ",") + HARD_SPACE + "%"
