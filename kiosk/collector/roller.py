"""Roll-ups kept up to date beside the answers: a thread in each worker."""

import logging
import time
from collections.abc import Callable

import peewee

from kiosk.collector.province import Province
from kiosk.collector.rollups.settle import settle

_PAUSE_SECONDS = 5.0
_SITES = 10  # at a time
_BREATH_SECONDS = 0.05  # between them: who waits for an answer comes first
_log = logging.getLogger(__name__)


def roll(province: Province, pause: Callable[[float], None] = time.sleep) -> None:
    """Settle sites, a few at a time, for ever; a database that fails is asked again later."""
    while True:
        settled = _settled(province)
        if settled:
            province.close()  # nothing is held while nothing is done
        pause(_PAUSE_SECONDS if settled else _BREATH_SECONDS)


def _settled(province: Province) -> bool:
    """Some sites more; whether none is left, or nothing can be done now."""
    try:
        return not settle(province, most=_SITES)
    except peewee.PeeweeException as wrong:
        _log.warning("roll-ups wait: %s", type(wrong).__name__)
        return True
