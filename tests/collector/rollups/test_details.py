from kiosk.collector.rollups.details import DETAILS, LANGUAGE
from kiosk.events.kinds import Privacy, Type, kinds


def test_no_language_and_no_variant_is_kept_beside_anything_else() -> None:
    for name, kept in DETAILS.items():
        fields = {field.name: field for field in kinds()[name].fields}
        assert {*kept.words, *kept.sums} <= fields.keys()
        assert all(fields[word].privacy is not Privacy.SENSITIVE for word in kept.words), name
        assert all(fields[number].type in (Type.COUNT, Type.AMOUNT) for number in kept.sums), name
        assert "variant" not in kept.words
    assert {field.name: field.privacy for field in kinds()[LANGUAGE[0]].fields}[LANGUAGE[1]] is Privacy.SENSITIVE
