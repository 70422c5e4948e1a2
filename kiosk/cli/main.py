"""The command `kiosk`: commands are loaded when they are called, so that a recorder carries no Flask."""

import importlib
import sys

import click

from kiosk.errors import KioskError
from kiosk.version import VERSION

# command -> module of kiosk.cli that defines it under the same name
COMMANDS = {
    "serve": "device",
    "record": "device",
    "status": "device",
    "publish": "content",
    "pack": "content",
    "practice": "practice",
    "voice": "voice",
    "print": "paper",
    "upload": "device",
    "carry": "carry",
    "collector": "collector",
    "shell": "shell",
}


class Lazy(click.Group):
    """A group whose commands are imported when they are named."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """Every command, in alphabetical order."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"kiosk.cli.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name)
        return command


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION)
def kiosk() -> None:
    """Đom Đóm: lessons and safe practice over a village's own Wi-Fi.

    Folders and port come from KIOSK_DATA, KIOSK_RUN, KIOSK_PORT; the house from kiosk.toml (KIOSK_CONFIG).
    """


def main() -> None:
    """Run the command line; a KioskError becomes one line and exit code 1."""
    try:
        kiosk(standalone_mode=False)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(wrong.exit_code)
    except KioskError as wrong:
        print(f"kiosk: {wrong}", file=sys.stderr)
        sys.exit(1)
