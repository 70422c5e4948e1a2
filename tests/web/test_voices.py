"""The room of voices behind the staff door: recorded in one opening, heard in another, then asked for anew."""

import io

import pytest
from msgspec.structs import replace

from kiosk.narration.recording import MOST, RefusedError
from kiosk.narration.shelf import Shelf
from kiosk.packs.store import Store
from kiosk.packs.village import sentence_id
from kiosk.settings import Site
from kiosk.sound import Speech
from kiosk.web.app import create_app
from tests.packs.made import FILES, packed, whole
from tests.support import staff
from tests.support.staff import open_door
from tests.support.voices import hum

FIRST = sentence_id("Đây là chỗ tập. Bấm sai không sao.")
SENTENCE = f"/staff/giong/blt/cau/{FIRST}"
HEAR = "/staff/giong/blt/nghe"


@pytest.fixture
def settings(tmp_path):
    """A box with a pack of one path and a second language."""
    box = staff.settings(tmp_path)
    pack = tmp_path / "thu.pack"
    made = whole()
    made = whole(paths=(replace(made.paths[0], scenario=None),))
    pack.write_bytes(packed(made, FILES))
    Store(box.packs).install(pack)
    return replace(box, site=Site(languages=("vi", "blt"), setting="alone"))


@pytest.fixture
def client(settings):
    app = create_app(settings)
    yield app.test_client()
    app.extensions["live"].close()


@pytest.fixture
def spoken(monkeypatch):
    """Whatever is sent is taken for speech; what was sent."""
    sent = []

    def prepare(source):
        sent.append(source.read_bytes())
        return Speech(hum())

    monkeypatch.setattr("kiosk.narration.desk.prepare", prepare)
    return sent


def record(client, mark, data=b"webm", **more):
    return client.post(f"{SENTENCE}?k={mark}", data=data, **{"content_type": "application/octet-stream", **more})


def opened_again(client, settings):
    client.delete_cookie("staff", path="/staff")
    return open_door(client, settings)


def test_nothing_of_it_answers_before_the_door_is_open(client, settings):
    client.environ_base.update(staff.by(settings))
    for path in ("/staff/giong", "/staff/giong/blt", SENTENCE, HEAR, "/staff/giong/tieng/0123456789abcdef.mp3"):
        assert client.get(path).status_code == 303
    assert record(client, "").status_code == 303
    assert not settings.voices.exists()


def test_a_recording_is_heard_and_approved_in_another_opening_of_the_door(client, settings, spoken):
    mark = open_door(client, settings)
    assert "Tiếng Thái Đen" in client.get("/staff/giong").text
    assert record(client, mark).headers["Location"].endswith(f"/cau/{FIRST}")
    assert spoken == [b"webm"]
    assert "Đã giữ" in client.get(SENTENCE).text
    assert "lần mở cửa này" in client.get(HEAR).text

    mark = opened_again(client, settings)
    assert "1 câu chờ nghe" in client.get("/staff").text
    (take,) = Shelf(settings.voices).read("blt").waiting
    sound = f"/staff/giong/tieng/{take.sound}.mp3"
    assert sound in client.get(HEAR).text.replace("../../../", "/")
    client.post(f"{HEAR}/{FIRST}", data={"k": mark, "do": "dung"})
    assert Shelf(settings.voices).read("blt").approved == (), "approved without having been heard"
    assert client.get(sound).data == hum()
    client.post(f"{HEAR}/{FIRST}", data={"k": mark, "do": "dung"})
    assert [row.sitting for row in Shelf(settings.voices).read("blt").approved] == [""]
    assert settings.publish_wanted.exists()


def test_who_recorded_cannot_approve_however_it_is_asked(client, settings, spoken):
    mark = open_door(client, settings)
    record(client, mark)
    (take,) = Shelf(settings.voices).read("blt").waiting
    client.get(f"/staff/giong/tieng/{take.sound}.mp3")
    client.post(f"{HEAR}/{FIRST}", data={"k": mark, "do": "dung"})
    assert Shelf(settings.voices).read("blt").approved == ()
    assert not settings.publish_wanted.exists()


def test_what_is_found_wrong_is_to_be_recorded_again(client, settings, spoken):
    record(client, open_door(client, settings))
    mark = opened_again(client, settings)
    (take,) = Shelf(settings.voices).read("blt").waiting
    client.get(f"/staff/giong/tieng/{take.sound}.mp3")
    client.post(f"{HEAR}/{FIRST}", data={"k": mark, "do": "sai"})
    assert Shelf(settings.voices).read("blt").takes == ()


def test_a_file_from_a_phone_is_taken_by_a_form(client, settings, spoken):
    mark = open_door(client, settings)
    form = {"k": mark, "tep": (io.BytesIO(b"m4a"), "../../x.m4a")}
    record(client, mark, data=form, content_type="multipart/form-data")
    assert spoken == [b"m4a"]


@pytest.mark.parametrize("reason", ["large", "film", "text", "damaged", "long", "short", "silent", "clipped", "noise"])
def test_what_is_refused_is_said_in_its_own_line_and_nothing_is_kept(client, settings, monkeypatch, reason):
    def refuse(source):
        raise RefusedError(source.name, reason)

    monkeypatch.setattr("kiosk.narration.desk.prepare", refuse)
    answer = record(client, open_door(client, settings))
    page = client.get(f"{SENTENCE}?{answer.headers['Location'].partition('?')[2]}").text
    assert page.count("Báo kỹ thuật viên") == 0
    assert 'role="alert"' in page
    assert Shelf(settings.voices).read("blt").takes == ()
    assert [file.name for file in settings.run.iterdir() if file.name.startswith("recording")] == []


def test_a_recording_may_be_large_and_no_other_form_may(client, settings, spoken):
    mark = open_door(client, settings)
    assert record(client, mark, b"x" * (MOST - 1)).status_code == 303
    assert len(spoken[0]) == MOST - 1
    assert record(client, mark, b"x" * (MOST + 5000)).status_code == 413
    assert client.post("/tap", data=b"x" * 20_000).status_code == 413


def test_another_language_is_begun_and_one_that_there_is_not_is_not_found(client, settings):
    mark = open_door(client, settings)
    assert client.post("/staff/giong", data={"k": mark, "lang": "mtq"}).headers["Location"].endswith("giong/mtq")
    assert "Tiếng Mường" in client.get("/staff/giong").text
    for path in ("/staff/giong/qqq", "/staff/giong/qqq/nghe", "/staff/giong/blt/cau/qqq", "/staff/giong/blt?bai=qqq"):
        assert client.get(path).status_code == 404
    assert client.post("/staff/giong", data={"k": mark, "lang": "../x"}).status_code == 404
    assert client.get("/staff/giong/tieng/blt.json").status_code == 404
    assert client.get("/staff/giong/tieng/..%2fblt.mp3").status_code == 404
