import re
from pathlib import Path


def test_every_program_that_a_test_needs_is_installed_for_tests(repository: Path) -> None:
    stages = (repository / ".ci" / "packages.txt").read_text(encoding="utf-8")
    listed = set(re.findall(r"^(?:setup|test) +\S+ +(\S+)$", stages, re.MULTILINE))
    needed = {
        name
        for test in (repository / "tests").rglob("*.py")
        if test.relative_to(repository / "tests").parts[0] != "image"  # `make image-test` has a stage of its own
        for marks in re.findall(
            r"(?:mark\.needs\(|^NEEDS = \()([^)]*)\)", test.read_text(encoding="utf-8"), re.MULTILINE
        )
        for name in re.findall(r'"([^"]+)"', marks)
        if not name.startswith("file:")  # of the kernel, in no package
    }
    assert len(needed) > 5
    assert needed - listed == set()
