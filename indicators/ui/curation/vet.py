"""What is wrong with a claim or a document before anything is saved, in the reader's words.

The rules are those of ``check``; here they are asked for one claim at a time, and said in
Chinese where the reader reads Chinese. The original message is always kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indicators.core.check_documents import check_document
from indicators.core.checks import Known, Sheet
from indicators.core.errors import KnownProblem
from indicators.core.model import Document, Snapshot
from indicators.core.problem import Problem, Problems
from indicators.files.located_yaml import parse_located
from indicators.files.quotes import Original
from indicators.files.translate import build
from indicators.files.yaml_edit import new_document
from indicators.text import Translate, mark
from indicators.ui.curation.draft import Draft, Fields, cleaned

#: Stands in for a field of the document that is not settled yet, so that a claim can be judged.
_STAND_IN: Fields = {
    "id": "draft",
    "title": "draft",
    "kind": "bulletin",
    "issuer": "draft",
    "region": "000000",
    "dated": "2100",
}


@dataclass(frozen=True)
class Remark:
    """One thing wrong: ``message`` in the reader's words, ``original`` as the check says it."""

    message: str
    original: str
    blocks: bool


def claim_remarks(t: Translate, draft: Draft, fields: Fields, snapshot: Snapshot) -> list[Remark]:
    """Everything wrong with one claim of this document."""
    remarks = [said(t, problem) for problem in _claim_problems(draft, fields, snapshot)]
    quote = (fields.get("quote") or "").strip()
    if quote and not _stands(draft, quote):
        words = mark("引文须是原文中连续的原句，此句在原文中找不到。")
        remarks.append(Remark(t(words), "the quote does not stand in the document", True))
    return remarks


def _stands(draft: Draft, quote: str) -> bool:
    """In a text, somewhere in it; of a table, as its headers and cell put it together."""
    if draft.table is not None:
        return any(item.fields.get("quote") == quote for item in draft.items)
    return Original(draft.text).states(quote)


def _claim_problems(draft: Draft, fields: Fields, snapshot: Snapshot) -> list[Problem]:
    meta = {**_STAND_IN, **{k: v for k, v in draft.meta.items() if v}}
    source: Fields = {"file": "draft", "sha256": "0" * 64}
    try:
        text = new_document({**meta, "source": source}, [cleaned(fields)])
    except KnownProblem as problem:
        return [Problem("draft", None, "claims[0]", str(problem))]
    found = document_problems(text, snapshot)
    return [problem for problem in found if problem.path.startswith("claims")]


def document_problems(text: str, snapshot: Snapshot) -> list[Problem]:
    """Every problem of a document's YAML text, judged against the data loaded now."""
    problems = Problems()
    document = parsed(text, problems)
    if document is not None:
        known = Known(indicators=snapshot.indicators, regions=snapshot.regions)
        check_document(Sheet("draft", document), known, problems)
    return list(problems)


def parsed(text: str, problems: Problems) -> Document | None:
    """The document of a YAML text; ``None`` and problems where it is not one."""
    located = parse_located(text.encode("utf-8", "surrogatepass"), "draft", problems)
    return None if located is None else build(Document, located, problems)


#: (pattern of the check's message, what it means to a curator). The first that fits is said.
_WORDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (
            r"personal data",
            mark("含有个人信息（电话、身份证号或联系人），不得录入；请缩短引文或改写。"),
        ),
        (r'missing field "title"', mark("请填写标题。")),
        (r'missing field "kind"', mark("请选择文件类型。")),
        (r'missing field "issuer"', mark("请填写发文机关。")),
        (r'missing field "region"', mark("请选择所属地区。")),
        (r'missing field "dated"', mark("请填写成文日期。")),
        (r'missing field "indicator"|unknown indicator', mark("请选择指标。")),
        (r'missing field "quote"', mark("请填写引文：说明这一数值的最短原句。")),
        (r"unknown region", mark("地区代码不在区划表中。")),
        (r"expected a (?:value|number)\b.*found none", mark("请填写数值。")),
        (r"expected a unit in", mark("请选择单位。")),
        (r"expected a period in", mark("请填写期间。")),
        (r"expected a comparator in", mark("请选择比较符（不低于、不超过……）。")),
        (r"expected a number, found", mark("数值须是阿拉伯数字，如 65 或 93.05。")),
        (
            r"expected a period such as",
            mark("期间须写成 2021、2021-H1、2021-Q3、2021-12 或 2021-12-31。"),
        ),
        (r"expected a value (?:from|of at)", mark("数值超出此指标的合理范围，请核对数值与单位。")),
        (r"unit of change", mark("变化值的单位不对：比率的变化用“个百分点”。")),
        (r"expected a (?:known )?unit", mark("单位与此指标不符。")),
        (r"expected a due date after", mark("期限早于文件日期，请核对。")),
        (r"expected a period that has begun", mark("期间晚于文件日期，请核对：将来的数是承诺。")),
        (
            r"expected the document's date",
            mark(
                "期间依据为文件日期时，期间须包含文件日期；原文写明期间的（如去年同期），请选“文中写明”。"
            ),
        ),
        (
            r"expected words for .* a name of",
            mark("引文写的是另一项容易混淆的指标，请核对指标。"),
        ),
        (r"expected a baseline before", mark("基期须早于期间。")),
        (r"is better\)", mark("比较符与指标方向相反，请核对。")),
        (r"for a milestone", mark("里程碑须选“是/否”类指标；带数字的承诺请选“承诺”。")),
        (r"expected a region of level", mark("此指标一般不在该层级统计，请核对地区。")),
        (r"the figure .* in the quote", mark("引文中没有这个数字，请核对数值与引文。")),
        (r"repeats claims", mark("与另一条重复：指标、地区、时间、口径和数值都相同。")),
        (r"as in claims", mark("同一指标、地区、时间已有另一数值；请在“范围”或“口径”中写明区别。")),
        (r"upper value", mark("区间的上限须与“介于”同用，且大于下限。")),
        (r"expected a lower-case id", mark("编号只能用小写字母、数字和连字符。")),
        (r"duplicate id", mark("已有同一编号的文件，请换一个编号。")),
        (r"the same original", mark("这份原件已经录入。")),
        (r"valid in", mark("该地区在此期间尚未设立或已撤销。")),
    )
)


def said(t: Translate, problem: Problem) -> Remark:
    """A problem in words a curator can act on."""
    original = f"{problem.path}: {problem.message}" if problem.path else problem.message
    words = next((w for pattern, w in _WORDS if pattern.search(problem.message)), None)
    message = t(words) if words else original
    return Remark(message, original, problem.severity == "error")


def meta_remarks(t: Translate, meta: Fields, snapshot: Snapshot) -> list[Remark]:
    """Everything wrong with a new document's metadata, also an id that is taken."""
    source: Fields = {"file": "draft", "sha256": "0" * 64}
    try:
        found = document_problems(new_document({**meta, "source": source}, []), snapshot)
    except KnownProblem as problem:
        found = [Problem("draft", None, "", str(problem))]
    if any(document.id == meta.get("id") for document in snapshot.documents):
        found.append(Problem("draft", None, "id", "duplicate id"))
    return [said(t, problem) for problem in found]
