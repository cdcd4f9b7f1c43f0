"""The bridge as its own program, without what `make sabotage` takes away."""

import sys

from infra.telephony.__main__ import main
from tests.sabotage.without_telephone import take_away_here

if __name__ == "__main__":
    take_away_here()
    sys.exit(main(sys.argv[1:]))
