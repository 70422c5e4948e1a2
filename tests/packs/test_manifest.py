import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import KioskError
from kiosk.events.line import of_request, to_event
from kiosk.packs import manifest
from kiosk.pages import addresses
from tests.packs.made import FILES, entry, sealed, whole


def test_a_manifest_is_read_back_to_the_same_value():
    assert manifest.decode(manifest.encode(whole())) == whole()


def test_the_version_follows_from_the_content():
    other = whole(title={"vi": "Khác"})
    assert whole().version == whole().version
    assert whole().version != other.version
    assert len(whole().version) == 16


@pytest.mark.parametrize(
    "path",
    [
        "../kiosk.toml",
        "/etc/passwd",
        "media/../../a.mp3",
        "media/a/b.mp3",
        "media/.hidden",
        "media/a.mp3\n",
        "media/à.mp3",
        "media\\a.mp3",
        "code/a.py",
        "lessons/a",
        "",
    ],
)
def test_a_path_that_climbs_out_or_stands_nowhere_is_refused(path):
    with pytest.raises(KioskError, match="cannot be read"):
        manifest.decode(manifest.encode(sealed(files=(entry(path, b""),))))


def test_every_card_that_a_pack_may_hold_is_counted():
    longest = "a" * manifest.MOST_SLUG
    assert msgspec.convert(longest, manifest.Slug) == longest
    seen = of_request(f"/{addresses.card(longest, longest, longest, 'vi')}", status=200, wall=0, where="phone")
    assert to_event(seen, 0).values[0] == f"{longest}/{longest}/{longest}"
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(f"{longest}a", manifest.Slug)


def test_an_unknown_format_asks_for_newer_software():
    with pytest.raises(KioskError, match="format 2") as refused:
        manifest.decode(manifest.encode(sealed(format=2)))
    assert "update" in refused.value.hint


def test_a_version_that_does_not_follow_is_refused():
    with pytest.raises(KioskError, match="version does not follow"):
        manifest.decode(manifest.encode(msgspec.structs.replace(whole(), version="0" * 16)))


def test_ten_thousand_files_are_refused():
    files = tuple(entry(f"media/{number:016x}.mp3", b"") for number in range(10_000))
    with pytest.raises(KioskError, match=r"cannot be read.*4096"):
        manifest.decode(manifest.encode(sealed(files=files)))


def test_a_file_named_twice_is_refused():
    with pytest.raises(KioskError, match="names a file twice"):
        manifest.decode(manifest.encode(sealed(files=(entry("media/a.mp3", b""), entry("media/a.mp3", b"x")))))


def test_more_than_a_pack_may_hold_is_refused():
    files = tuple(
        msgspec.structs.replace(entry(f"media/{number}.mp3", b""), size=manifest.MOST_FILE) for number in range(65)
    )
    with pytest.raises(KioskError, match="more than"):
        manifest.decode(manifest.encode(sealed(files=files)))


@pytest.mark.parametrize("missing", ["pictures/aa.svg", "media/00112233445566aa.mp3", "practice/quet-ma.json"])
def test_what_a_path_cannot_do_without_must_be_there(missing):
    files = tuple(entry(name, data) for name, data in FILES.items() if name != missing)
    with pytest.raises(KioskError, match=f"speaks of {missing}"):
        manifest.decode(manifest.encode(whole(files=files)))


def test_a_named_lesson_must_be_there():
    with pytest.raises(KioskError, match="the lesson khac"):
        manifest.decode(manifest.encode(whole(lessons=("quet-ma", "khac"))))


def test_a_path_must_name_a_topic_of_the_pack():
    with pytest.raises(KioskError, match="path quet-ma"):
        manifest.decode(manifest.encode(whole(topics=())))


def test_an_unknown_field_is_refused():
    table = msgspec.json.decode(manifest.encode(whole()))
    with pytest.raises(KioskError, match="unknown field"):
        manifest.decode(msgspec.json.encode({**table, "script": "x"}))


@given(st.binary(max_size=400))
def test_no_bytes_make_it_fail_otherwise(data):
    with pytest.raises(KioskError):
        manifest.decode(data)


def test_nesting_without_end_is_refused():
    with pytest.raises(KioskError):
        manifest.decode(b'{"format":1,"title":' + b"[" * 200_000)
