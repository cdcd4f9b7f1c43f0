"""The one file that opens a locked file: for a kommune that has no platform, only Python and `cryptography`."""

import io
import zipfile
from pathlib import Path

from varde import cli_errors

_HERE = Path(__file__).resolve().parent
_MAIN = """import sys

try:
    import cryptography
except ImportError:
    sys.exit("Installer pakken cryptography med «python -m pip install cryptography», og prøv igjen.")
from shared.orders.export_cli import main
from varde.cli_errors import Complaint

try:
    sys.exit(main(sys.argv[1:]))
except Complaint as complaint:
    sys.exit(str(complaint))
"""


def opener() -> bytes:
    """A zip that Python runs: `python varde-apner.pyz FIL`. The same code as `varde open-export`."""
    ground = Path(cli_errors.__file__)
    files = {
        "__main__.py": _MAIN,
        "shared/__init__.py": "",
        "shared/orders/__init__.py": "",
        "varde/__init__.py": "",
        "shared/orders/export_cli.py": (_HERE / "export_cli.py").read_text("utf-8"),
        "shared/orders/export_file.py": (_HERE / "export_file.py").read_text("utf-8"),
        "varde/cli_errors.py": ground.read_text("utf-8"),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()
