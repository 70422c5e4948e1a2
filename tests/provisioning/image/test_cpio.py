"""The first image of memory."""

import lzma
from pathlib import Path

import pytest

from kiosk.process import run
from provisioning.image import boot, cpio


@pytest.mark.needs("busybox")
def test_another_program_unpacks_what_was_packed(tmp_path: Path) -> None:
    data = cpio.pack(
        {"a/b/run": cpio.program(b"#!/bin/sh\n"), "a/text": cpio.Entry("chữ".encode()), "sh": cpio.link("a/b/run")}
    )
    run(["busybox", "cpio", "-i", "-d"], data=data, cwd=tmp_path)
    assert (tmp_path / "a/b/run").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "a/text").read_text(encoding="utf-8") == "chữ"
    assert (tmp_path / "sh").readlink() == Path("a/b/run")


def test_the_same_entries_give_the_same_bytes_in_any_order() -> None:
    one, two = cpio.Entry(b"1"), cpio.Entry(b"2")
    assert cpio.pack({"x": one, "y/z": two}) == cpio.pack({"y/z": two, "x": one})


@pytest.mark.needs("busybox")
def test_the_first_memory_holds_its_program_and_the_modules_in_order(tmp_path: Path) -> None:
    packed = boot.first_memory(b"\x7fELF", {"sdhci.ko": b"1", "overlay.ko": b"2"})
    run(["busybox", "cpio", "-i", "-d"], data=lzma.decompress(packed), cwd=tmp_path)
    assert (tmp_path / "modules/order").read_text().split() == ["sdhci.ko", "overlay.ko"]
    assert (tmp_path / "modules/overlay.ko").read_bytes() == b"2"
    assert (tmp_path / "bin/sh").readlink() == Path("busybox")
    run(["busybox", "sh", "-n", tmp_path / "init"])


def test_the_command_line_is_one_line_that_names_the_image() -> None:
    line = boot.command_line("domdom-1")
    assert line.count("\n") == 1
    assert line.endswith("\n")
    assert "domdom.image=domdom-1 " in line
