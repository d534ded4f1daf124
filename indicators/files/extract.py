"""The text of a document from outside, with what the reader should know about the reading.

One call for every format; parsing happens in :mod:`indicators.files.sandbox`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from indicators.files.sandbox import parse
from indicators.files.untrusted import KINDS

SAMPLE_LENGTH = 160

#: note code -> (Chinese, English)
NOTES: dict[str, tuple[str, str]] = {
    "gb18030": (
        "按GB18030编码读取，请核对样例文字是否正常",
        "read as GB18030; check that the sample is legible",
    ),
    "hidden": ("网页中隐藏的内容未读取", "hidden parts of the page were not read"),
    "tracked": (
        "含修订标记：读取插入的文字，不读取删除的文字",
        "it has tracked changes: insertions were read, deletions were not",
    ),
    "numbering": (
        "自动编号（如“一、”“（一）”）未读入文字",
        "automatic numbering is not part of the text",
    ),
    "footnotes": ("脚注、尾注附在文末", "foot- and endnotes stand at the end"),
    "joined_lines": (
        "版面折行已按段落接合",
        "lines broken by the page layout were joined into paragraphs",
    ),
    "empty_pages": (
        "有的页没有文字层，可能是扫描页",
        "some pages hold no text, they may be scans",
    ),
    "radicals": (
        "部首字符已还原为普通汉字",
        "radical code points were folded into ordinary characters",
    ),
}


@dataclass(frozen=True)
class ExtractedText:
    """``text`` has ``\\n`` line ends; ``encoding`` is null for formats that fix their own.

    ``notes`` are codes of :data:`NOTES`; ``sample`` is the first characters that are
    not ASCII with what stands around them: what a person looks at to judge the encoding.
    """

    text: str
    kind: str
    encoding: str | None
    notes: tuple[str, ...]
    sample: str

    def note_texts(self, language: str = "zh") -> tuple[str, ...]:
        """The notes as sentences in ``zh`` or ``en``."""
        return tuple(NOTES[code][language != "zh"] for code in self.notes)


def extract_text(path: Path, *, name: str | None = None) -> ExtractedText:
    """Read a txt, html, docx, pdf (also csv, yaml as plain text) file from outside.

    ``name`` is what messages call the file (for uploads kept under another name).
    Raises :class:`~indicators.files.refusals.FileRefused` (a KnownProblem) naming file
    and place for everything that is wrong with it.
    """
    result = parse("text", path, name=name)
    text = str(result["text"])
    return ExtractedText(
        text=text,
        kind=KINDS[path.suffix.lower()],
        encoding=result["encoding"],
        notes=tuple(result["notes"]),
        sample=_sample(text),
    )


def _sample(text: str) -> str:
    first = next((at for at, char in enumerate(text) if ord(char) > 0x7F), 0)
    start = max(0, first - 20)
    return text[start : start + SAMPLE_LENGTH]
