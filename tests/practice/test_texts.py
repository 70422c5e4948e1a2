from kiosk.practice.texts import fill, lacking, names, pick


def test_plain_words_are_vietnamese_in_every_language():
    assert pick("Xin chào", "en") == "Xin chào"


def test_a_language_without_words_falls_back_to_vietnamese():
    assert pick({"vi": "Xin chào"}, "en") == "Xin chào"
    assert pick({"vi": "Xin chào", "en": ""}, "en") == "Xin chào"


def test_values_are_put_in_in_the_same_language():
    values = {"ai": {"vi": "cô Hoa", "en": "Ms Hoa"}}
    assert fill({"vi": "Trả {ai}.", "en": "Pay {ai}."}, values, "en") == "Pay Ms Hoa."


def test_a_value_that_nobody_gives_leaves_nothing():
    assert fill("Trả {ai}.", {}) == "Trả ."


def test_only_names_in_braces_are_values():
    assert names("{ai} {0} {a.b} {Hoa} {so_tien}") == {"ai", "so_tien"}
    assert fill("{ai.__class__}", {"ai": "x"}) == "{ai.__class__}"


def test_a_missing_translation_is_found_and_empty_words_are_not():
    assert list(lacking(["Một", "", {"vi": "Hai", "en": "Two"}], ["vi", "en"])) == [("Một", "en")]
