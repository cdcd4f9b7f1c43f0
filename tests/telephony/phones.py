"""sipp as people with telephones: callers on the line, and apparatus that answer or do not."""

import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from tests.telephony.exchange import free_udp
from varde.embedded.process import end, spawn, wait_until

HEAD = """Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
{sender};tag=[call_number]f
To: <sip:{line}@[remote_ip]:[remote_port]>{tag}
Call-ID: [call_id]
CSeq: {turn} {method}
Contact: <sip:ring@[local_ip]:[local_port]>
Max-Forwards: 70
"""
SDP = """Content-Type: application/sdp
Content-Length: [len]

v=0
o=- 1 1 IN IP[local_ip_type] [local_ip]
s=-
c=IN IP[media_ip_type] [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 8
a=rtpmap:8 PCMA/8000
"""
BACK = """SIP/2.0 {status}
[last_Via:]
[last_From:]
[last_To:];tag=[call_number]t
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:[local_ip]:[local_port]>
"""
NOTHING = "Content-Length: 0\n"


def _send(text: str, more: str = "") -> str:
    return f"<send{more}><![CDATA[\n{text}\n]]></send>\n"


def _request(method: str, turn: int, sender: str, line: str, rest: str, *, tagged: bool = True) -> str:
    head = HEAD.format(sender=sender, line=line, turn=turn, method=method, tag="[peer_tag_param]" if tagged else "")
    return f"{method} sip:{line}@[remote_ip]:[remote_port] SIP/2.0\n{head}{rest}"


def calling(line: str, sender: str, headers: str, *, talk: float, patience: float | None) -> str:
    """Rings; with `patience` gives up after so many seconds, otherwise talks for `talk`, or until it is hung up."""
    invite = _request("INVITE", 1, sender, line, headers + SDP, tagged=False)
    steps = [_send(invite, ' retrans="500"'), '<recv response="100" optional="true"/>\n']
    if patience is not None:
        # A CANCEL has the branch of what it takes back.
        cancel = _request("CANCEL", 1, sender, line, NOTHING, tagged=False).replace("[branch]", "[branch-4]")
        ack = _request("ACK", 1, sender, line, NOTHING).replace("[branch]", "[branch-7]")
        steps += [
            '<recv response="180"/>\n', f'<pause milliseconds="{patience * 1000:.0f}"/>\n', _send(cancel),
            '<recv response="200"/>\n', '<recv response="487"/>\n', _send(ack),
        ]  # fmt: skip
    else:
        steps += [
            *('<recv response="180" optional="true"/>\n', '<recv response="183" optional="true"/>\n'),
            '<recv response="200" rrs="true"/>\n', _send(_request("ACK", 1, sender, line, NOTHING)),
            f'<recv request="BYE" timeout="{talk * 1000:.0f}" ontimeout="1"/>\n',
            _send(BACK.format(status="200 OK") .replace(";tag=[call_number]t", "") + NOTHING, ' next="2"'),
            '<label id="1"/>\n', _send(_request("BYE", 2, sender, line, NOTHING), ' retrans="500"'),
            '<recv response="200"/>\n', '<label id="2"/>\n',
        ]  # fmt: skip
    return _scenario(steps)


