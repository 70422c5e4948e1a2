import pytest

from kiosk.authoring import markdown
from kiosk.errors import KioskError

HEAD = "---\ntitle: Quét mã\n---\n\n## mot\n![](tay.svg)\n"


def parse(text):
    return markdown.parse(text, "lessons/x.vi.md")


def test_a_lesson_is_a_title_and_cards_with_their_lines(data_dir):
    text = (data_dir / "packs/tiny/lessons/quet-ma.vi.md").read_text(encoding="utf-8")
    lesson = parse(text)
    assert lesson.title == "Quét mã"
    assert [(card.id, card.line) for card in lesson.cards] == [
        ("mot", 5), ("hai", 9), ("ba", 14), ("bon", 18), ("nam", 22)
    ]  # fmt: skip
    assert lesson.cards[1].sentences == ("Hai.", "Chạm vào đây.")
    assert lesson.cards[1].picture == "tay.svg"
    assert [card.screen for card in lesson.cards] == [None, None, None, ("quet-ma", "dau"), None]


@pytest.mark.parametrize(
    ("written", "sentences"),
    [
        ("Một hai.\nBa bốn!", ("Một hai.", "Ba bốn!")),
        ("Chọn “Quên.” Rồi thôi.", ("Chọn “Quên.”", "Rồi thôi.")),
        ("Trả 30.000 đồng.", ("Trả 30.000 đồng.",)),
        ("Đúng không? Đúng…  Ừ", ("Đúng không?", "Đúng…", "Ừ")),
        ("Một &lt;b&gt; hai.", ("Một <b> hai.",)),
    ],
)
def test_sentences_end_where_they_end(written, sentences):
    assert parse(HEAD + written).cards[0].sentences == sentences


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        ("Một <b>hai</b>.", 7, "HTML"),
        ("Một\nhai <script>x()</script>.", 8, "HTML"),
        ("\n<script>x()</script>", 8, "HTML"),
        ("\n<!-- x -->", 8, "HTML"),
        ("\n- một", 8, "a list"),
        ("\n1. một", 8, "a list"),
        ("\n> một", 8, "a quotation"),
        ("\n```\nx\n```", 8, "code"),
        ("\n    x", 8, "code"),
        ("Bấm `x`.", 7, "code"),
        ("Bấm [vào](http://a.vn).", 7, "a link"),
        ("Bấm <http://a.vn>.", 7, "a link"),
        ("Bấm **vào**.", 7, "emphasis"),
        ("Một.  \nHai.", 7, "forced line break"),
        ("\n---", 8, "a rule"),
        ("![](hai.svg)", 7, "one picture"),
        ("\n# Đề", 8, "no card's id"),
        ("\n## Thẻ hai", 8, "no card's id"),
        (f"\n## {'a' * 40}", 8, "no card's id"),
        ("\n## mot", 8, "there twice"),
        ("\n## hai\n![](http://a.vn/x.svg)", 9, "no picture of this pack"),
        ("\n## hai\n![](x.png)", 9, "no picture of this pack"),
        ("\n## hai\n![](../x.svg)", 9, "no picture of this pack"),
        ("\n## hai\nMột.\n![](x.svg)", 10, "one picture"),
        ("\n## hai\n![](quet-ma/)", 9, "no picture of this pack"),
        ("\n## hai\n![](quet-ma/ten/x)", 9, "no picture of this pack"),
        ("\n## hai\nMột.\n\n### right ba\n![](quet-ma/ten)", 12, "an answer is a picture"),
    ],
)
def test_what_is_no_picture_or_sentence_is_refused_with_its_line(body, line, said):
    with pytest.raises(KioskError) as refused:
        parse(HEAD + body)
    assert refused.value.message.startswith(f"lessons/x.vi.md:{line}: ")
    assert said in refused.value.message


@pytest.mark.parametrize(
    "text",
    ["", "## mot\n", "---\n---\n", "---\ntitle: [\n---\n", "---\ntitle: x\nauthor: y\n---\n", "---\ntitle: 5\n---"],
)
def test_a_lesson_has_a_title_and_nothing_unknown_above(text):
    with pytest.raises(KioskError, match=r"x\.vi\.md:1: "):
        parse(text)


ASKED = (
    HEAD
    + "Một.\n\n## hoi\nBấm gì?\n\n### wrong may\n![](may.svg)\nThử lại.\n\n### right tay\n![](tay.svg)\nĐúng rồi.\n"
)


def test_a_question_follows_the_cards_and_each_answer_has_a_picture():
    lesson = parse(ASKED)
    assert [card.id for card in lesson.cards] == ["mot"]
    (question,) = lesson.questions
    assert (question.id, question.line, question.sentences, question.right) == ("hoi", 9, ("Bấm gì?",), "tay")
    assert [(one.id, one.line, one.picture, one.sentences) for one in question.answers] == [
        ("may", 12, "may.svg", ("Thử lại.",)),
        ("tay", 16, "tay.svg", ("Đúng rồi.",)),
    ]
    assert [one.id for one in lesson.spoken()] == ["mot", "hoi", "may", "tay"]
    assert [one.id for one in lesson.pictured()] == ["mot", "may", "tay"]


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("### right", "### wrong", 9, "0 right answers"),
        ("### wrong", "### right", 9, "2 right answers"),
        ("### right", "### maybe", 16, "'maybe tay' is no answer"),
        ("### right tay", "### right Tay", 16, "'Tay' is no card's id"),
        ("### right tay", "### right mot", 16, "the card mot is there twice"),
        ("Bấm gì?", "![](hoi.svg)\nBấm gì?", 13, "no answer stands here"),
        ("## hoi\nBấm gì?\n\n", "", 9, "no answer stands here"),
        ("Đúng rồi.\n", "Đúng rồi.\n\n## hai\nHai.\n", 20, "a card behind a question"),
    ],
)
def test_an_answer_in_the_wrong_place_is_refused_with_its_line(old, new, line, said):
    assert old in ASKED
    with pytest.raises(KioskError) as refused:
        parse(ASKED.replace(old, new))
    assert refused.value.message.startswith(f"lessons/x.vi.md:{line}: ")
    assert said in refused.value.message


def test_words_before_the_first_card_are_refused():
    with pytest.raises(KioskError, match=":5: words before"):
        parse("---\ntitle: x\n---\n\nMột.\n")


def test_windows_line_ends_change_nothing():
    text = HEAD + "Một. Hai."
    assert parse(text.replace("\n", "\r\n")) == parse(text)


def test_a_lesson_may_say_where_its_facts_were_read():
    head = "---\ntitle: x\nsources:\n  - {app: Sở, url: https://example.invalid/a, checked: 2026-11-22}\n---\n"
    (source,) = parse(f"{head}## mot\nMột.\n").sources
    assert (source.app, source.checked.isoformat()) == ("Sở", "2026-11-22")
    with pytest.raises(KioskError, match=r"^lessons/x\.vi\.md:1: sources: .*checked"):
        parse(head.replace(", checked: 2026-11-22", "") + "## mot\nMột.\n")
