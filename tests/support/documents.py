"""One invented reply in the formats that a curator uploads."""

from __future__ import annotations

import html
import subprocess
from pathlib import Path

from docx import Document


def as_docx(text: str, path: Path) -> Path:
    """A Word document, a paragraph per line."""
    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(str(path))
    return path


def as_html(text: str, path: Path) -> Path:
    """A page, a paragraph per line."""
    body = "".join(f"<p>{html.escape(line)}</p>\n" for line in text.splitlines())
    page = f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"></head><body>{body}'
    path.write_text(f"{page}</body></html>\n", encoding="utf-8")
    return path


def as_pdf(text: str, path: Path) -> Path:
    """The Word document printed to PDF by LibreOffice (a profile of its own)."""
    source = as_docx(text, path.with_suffix(".docx"))
    profile = f"-env:UserInstallation=file://{path.parent}/office"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir"]
    subprocess.run([*command, str(path.parent), str(source)], check=True, capture_output=True)
    return path
