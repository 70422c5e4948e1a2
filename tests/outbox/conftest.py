"""A TLS server of one's own: certificates made on the spot, answers as a test wants them."""

import datetime
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_DAY = datetime.timedelta(days=1)


@dataclass
class Issued:
    """A certificate with its key, as PEM files; `authority` is the file of who signed it."""

    certificate: Path
    both: Path
    authority: Path


class Authority:
    """A CA of one test."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._key = ec.generate_private_key(ec.SECP256R1())
        subject = _named(f"ca {name}")
        made = (
            _builder(subject, subject, self._key, *_span(-1, 3650))
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(self._key, hashes.SHA256())
        )
        self._subject = subject
        self.file = folder / f"{name}.pem"
        self.file.write_bytes(made.public_bytes(serialization.Encoding.PEM))

    def issue(self, host: str, *, begins: int = -1, ends: int = 365) -> Issued:
        """A server's certificate for a name, valid from and to so many days from today."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = (
            _builder(_named(host), self._subject, key, *_span(begins, ends))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
            .sign(self._key, hashes.SHA256())
        )
        certificate = made.public_bytes(serialization.Encoding.PEM)
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        alone, both = self._folder / f"{self._name}-{host}.pem", self._folder / f"{self._name}-{host}-both.pem"
        alone.write_bytes(certificate)
        both.write_bytes(certificate + private)
        return Issued(alone, both, self.file)


@pytest.fixture
def authority(tmp_path: Path) -> Callable[[str], Authority]:
    """Makes a CA of that name."""
    return lambda name: Authority(tmp_path, name)


@pytest.fixture
def serving() -> Iterator[Callable[..., "Serving"]]:
    """Starts a server: `serving(answer bytes, certificate or None)`; it ends with the test."""
    running: list[Serving] = []

    def start(answer: bytes, issued: Issued | None = None) -> Serving:
        running.append(Serving(answer, issued))
        return running[-1]

    yield start
    for server in running:
        server.stop()


class Serving:
    """A server on 127.0.0.1 that gives one answer to everything and keeps what it was asked."""

    def __init__(self, answer: bytes, issued: Issued | None) -> None:
        self.asked: list[tuple[str, dict[str, str], bytes]] = []
        asked = self.asked

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                asked.append((self.path, dict(self.headers), body))
                self.wfile.write(answer)
                self.close_connection = True

            def log_message(self, *words: object) -> None:
                """Say nothing."""

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self._server.handle_error = lambda *_: None  # a client that distrusts us breaks off
        if issued:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(issued.both)
            self._server.socket = context.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        scheme = "https" if issued else "http"
        self.port = self._server.server_address[1]
        self.url = f"{scheme}://localhost:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _span(begins: int, ends: int) -> tuple[datetime.datetime, datetime.datetime]:
    now = datetime.datetime.now(datetime.UTC)
    return now + begins * _DAY, now + ends * _DAY


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    begins: datetime.datetime,
    ends: datetime.datetime,
) -> x509.CertificateBuilder:
    return x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number(), begins, ends)
