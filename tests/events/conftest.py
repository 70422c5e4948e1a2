"""What tests of events share: a real nginx with the line's maps, and a strategy for any event of the registry."""

import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.events import line
from kiosk.portal.probes import families
from kiosk.process import Child

_CONFIG = """
daemon off; master_process off; pid {root}/nginx.pid; error_log {root}/error.log;
events {{ worker_connections 64; }}
http {{
  client_body_temp_path {root}/b; proxy_temp_path {root}/p; fastcgi_temp_path {root}/f;
  uwsgi_temp_path {root}/u; scgi_temp_path {root}/s;
  {salt}{maps}
  log_format kiosk '{format}';
  access_log {root}/views.log kiosk if=$kiosk_sent;
  server {{ listen 127.0.0.1:{port}; listen 127.0.0.2:{port}; root {root}/www; }}
}}
"""


@pytest.fixture
def nginx(tmp_path: Path) -> Iterator[Callable[..., tuple[int, str]]]:
    """A running nginx over tmp_path/www that writes tmp_path/views.log.

    Yields:
        `ask(address, request head, source="127.0.0.1")` -> (status, Content-Range of the answer).
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = tmp_path / "nginx.conf"
    maps = line.NGINX_MAPS + line.nginx_systems(families())
    salt = line.nginx_salt("ab" * 16)
    config.write_text(_CONFIG.format(root=tmp_path, port=port, salt=salt, maps=maps, format=line.NGINX_FORMAT))
    running = Child(["nginx", "-p", tmp_path, "-c", config], {})
    try:
        _await(port)
        yield lambda address, head, source="127.0.0.1": _ask((address, port), head, source)
    finally:
        running.stop(10)


def _await(port: int) -> None:
    for _ in range(200):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    pytest.fail("nginx did not begin to listen")


def _ask(address: tuple[str, int], head: str, source: str) -> tuple[int, str]:
    with socket.create_connection(address, timeout=10, source_address=(source, 0)) as asking:
        lines = [*head.split("\n"), "Host: x", "Connection: close", "", ""]
        asking.sendall("\r\n".join(lines).encode("latin-1"))
        answer = b"".join(iter(lambda: asking.recv(65_536), b""))
    top = answer.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    ranges = [row.split(": ", 1)[1] for row in top if row.lower().startswith("content-range: ")]
    return int(top[0].split(" ")[1]), ranges[0] if ranges else ""
