"""Committing saved files with git, where config.yaml asks for it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

_ADDRESS = re.compile(r"[^@<>\s]+@[^@<>\s]+")


def commit_files(root: Path, files: Sequence[Path], message: str, by: str) -> tuple[str, ...]:
    """Commit only these files; returns remarks (empty: committed). Never raises.

    The save itself stands whatever git says, so a failure is a remark, not an error.
    """
    name = re.sub(r"[<>\r\n]", "", by)
    address = by if _ADDRESS.fullmatch(by) else "curator@localhost"
    who = ["-c", f"user.name={name}", "-c", f"user.email={address}"]
    paths = [str(path) for path in files]
    for command in (["add", "--", *paths], ["commit", "-q", "-m", message, "--", *paths]):
        try:
            done = subprocess.run(  # noqa: S603 - fixed program, no shell
                ["git", "-C", str(root), *who, *command],  # noqa: S607 - the user's own git
                capture_output=True, text=True, timeout=30, check=False,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as error:
            return (f"saved, but not committed to git: {error}",)
        if done.returncode:
            return (f"saved, but not committed to git: {(done.stderr or done.stdout).strip()}",)
    return ()
