"""What the bridge is told: one TOML file, and the two secrets from the environment. Says what is wrong in Norwegian."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from infra.telephony.numbers import e164

TOKEN, PASSWORD = "VARDE_TELEPHONE_TOKEN", "VARDE_ARI_PASSWORD"
OLDEST = 16
LONGEST_NAME = 20  # a call's id begins with it, and Varde takes 64
KNOWN = {
    "varde": {"address"},
    "asterisk": {"address", "user"},
    "calls": {"region", "fallback", "ring_seconds", "prompt"},
    "dial": None,
    "line": {"asterisk", "system", "bind", "trunk", "rtp"},
}


class Wrong(Exception):
    """Something in the configuration. The text is for people."""


@dataclass(frozen=True, slots=True)
class Line:
    """What only the laying of Asterisk's own files needs."""

    asterisk: int  # its version, the first number
    system: str
    bind: str
    trunk: str
    rtp: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything, checked. Numbers are E.164 or short; seconds are seconds."""

    varde: str
    token: str
    ari: str
    user: str
    password: str
    region: str
    fallback: tuple[str, ...]
    ring_seconds: float
    prompt: str
    dial: Mapping[str, str]
    line: Line

    def endpoint(self, number: str) -> str:
        """How Asterisk rings a number: the apparatus that is registered under it, otherwise over the line."""
        return self.dial.get(number) or self.dial["default"].format(number=number)


def read(path: Path, environment: Mapping[str, str] = os.environ) -> Settings:
    """From the file; Wrong with a sentence when it cannot be used."""
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Wrong(f"Oppsettet {path} lar seg ikke lese: {error}") from error
    _only_known(found)
    part = {name: found.get(name, {}) for name in KNOWN}
    calls, region = part["calls"], str(part["calls"].get("region", "NO"))
    return Settings(
        varde=_address(part["varde"].get("address", ""), "[varde] address"),
        token=_secret(environment, TOKEN),
        ari=_address(part["asterisk"].get("address", "http://127.0.0.1:8088"), "[asterisk] address"),
        user=_word(part["asterisk"].get("user", "varde"), "[asterisk] user"),
        password=_secret(environment, PASSWORD),
        region=region,
        fallback=_numbers(calls.get("fallback", []), region),
        ring_seconds=_seconds(calls.get("ring_seconds", 25)),
        prompt=_word(calls.get("prompt", "varde/ingen-svarer"), "[calls] prompt"),
        dial=_dial(part["dial"], region),
        line=_line(part["line"]),
    )


def _only_known(found: Mapping[str, Any]) -> None:
    for section, values in found.items():
        if section not in KNOWN:
            raise Wrong(f"Oppsettet har en ukjent del: [{section}].")
        known = KNOWN[section]
        if known is not None and (strange := sorted(set(values) - known)):
            raise Wrong(f"Oppsettet har et ukjent ord i [{section}]: {strange[0]}.")


def _secret(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name, "").strip()
    if not value or not value.isascii() or not value.isprintable() or ";" in value:
        raise Wrong(f"{name} må være satt, uten mellomrom, semikolon eller andre tegn enn ASCII.")
    return value


def _address(value: str, name: str) -> str:
    """Without a slash at the end. Only this machine may be asked without TLS: a token and numbers travel there."""
    parts = urlsplit(value)
    host = parts.hostname or ""
    near = host in {"127.0.0.1", "::1", "localhost"} or host.endswith(".localhost")
    if not host or parts.path.strip("/") or parts.query or parts.username:
        raise Wrong(f"{name} må være en adresse som https://gjovikregionen.tjenesten.no")
    if parts.scheme != "https" and not (parts.scheme == "http" and near):
        raise Wrong(f"{name} må begynne med https://")
    return value.rstrip("/")


def _word(value: object, name: str) -> str:
    text = str(value)
    if not text or not all(each.isalnum() or each in "-_./:" for each in text):
        raise Wrong(f"{name} kan bare ha bokstaver, tall og - _ . / :")
    return text


def _numbers(values: object, region: str) -> tuple[str, ...]:
    if not isinstance(values, list) or not values:
        raise Wrong("[calls] fallback må være minst ett nummer som ringes når Varde ikke svarer.")
    return tuple(_number(str(value), region) for value in values)


def _number(value: str, region: str) -> str:
    number = e164(value, region)
    if number is None:
        raise Wrong(f"«{value}» er ikke et telefonnummer.")
    return number


def _seconds(value: object) -> float:
    if not isinstance(value, int | float) or not 1 <= value <= 120:
        raise Wrong("[calls] ring_seconds må være fra 1 til 120.")
    return float(value)


def _dial(found: Mapping[str, str], region: str) -> dict[str, str]:
    """`default` holds {number}; the others are numbers and the apparatus that stands for each."""
    dial = {"default": "PJSIP/{number}@linje"}
    for name, endpoint in found.items():
        if "," in endpoint or "&" in endpoint or not endpoint.isprintable():
            raise Wrong(f"[dial] «{name}» må være ett apparat.")
        if name == "default" and "{number}" not in endpoint:
            raise Wrong("[dial] default må ha {number} der nummeret skal stå.")
        dial[name if name == "default" else _number(name, region)] = endpoint
    return dial


def _line(found: Mapping[str, Any]) -> Line:
    rtp = found.get("rtp", [10000, 20000])
    if not (isinstance(rtp, list) and len(rtp) == 2 and all(isinstance(each, int) for each in rtp)):
        raise Wrong("[line] rtp må være to porter, for eksempel [10000, 20000].")
    version = found.get("asterisk", 22)
    if not isinstance(version, int) or version < OLDEST:
        raise Wrong(f"[line] asterisk må være versjonen, for eksempel 22. {OLDEST} er den eldste som kan brukes.")
    system = _word(found.get("system", "varde1"), "[line] system")
    if len(system) > LONGEST_NAME:
        raise Wrong(f"[line] system kan ha høyst {LONGEST_NAME} tegn.")
    return Line(
        asterisk=version,
        system=system,
        bind=_word(found.get("bind", "0.0.0.0:5060"), "[line] bind"),
        trunk=_word(found.get("trunk", "127.0.0.1:5061"), "[line] trunk"),
        rtp=(rtp[0], rtp[1]),
    )
