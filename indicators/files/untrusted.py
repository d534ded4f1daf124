"""What a file from outside must satisfy before any parser sees it.

Runs inside the parser process (:mod:`indicators.files.sandbox_child`), so that even
these checks cannot grow the memory of the application. Limits come before parsing:
size, declared size, ratio and number of zip parts, no DOCTYPE anywhere, and content
that is what its suffix says.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

from indicators.files.refusals import Refusal

MAX_BYTES = 20_000_000
MAX_DECLARED = 50_000_000
MAX_RATIO = 100
MAX_ENTRIES = 2_000
MAX_TEXT = 2_000_000
MAX_DEPTH = 200
MAX_PAGES = 500

#: suffix -> kind
KINDS: dict[str, str] = {
    ".txt": "txt", ".text": "txt", ".html": "html", ".htm": "html", ".docx": "docx",
    ".pdf": "pdf", ".csv": "csv", ".xlsx": "xlsx", ".yaml": "yaml", ".yml": "yaml",
    ".parquet": "parquet",
}  # fmt: skip
_ZIPPED = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_SIGNATURES = (
    (b"PK\x03\x04", "zip"),
    (b"%PDF-", "pdf"),
    (b"\xd0\xcf\x11\xe0", "doc/xls"),
    (b"PAR1", "parquet"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
)
_XML_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([^\"']{0,60})")
_XML_SAFE = {"utf-8", "utf8", "utf-16", "utf16", "us-ascii", "ascii"}


def kind_of(suffix: str) -> str:
    """The kind a suffix names. Raises :class:`Refusal` for an unsupported one."""
    kind = KINDS.get(suffix.lower())
    if kind is None:
        raise Refusal("kind", suffix=suffix, known=" ".join(sorted(KINDS)))
    return kind


def inspect(data: bytes, kind: str) -> None:
    """Check size, magic bytes and, inside packages, every part. Raises :class:`Refusal`."""
    if not data:
        raise Refusal("empty")
    if len(data) > MAX_BYTES:
        raise Refusal("size", size=len(data), limit=MAX_BYTES)
    _check_magic(data, kind)
    if kind in _ZIPPED:
        _check_zip(data, kind)
    elif kind == "pdf":
        _check_pdf_streams(data)
    elif kind == "html":
        _check_html(data)


def looks_like(data: bytes) -> str:
    """The kind of file the first bytes announce, ``text`` where none of the known ones."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf\r\n\t ")
    return next((name for magic, name in _SIGNATURES if head.startswith(magic)), "text")


def _check_magic(data: bytes, kind: str) -> None:
    found = looks_like(data)
    if kind == "parquet":
        good = found == "parquet" and data.endswith(b"PAR1")
    elif kind in _ZIPPED:
        good = found == "zip"
    elif kind == "pdf":
        good = found == "pdf"
    else:
        good = found == "text"
    if not good:
        raise Refusal("magic", kind=kind, found=found)


# --- zip: docx, xlsx -------------------------------------------------------------


def _check_zip(data: bytes, kind: str) -> None:
    _check_directory(data)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeError, struct.error):
        raise Refusal("zip_damaged") from None
    with archive:
        _check_entries(archive.infolist(), len(data))
        if _ZIPPED[kind] not in archive.namelist():
            raise Refusal("magic", kind=kind, found="zip")
        for info in archive.infolist():
            _check_part(archive, info)


