import pytest

from kiosk.live.store import LiveStore
from kiosk.settings import Portal, Settings, Site
from tests.support.web_house import build, publish


@pytest.fixture
def settings(tmp_path):
    """A laptop: no leases, no nginx."""
    publish(tmp_path / "data")
    (tmp_path / "run").mkdir()
    return Settings(data=tmp_path / "data", run=tmp_path / "run", site=Site(languages=("vi", "en")))


@pytest.fixture
def proxied(settings):
    """A Pi: nginx stands before us, dnsmasq gives leases."""
    return Settings(data=settings.data, run=settings.run, site=settings.site, portal=Portal(proxied=True))


@pytest.fixture
def store(settings):
    store = LiveStore.open(settings)
    yield store
    store.close()


@pytest.fixture
def app(settings, store):
    return build(settings, store)


@pytest.fixture
def client(app):
    return app.test_client()
