"""The version of this software, said once: the package, its commands and every batch name this one."""

from typing import Final

VERSION: Final = "0.1.0"