def _check_directory(data: bytes) -> None:
    """Refuse a huge central directory before :mod:`zipfile` builds an object per entry."""
    at = data.rfind(b"PK\x05\x06")
    if at < 0 or at + 22 > len(data):
        raise Refusal("zip_damaged")
    count, size = struct.unpack("<HI", data[at + 10 : at + 16])
    if count > MAX_ENTRIES or size > MAX_ENTRIES * 512:
        raise Refusal("zip_entries", count=max(count, size // 512), limit=MAX_ENTRIES)


def _check_entries(infos: list[zipfile.ZipInfo], size: int) -> None:
    if len(infos) > MAX_ENTRIES:
        raise Refusal("zip_entries", count=len(infos), limit=MAX_ENTRIES)
    declared = sum(info.file_size for info in infos)
    if declared > MAX_DECLARED:
        raise Refusal("zip_declared", size=declared, limit=MAX_DECLARED)
    if declared > MAX_RATIO * size:
        raise Refusal("zip_ratio", ratio=declared // size, limit=MAX_RATIO)
    seen: set[str] = set()
    for info in infos:
        if info.filename.lower() in seen:
            raise Refusal("zip_duplicate", info.filename)
        seen.add(info.filename.lower())
        if info.flag_bits & 0x1:
            raise Refusal("zip_encrypted", info.filename)


def _check_part(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    """Unpack one part (never beyond its declared size) and look for declarations in it."""
    try:
        content = archive.read(info)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
        raise Refusal("zip_lies", info.filename) from None
    if content.startswith(b"PK\x03\x04") or not content:
        return
    _check_xml(content, info.filename)


def _check_xml(content: bytes, place: str) -> None:
    plain = content.replace(b"\0", b"")  # UTF-16 and UTF-32 spelled out
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise Refusal("doctype", place)
    declared = _XML_ENCODING.search(plain[:400])
    if declared and declared[1].decode("ascii", "ignore").lower() not in _XML_SAFE:
        raise Refusal("xml_encoding", place, encoding=declared[1].decode("ascii", "ignore"))
    if place.endswith((".xml", ".rels")) and not plain.lstrip(
        b"\xef\xbb\xbf\xff\xfe \r\n\t"
    ).startswith(b"<"):
        raise Refusal("unreadable", place, detail="not XML")


def _check_html(data: bytes) -> None:
    plain = data.replace(b"\0", b"")
    upper = plain.upper()
    doctype = upper.find(b"<!DOCTYPE")
    if b"<!ENTITY" in upper or (doctype >= 0 and b"[" in upper[doctype:].split(b">", 1)[0]):
        raise Refusal("doctype")
    if b"<" not in plain:
        raise Refusal("magic", kind="html", found="text")


# --- pdf -------------------------------------------------------------------------


def _check_pdf_streams(data: bytes) -> None:
    """Unpack the deflated streams with a running total, so that a bomb stops at the limit."""
    if b"/Encrypt" in data:
        return  # the parser says so; its streams are not plain deflate
    left, start = MAX_DECLARED, data.find(b"stream")
    while start >= 0:
        end = data.find(b"endstream", start)
        content = data[start + 6 : end if end >= 0 else len(data)]
        left -= _inflated(content.lstrip(b"\r\n"), left, nested=2)
        start = data.find(b"stream", end + 9) if end >= 0 else -1


def _inflated(data: bytes, left: int, nested: int) -> int:
    if data[:1] not in (b"\x78", b"\x68", b"\x48", b"\x58", b"\x38"):
        return 0
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(data, left + 1)
    except zlib.error:
        return 0
    if len(content) > left:
        raise Refusal("stream_size", limit=MAX_DECLARED)
    inner = _inflated(content, left - len(content), nested - 1) if nested else 0
    return len(content) + inner


# --- text ------------------------------------------------------------------------

_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
#: So many many-byte characters before the first fault are UTF-8 by more than accident.
_SURELY_UTF8 = 8


def decode(data: bytes) -> tuple[str, str]:
    """Text and encoding name: byte-order mark, then strict UTF-8, then strict GB18030.

    Nothing is ever replaced. A UTF-8 text damaged after its beginning is refused with
    its line, because its bytes would pass as wrong Chinese characters in GB18030.
    Raises :class:`Refusal`.
    """
    text, encoding = _decoded(data)
    if len(text) > MAX_TEXT:
        raise Refusal("text_size", limit=MAX_TEXT)
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        raise Refusal("control", f"line:{line}", char=f"{ord(control[0]):04X}")
    return text.replace("\r\n", "\n").replace("\r", "\n"), encoding


def _decoded(data: bytes) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise Refusal("encoding", _line(error.object, error.start)) from None
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        return _gb18030(data, error.start), "gb18030"


def _gb18030(data: bytes, fault: int) -> str:
    before = data[:fault].decode("utf-8", "strict") if fault else ""
    if sum(1 for char in before if ord(char) > 0x7FF) >= _SURELY_UTF8:
        raise Refusal("damaged_utf8", _line(data, fault))
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise Refusal("encoding", _line(data, error.start)) from None


def _line(data: bytes, at: int) -> str:
    return f"line:{data.count(bytes([10]), 0, at) + 1}"
