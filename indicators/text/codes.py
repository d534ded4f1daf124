"""Names of the codes that the domain uses: verdicts, caveats, reasons, kinds, levels …"""

from __future__ import annotations

from indicators.text import Language

_CODES: dict[str, dict[str, tuple[str, str]]] = {
    "verdict": {
        "met": ("已达标", "Met"),
        "met_late": ("逾期达标", "Met late"),
        "missed": ("未达标", "Missed"),
        "due_unreported": ("到期未报告", "Due, not reported"),
        "on_track": ("进度正常", "On track"),
        "behind": ("进度滞后", "Behind"),
        "under_way": ("推进中", "Under way"),
        "unreported": ("未报告", "Not reported"),
        "not_comparable": ("不可比", "Not comparable"),
    },
    "caveat": {
        "fell_back": ("后续回落", "fell back later"),
        "sources_disagree": ("来源不一致", "sources disagree"),
        "approximate": ("约数", "approximate figure"),
        "within_tolerance": ("在“左右”容差内", "within the tolerance of “about”"),
        "imprecise": ("只给出界限，不足以判定", "only a bound is given; it cannot decide"),
        "silent_at_due": (
            "到期当期未报告，以其后的数值判断",
            "nothing reported for the due period; judged by a later figure",
        ),
        "stale": ("数据较旧", "figure is old"),
        "period_inferred": ("文中未写期间，按文件日期", "period taken from the document's date"),
        "benchmark_relayed": ("参考线为转引，待核原文", "benchmark read only in a relayed text"),
    },
    "reason": {
        "level": ("只有其他层级地区的数值", "only figures of another level exist"),
        "scope": ("统计范围不同", "the scope differs"),
        "definition": ("口径不同", "the definition differs"),
        "imprecise": ("只给出界限，不足以判定", "only a bound is given; it cannot decide"),
        "indicator": ("指标不同，名称相近", "a different indicator with a similar name"),
        "period": ("期间相差过大", "the periods are too far apart"),
    },
    "target_kind": {
        "commitment": ("承诺", "Commitment"),
        "benchmark": ("参考线", "Benchmark"),
        "milestone": ("里程碑", "Milestone"),
    },
    "claim_kind": {
        "reported": ("报告值", "Reported"),
        "commitment": ("承诺", "Commitment"),
        "milestone": ("里程碑", "Milestone"),
        "change": ("变化值", "Change"),
    },
    "precision": {
        "exact": ("准确", "exact"),
        "at_least": ("以上", "at least"),
        "at_most": ("以内", "at most"),
        "about": ("左右", "about"),
    },
    "direction": {
        "up": ("越高越好", "higher is better"),
        "down": ("越低越好", "lower is better"),
        "monitor": ("仅监测", "monitored only"),
    },
    "level": {
        "country": ("全国", "country"),
        "province": ("省级", "province"),
        "city": ("地级", "city"),
        "county": ("县级", "county"),
        "institution": ("机构", "institution"),
    },
    "document_kind": {
        "npc_reply": ("人大建议答复", "Reply to an NPC proposal"),
        "cppcc_reply": ("政协提案答复", "Reply to a CPPCC proposal"),
        "work_report": ("工作报告", "Work report"),
        "plan": ("实施方案", "Plan"),
        "bulletin": ("公报", "Bulletin"),
    },
    "score_missing": {
        "no_target": ("没有目标", "no target"),
        "no_figure": ("没有可用数值", "no usable figure"),
        "imprecise": ("只给出界限，不足以计分", "only a bound is given; it cannot be scored"),
        "monitor": ("仅监测，不计分", "monitored only, not scored"),
    },
    "source_status": {
        "verified": ("已读到点名原文的文本", "read in a text that names the document"),
        "relayed": ("仅见于下级转引，待核原文", "read only in a lower-level text"),
    },
    "definition_status": {
        "verified": ("公式已核实", "formula verified"),
        "partial": ("公式部分核实", "formula partly verified"),
        "unverified": ("公式未见原文", "formula not seen"),
        "local": ("文件用语，未写公式", "local wording, no formula stated"),
    },
    "comparator": {
        ">=": ("不低于", "at least"),
        "<=": ("不超过", "at most"),
        "=": ("等于", "equal to"),
        "~": ("左右", "about"),
        "between": ("介于", "between"),
    },
    "coverage": {
        "reported": ("有报告值", "Figure reported"),
        "promised": ("只有承诺", "Promised only"),
        "changed": ("只有变化值", "Change only"),
        "below": ("只有下级地区的数值", "Figures of lower regions only"),
        "never": ("从未引用", "Never cited"),
        "other_level": ("不在该层级统计", "Not stated at this level"),
    },
    "verification": {
        "verified": ("引文已核对", "Quotes checked"),
        "partly": ("部分引文已核对", "Some quotes checked"),
        "unverified": ("引文未核对", "Quotes not checked"),
    },
    "finding_status": {
        "holds": ("相符", "Agrees"),
        "differs": ("不符", "Differs"),
        "derived": ("派生", "Derived"),
        "explained": ("说明", "Explained"),
    },
    "timeline_basis": {
        "period": ("文中所写期间", "period stated"),
        "due": ("承诺期限", "deadline"),
        "document": ("文中未写，按文件日期", "not stated; the document's date"),
    },
}


def label(family: str, code: str, language: Language) -> str:
    """The reader's word for ``code``. Raises :class:`KeyError` for an unknown family or code."""
    zh, en = _CODES[family][code]
    return zh if language == "zh" else en


def codes(family: str) -> tuple[str, ...]:
    """All codes of a family in their order of display."""
    return tuple(_CODES[family])
