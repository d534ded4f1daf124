"""The rules that every export repeats, so that a file explains itself."""

from __future__ import annotations

from indicators.text import Language, mark, translator
from indicators.text.codes import codes, label

_VERDICTS = {
    "met": mark("覆盖期限年度的最新数值达到目标；期限未到或未写期限的，最新数值已达到目标。"),
    "met_late": mark(
        "没有见到期限当期的达标报告值，期限之后的最新报告值达到目标；"
        "当期没有报告的，不说明当时没有达到。"
    ),
    "missed": mark("覆盖期限年度或更晚的最新数值没有达到目标。"),
    "due_unreported": mark("期限已过，没有任何数值覆盖期限年度或更晚；旁列最后一个已知数值。"),
    "on_track": mark("期限未到，已走完的路程占比不低于已过去的时间占比。"),
    "behind": mark("期限未到，已走完的路程占比低于已过去的时间占比。"),
    "under_way": mark("期限未到或未写期限，只有一个数值，尚未达到目标。"),
    "unreported": mark("期限未到或未写期限，没有数值。"),
    "not_comparable": mark("有数值，但层级、统计范围或口径不同，不能据以判定；注明原因。"),
}

_RULES = (
    mark("只计入截至所示日期已成文的文件；只知年份的文件按该年最后一日计。"),
    mark("每个数值都取自所引文件的原句，照录原文的准确程度（以上、以内、左右），不作四舍五入。"),
    mark("不同层级、统计范围或口径的数值不并列、不排序、不着色；县的数值不代替市的数值。"),
    mark("标“推算”的列由所列数值计算得出，不是文件所载。"),
    mark("没有数值不等于没有做到，只说明所收文件没有写。"),
)


def verdict_rules(language: Language) -> list[tuple[str, str]]:
    """(word, meaning) of every verdict, in display order."""
    t = translator(language)
    return [(label("verdict", code, language), t(_VERDICTS[code])) for code in codes("verdict")]


def general_rules(language: Language) -> list[str]:
    """The rules of reading, one sentence each."""
    t = translator(language)
    return [t(rule) for rule in _RULES]
