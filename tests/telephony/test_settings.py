"""A configuration that is wrong is refused with a sentence; one that is right becomes Asterisk's files."""

import ast
import stat
import sys
from pathlib import Path

import pytest

from infra.telephony.__main__ import main
from infra.telephony.lay import lay
from infra.telephony.settings import PASSWORD, TOKEN, Settings, Wrong, read

GOOD = """
[varde]
address = "https://gjovikregionen.tjenesten.no"
[calls]
fallback = ["61 18 95 99", "116 117"]
[dial]
"61189501" = "PJSIP/vakt-1"
[line]
trunk = "sip.leverandor.example:5060"
"""
SECRETS = {TOKEN: "varde_abc", PASSWORD: "hemmelig"}


def configured(folder: Path, text: str = GOOD, secrets: dict[str, str] = SECRETS) -> Settings:
    (folder / "bro.toml").write_text(text)
    return read(folder / "bro.toml", secrets)


def test_what_is_right_is_read(tmp_path: Path):
    settings = configured(tmp_path)
    assert settings.fallback == ("+4761189599", "116117")
    assert settings.endpoint("+4761189501") == "PJSIP/vakt-1"
    assert settings.endpoint("+4761189502") == "PJSIP/+4761189502@linje"
    assert (settings.ring_seconds, settings.ari) == (25, "http://127.0.0.1:8088")


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("https://gj", "http://gj", "må begynne med https"),
        ("tjenesten.no", "tjenesten.no/sti", "må være en adresse"),
        ('["61 18 95 99", "116 117"]', "[]", "minst ett nummer"),
        ("61 18 95 99", "ring meg", "«ring meg» er ikke et telefonnummer"),
        ("PJSIP/vakt-1", "PJSIP/a&PJSIP/b", "må være ett apparat"),
        ("[dial]", '[dial]\ndefault = "PJSIP/linje"', "må ha {number}"),
        ("[calls]", "[calls]\nring_seconds = 600", "fra 1 til 120"),
        ("[calls]", "[calls]\nfallbakc = 1", "ukjent ord i [calls]: fallbakc"),
        ("[line]", "[linje]", "ukjent del: [linje]"),
        ("[line]", "[line]\nasterisk = 13", "16 er den eldste"),
        ("sip.leverandor.example:5060", "sip x\\nmore = 1", "kan bare ha bokstavene"),
        ("[varde]", "[varde", "lar seg ikke lese"),
        ('[varde]\naddress = "https://gjovikregionen.tjenesten.no"', "varde = 1", "varde må være en del av oppsettet"),
        ('"https://gjovikregionen.tjenesten.no"', "5", "må være en adresse"),
        ("https://gjovikregionen.tjenesten.no", "https://[::1", "må være en adresse"),
        ("tjenesten.no", "tjenesten.no:99999", "må være en adresse"),
        ("tjenesten.no", "tjenesten.no?", "må være en adresse"),
        ("https://gj", "https://noen@gj", "må være en adresse"),
        ("[dial]", "[dial]\nx = 5", "[dial] «x» må være ett apparat"),
        ("PJSIP/vakt-1", "", "må være ett apparat"),
        ("[dial]", '[dial]\ndefault = "PJSIP/{number}@{trunk}"', "ingen andre krøllparenteser"),
        ("[dial]", '[dial]\ndefault = "PJSIP/{number}@{linje"', "ingen andre krøllparenteser"),
        ("[calls]", "[calls]\nring_seconds = true", "fra 1 til 120"),
        ("[calls]", '[calls]\nregion = "Norge"', "må være landet"),
        ("[calls]", "[calls]\nprompt = 5", "kan bare ha bokstavene"),
        ("[line]", "[line]\nrtp = [20000, 10000]", "den laveste først"),
        ("[line]", "[line]\nrtp = [10000, 99999]", "må være to porter"),
        ("[line]", "[line]\nrtp = [true, 10000]", "må være to porter"),
        ("[line]", '[line]\nbind = "0.0.0.0:99999"', "en maskin og en port"),
        ("example:5060", "example:sip", "en maskin og en port"),
        ("[line]", '[line]\nsystem = "gjøvik1"', "bokstavene a til z"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, before: str, after: str, says: str):
    with pytest.raises(Wrong) as wrong:
        configured(tmp_path, GOOD.replace(before, after))
    assert says in str(wrong.value)


