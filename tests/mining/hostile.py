"""Texts made to keep a backtracking pattern busy, and the patterns they are thrown at."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from itertools import islice

from indicators.mining import fold, guess, lexicon, periods, quantities, sentences, tables, terms

LENGTH = 100_000
#: Pieces that begin like something a pattern looks for, and then go on for ever.
SEEDS = (
    "1", "12.5", "1,", "一", "十", "百分之", "十万分之", "六成", "0.", "1-", "1—", "1、", "1和",
    "2021年", "2021、", "2021", "年", "1月", "1月1日", "十四五", "前三季度", "上半年", "截至",
    "率", "患者率", "高血压、", "死亡率和", "占比", "的", "中", "卫生健康", "建档", "指数",
    "不超过", "控制在", "约", "以上", "左右", "达到", "由", "从", "较上年", "比", "高于", "与目标",
    "（", "(", "）(", "《", "〔2022〕", "[2022]", "第一", "号", "级", "1/10万", "%", "‰",
    "个百分点",
    "南县", "县", "市", "全市", "全省", "人民医院", "委员会", "人民政府", "医共体", "户籍人口",
    "\t", "|", "| ", "  ", " ", "---|", "\n", "。", "，", "；", "：", "A", "\u200b", "１", "％",
    "提高", "下降了约", "力争到", "基本建成", "连续9年", "1个", "1家、", "万", "亿", "余", "人次",
)  # fmt: skip


def texts(count: int, length: int = LENGTH) -> Iterator[str]:
    """``count`` texts: each seed repeated, then pairs of seeds, each with a spoiled end."""
    singles = (seed * (length // len(seed)) for seed in SEEDS)
    pairs = (
        (one + two) * (length // (len(one) + len(two)))
        for index, one in enumerate(SEEDS)
        for two in SEEDS[index + 1 :: 7]
    )
    spoiled = (text[: length - 1] + "\x00" for source in (singles, pairs) for text in source)
    return islice(spoiled, count)


def patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Every compiled pattern of the package, by module and name."""
    found: list[tuple[str, re.Pattern[str]]] = []
    for module in (fold, guess, lexicon, periods, quantities, sentences, tables, terms):
        short = module.__name__.rsplit(".", 1)[-1]
        for name, value in vars(module).items():
            found += [(f"{short}.{label}", one) for label, one in _compiled(name, value)]
    return found


def _compiled(name: str, value: object) -> list[tuple[str, re.Pattern[str]]]:
    if isinstance(value, re.Pattern):
        return [(name, value)]
    if isinstance(value, dict):
        return [(str(key), one) for key, one in value.items() if isinstance(one, re.Pattern)]
    if isinstance(value, tuple):
        pairs = [pair for pair in value if isinstance(pair, tuple) and len(pair) == 2]
        return [(f"{name}.{a}", b) for a, b in pairs if isinstance(b, re.Pattern)]
    return []


def seconds(pattern: re.Pattern[str], text: str) -> float:
    """Processor time of finding every match."""
    start = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - start
