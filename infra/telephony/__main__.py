"""`python -m infra.telephony --config FILE [--lay FOLDER]`: runs the bridge, or lays Asterisk's files and ends."""

import argparse
import asyncio
import signal
import sys
from pathlib import Path

from infra.telephony import log
from infra.telephony.bridge import Bridge
from infra.telephony.lay import lay
from infra.telephony.settings import Settings, Wrong, read


async def serve(settings: Settings) -> None:
    """Until SIGTERM or SIGINT."""
    running = asyncio.create_task(Bridge(settings).run())
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, running.cancel)
    try:
        await running
    except asyncio.CancelledError:
        return


def main(argv: list[str]) -> int:
    """0 when it was asked to end, 2 when the configuration is wrong."""
    asked = argparse.ArgumentParser(prog="python -m infra.telephony")
    asked.add_argument("--config", type=Path, required=True, help="TOML-fil, se infra/docs/telefoni.md")
    asked.add_argument("--lay", type=Path, metavar="MAPPE", help="skriv Asterisks filer i mappen, og slutt")
    chosen = asked.parse_args(argv)
    log.start()
    try:
        settings = read(chosen.config)
    except Wrong as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 2
    if chosen.lay:
        sys.stdout.write("".join(f"{name}\n" for name in lay(settings, chosen.lay)))
        return 0
    asyncio.run(serve(settings))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
