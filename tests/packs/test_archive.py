import io
import resource
import tarfile

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import KioskError
from kiosk.packs import archive, manifest
from tests.packs.made import FILES, SOUND, entry, packed, sealed, whole

GOOD = packed(whole(), FILES)


def refused(tmp_path, data: bytes) -> str:
    path = tmp_path / "x.pack"
    path.write_bytes(data)
    with pytest.raises(KioskError) as wrong:
        archive.verify(path)
    assert "\n" not in str(wrong.value)
    return wrong.value.message


def tarred(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for info, data in members:
            tar.addfile(info, io.BytesIO(data))
    return target.getvalue()


def member(name, data=b"", kind=tarfile.REGTYPE, link=""):
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.type, info.linkname = len(data), 0o644, kind, link
    return info, data


def test_a_pack_in_order_is_read_to_its_end(pack):
    seen = {}
    read = archive.read(pack, lambda file, chunks: seen.update({file.path: b"".join(chunks)}))
    assert read == whole()
    assert seen == FILES


def test_the_same_files_give_the_same_bytes():
    assert packed(whole(), FILES) == packed(whole(), dict(reversed(FILES.items())))


def test_any_tar_program_reads_it():
    with tarfile.open(fileobj=io.BytesIO(GOOD)) as tar:
        assert tar.getnames() == ["manifest.json", *FILES]


@pytest.mark.parametrize("name", ["../x", "/etc/x", "media/../../x", "lessons/khac.json"])
def test_another_name_than_the_manifests_is_refused(tmp_path, name):
    one = sealed(files=(entry("media/a.mp3", b"abc"),))
    said = refused(tmp_path, tarred(member("manifest.json", manifest.encode(one)), member(name, b"abc")))
    assert "where media/a.mp3 should stand" in said


@pytest.mark.parametrize(
    "kind",
    [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE],
    ids=["symlink", "hard link", "character device", "block device", "fifo", "folder"],
)
def test_anything_but_a_plain_file_is_refused(tmp_path, kind):
    one = sealed(files=(entry("media/a.mp3", b""),))
    other = member("media/a.mp3", kind=kind, link="/etc/passwd")
    said = refused(tmp_path, tarred(member("manifest.json", manifest.encode(one)), other))
    assert "plain file" in said or "where media/a.mp3 should stand" in said


def test_a_symlink_in_the_manifests_place_is_refused(tmp_path):
    assert "plain file" in refused(tmp_path, tarred(member("manifest.json", kind=tarfile.SYMTYPE, link="/etc/passwd")))


def test_a_wrong_digest_is_refused(tmp_path):
    changed = GOOD.replace(SOUND, SOUND[:-1] + b"!")
    assert "does not have the digest" in refused(tmp_path, changed)


@pytest.mark.parametrize("kept", [0, 1, 511, 512, 700, len(GOOD) // 2, len(GOOD) - 10_240, len(GOOD) - 1])
def test_a_truncated_pack_is_refused(tmp_path, kept):
    assert refused(tmp_path, GOOD[:kept])


def test_an_unknown_format_is_refused(tmp_path):
    assert "format 7" in refused(tmp_path, packed(sealed(format=7), {}))


def test_a_member_that_stands_twice_is_refused(tmp_path):
    one = sealed(files=(entry("media/a.mp3", b"abc"),))
    twice = tarred(
        member("manifest.json", manifest.encode(one)), member("media/a.mp3", b"abc"), member("media/a.mp3", b"abc")
    )
    assert "follows its last file" in refused(tmp_path, twice)


def test_what_follows_the_end_is_refused(tmp_path):
    for junk in (b"\0" * 512, b"PK", b"\0" * 10_240, GOOD):
        assert "follows its last file" in refused(tmp_path, GOOD + junk)


def test_bytes_between_two_files_are_refused(tmp_path):
    at = GOOD.index(SOUND) + len(SOUND)
    assert "hidden between" in refused(tmp_path, GOOD[:at] + b"x" + GOOD[at + 1 :])


def test_ten_thousand_members_are_refused_at_the_first_too_many(tmp_path):
    many = [member(f"media/{number:05}.mp3") for number in range(10_000)]
    one = sealed(files=(entry("media/00000.mp3", b""),))
    assert "follows its last file" in refused(tmp_path, tarred(member("manifest.json", manifest.encode(one)), *many))


def test_ten_thousand_files_in_the_manifest_are_refused(tmp_path):
    files = {f"media/{number:05}.mp3": b"" for number in range(10_000)}
    said = refused(tmp_path, packed(sealed(files=tuple(entry(name, b"") for name in files)), files))
    assert "4096" in said


def test_two_gigabytes_declared_as_ten_bytes_cost_neither_memory_nor_disk(tmp_path):
    one = sealed(files=(entry("media/a.mp3", b"0123456789"),))
    head = tarred(member("manifest.json", manifest.encode(one)))
    start = 512 + -(-len(manifest.encode(one)) // 512) * 512
    huge = tarfile.TarInfo("media/a.mp3")
    huge.mode = 0o644
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for declared, said in ((2 << 30, "not of the size"), (10, "follows its last|hidden between")):
        huge.size = declared
        path = tmp_path / f"{declared}.pack"
        with path.open("wb") as target:
            target.write(head[:start] + huge.tobuf(tarfile.USTAR_FORMAT) + b"0123456789")
            target.truncate(2 << 30)
        with pytest.raises(KioskError, match=said):
            archive.verify(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 16 * 1024
    assert [path.name for path in tmp_path.iterdir() if path.stat().st_blocks > 2048] == []


def test_a_manifest_of_two_gigabytes_is_not_read(tmp_path):
    huge = tarfile.TarInfo("manifest.json")
    huge.size, huge.mode = 2 << 30, 0o644
    assert "manifest is larger" in refused(tmp_path, huge.tobuf(tarfile.USTAR_FORMAT))


def test_names_and_dates_in_a_header_are_refused(tmp_path):
    info, data = member("manifest.json", manifest.encode(sealed()))
    info.uname = "somebody"
    assert "header of manifest.json" in refused(tmp_path, tarred((info, data)))


def test_a_folder_and_a_missing_file_are_refused_in_a_line(tmp_path):
    for path in (tmp_path, tmp_path / "no.pack"):
        with pytest.raises(KioskError, match="cannot be read"):
            archive.verify(path)


@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
def test_no_flipped_bit_goes_unseen(at, flip):
    changed = bytearray(GOOD)
    changed[at] ^= flip
    with pytest.raises(KioskError):
        archive._read(io.BytesIO(changed), lambda _file, chunks: list(chunks))


def test_a_manifest_changed_with_its_version_is_still_held_to_the_files(tmp_path):
    lied = whole(files=tuple(msgspec.structs.replace(file, sha256="0" * 64) for file in whole().files))
    assert "digest" in refused(tmp_path, packed(lied, FILES))
