import re
from pathlib import Path


def test_every_program_that_a_test_needs_is_in_the_list_of_packages(repository: Path) -> None:
    listed = {
        line.split()[2]
        for line in (repository / ".ci" / "packages.txt").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    }
    needed = {
        name
        for test in (repository / "tests").rglob("*.py")
        for marks in re.findall(
            r"(?:mark\.needs\(|^NEEDS = \()([^)]*)\)", test.read_text(encoding="utf-8"), re.MULTILINE
        )
        for name in re.findall(r'"([^"]+)"', marks)
        if not name.startswith("file:")  # of the kernel, in no package
    }
    assert len(needed) > 5
    assert needed - listed == set()
