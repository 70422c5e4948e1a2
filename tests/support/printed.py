"""What a PDF holds, as far as tests ask."""

import re


def sheets(pdf: bytes) -> int:
    """How many pages it has."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))
