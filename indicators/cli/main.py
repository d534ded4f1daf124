"""The command line: one parser, one error boundary.

Exit codes: 0 done · 1 a problem the user can put right · 2 wrong usage ·
130 interrupted · 141 the reader of the output went away · 3 a bug.
"""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from indicators.cli import (
    accept,
    assess,
    check,
    export,
    history,
    import_table,
    mine,
    publish,
    report,
    search,
    verify,
)
from indicators.cli import print as print_list
from indicators.core.errors import KnownProblem

#: One module per command, named like it: ``add_parser(subparsers)`` and ``run(args) -> int``.
#: What is heavy (pandas, ibis) is imported inside ``run``, so that ``--help`` stays quick.
COMMANDS: tuple[ModuleType, ...] = (
    check,
    verify,
    assess,
    search,
    export,
    report,
    print_list,
    publish,
    mine,
    import_table,
    accept,
    history,
)

_EXAMPLES = """examples:
  python -m indicators check                          every problem of the data, with file and line
  python -m indicators assess --as-of 2026-11-21      what was promised, and what became of it
  python -m indicators search 县域就诊率              which indicator is meant
  python -m indicators export claims -o claims.csv    every figure with its source
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code; no traceback reaches the user."""
    _printable_output()
    args = build_parser().parse_args(argv)
    try:
        code: int = args.module.run(args)
        if sys.stdout is not None:  # closed by the caller: >&-
            sys.stdout.flush()
        return code
    except KnownProblem as problem:
        return _say(str(problem), 1)
    except KeyboardInterrupt:
        return _say("interrupted", 130)
    except BrokenPipeError:
        _drop_output()
        return 141
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        return _say(f"{place}{error.strerror or error}", 1)
    except Exception as error:
        return _bug(error, args)


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands; the options of every command also stand before it."""
    parser = argparse.ArgumentParser(
        prog="python -m indicators",
        description="Health-reform indicators: what was promised, what was reported, by whom.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _common(parser, config=Path("config.yaml"), quiet=False, debug=False)
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in COMMANDS:
        before = set(subparsers.choices)
        module.add_parser(subparsers)
        for name in set(subparsers.choices) - before:
            command: argparse.ArgumentParser = subparsers.choices[name]
            command.set_defaults(module=module)
            _common(command)
    return parser


def _common(parser: argparse.ArgumentParser, **defaults: object) -> None:
    """Options of every command. A command's own option of the same name stands."""
    options = (
        ("--config", {"type": Path, "metavar": "PATH", "help": "settings (./config.yaml)"}),
        ("--quiet", {"action": "store_true", "help": "print results only, no notes"}),
        ("--debug", {"action": "store_true", "help": "show the trace of a bug"}),
    )
    group = parser.add_argument_group("options of every command")
    for name, keywords in options:
        if name not in parser._option_string_actions:
            default = defaults.get(name[2:], argparse.SUPPRESS)
            group.add_argument(name, default=default, **keywords)


def _printable_output() -> None:
    """A character the terminal lacks is written as an escape instead of ending the run."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _say(message: str, code: int) -> int:
    print(f"error: {message}" if code == 1 else message, file=sys.stderr)
    return code


def _bug(error: Exception, args: argparse.Namespace) -> int:
    if args.debug:
        traceback.print_exception(error)
    hint = "" if args.debug else "; run with --debug for the trace"
    return _say(f"a bug: {type(error).__name__}{hint}", 3)


def _drop_output() -> None:
    """Send what is still buffered nowhere, or the interpreter complains while it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
