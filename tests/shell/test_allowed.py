import pytest

from kiosk.shell.allowed import Input, absent, allowed, hears, passes, path, shown

HOME = "http://127.0.0.1:8080/"


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:8080/",
        "http://127.0.0.1:8080",
        "http://127.0.0.1:8080/bai/doi-song-so/tra-tien-qr/mot.vi.html",
        "HTTP://127.0.0.1:8080/help",
        "about:blank",
    ],
)
def test_the_kiosk_s_own_pages_and_the_waiting_page_are_shown(address: str) -> None:
    assert allowed(address, HOME)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "http://127.0.0.1/",
        "http://127.0.0.1:80800/",
        "http://127.0.0.1:port/",
        "https://127.0.0.1:8080/",
        "http://localhost:8080/",
        "http://127.0.0.1.example:8080/",
        "http://127.0.0.1:8080@example.com/",
        "http://somebody@127.0.0.1:8080/",
        "http://[::1/",
        "http://example.com/http://127.0.0.1:8080/",
        "//127.0.0.1:8080/",
        "file:///etc/passwd",
        "ftp://127.0.0.1:8080/",
        "view-source:http://127.0.0.1:8080/",
        "blob:http://127.0.0.1:8080/1",
        "data:text/html,x",
        "javascript:alert(1)",
        "inspector://127.0.0.1:8080/",
        "webkit://gpu",
        "about:srcdoc",
        "tel:113",
        "sms:113",
        "mailto:a@example.com",
        "intent://x",
    ],
)
def test_nothing_else_is(address: str) -> None:
    assert not allowed(address, HOME)


def test_the_default_port_may_stand_or_be_left_out() -> None:
    assert not allowed("http://127.0.0.1:81/", "http://127.0.0.1/")
    assert allowed("http://127.0.0.1:80/", "http://127.0.0.1/")
    assert allowed("http://127.0.0.1/", "http://127.0.0.1:80/")


def test_a_path_is_told_of_our_own_pages_alone() -> None:
    assert path(f"{HOME}tap/x/1/2?a=b", HOME) == "/tap/x/1/2"
    assert path("about:blank", HOME) == ""
    assert path("http://example.com/tap", HOME) == ""


@pytest.mark.parametrize(
    ("mime", "is_page"),
    [
        ("text/html", True),
        ("Text/HTML; charset=utf-8", True),
        ("application/json", False),
        ("audio/mpeg", False),
        ("", False),
    ],
)
def test_only_a_page_becomes_a_page(mime: str, is_page: bool) -> None:
    assert shown(mime) is is_page


@pytest.mark.parametrize(
    ("status", "away"), [(200, False), (404, False), (500, False), (502, True), (503, True), (504, True)]
)
def test_what_nginx_says_in_a_program_s_place_is_no_answer(status: int, away: bool) -> None:
    assert absent(status) is away


@pytest.mark.parametrize(
    ("kind", "number", "held", "goes_on"),
    [
        (Input.BUTTON, 1, False, True),
        (Input.BUTTON, 2, False, False),
        (Input.BUTTON, 3, False, False),
        (Input.BUTTON, 8, False, False),
        (Input.TOUCH, 0, False, True),
        (Input.TOUCH, 1, False, False),
        (Input.KEY, 0, False, False),
        (Input.KEY, 0, True, False),
        (Input.GESTURE, 0, False, False),
        (Input.SCROLL, 0, False, True),
        (Input.SCROLL, 0, True, False),
        (Input.ELSE, 0, False, True),
    ],
)
def test_one_finger_or_the_first_button_goes_on(kind: Input, number: int, held: bool, goes_on: bool) -> None:
    assert passes(kind, number=number, held=held) is goes_on


@pytest.mark.parametrize(
    ("where", "sound", "video", "may"),
    [("/staff", True, False, True), ("/staff/voices", True, False, True), ("/staff/voices", True, True, False),
     ("/staff", False, True, False), ("/", True, False, False), ("/staffs", True, False, False)],
)  # fmt: skip
def test_only_the_volunteers_page_hears(where: str, sound: bool, video: bool, may: bool) -> None:
    assert hears(where, sound=sound, video=video) is may
