from kiosk.pages import addresses
from kiosk.pages.views import NotFoundView, View


def test_the_first_language_has_the_plain_addresses():
    assert addresses.home("vi", "vi") == ""
    assert addresses.home("en", "vi") == "home.en.html"
    assert addresses.help_page("vi", "vi") == "help"
    assert addresses.connect("en", "vi") == "connect.en.html"


def test_a_card_names_pack_lesson_card_and_language():
    assert addresses.card("p", "l", "c", "vi") == "bai/p/l/c.vi.html"


def test_a_topic_stands_in_a_folder_of_its_own():
    assert addresses.topic("tra-tien", "vi") == "chu-de/tra-tien.vi.html"
    assert addresses.root(addresses.topic("tra-tien", "vi")) == "../"


def test_the_way_to_the_root_is_as_long_as_the_address_is_deep():
    assert addresses.root("") == ""
    assert addresses.root("help") == ""
    assert addresses.root("bai/p/l.vi.html") == "../../"
    assert addresses.root("bai/p/l/c.vi.html") == "../../../"


def test_links_are_relative_wherever_a_page_stands():
    assert View(lang="vi").home == "./"
    assert View(lang="vi", root="../../").home == "../../"
    assert View(lang="en", root="../../").home == "../../home.en.html"
    assert View(lang="vi", root="../").help == "../help"


def test_an_unknown_address_may_be_of_any_depth_so_its_way_home_is_the_root():
    assert NotFoundView(lang="vi").home == "/"
