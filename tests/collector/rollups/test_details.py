from kiosk.collector.rollups.details import DETAILS, LANGUAGE, REACHED, SUMS
from kiosk.events.kinds import Privacy, Type, kinds

# A play's are what its pack tells of the sound; a view's are told apart by its depth.
_DERIVED = {"play": {"milliseconds", "unmeasured"}, "view": {f"reached{many}" for many in REACHED}}


def test_no_language_and_no_variant_is_kept_beside_anything_else() -> None:
    for name, kept in DETAILS.items():
        fields = {field.name: field for field in kinds()[name].fields}
        sums = set(kept.sums) - _DERIVED.get(name, set())
        assert {*kept.words, *sums} <= fields.keys()
        assert len(kept.sums) <= len(SUMS)
        assert all(fields[word].privacy is not Privacy.SENSITIVE for word in kept.words), name
        assert all(fields[number].type in (Type.COUNT, Type.AMOUNT) for number in sums), name
        assert "variant" not in kept.words
    assert {field.name: field.privacy for field in kinds()[LANGUAGE[0]].fields}[LANGUAGE[1]] is Privacy.SENSITIVE
