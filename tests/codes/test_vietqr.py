import tomllib
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.codes import vietqr
from kiosk.codes.vietqr import Transfer
from kiosk.errors import KioskError

CASES = tomllib.loads(Path(__file__).parent.parent.joinpath("data/vietqr.toml").read_text(encoding="utf-8"))


def whole(case):
    """The case's payload, its check computed where the case is not about the check."""
    text = case["payload"]
    return text + vietqr.crc(text) if case.get("skip_crc") else text


def by_name(cases):
    return [pytest.param(case, id=case["name"]) for case in cases]


@pytest.mark.parametrize("case", by_name(CASES["good"]))
def test_a_good_payload_says_its_transfer_and_is_built_again_to_the_letter(case):
    reading = vietqr.parse(case["payload"])
    assert reading.problems == ()
    assert reading.transfer == Transfer(**case["transfer"])
    assert vietqr.build(reading.transfer) == case["payload"]


@pytest.mark.parametrize("case", by_name(CASES["lenient"]))
def test_what_the_field_does_wrong_harmlessly_is_read(case):
    reading = vietqr.parse(whole(case))
    assert reading.problems == ()
    assert reading.transfer == Transfer(**case["transfer"])


@pytest.mark.parametrize("case", by_name(CASES["broken"]))
def test_a_broken_payload_names_the_field_and_keeps_what_could_be_read(case):
    reading = vietqr.parse(whole(case))
    assert [f"{problem.field} {problem.what}" for problem in reading.problems] == case["problems"]
    assert case.get("fields", {}).items() <= reading.fields.items()


@pytest.mark.parametrize("case", CASES["refused"], ids=lambda case: case["names"])
def test_the_builder_refuses_and_names_the_field(case):
    with pytest.raises(KioskError) as refused:
        vietqr.build(Transfer(**case["transfer"]))
    assert case["names"] in str(refused.value)


def test_the_practice_code_is_the_known_one():
    assert vietqr.practice() == CASES["good"][-1]["payload"]


def test_a_practice_code_with_an_amount_is_dynamic_and_says_that_it_is_practice():
    transfer = vietqr.parse(vietqr.practice(amount="45000", name="Lò Thị Én")).transfer
    assert transfer == Transfer(
        "000000", "0000000000", dynamic=True, amount="45000", purpose="THUC HANH", name="Lo Thi En"
    )


def test_vietnamese_letters_lose_their_marks_only():
    assert vietqr.plain("Đặng Thị Ngọc Ưởng, đường Lê Lợi") == "Dang Thi Ngoc Uong, duong Le Loi"


def test_every_value_of_a_transfer_has_its_field():
    named = {rule.name for rule in vietqr._RULES.values()}
    assert named == {field.name for field in fields(Transfer)} - {"card", "dynamic"}


def letters(alphabet, most, least=0):
    return st.text(alphabet, min_size=least, max_size=most)


DIGITS = "0123456789"
COMMON = "".join(map(chr, range(0x20, 0x7F)))
TRANSFERS = st.builds(
    Transfer,
    bin=letters(DIGITS, 6, 6),
    account=letters(DIGITS + "ABCxyz", 19, 1),
    card=st.booleans(),
    dynamic=st.booleans(),
    amount=st.one_of(
        st.just(""),
        st.integers(1, 10**13 - 1).map(str),
        st.decimals("0.01", 9_999_999, places=2).map(lambda amount: f"{amount:f}"),
    ),
    category=st.one_of(st.just(""), letters(DIGITS, 4, 4)),
    name=letters(COMMON, 25),
    city=letters(COMMON, 15),
    postcode=letters(COMMON, 10),
    bill=letters(COMMON, 19),
    terminal=letters(COMMON, 20),
    purpose=letters(COMMON, 25),
    local_language=st.sampled_from(["", "vi", "th"]),
    local_name=st.text(st.characters(categories=["L", "N"]), max_size=25),
)


@given(TRANSFERS)
def test_what_is_built_is_read_as_it_was(transfer):
    reading = vietqr.parse(vietqr.build(transfer))
    assert reading.problems == ()
    assert reading.transfer == transfer


@given(TRANSFERS, st.data())
def test_any_changed_character_is_noticed(transfer, data):
    text = vietqr.build(transfer)
    at = data.draw(st.integers(0, len(text) - 5))
    other = data.draw(st.sampled_from(DIGITS).filter(lambda digit: digit != text[at]))
    assert vietqr.parse(text[:at] + other + text[at + 1 :]).problems


@given(
    st.one_of(
        st.text(),
        st.text(DIGITS + "ABCDEF"),
        TRANSFERS.map(vietqr.build).flatmap(lambda text: st.integers(0, len(text)).map(lambda cut: text[:cut])),
    )
)
def test_no_text_makes_reading_fail(text):
    reading = vietqr.parse(text)
    assert reading.problems or vietqr.parse(text.strip()).transfer == reading.transfer


def test_a_lone_surrogate_is_read_too():
    assert vietqr.parse("000201\ud8006304ABCD").problems


def test_a_value_that_fits_only_without_its_marks_fits():
    built = vietqr.build(replace(Transfer("000000", "1"), name="Ấ" * 25))
    assert vietqr.parse(built).transfer.name == "A" * 25
