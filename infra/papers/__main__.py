"""`python -m infra.papers [--check]` from the project's root: needs no database, only the models."""

import os
import sys
from contextlib import suppress
from pathlib import Path


def main(argv: list[str]) -> int:
    """Write the papers, or with --check only say which are out of date (status 1)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varde.settings.test")
    import django

    django.setup()
    from django.conf import settings

    from infra.papers.papers import MissingWords, outdated, write

    try:
        late = outdated() if "--check" in argv else write()
    except MissingWords as missing:
        sys.stderr.write(f"{missing}\n")
        return 1
    finally:
        with suppress(OSError):  # the test settings made an empty home that nobody else will use
            Path(settings.HOME).rmdir()
    sys.stdout.write("".join(f"{name}\n" for name in late) or "Papirene er oppdatert.\n")
    return 1 if late and "--check" in argv else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
