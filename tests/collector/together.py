"""Several app servers on one database, as threads with connections of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from kiosk.collector.province import Province, open_province


def together(url: str, *works: Callable[[Province], None]) -> None:
    """Do all of it at once; what fails in one of them fails the test."""

    def work(do: Callable[[Province], None]) -> None:
        with closing(open_province(url)) as own:
            do(own)

    with ThreadPoolExecutor(len(works)) as pool:
        for done in [pool.submit(work, do) for do in works]:
            done.result()
