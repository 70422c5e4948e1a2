import pytest

from kiosk.errors import KioskError
from kiosk.portal import probes

ROW = '[[probe]]\nsystem = "x"\nclient = "x"\nhosts = ["a.example"]\npaths = ["/x"]\nstatus = 204\n'


def test_a_known_host_comes_before_a_known_path():
    assert probes.find("www.gstatic.com", "/generate_204").system == "chrome"
    assert probes.find("connectivity.unheard.example", "/generate_204").system == "android"


def test_the_root_of_a_foreign_host_is_no_probe():
    assert probes.find("unheard.example", "/") is None
    assert probes.find("networkcheck.kde.org", "/").system == "linux"


def test_hosts_stand_in_lower_case_and_paths_begin_with_a_slash():
    for probe in probes.probes():
        assert all(host == probes.bare(host) for host in probe.hosts)
        assert all(path.startswith("/") for path in probe.paths)
        assert bool(probe.body) == bool(probe.type)


def test_a_probe_without_words_is_for_whatever_is_no_browser():
    probe = probes.find("network-test.debian.org", "/nm")
    assert probe.for_agent("")
    assert probe.for_agent("NetworkManager/1.42")
    assert not probe.for_agent("Mozilla/5.0 (X11; Linux x86_64)")


@pytest.mark.parametrize(
    ("agent", "system"),
    [
        ("Mozilla/5.0 (Linux; Android 10; SM-A105G; wv) AppleWebKit/537.36", "android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 12_5_7 like Mac OS X)", "apple"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "windows"),
        ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0)", "chrome"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "linux"),
        ("", "other"),
    ],
)
def test_only_a_word_for_the_system_is_made_of_an_agent(agent, system):
    assert probes.system_of(agent) == system


def test_windows_own_name_has_its_fixed_address():
    assert [(name.host, name.address) for name in probes.table().name] == [("dns.msftncsi.com", "131.107.255.255")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (ROW + ROW, "two rows answer a.example/x"),
        (ROW + "anywhere = true\n" + ROW.replace("a.ex", "b.ex") + "anywhere = true\n", "two rows answer any host/x"),
        (ROW + "colour = 1\n", "colour"),
        ("[[probe", "probes.toml"),
    ],
)
def test_a_wrong_table_is_refused_by_name(text, message):
    with pytest.raises(KioskError, match=message):
        probes.parse_table(text)