@pytest.mark.parametrize("name", [TOKEN, PASSWORD])
def test_the_secrets_come_from_the_environment_alone(tmp_path: Path, name: str):
    with pytest.raises(Wrong, match=name):
        configured(tmp_path, secrets={each: value for each, value in SECRETS.items() if each != name})


def test_asterisks_files_hold_what_was_said_and_are_read_by_its_user_alone(tmp_path: Path):
    (tmp_path / "asterisk").mkdir()
    (tmp_path / "asterisk/ari.conf").write_text("; the package's own\n")
    (tmp_path / "asterisk/ari.conf").chmod(0o644)
    names = lay(configured(tmp_path), tmp_path / "asterisk")
    text = {name: (tmp_path / "asterisk" / name).read_text() for name in names}
    assert not [name for name, said in text.items() if "@ARI" in said or "@RESERVE" in said or "@SIP" in said]
    assert "Dial(PJSIP/+4761189599@linje&PJSIP/116117@linje,25)" in text["extensions.conf"]
    assert "bindaddr = 127.0.0.1" in text["http.conf"]
    assert "password = hemmelig" in text["ari.conf"]
    assert {stat.S_IMODE((tmp_path / "asterisk" / name).stat().st_mode) for name in names} == {0o600}


@pytest.mark.parametrize(("version", "loaded"), [(16, False), (18, False), (22, True), (23, True)])
def test_a_module_that_an_older_asterisk_does_not_know_is_left_out(tmp_path: Path, version: int, loaded: bool):
    lay(configured(tmp_path, GOOD.replace("[line]", f"[line]\nasterisk = {version}")), tmp_path / "asterisk")
    modules = (tmp_path / "asterisk/modules.conf").read_text()
    assert ("res_websocket_client.so" in modules) is loaded
    assert "res_ari.so" in modules


def test_there_is_no_manager_interface_no_call_record_and_no_recording():
    ours = Path(__file__).resolve().parents[2] / "infra/telephony/asterisk"
    loaded = {line.split("= ")[1] for line in (ours / "modules.conf").read_text().splitlines() if "load = " in line}
    assert not {name for name in loaded if "manager" in name or "monitor" in name or name.startswith(("cdr", "cel"))}
    assert "enable = no" in (ours / "cdr.conf").read_text()


def test_the_program_says_what_is_wrong_and_ends(tmp_path: Path, capsys, monkeypatch):
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "bro.toml").write_text(GOOD.replace("https", "ftp"))
    assert main(["--config", str(tmp_path / "bro.toml")]) == 2
    assert "[varde] address må begynne med https://" in capsys.readouterr().err
    (tmp_path / "bro.toml").write_text(GOOD)
    assert main(["--config", str(tmp_path / "bro.toml"), "--lay", str(tmp_path / "ut")]) == 0
    assert "pjsip.conf" in capsys.readouterr().out


def test_the_service_may_do_no_more_than_it_needs_and_is_started_again_unless_the_configuration_is_wrong():
    ours = Path(__file__).resolve().parents[2] / "infra/telephony/varde-telefoni.service"
    lines = ours.read_text().splitlines()
    unit, service = lines[: lines.index("[Service]")], lines[lines.index("[Service]") :]
    assert "StartLimitIntervalSec=0" in unit
    assert {"Restart=always", "RestartPreventExitStatus=2", "CapabilityBoundingSet=", "UMask=0077"} <= set(service)
    assert {"SystemCallFilter=@system-service", "SystemCallArchitectures=native", "ProcSubset=pid"} <= set(service)
    yes = {line.removesuffix("=yes") for line in service if line.endswith("=yes")}
    assert {"NoNewPrivileges", "PrivateUsers", "PrivateDevices", "LockPersonality", "RestrictNamespaces"} <= yes
    assert {f"ProtectKernel{each}" for each in ("Logs", "Modules", "Tunables")} <= yes


def test_the_bridge_needs_neither_django_nor_the_platform():
    ours = Path(__file__).resolve().parents[2] / "infra/telephony"
    trees = [ast.parse(path.read_text()) for path in ours.glob("*.py")]
    imports = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {node.module for node in imports if isinstance(node, ast.ImportFrom)} | {
        alias.name for node in imports if isinstance(node, ast.Import) for alias in node.names
    }
    roots = {name.split(".")[0] for name in names if name} - sys.stdlib_module_names
    assert roots == {"infra", "phonenumbers", "urllib3", "websockets"}
    assert {name for name in names if name and name.startswith("infra")} <= {
        f"infra.telephony.{path.stem}" for path in ours.glob("*.py")
    } | {"infra.telephony"}
