"""Parses files from outside in a child process with limits; the result comes back as JSON.

The child gets the open file as its standard input and nothing else: an empty
environment, no arguments from the file, 1 GB of address space, limited processor and
wall-clock time. It answers on a pipe that is read up to a cap. Nothing is unpickled.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Literal

from indicators.core.errors import KnownProblem
from indicators.files.refusals import FileRefused, Refusal
from indicators.files.untrusted import MAX_BYTES, kind_of

Task = Literal["text", "table"]

MEMORY_MB = 1024
SECONDS = 20
MAX_OUTPUT = 64_000_000
_CHILD = Path(__file__).with_name("sandbox_child.py")


def parse(task: Task, path: Path, *, name: str | None = None) -> dict[str, Any]:
    """Run one parsing task on a file and return its JSON result.

    ``name`` is what messages call the file (default: the file's own name).
    Raises :class:`FileRefused` for everything that is wrong with the file, and
    :class:`KnownProblem` where the child cannot be started.
    """
    shown = name or path.name
    try:
        kind = kind_of(path.suffix)
        with _open(path, shown) as file:
            answer = _run(task, kind, file, shown)
    except Refusal as refusal:
        raise FileRefused(shown, refusal.code, refusal.place, **refusal.values) from None
    return _unpack(answer, shown)


def _open(path: Path, shown: str) -> Any:
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise FileRefused(shown, "missing") from None
    except OSError:
        raise FileRefused(shown, "no_access") from None
    status = os.fstat(handle)
    if stat.S_ISREG(status.st_mode) and status.st_size <= MAX_BYTES:
        return os.fdopen(handle, "rb")
    os.close(handle)
    if stat.S_ISREG(status.st_mode):
        raise FileRefused(shown, "size", size=status.st_size, limit=MAX_BYTES)
    raise FileRefused(shown, "not_a_file")


def _run(task: Task, kind: str, file: Any, shown: str) -> bytes:
    command = [sys.executable, "-I", "-B", str(_CHILD), task, kind]
    try:
        child = subprocess.Popen(  # noqa: S603 - fixed program, arguments from closed lists
            command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={}, cwd="/", start_new_session=True, close_fds=True,
        )  # fmt: skip
    except OSError as error:
        raise KnownProblem(f"the parser process cannot be started: {error.strerror}") from None
    try:
        answer = _collect(child, shown)
        child.wait(timeout=2)
    finally:
        _end(child)
    if not answer:
        raise FileRefused(shown, "crashed", detail=_ending(child.returncode))
    return answer


def _collect(child: subprocess.Popen[bytes], shown: str) -> bytes:
    """Everything the child says, up to the cap and the deadline."""
    pipe = child.stdout
    if pipe is None:  # pragma: no cover - a pipe was asked for
        raise FileRefused(shown, "crashed", detail="no pipe")
    deadline, parts, size = time.monotonic() + SECONDS, bytearray(), 0
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while selector.select(max(0.0, deadline - time.monotonic())):
            part = os.read(pipe.fileno(), 1 << 16)
            if not part:
                return bytes(parts)
            size += len(part)
            if size > MAX_OUTPUT:
                raise FileRefused(shown, "output")
            parts += part
    raise FileRefused(shown, "time", limit=SECONDS)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Leave no process behind, whatever happened."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    if child.stdout is not None:
        child.stdout.close()


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        return signal.Signals(-code).name
    return f"exit {code}"


def _unpack(answer: bytes, shown: str) -> dict[str, Any]:
    try:
        result = json.loads(answer)
    except ValueError:
        raise FileRefused(shown, "crashed", detail="unfinished answer") from None
    if "refused" in result:
        raise FileRefused(shown, result["refused"], result["place"], **result["values"])
    return dict(result["result"])
