"""Builds hostile and damaged files at run time; none is stored."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/'
    'package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
)
_BODY = '<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:body></w:document>'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


def package(parts: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def office(kind: str, main: bytes | str, extra: dict[str, bytes | str] | None = None) -> bytes:
    """A docx or xlsx shell with ``main`` as its main part."""
    name = "word/document.xml" if kind == "docx" else "xl/workbook.xml"
    return package({"[Content_Types].xml": _TYPES, name: main, **(extra or {})})


def _many_entries(kind: str, count: int) -> bytes:
    return office(kind, _BODY.format("x"), {f"word/p{n}.xml": "<a/>" for n in range(count)})


def _patched_size(kind: str, size: int) -> bytes:
    """Every declared size in the central directory replaced by ``size``."""
    data = bytearray(office(kind, _BODY.format("x")))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 24 : at + 28] = struct.pack("<I", size)
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def _lying_directory(kind: str) -> bytes:
    data = bytearray(office(kind, _BODY.format("x")))
    at = data.rfind(b"PK\x05\x06")
    data[at + 10 : at + 12] = struct.pack("<H", 65_000)
    return bytes(data)


def _overlapping(kind: str) -> bytes:
    """All directory entries point at one large part (a zip bomb without nesting)."""
    parts = {f"word/p{n}.xml": b"<a>" + b"0" * 900_000 + b"</a>" for n in range(60)}
    return office(kind, _BODY.format("x"), parts)


def pdf_with_stream(stream: bytes, filters: str = "/FlateDecode") -> bytes:
    """A one-page PDF whose content stream is ``stream`` as given."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
        b"<</Length %d/Filter %s>>stream\n%s\nendstream" % (len(stream), filters.encode(), stream),
    ]
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n"
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start
    return bytes(out)


def _deflated_zeros(megabytes: int, rounds: int = 1) -> bytes:
    packer = zlib.compressobj(9)
    block = b"0" * 1_000_000
    data = b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()
    for _ in range(rounds - 1):
        data = zlib.compress(data, 9)
    return data


def bombs() -> dict[str, Callable[[], bytes]]:
    """Twenty files made to exhaust memory or time; the name carries the suffix."""
    zeros = b"<a>" + b" " * 60_000_000 + b"</a>"
    return {
        "ratio.docx": lambda: office("docx", zeros[:40_000_000]),
        "ratio.xlsx": lambda: office("xlsx", zeros[:40_000_000]),
        "declared.docx": lambda: office("docx", zeros),
        "declared.xlsx": lambda: office("xlsx", zeros),
        "entries.docx": lambda: _many_entries("docx", 2_100),
        "entries.xlsx": lambda: _many_entries("xlsx", 2_100),
        "lying-count.docx": lambda: _lying_directory("docx"),
        "overlap.xlsx": lambda: _overlapping("xlsx"),
        "lying-small.docx": lambda: _patched_size("docx", 1),
        "lying-large.xlsx": lambda: _patched_size("xlsx", 0xFFFFFFF0),
        "nested.docx": lambda: office("docx", package({"bomb.bin": zeros}), {"a.zip": zeros}),
        "deflate.pdf": lambda: pdf_with_stream(_deflated_zeros(200)),
        "double-deflate.pdf": lambda: pdf_with_stream(
            _deflated_zeros(200, 2), "[/FlateDecode/FlateDecode]"
        ),
        "many-streams.pdf": lambda: pdf_with_stream(_deflated_zeros(4)) * 20,
        "deep.html": lambda: b"<div>" * 200_000 + b"x",
        "long.html": lambda: b"<p>" + "长".encode() * 2_500_000,
        "long.txt": lambda: "长".encode() * 2_500_000,
        "huge.txt": lambda: b"a" * 20_000_001,
        "huge.csv": lambda: b"1,2\n" * 5_000_001,
        "wide.csv": lambda: b"," * 3_000_000,
    }


def entity_files() -> dict[str, bytes]:
    """Twelve files with document types or entities, in every disguise met so far."""
    body = "&c;"
    outside = '<!DOCTYPE x [<!ENTITY c SYSTEM "file:///etc/hostname">]>'
    remote = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'
    parameter = '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]>'
    quadratic = f'<!DOCTYPE x [<!ENTITY c "{"哈" * 5000}">]>'
    wide = ('<?xml version="1.0" encoding="UTF-16"?>' + LAUGHS + _BODY.format(body)).encode(
        "utf-16"
    )
    return {
        "laughs.docx": office("docx", LAUGHS + _BODY.format(body)),
        "laughs.xlsx": office("xlsx", LAUGHS + "<workbook>&c;</workbook>"),
        "outside.docx": office("docx", outside + _BODY.format(body)),
        "outside.xlsx": office("xlsx", outside + "<workbook>&c;</workbook>"),
        "remote.docx": office("docx", remote + _BODY.format("x")),
        "parameter.xlsx": office("xlsx", parameter + "<workbook/>"),
        "quadratic.docx": office("docx", quadratic + _BODY.format("&c;" * 5000)),
        "utf16.docx": office("docx", wide),
        "side-part.xlsx": office("xlsx", "<workbook/>", {"xl/sharedStrings.xml": LAUGHS + "<a/>"}),
        "relations.docx": office("docx", _BODY.format("x"), {"_rels/.rels": LAUGHS + "<a/>"}),
        "utf7.docx": office(
            "docx", b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x+AD4-<a/>'
        ),
        "subset.html": (b"<!DOCTYPE html [<!ENTITY c 'x'>]><p>&c;</p>"),
    }


def write(folder: Path, name: str, data: bytes) -> Path:
    """The file ``name`` in ``folder`` with these bytes."""
    path = folder / name
    path.write_bytes(data)
    return path
