"""A Frictionless data package: the tables as CSV, and a description that tools can check."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from indicators.export.edition import TITLES, Edition, Published
from indicators.export.fields import Field
from indicators.export.safe import clean
from indicators.export.tabular import LICENCE, SEPARATOR, csv_bytes
from indicators.tables.citation import document_line
from indicators.text import mark
from indicators.text.codes import codes

_TYPES = {"number": "number", "integer": "integer", "boolean": "boolean", "date": "date"}

_PERIOD = r"[0-9]{4}(-H[12]|-Q[1-4]|-[0-9]{2}(-[0-9]{2})?)?"

_KEYS: dict[str, list[str]] = {
    "claims": ["claim_id"],
    "observations": ["claim_id"],
    "commitments": ["target_id"],
    "benchmarks": ["target_id"],
    "comparison": ["indicator_id", "region_code"],
    "registry": ["indicator_id"],
    "documents": ["document_id"],
}

_LINKS: dict[str, tuple[tuple[str, str], ...]] = {
    "claims": (("indicator_id", "registry"), ("document_id", "documents")),
    "observations": (("indicator_id", "registry"), ("document_id", "documents")),
    "commitments": (("indicator_id", "registry"), ("document_id", "documents")),
    "benchmarks": (("indicator_id", "registry"),),
    "comparison": (("indicator_id", "registry"),),
}


def write_package(edition: Edition, folder: Path, data: str = "data") -> Path:
    """Write ``folder/datapackage.json`` and ``folder/<data>/<table>.csv``; return the former."""
    (folder / data).mkdir(parents=True, exist_ok=True)
    resources = []
    for name in TITLES:
        table = edition.table(name)
        content = csv_bytes(table)
        (folder / data / f"{name}.csv").write_bytes(content)
        resources.append(_resource(table, f"{data}/{name}.csv", content))
    path = folder / "datapackage.json"
    text = json.dumps(_package(edition, resources), ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def _package(edition: Edition, resources: list[dict[str, Any]]) -> dict[str, Any]:
    t = edition.t
    return {
        "profile": "tabular-data-package",
        "name": "health-reform-indicators",
        "title": t("改革进展指标：{selection}", selection=edition.selection),
        "description": t(_ABOUT, day=edition.as_of.isoformat(), separator=SEPARATOR),
        "version": edition.snapshot.digest,
        "as_of": edition.as_of.isoformat(),
        # No licence is granted here, and none may be made up: the note says what holds.
        "licenses": [{"name": "notspecified", "title": t(LICENCE)}],
        "sources": _sources(edition),
        "resources": resources,
    }


_ABOUT = mark(
    "截至 {day} 的引文、观测值、承诺核查与指标定义。每个数值都注明原句、文件、文号和日期。"
    "CSV 中可能被表格软件当作公式的文字前加了一个撇号；多项内容以“{separator}”分隔；空格表示没有。"
)


def _sources(edition: Edition) -> list[dict[str, str]]:
    found = []
    for row in edition.documents.to_dict("records"):
        line = document_line(
            row["document_title"],
            row["document_number"],
            row["document_issuer"],
            row["document_dated"],
            edition.language,
        )
        source = {"title": clean(line)}
        if row["url"] and row["url"].startswith(("https://", "http://")):
            source["path"] = row["url"]
        found.append(source)
    return found


def _resource(table: Published, path: str, content: bytes) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True},
        "schema": _schema(table),
    }


def _schema(table: Published) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(field) for field in table.fields],
        "missingValues": [""],
        "primaryKey": _KEYS[table.name],
    }
    links = [
        {"fields": name, "reference": {"resource": other, "fields": name}}
        for name, other in _LINKS.get(table.name, ())
    ]
    return {**schema, "foreignKeys": links} if links else schema


def _field(field: Field) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": field.name,
        "type": _TYPES.get(field.kind, "string"),
        "title": field.zh,
        "description": field.en,
    }
    if field.kind == "period":
        described["constraints"] = {"pattern": _PERIOD}
    elif field.family is not None and field.kind == "text":
        described["constraints"] = {"enum": list(codes(field.family))}
    return described
