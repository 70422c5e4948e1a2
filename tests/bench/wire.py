"""Bytes per event on the wire: the frozen day as a batch, beside what others would send, and the whole TLS session."""

import contextlib
import datetime
import gzip
import random
import ssl
import tempfile
import uuid
from pathlib import Path

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kiosk.events.ack import Ack
from kiosk.events.ack import encode as encode_ack
from kiosk.events.batch import Batch, digest, encode
from kiosk.events.epochs import Offset, Quality
from kiosk.events.event import Event
from kiosk.events.ranges import Ranges
from tests.bench.make_day import read_day

_BUDGET = 8
_DEVICE, _EPOCH = "0f1e2d3c4b5a69788796a5b4c3d2e1f0", "0123456789abcdef"
_BEGAN = 1_800_000_000
_HOST = "dem.tinh.example.vn"


def batch() -> Batch:
    """The frozen day as one batch."""
    return Batch(_DEVICE, _EPOCH, Offset(_BEGAN, Quality.SYNCED, 1), "0.1.0", tuple(read_day()))


def xapi(numbered: list[tuple[int, Event]]) -> bytes:
    """The same events as xAPI statements, gzipped; ids derived from (device, epoch, seq)."""
    return gzip.compress(msgspec.json.encode([_statement(seq, event) for seq, event in numbered]), 9, mtime=0)


def _statement(seq: int, event: Event) -> dict[str, object]:
    when = datetime.datetime.fromtimestamp(_BEGAN + event.at, datetime.UTC)
    own = f"https://{_HOST}/xapi"
    return {
        "id": str(uuid.uuid5(uuid.UUID(_DEVICE), f"{_EPOCH}/{seq}")),
        "actor": {"objectType": "Group", "account": {"homePage": f"https://{_HOST}", "name": _DEVICE}},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/experienced"},
        "object": {"id": f"{own}/{event.kind}"},
        "context": {"extensions": {f"{own}/{name}": value for name, value in event.fields().items()}},
        "timestamp": when.isoformat().replace("+00:00", "Z"),
    }


def with_uuids(data: bytes, count: int) -> bytes:
    """Our own columns, were each event to bear a random id of 16 bytes instead of its place in a span."""
    chance = random.Random(1)
    return gzip.compress(gzip.decompress(data) + chance.randbytes(16 * count), 9, mtime=0)


def session(data: bytes) -> int:
    """Bytes both ways of a TLS 1.3 session that sends the batch and gets its answer; TCP and IP not counted."""
    seqs = Ranges(((1, len(read_day())),))
    answer = encode_ack(Ack(digest(data), _DEVICE, _EPOCH, seqs, (), 1, _BEGAN + 50_000), bytes(32))
    request = (
        f"POST /v1/batches HTTP/1.1\r\nHost: {_HOST}\r\nAccept-Encoding: identity\r\nContent-Length: {len(data)}\r\n"
        f"Authorization: Bearer {'x' * 32}\r\nContent-Type: application/octet-stream\r\nUser-Agent: domdom\r\n\r\n"
    ).encode() + data
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(answer)}\r\n\r\n".encode()
    certificate, private = _certificate()
    client, server = _Side(_trusting(certificate), server=False), _Side(_serving(certificate + private), server=True)
    for side, other in ((client, server), (server, client)) * 2:  # two flights each way and the handshake is done
        with contextlib.suppress(ssl.SSLWantReadError):
            side.tls.do_handshake()
        other.take(side)
    client.tls.write(request)
    server.take(client)
    if server.tls.read(len(request)) != request:
        raise AssertionError("the request did not arrive")
    server.tls.write(head + answer)
    client.take(server)
    if client.tls.read(len(head + answer)) != head + answer:
        raise AssertionError("the answer did not arrive")
    return client.sent + server.sent


class _Side:
    """One end of a session in memory, and how many bytes it sent."""

    def __init__(self, context: ssl.SSLContext, *, server: bool) -> None:
        self._in, self._out = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.tls = context.wrap_bio(self._in, self._out, server_side=server, server_hostname=None if server else _HOST)
        self.sent = 0

    def take(self, other: "_Side") -> None:
        data = other._out.read()
        other.sent += len(data)
        self._in.write(data)


def _trusting(certificate: bytes) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=certificate.decode())
    return context


def _serving(both: bytes) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "both.pem"
        path.write_bytes(both)
        context.load_cert_chain(path)
    return context


def _certificate() -> tuple[bytes, bytes]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _HOST)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + datetime.timedelta(days=365))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(_HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return made.public_bytes(serialization.Encoding.PEM), private


def rows() -> list[tuple[str, str, str, str]]:
    """What, figure, anchor, budget: for the runner of all benchmarks."""
    day = read_day()
    data, count = encode(batch()), len(day)
    anchors = f"xAPI gzipped {len(xapi(day)) / count:.1f}, a UUID an event {len(with_uuids(data, count)) / count:.1f}"
    return [
        (f"wire bytes per event, {count} events of a day", f"{len(data) / count:.2f}", anchors, f"<= {_BUDGET}"),
        ("the same in its whole TLS session", f"{session(data) / count:.2f}", f"the batch alone {len(data)} bytes", ""),
    ]


if __name__ == "__main__":
    for row in rows():
        print(" | ".join(row))
