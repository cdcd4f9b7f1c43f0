"""`python -m tests.benchmarks.players NAME …`: sets Django up (when settings are named) and runs that module."""

import importlib
import os
import sys

if __name__ == "__main__":
    name = sys.argv.pop(1)
    if "DJANGO_SETTINGS_MODULE" in os.environ:
        import django

        django.setup()
    importlib.import_module(f"tests.benchmarks.players.{name}").main()
