"""What an uploaded document says about itself, and whether the data already has it.

Every guess is only a proposal in a form that the curator reads and confirms.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import PurePath

from indicators.core.lookup import half_width
from indicators.core.model import Document, Snapshot
from indicators.core.period import Period
from indicators.mining.regions import Gazetteer

Fields = dict[str, str | None]

_EDGE = 15  # lines at either end that may carry title, number, signature and date
_NUMBER = re.compile(
    r"([\u4e00-\u9fff]{2,12})\s{0,3}[〔\[【（(]\s{0,2}((?:19|20)[0-9]{2})\s{0,2}[〕\]】）)]\s{0,2}"
    r"([0-9]{1,4})\s{0,2}号"
)
_PROPOSAL = re.compile(r"第\s{0,2}([0-9]{1,8})\s{0,2}号\s{0,2}(?:建议|提案)")
_DATE = re.compile(
    r"((?:19|20)[0-9]{2})\s{0,2}年\s{0,2}([0-9]{1,2})\s{0,2}月\s{0,2}([0-9]{1,2})\s{0,2}日"
)
_DATE_ZH = re.compile(
    r"([一二][零〇一二三四五六七八九]{3})年"
    r"([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_ZH_DIGITS = {char: str(n) for n, char in enumerate("零一二三四五六七八九")} | {"〇": "0"}
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff])\s{1,9}(?=[\u4e00-\u9fff])")
_TITLE = re.compile(r"答复|函复|报告|方案|规划|计划|公报|总结|意见")
_ISSUER = re.compile(r"[\u4e00-\u9fff]{2,26}(?:委员会|委|局|人民政府|办公室|领导小组)")
_KINDS = (
    ("cppcc_reply", re.compile(r"提案|政协")),
    ("npc_reply", re.compile(r"建议|人大|人民代表大会|代表")),
    ("plan", re.compile(r"方案|规划|计划|意见|通知")),
    ("work_report", re.compile(r"报告|总结|汇报")),
    ("bulletin", re.compile(r"公报|统计")),
)
_SHORT = {"npc_reply": "npc", "cppcc_reply": "cppcc", "work_report": "report"}


def metadata(text: str, file_name: str, snapshot: Snapshot) -> Fields:
    """A proposal for title, kind, issuer, number, proposal, region, dated and id.

    Fields that the text does not give are absent; nothing is invented.
    """
    lines = [line.strip() for line in half_width(text).splitlines() if line.strip()]
    head, edges = lines[:_EDGE], lines[:_EDGE] + lines[-_EDGE:]
    title = _joined(_title(head) or PurePath(file_name).stem)
    number = _first(_NUMBER, edges)
    issuer = _issuer(lines, title)
    region = _region(f"{issuer or ''}。{title}", snapshot) or _mostly("\n".join(edges), snapshot)
    found: Fields = {
        "title": title,
        "kind": _kind(title),
        "issuer": issuer,
        "number": f"{number[1]}〔{number[2]}〕{number[3]}号" if number else None,
        "proposal": _proposal(title, edges),
        "region": region,
        "dated": _dated(lines) or (number[2] if number else None),
    }
    found["id"] = suggested_id(found)
    return {name: value for name, value in found.items() if value}


def _title(head: Sequence[str]) -> str | None:
    """The first line that reads like a title, joined with the line it runs on into."""
    for at, line in enumerate(head):
        if len(line) <= 80 and ("关于" in line or line.startswith("对")):
            more = head[at + 1] if at + 1 < len(head) else ""
            runs_on = _TITLE.search(line) is None and _TITLE.search(_joined(more)) is not None
            return (line + more if runs_on and len(more) <= 60 else line).lstrip("#* ")
    return next((line for line in head if len(line) <= 80 and _TITLE.search(line)), None)


def _joined(title: str) -> str:
    """Without the blanks that a layout puts between Chinese characters (答 复)."""
    return _BETWEEN.sub("", title)


def _kind(title: str) -> str | None:
    return next((kind for kind, pattern in _KINDS if pattern.search(title)), None)


def _first(pattern: re.Pattern[str], lines: Iterable[str]) -> re.Match[str] | None:
    return next((found for line in lines if (found := pattern.search(line))), None)


def _proposal(title: str, edges: Sequence[str]) -> str | None:
    found = _PROPOSAL.search(title) or _first(_PROPOSAL, edges)
    return found[0].replace(" ", "") if found else None


def _issuer(lines: Sequence[str], title: str) -> str | None:
    """The signature near the end, else the authority that the title begins with."""
    for line in reversed(lines[-_EDGE:]):
        if len(line) <= 40 and (found := _ISSUER.fullmatch(line.split(" ")[0].rstrip("。"))):
            return found[0]
    found = _ISSUER.match(title.split("关于")[0])
    return found[0] if found else None


def _region(words: str, snapshot: Snapshot) -> str | None:
    """The lowest region named in issuer and title that is settled without doubt."""
    codes = [place.code for place in Gazetteer(snapshot, None).find(words) if place.code]
    return max(codes, key=lambda code: len(snapshot.lineage(code)), default=None)


def _mostly(words: str, snapshot: Snapshot) -> str | None:
    """The place named most often at either end, where title and issuer name none."""
    codes = [place.code for place in Gazetteer(snapshot, None).find(words) if place.code]
    return Counter(codes).most_common(1)[0][0] if codes else None


def _dated(lines: Sequence[str]) -> str | None:
    """The last date near the end; dates in the head stand for letters that are answered."""
    for line in reversed(lines[-_EDGE:]):
        for parts in reversed(_dates(line)):
            try:
                return Period.parse("{:04}-{:02}-{:02}".format(*parts)).text
            except ValueError:
                continue
    return None


def _dates(line: str) -> list[tuple[int, int, int]]:
    plain = [(int(y), int(m), int(d)) for y, m, d in _DATE.findall(line)]
    words = [
        (int("".join(_ZH_DIGITS[c] for c in year)), _below_100(month), _below_100(day))
        for year, month, day in _DATE_ZH.findall(line)
    ]
    return plain + words


def _below_100(word: str) -> int:
    tens, ten, units = word.rpartition("十")
    if not ten:
        return int("".join(_ZH_DIGITS.get(c, "0") for c in word))
    return 10 * int(_ZH_DIGITS.get(tens, "1")) + int(_ZH_DIGITS.get(units, "0"))


def suggested_id(meta: Fields) -> str | None:
    """``430600-2022-npc-162``: region, year, kind and number; ``None`` without a region."""
    region, dated = meta.get("region"), meta.get("dated")
    if not region or not dated:
        return None
    kind = _SHORT.get(meta.get("kind") or "", meta.get("kind") or "document")
    digits = re.findall(r"[0-9]+", meta.get("proposal") or meta.get("number") or "")
    year = _YEAR.match(dated)
    parts = [region, year[0] if year else dated, kind, *(digits[-1:] or [])]
    return "-".join(parts)


def known_document(meta: Fields, sha256: str, documents: Iterable[Document]) -> Document | None:
    """The document that the data already has: the same bytes, or the same document number."""
    everything = list(documents)
    for document in everything:
        if document.source.sha256 == sha256:
            return document
    number = _plain_number(meta.get("number"))
    same = [d for d in everything if number and _plain_number(d.number) == number]
    return same[0] if len(same) == 1 else None


def _plain_number(number: str | None) -> str:
    """A document number without brackets and spaces, which copies write in many ways."""
    return re.sub(r"[\s〔〕\[\]【】()]", "", half_width(number or ""))


def same_claim(one: Fields, other: Fields, home: str | None) -> bool:
    """Whether two claims state the same: indicator, kind, place, time and value."""
    if any((one.get(name) or None) != (other.get(name) or None) for name in ("indicator", "kind")):
        return False
    if (one.get("region") or home) != (other.get("region") or home):
        return False
    if any((one.get(name) or None) != (other.get(name) or None) for name in ("period", "due")):
        return False
    return _same_number(one.get("value"), other.get("value"))


def _same_number(one: str | None, other: str | None) -> bool:
    try:
        return (Decimal(one) if one else None) == (Decimal(other) if other else None)
    except InvalidOperation:
        return one == other