def apparatus(*, answers_after: float, talk: float) -> str:
    """Rings, and stops when it is told to; answers after so many seconds, and hangs up after `talk` more."""
    number = (
        '<action><ereg regexp="[0-9]+" search_in="hdr" header="CSeq:" assign_to="turn"/>'
        '<ereg regexp=".*" search_in="hdr" header="Via:" assign_to="via"/></action>'
    )
    over = BACK.replace("[last_Via:]", "Via:[$via]").replace("[last_CSeq:]", "CSeq: [$turn] INVITE")
    bye = (
        "BYE [next_url] SIP/2.0\nVia: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]\n"
        "From: [$me];tag=[call_number]t\nTo: [$them]\nCall-ID: [call_id]\nCSeq: 1 BYE\nMax-Forwards: 70\n"
    )
    names = (
        '<action><ereg regexp="&lt;[^;]*&gt;" search_in="hdr" header="To:" assign_to="me"/>'
        '<ereg regexp="[^ ].*" search_in="hdr" header="From:" assign_to="them"/></action>'
    )
    return _scenario([
        f'<recv request="INVITE" rrs="true">{number[:-9]}{names[8:]}</recv>\n',
        _send(BACK.format(status="180 Ringing") + NOTHING),
        f'<recv request="CANCEL" timeout="{answers_after * 1000:.0f}" ontimeout="1"/>\n',
        _send(BACK.format(status="200 OK") + NOTHING), _send(over.format(status="487 Request Terminated") + NOTHING),
        '<recv request="ACK" next="3"/>\n',
        '<label id="1"/>\n',
        _send(over.format(status="200 OK") + SDP, ' retrans="500"'), '<recv request="ACK"/>\n',
        f'<recv request="BYE" timeout="{talk * 1000:.0f}" ontimeout="2"/>\n',
        _send(BACK.format(status="200 OK").replace(";tag=[call_number]t", "") + NOTHING, ' next="3"'),
        '<label id="2"/>\n', _send(bye + NOTHING, ' retrans="500"'), '<recv response="200"/>\n',
        '<label id="3"/>\n',
    ])  # fmt: skip


def _scenario(steps: list[str]) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<scenario name="v">\n{"".join(steps)}</scenario>\n'


@dataclass
class Phone:
    """One sipp."""

    process: "subprocess.Popen[bytes]"
    messages: Path
    log: Path
    port: int

    def done(self, seconds: float = 30) -> bool:
        """Whether it came to the end of its scenario."""
        return wait_until(lambda: self.process.poll() is not None, seconds=seconds) and self.process.returncode == 0

    @property
    def heard(self) -> str:
        """All that was sent and received."""
        return self.messages.read_text(errors="replace") if self.messages.exists() else ""

    @property
    def answered(self) -> bool:
        """Whether somebody talked here."""
        parts = re.split(r"(?m)^-{10,}.*$", self.heard.replace("\r", ""))
        return any("SIP/2.0 200 OK" in part and re.search(r"(?m)^CSeq: \d+ INVITE", part) for part in parts)


@dataclass
class Phones:
    """Starts them, and ends those that are left."""

    folder: Path
    exchange: int
    started: list[Phone] = field(default_factory=list)

    def caller(
        self, line: str, number: str = "+4741234567", *, sender: str = "", headers: str = "", talk: float = 1,
        patience: float | None = None, calls: int = 1, rate: int = 10,
    ) -> Phone:  # fmt: skip
        """Somebody rings; `sender` is the From header where it is not simply the number."""
        said = sender or f"From: <sip:{number}@127.0.0.1>"
        scenario = calling(line, said, headers, talk=talk, patience=patience)
        return self._start(scenario, free_udp(), calls, "-r", str(rate), f"127.0.0.1:{self.exchange}")

    def apparatus(self, port: int, *, answers_after: float = 0.2, talk: float = 30, calls: int = 1) -> Phone:
        """A telephone that rings `calls` times, each until it is answered or stopped."""
        return self._start(apparatus(answers_after=answers_after, talk=talk), port, calls)

    def _start(self, scenario: str, port: int, calls: int, *more: str) -> Phone:
        at = self.folder / f"phone{len(self.started)}"
        at.mkdir(parents=True)
        (at / "scenario.xml").write_text(scenario)
        argv = [
            "sipp", "-sf", str(at / "scenario.xml"), "-i", "127.0.0.1", "-p", str(port), "-m", str(calls), "-nostdin",
            "-mi", "127.0.0.1", "-trace_msg", "-message_file", str(at / "messages"), "-trace_err",
            "-error_file", str(at / "errors"), "-timeout", "120", *more,
        ]  # fmt: skip
        phone = Phone(spawn(argv, log=at / "log", cwd=at), at / "messages", at / "errors", port)
        self.started.append(phone)
        return phone

    def stop(self) -> None:
        """By their ids."""
        for phone in self.started:
            end(phone.process)
