"""Gunicorn with our limits around any app: what the kiosk's web server and the collector share."""

import gc
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.systemd import sd_notify

# gthread: a slow phone holds a thread, not a worker. Two workers, so that one may die while the other answers; who must
# be small has one.
_WORKERS = 2
_THREADS = 8
PATIENCE = 10  # seconds that requests may take at the end

Hook = Callable[[object], None]


def _forget(_worker: object, _request: object, _environ: object, _response: object) -> None:
    """The standard library keeps the last 128 addresses that it took apart; ours shall outlive no request."""
    urlsplit.cache_clear()  # type: ignore[attr-defined]  # typeshed does not say that it is kept


class _Watched(Arbiter):
    """Tells systemd at each look after the workers that it lives; outside of a unit that goes nowhere."""

    def murder_workers(self) -> None:
        super().murder_workers()
        sd_notify("WATCHDOG=1", self.log)


class Server(BaseApplication):
    """Serve until a signal; what makes the app is called in each worker, after the fork."""

    def __init__(
        self,
        make: Callable[[], object],
        *,
        bind: Sequence[str],
        memory: Path,
        name: str,
        hooks: Mapping[str, Hook] | None = None,
        tls: tuple[str, str] | None = None,
        workers: int = _WORKERS,
        threads: int = _THREADS,
    ) -> None:
        """Hold what gunicorn will be told.

        Args:
            make: makes the WSGI app.
            bind: host:port or unix:path, one or more.
            memory: a folder in memory for the workers' heartbeat files.
            name: what the process list shows.
            hooks: gunicorn's server hooks by name.
            tls: paths of a certificate chain and its key.
            workers: processes that answer.
            threads: requests that each takes at once.
        """
        self._make = make
        self._told: dict[str, object] = {
            "bind": list(bind),
            "workers": workers,
            "threads": threads,
            "worker_class": "gthread",
            "worker_tmp_dir": str(memory),
            # Its default place would be the home folder.
            "control_socket_disable": True,
            "graceful_timeout": PATIENCE,
            "limit_request_line": 2048,
            "limit_request_fields": 64,
            "limit_request_field_size": 4096,
            "keepalive": 5,
            # Addresses and agents are written nowhere.
            "accesslog": None,
            "loglevel": "warning",
            "post_request": _forget,
            "proc_name": name,
            **(hooks or {}),
            **({"certfile": tls[0], "keyfile": tls[1]} if tls else {}),
        }
        super().__init__()

    def load_config(self) -> None:
        """Tell gunicorn; nothing is read from files or the environment."""
        for key, value in self._told.items():
            self.cfg.set(key, value)

    def run(self) -> None:
        """Serve."""
        # What is loaded now is shared with the workers for as long as nobody touches it; the collector would.
        gc.collect()
        gc.freeze()
        _Watched(self).run()

    def load(self) -> object:
        """The app of one worker."""
        return self._make()
