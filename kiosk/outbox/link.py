"""The line to the collector: HTTPS that trusts the pinned certificate and nobody else."""

import email.utils
import ssl
from dataclasses import dataclass
from pathlib import Path

import urllib3
from urllib3.exceptions import HTTPError, LocationParseError, SSLError
from urllib3.util import Url, parse_url

from kiosk.errors import KioskError
from kiosk.settings import Upload

# OpenSSL's X509_V_FLAG_NO_CHECK_TIME, which Python's ssl does not name.
NO_CHECK_TIME = 0x200000

_ANSWER_MOST = 1 << 20
_PART = 1 << 16
_CONNECT_SECONDS = 15.0
_READ_SECONDS = 60.0
_LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
_PATH = "/v1/batches"


class LinkError(KioskError):
    """The collector could not be reached this time; the same may work later.

    Attributes:
        wait: seconds that the collector asked us to wait; 0 where it did not.
    """

    def __init__(self, message: str, *, hint: str = "", wait: float = 0.0) -> None:
        super().__init__(message, hint=hint)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, body, and the seconds that the collector asks us to wait (0: it did not ask)."""

    status: int
    body: bytes
    wait: float


class Link:
    """A connection that is kept between batches."""

    def __init__(self, upload: Upload, *, dated: bool) -> None:
        """Read token and pin; nothing is connected yet.

        Args:
            upload: the section of kiosk.toml.
            dated: whether our clock can be trusted, so that a certificate's dates count.

        Raises:
            KioskError: address, token or pin is missing or none.
        """
        where = _address(upload.url)
        self._target = f"{where.url.rstrip('/')}{_PATH}"
        self._headers = {
            "Authorization": f"Bearer {site_token(upload.token)}",
            "Content-Type": "application/octet-stream",
            "User-Agent": "domdom",
        }
        context = pinned(upload.pin, dated=dated) if where.scheme == "https" else None
        self._pool = urllib3.PoolManager(
            ssl_context=context,
            timeout=urllib3.Timeout(connect=_CONNECT_SECONDS, read=_READ_SECONDS),
        )

    def close(self) -> None:
        """Close the connection."""
        self._pool.clear()

    def post(self, data: bytes) -> Answer:
        """Send a batch.

        Raises:
            LinkError: no answer, or one that broke off.
            KioskError: whoever answers is not the pinned collector.
        """
        try:
            # No redirect is followed: the token goes to the pinned collector only.
            answer = self._pool.request(
                "POST",
                self._target,
                body=data,
                headers=self._headers,
                redirect=False,
                retries=False,
                preload_content=False,
            )
            body = _body(answer)
        except SSLError as wrong:
            raise _distrust(wrong) from wrong
        except (HTTPError, OSError) as wrong:
            raise LinkError(f"the collector cannot be reached: {type(wrong).__name__}") from wrong
        wait = retry_after(answer.headers.get("retry-after", ""), answer.headers.get("date", ""))
        return Answer(answer.status, body, wait)


def pinned(path: str, *, dated: bool) -> ssl.SSLContext:
    """A context that trusts what stands in the file, CA or the certificate itself, and never the public CAs.

    Args:
        path: PEM file.
        dated: whether validity dates count. Without a clock they would shut out a good certificate; chain and name
            are verified all the same.

    Raises:
        KioskError: the file cannot be read or holds no certificate.
    """
    if not path:
        raise KioskError("upload.pin is not set", hint="name the PEM file with the collector's CA or certificate")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    if not dated:
        context.verify_flags |= NO_CHECK_TIME
    try:
        context.load_verify_locations(cafile=path)
    except (OSError, ssl.SSLError) as wrong:
        raise KioskError(f"the pin {path} cannot be used: {wrong}", hint="copy the collector's CA there") from wrong
    return context


def retry_after(value: str, date: str) -> float:
    """Seconds to wait by the headers Retry-After and Date; 0 for none or nonsense.

    A date is taken relative to the collector's own Date: our clock may be years off.
    """
    if value.isascii() and value.isdecimal():
        return float(value[:9])
    try:
        then, now = email.utils.parsedate_to_datetime(value), email.utils.parsedate_to_datetime(date)
        return max(0.0, (then - now).total_seconds())
    except (ValueError, TypeError):
        return 0.0


def _body(answer: urllib3.BaseHTTPResponse) -> bytes:
    """The whole body; of one that is too long the beginning, which nobody takes for an answer."""
    body = bytearray()
    for part in answer.stream(_PART, decode_content=False):
        body += part
        if len(body) > _ANSWER_MOST:
            answer.close()
            return bytes(body)
    answer.release_conn()
    return bytes(body)


def _address(url: str) -> Url:
    if not url:
        raise KioskError("upload.url is not set, so counts leave only by hand", hint="set upload.url in kiosk.toml")
    try:
        where = parse_url(url)
    except LocationParseError as wrong:
        raise KioskError(f"upload.url is no address: {url}") from wrong
    if where.scheme == "https" and where.host:
        return where
    if where.scheme == "http" and where.host in _LOOPBACK:
        return where
    raise KioskError(f"upload.url is {url}", hint="give an address that begins with https://")


def site_token(path: str) -> str:
    """The site's token from its file.

    Raises:
        KioskError: none is named, it cannot be read, or it is not one word.
    """
    if not path:
        raise KioskError("upload.token is not set", hint="name the file with the site's token")
    try:
        token = Path(path).read_text(encoding="ascii").strip()
    except (OSError, ValueError) as wrong:
        raise KioskError(f"the token {path} cannot be read", hint="copy the site's token there") from wrong
    if not token or not token.isprintable() or " " in token:
        raise KioskError(f"the token {path} is empty or more than one word", hint="copy the site's token there")
    return token


def _distrust(wrong: SSLError) -> KioskError:
    cause = wrong.args[0] if wrong.args else wrong
    if isinstance(cause, ssl.SSLCertVerificationError):
        return KioskError(
            f"who answers is not the pinned collector: {cause.verify_message}", hint="compare upload.url and upload.pin"
        )
    return LinkError("the collector cannot be reached: TLS broke off")
