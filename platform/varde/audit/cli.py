"""`varde verify-log --office SLUG`: 0 when the log is whole, 1 when it is not."""

from varde.audit.chain import verify
from varde.cli_errors import Complaint, Parser
from varde.tenancy import fleet
from varde.tenancy.directory import offices

WORDS = {"gap": "rader mangler", "link": "kjeden er brutt", "content": "innholdet er endret", "tail": "slutten mangler"}


def main(argv: list[str]) -> int:
    """Verify the log of one office or of all."""
    parser = Parser(prog="varde verify-log", description="Er loggen hel?")
    parser.add_argument("--office", help="ett kontor; uten det alle")
    chosen = parser.parse_args(argv).office
    refs = [ref for ref in offices() if chosen in (None, ref.slug)]
    if not refs:
        raise Complaint(f"Kontoret «{chosen}» finnes ikke.")
    broken = 0
    for ref in refs:
        with fleet.connect() as connection:
            verdict = verify(connection, ref.schema)
        state = "hel" if verdict.whole else "BRUTT: " + ", ".join(f"nr. {n} ({WORDS[k]})" for n, k in verdict.breaks)
        print(f"{ref.name:<24}{verdict.rows:>8} rader  {verdict.digest[:16]}  {state}")
        broken += not verdict.whole
    return 1 if broken else 0
