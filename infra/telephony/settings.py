"""What the bridge is told: one TOML file, and the two secrets from the environment. Says what is wrong in Norwegian."""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from phonenumbers import SUPPORTED_REGIONS

from infra.telephony.numbers import e164

TOKEN, PASSWORD = "VARDE_TELEPHONE_TOKEN", "VARDE_ARI_PASSWORD"
OLDEST = 16
LAST_PORT = 65535
LONGEST_NAME = 20  # a call's id begins with it, and Varde takes 64
_PLAIN = re.compile(r"[A-Za-z0-9.:/\[\]_-]+")  # no user, no question, nothing that is not ASCII
_APPARATUS = re.compile(r"[^,&/]+/[^,&]+")  # one: Asterisk reads a comma and an & as more
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
    calls, region = part["calls"], _region(part["calls"].get("region", "NO"))
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
        if not isinstance(values, dict):
            raise Wrong(f"{section} må være en del av oppsettet: [{section}] på en egen linje.")
        known = KNOWN[section]
        if known is not None and (strange := sorted(set(values) - known)):
            raise Wrong(f"Oppsettet har et ukjent ord i [{section}]: {strange[0]}.")


def _secret(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name, "").strip()
    if not value or not value.isascii() or not value.isprintable() or ";" in value:
        raise Wrong(f"{name} må være satt, uten mellomrom, semikolon eller andre tegn enn ASCII.")
    return value


def _region(value: object) -> str:
    if not isinstance(value, str) or value not in SUPPORTED_REGIONS:
        raise Wrong("[calls] region må være landet numrene leses i, for eksempel NO.")
    return value


def _address(value: object, name: str) -> str:
    """Without a slash at the end. Only this machine may be asked without TLS: a token and numbers travel there."""
    text = value if isinstance(value, str) and _PLAIN.fullmatch(value) else ""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:  # half an IPv6 address, a port that is none
        host, port = "", 0
    if not host or port == 0 or parts.path.strip("/"):
        raise Wrong(f"{name} må være en adresse som https://gjovikregionen.tjenesten.no")
    near = host in {"127.0.0.1", "::1", "localhost"} or host.endswith(".localhost")
    if parts.scheme != "https" and not (parts.scheme == "http" and near):
        raise Wrong(f"{name} må begynne med https://")
    return text.rstrip("/")


def _word(value: object, name: str) -> str:
    """In ASCII: Asterisk and Varde take it as a part of ids, addresses and paths."""
    good = isinstance(value, str) and value.isascii() and all(each.isalnum() or each in "-_./:" for each in value)
    if not value or not good:
        raise Wrong(f"{name} kan bare ha bokstavene a til z, tall og - _ . / :")
    return str(value)


def _place(value: object, name: str) -> str:
    """A host, with or without a port."""
    text = _word(value, name)
    _, colon, port = text.rpartition(":")
    if colon and not (port.isdecimal() and 1 <= int(port) <= LAST_PORT):
        raise Wrong(f"{name} må være en maskin og en port, for eksempel 192.0.2.10:5060.")
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
    if not isinstance(value, int | float) or isinstance(value, bool) or not 1 <= value <= 120:
        raise Wrong("[calls] ring_seconds må være fra 1 til 120.")
    return float(value)


def _dial(found: Mapping[str, Any], region: str) -> dict[str, str]:
    """`default` holds {number}; the others are numbers and the apparatus that stands for each."""
    dial = {"default": "PJSIP/{number}@linje"}
    for name, endpoint in found.items():
        if not (isinstance(endpoint, str) and endpoint.isprintable() and _APPARATUS.fullmatch(endpoint)):
            raise Wrong(f"[dial] «{name}» må være ett apparat.")
        if name == "default" and not _holds_a_number(endpoint):
            raise Wrong("[dial] default må ha {number} der nummeret skal stå, og ingen andre krøllparenteser.")
        dial[name if name == "default" else _number(name, region)] = endpoint
    return dial


def _holds_a_number(endpoint: str) -> bool:
    try:
        return endpoint.format(number="+1") == endpoint.replace("{number}", "+1") != endpoint
    except (LookupError, ValueError, AttributeError, TypeError):
        return False


def _line(found: Mapping[str, Any]) -> Line:
    rtp = found.get("rtp", [10000, 20000])
    ports = isinstance(rtp, list) and len(rtp) == 2 and all(type(each) is int for each in rtp)
    if not ports or not 1 <= rtp[0] < rtp[1] <= LAST_PORT:
        raise Wrong("[line] rtp må være to porter, den laveste først, for eksempel [10000, 20000].")
    version = found.get("asterisk", 22)
    if not isinstance(version, int) or version < OLDEST:
        raise Wrong(f"[line] asterisk må være versjonen, for eksempel 22. {OLDEST} er den eldste som kan brukes.")
    system = _word(found.get("system", "varde1"), "[line] system")
    if len(system) > LONGEST_NAME:
        raise Wrong(f"[line] system kan ha høyst {LONGEST_NAME} tegn.")
    return Line(
        asterisk=version,
        system=system,
        bind=_place(found.get("bind", "0.0.0.0:5060"), "[line] bind"),
        trunk=_place(found.get("trunk", "127.0.0.1:5061"), "[line] trunk"),
        rtp=(rtp[0], rtp[1]),
    )
