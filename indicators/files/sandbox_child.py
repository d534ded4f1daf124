"""The parser process: reads a file from standard input, answers JSON on standard output.

Started by :mod:`indicators.files.sandbox` with an empty environment; sets its own limits
before it reads a byte. Whatever a parser raises becomes one refusal.
"""

from __future__ import annotations

import importlib
import json
import logging
import resource
import sys
import warnings
from pathlib import Path
from typing import Any

_MEMORY = 1024 * 1024 * 1024
_CPU_SECONDS = 20
#: task and kind -> module and function; modules are imported only when wanted.
_READERS = {
    ("text", "txt"): ("text_readers", "read_txt"),
    ("text", "csv"): ("text_readers", "read_txt"),
    ("text", "yaml"): ("text_readers", "read_txt"),
    ("text", "html"): ("text_readers", "read_html"),
    ("text", "docx"): ("docx_reader", "read_docx"),
    ("text", "pdf"): ("pdf_reader", "read_pdf"),
    ("table", "csv"): ("table_readers", "read_csv"),
    ("table", "txt"): ("table_readers", "read_csv"),
    ("table", "xlsx"): ("xlsx_reader", "read_xlsx"),
    ("table", "parquet"): ("table_readers", "read_parquet"),
}


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # a parser writes no file


def _place(error: Exception) -> str:
    line = getattr(error, "lineno", None) or getattr(error, "line_num", None)
    return f"line:{line}" if isinstance(line, int) and line > 0 else "whole"


def answer(task: str, kind: str, data: bytes) -> dict[str, Any]:
    """``{"result": …}``, or ``{"refused": code, "place": …, "values": …}``; never raises."""
    from indicators.files.refusals import Refusal
    from indicators.files.untrusted import inspect

    try:
        inspect(data, kind)
        if (task, kind) not in _READERS:
            raise Refusal("not_text" if task == "text" else "no_table")
        module, function = _READERS[task, kind]
        reader = getattr(importlib.import_module(f"indicators.files.{module}"), function)
        return {"result": reader(data)}
    except Refusal as refusal:
        return {"refused": refusal.code, "place": refusal.place, "values": refusal.values}
    except MemoryError:
        return {"refused": "memory", "place": "whole", "values": {"limit": _MEMORY >> 20}}
    except RecursionError:
        return {"refused": "depth", "place": "whole", "values": {"limit": 200}}
    except Exception as error:  # the one boundary of all parsers
        values = {"detail": type(error).__name__}
        return {"refused": "unreadable", "place": _place(error), "values": values}


def main() -> int:
    """Entry of the process; arguments are task and kind."""
    _limit()
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    from indicators.files.untrusted import MAX_BYTES

    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    text = json.dumps(answer(sys.argv[1], sys.argv[2], data), ensure_ascii=True)
    sys.stdout.buffer.write(text.encode("ascii"))
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
