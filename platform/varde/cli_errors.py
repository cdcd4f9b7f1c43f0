"""The one error that the administration command shows as a sentence instead of a traceback."""

import argparse
import re
from typing import NoReturn


class Complaint(Exception):
    """A Norwegian sentence for the person at the keyboard; `varde` prints it to stderr, status 2."""


class Parser(argparse.ArgumentParser):
    """Complains in one Norwegian sentence instead of printing the usage in English."""

    def error(self, message: str) -> NoReturn:
        named = re.search(r"--[a-z-]+", message)
        what = f"«{named.group()}» mangler eller har ikke en gyldig verdi" if named else "Kommandoen kan ikke leses"
        raise Complaint(f"{what}; se «{self.prog} --help».")
