"""Villages whose lines are slow."""

import http.client
import socket
import time
from contextlib import ExitStack, closing
from pathlib import Path

from kiosk.collector import tokens
from kiosk.collector.province import open_province
from kiosk.events.batch import encode
from tests.collector.conftest import a_batch
from tests.support.herd import Collector

SLOW = 40


def test_villages_that_take_their_time_to_send_hold_up_nobody_and_are_answered(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/p.db"
    with closing(open_province(url)) as province:
        token = tokens.issue(province, "ban-ho", "Bản Hồ", int(time.time()))
    data = encode(a_batch(1, 20))
    server = Collector(url, tmp_path)
    server.start()
    head = f"POST /v1/batches HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Length: {len(data)}"
    with ExitStack() as held:
        held.callback(server.kill)
        lines = [held.enter_context(socket.create_connection(("127.0.0.1", server.port), 60)) for _ in range(SLOW)]
        for line in lines:
            line.sendall(f"{head}\r\n\r\n".encode() + data[:50])
        quick = held.enter_context(closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)))
        quick.request("POST", "/v1/batches", data, {"Authorization": f"Bearer {token}"})
        assert quick.getresponse().status == 200
        for line in lines:
            line.sendall(data[50:])
        answers = {line.recv(12).decode() for line in lines}
        assert answers <= {"HTTP/1.1 200", "HTTP/1.1 503"}
        assert "HTTP/1.1 200" in answers
