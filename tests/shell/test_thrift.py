import os

import pytest

from kiosk.shell import thrift


def test_what_somebody_has_set_already_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {"GDK_GL": "always"})
    thrift.prepare()
    assert os.environ["GDK_GL"] == "always"
    assert os.environ["WEBKIT_DISABLE_DMABUF_RENDERER"] == "1"
