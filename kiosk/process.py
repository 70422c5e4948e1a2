"""Running other programs: the one door to subprocess.

Commands are lists, standard input is closed, the environment is small and explicit, and a failure shows a line
that can be pasted into a shell.
"""

import os
import resource
import shlex
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import KioskError

_SHOWN = 800  # characters of a failed program's last words


@dataclass(frozen=True, slots=True)
class Result:
    """What a finished program left: exit code, standard output, standard error."""

    code: int
    out: bytes
    err: bytes


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The small environment given to every program: a path, a neutral language, and what the caller adds."""
    return {"PATH": os.defpath + ":/usr/local/bin:/usr/sbin:/sbin", "LC_ALL": "C.UTF-8", **(extra or {})}


def run(
    command: Sequence[str | Path],
    *,
    data: bytes | None = None,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    timeout: float = 120,
    check: bool = True,
    limits: Callable[[], None] | None = None,
) -> Result:
    """Run a program to its end.

    Args:
        command: program and arguments.
        data: what it reads; nothing when None.
        env: variables beside the small fixed ones.
        cwd: the folder it starts in.
        timeout: seconds after which it is killed.
        check: whether an exit code other than 0 is an error.
        limits: called in the child before the program starts; see `limited`.

    Raises:
        KioskError: the program is missing, ran out of time, or failed while `check` is on.
    """
    words = [str(word) for word in command]
    feed: dict[str, object] = {"input": data} if data is not None else {"stdin": subprocess.DEVNULL}
    try:
        done = subprocess.run(  # type: ignore[call-overload]
            words,
            env=environment(env),
            cwd=cwd,
            capture_output=True,
            timeout=timeout,
            check=False,
            preexec_fn=limits,
            **feed,
        )
    except FileNotFoundError as missing:
        raise KioskError(f"the program {words[0]} is not installed", hint=f"install it: {words[0]}") from missing
    except subprocess.TimeoutExpired as late:
        raise KioskError(f"{words[0]} did not end within {timeout:g} s", hint=shlex.join(words)) from late
    if check and done.returncode != 0:
        last = (done.stderr or done.stdout).decode("utf-8", "replace").strip()[-_SHOWN:]
        raise KioskError(f"{words[0]} failed with exit code {done.returncode}: {last}", hint=shlex.join(words))
    return Result(done.returncode, done.stdout, done.stderr)


def limited(*, memory: int, seconds: int) -> Callable[[], None]:
    """Limits for `run(limits=...)`: bytes of address space and seconds of processor time."""

    def apply() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))

    return apply


class Child:
    """A program that goes on beside this one; its output goes where ours goes."""

    def __init__(self, command: Sequence[str | Path], env: Mapping[str, str]) -> None:
        words = [str(word) for word in command]
        self._child = subprocess.Popen(words, env=environment(env), stdin=subprocess.DEVNULL)

    def stop(self, patience: float) -> None:
        """Ask it to end, and end it after so many seconds."""
        self._child.terminate()
        try:
            self._child.wait(patience)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
