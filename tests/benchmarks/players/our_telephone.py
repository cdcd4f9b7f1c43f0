"""The region's line, what it rings, and a token for the telephone system; its last line is the token."""

import json
import sys

from regional.lines import actions as lines
from shared.registry.queries import office_by_slug
from varde.machines.actions import give
from varde.tenancy.work import work


def main() -> None:
    """`our_telephone NUMBER APPARATUS`."""
    number, apparatus = sys.argv[1:]
    region = office_by_slug("benkregionen")
    assert region is not None
    with work(region, "setup") as by:
        line = lines.open_line(name="Vakttelefonen", service="hotline", kommune=None, shared_with="", by=by)
        lines.point(number=number, line=line, since=None, by=by)
        lines.ring(line=line, apparatus=[apparatus], since=None, by=by)
        token = give(name="Sentralbordet", scopes=["calls", "lines"], days=2, by=by)[1]
    sys.stdout.write(f"{json.dumps(token)}\n")
