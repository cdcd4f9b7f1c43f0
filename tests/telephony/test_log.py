"""The bridge's log: what it says itself, and of everything else only the kind and the place."""

import logging

from infra.telephony import log

NUMBER = "+4741987654"


def test_of_an_error_the_log_has_kind_and_place_and_not_a_word(capsys):
    before = logging.getLogger().handlers[:]
    log.start()
    try:
        raise ValueError(NUMBER)
    except ValueError:
        log.log.exception("Anrop %s går til reserven", "sentral1-1.2")
        logging.getLogger("urllib3.connectionpool").warning("Retrying GET /api/v1/lines?number=%s", NUMBER)
        logging.getLogger("asyncio").error("Task exception was never retrieved: %s", NUMBER, exc_info=True)
    finally:
        logging.getLogger().handlers[:] = before
    said = capsys.readouterr().err
    assert NUMBER not in said
    assert "Anrop sentral1-1.2 går til reserven (ValueError test_of_an_error" in said
    assert "urllib3.connectionpool test_of_an_error" in said
