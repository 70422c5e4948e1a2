from tests.support.narration_house import house

__all__ = ["house"]
