"""What every column of an exported table is: its kind, and its title in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from indicators.text import Language

Kind = Literal["text", "number", "integer", "boolean", "date", "period", "list"]


@dataclass(frozen=True, slots=True)
class Field:
    """One column. ``family`` names the code list (:mod:`indicators.text.codes`) it draws from.

    ``number`` cells are Decimals, ``period`` cells texts such as 2021-H1, ``list`` cells
    tuples of texts; every kind but ``list`` may be None.
    """

    name: str
    kind: Kind
    zh: str
    en: str
    family: str | None = None

    def title(self, language: Language) -> str:
        """The heading a reader sees."""
        return self.zh if language == "zh" else self.en


def _f(name: str, kind: Kind, zh: str, en: str, family: str | None = None) -> Field:
    return Field(name, kind, zh, en, family)


_ALL = (
    _f(
        "achieved_pct",
        "number",
        "完成目标变化的百分比（%，推算）",
        "Targeted change achieved (%, derived)",
    ),
    _f("actual_per_year", "number", "实际年均变化（推算）", "Actual change per year (derived)"),
    _f("aliases", "list", "文件用语", "As written in documents"),
    _f(
        "base_disagreeing_claims",
        "list",
        "与基期值不一致的引文编号",
        "Claim ids that differ from the base value",
    ),
    _f(
        "base_disagrees_with",
        "list",
        "基期其他文件的数值",
        "Other documents' figures for the base period",
    ),
    _f("base_document_dated", "period", "基期值所在文件日期", "Document of the base value dated"),
    _f("base_document_id", "text", "基期值所在文件标识", "Document id of the base value"),
    _f("base_document_issuer", "text", "基期值所在文件机关", "Issuer of the base value"),
    _f("base_document_number", "text", "基期值所在文件文号", "Document number of the base value"),
    _f("base_document_title", "text", "基期值所在文件", "Document of the base value"),
    _f("base_period", "period", "基期", "Base period"),
    _f("base_precision", "text", "基期值准确程度", "Precision of the base value", "precision"),
    _f("base_quote", "text", "基期值原文引句", "Quote of the base value"),
    _f("base_section", "text", "基期值所在章节", "Section of the base value"),
    _f("base_value", "number", "基期值", "Base value"),
    _f("baseline_period", "period", "变化的起点", "Changed since"),
    _f("benchmark_id", "text", "参考线标识", "Benchmark id"),
    _f("benchmarks", "integer", "参考线数", "Benchmarks"),
    _f("bounds_note", "text", "取值范围说明", "Note on bounds"),
    _f(
        "cagr_ratio",
        "number",
        "实际与所需年均增速之比（推算）",
        "Actual to required growth (derived)",
    ),
    _f("canonical_unit", "text", "指标单位", "Indicator's unit"),
    _f("canonical_upper", "number", "上限（按指标单位）", "Upper value (indicator's unit)"),
    _f("canonical_value", "number", "数值（按指标单位）", "Value (indicator's unit)"),
    _f("caveats", "list", "提示", "Caveats", "caveat"),
    _f("change", "integer", "变化值条数", "Changes"),
    _f("claim_id", "text", "引文编号", "Claim id"),
    _f("claim_no", "integer", "文件内序号", "Number in document"),
    _f("claims", "integer", "引文条数", "Claims"),
    _f("commitment", "integer", "承诺条数", "Commitments"),
    _f("comparable", "boolean", "可比", "Comparable"),
    _f("comparator", "text", "目标关系", "Comparator", "comparator"),
    _f("confusables", "list", "易混指标", "Not to be confused with"),
    _f("definition", "text", "口径", "Definition"),
    _f("definition_note", "text", "口径说明", "Note on definition"),
    _f("definition_status", "text", "口径核实", "Definition status", "definition_status"),
    _f("denominator", "text", "分母", "Denominator"),
    _f("direction", "text", "方向", "Direction", "direction"),
    _f(
        "disagreeing_claims",
        "list",
        "与所示数值不一致的引文编号",
        "Claim ids that differ from the figure",
    ),
    _f("disagrees_with", "list", "同期其他文件的数值", "Other documents' figures"),
    _f("distance", "number", "与目标之差", "Distance to target"),
    _f("distance_unit", "text", "差的单位", "Unit of distance"),
    _f("document_dated", "period", "文件日期", "Document dated"),
    _f("document_id", "text", "文件标识", "Document id"),
    _f("document_issuer", "text", "发文机关", "Issuer"),
    _f("document_kind", "text", "文件类型", "Kind of document", "document_kind"),
    _f("document_number", "text", "文号", "Document number"),
    _f("document_title", "text", "文件标题", "Document title"),
    _f("documents", "integer", "文件数", "Documents"),
    _f("due", "period", "期限", "Due"),
    _f("due_last", "date", "期限末日", "Last day of due period"),
    _f("indicator_id", "text", "指标标识", "Indicator id"),
    _f("indicator_name", "text", "指标", "Indicator (Chinese)"),
    _f("indicator_name_en", "text", "指标（英文）", "Indicator"),
    _f("indicators", "integer", "指标数", "Indicators"),
    _f("kind", "text", "类别", "Kind", "claim_kind"),
    _f("last_value_satisfies", "boolean", "该值本身达到目标", "Shown figure satisfies target"),
    _f("levels", "list", "适用层级", "Levels", "level"),
    _f("lower_bound", "number", "下界", "Lower bound"),
    _f("milestone", "integer", "里程碑条数", "Milestones"),
    _f("missing", "text", "未计分原因", "Why not scored", "score_missing"),
    _f("missing_indicators", "list", "未计分的指标", "Indicators not scored"),
    _f("note", "text", "备注", "Note"),
    _f("numerator", "text", "分子", "Numerator"),
    _f("other_regions", "list", "涉及其他地区", "Other regions named"),
    _f("original_here", "boolean", "本机存有原件", "Original kept here"),
    _f("period", "period", "期间", "Period"),
    _f("period_basis", "text", "期间依据", "Period basis"),
    _f("period_first", "date", "期间首日", "First day of period"),
    _f("period_last", "date", "期间末日", "Last day of period"),
    _f("precision", "text", "准确程度", "Precision", "precision"),
    _f("proposal", "text", "建议或提案", "Proposal"),
    _f("quote", "text", "原文引句", "Quote"),
    _f("quote_verified", "text", "引句核对日期", "Quote verified on"),
    _f("quotes_verified", "integer", "已核对引句数", "Quotes verified"),
    _f("rank", "integer", "名次", "Rank"),
    _f("rank_best", "integer", "权重变动±20%时最好名次", "Best rank, weights ±20 %"),
    _f(
        "rank_other_missing",
        "integer",
        "换一种缺失处理的名次",
        "Rank, missing treated the other way",
    ),
    _f("rank_worst", "integer", "权重变动±20%时最差名次", "Worst rank, weights ±20 %"),
    _f("ranked_of", "integer", "参与排序数", "Ranked among"),
    _f("read_in", "text", "转引自", "Read in"),
    _f("reason", "text", "不可比原因", "Why not comparable", "reason"),
    _f("region_code", "text", "地区代码", "Region code"),
    _f("region_level", "text", "地区层级", "Region level", "level"),
    _f("region_name", "text", "地区", "Region"),
    _f("reported", "integer", "报告值条数", "Reported figures"),
    _f("required_per_year", "number", "所需年均变化（推算）", "Required change per year (derived)"),
    _f("retrieved", "period", "取得日期", "Retrieved"),
    _f("scope", "text", "统计范围", "Scope"),
    _f("score", "number", "得分（0–100，推算）", "Score (0–100, derived)"),
    _f("scored", "integer", "计分指标数", "Indicators scored"),
    _f("section", "text", "章节", "Section"),
    _f("sha256", "text", "原件SHA-256", "SHA-256 of original"),
    _f("source_date", "period", "来源日期", "Source dated"),
    _f("source_file", "text", "原件文件名", "Original file"),
    _f("source_issuer", "text", "来源机关", "Source issuer"),
    _f("source_number", "text", "来源文号", "Source number"),
    _f("source_status", "text", "来源核实", "Source status", "source_status"),
    _f("source_title", "text", "来源标题", "Source title"),
    _f("target", "number", "目标值", "Target"),
    _f("target_id", "text", "目标编号", "Target id"),
    _f("target_kind", "text", "目标类别", "Kind of target", "target_kind"),
    _f("target_upper", "number", "目标上限", "Upper target"),
    _f("theme_id", "text", "主题标识", "Theme id"),
    _f("theme_name", "text", "主题", "Theme (Chinese)"),
    _f("theme_name_en", "text", "主题（英文）", "Theme"),
    _f("unit", "text", "单位", "Unit"),
    _f("upper", "number", "上限", "Upper value"),
    _f("upper_bound", "number", "上界", "Upper bound"),
    _f("url", "text", "网址", "URL"),
    _f("value", "number", "数值", "Value"),
    _f("value_document_dated", "period", "数值所在文件日期", "Document of the figure dated"),
    _f("value_document_id", "text", "数值所在文件标识", "Document id of the figure"),
    _f("value_document_issuer", "text", "数值所在文件机关", "Issuer of the figure"),
    _f("value_document_number", "text", "数值所在文件文号", "Document number of the figure"),
    _f("value_document_title", "text", "数值所在文件", "Document of the figure"),
    _f("value_quote", "text", "数值原文引句", "Quote of the figure"),
    _f("value_region_code", "text", "数值所属地区代码", "Region code of the figure"),
    _f("value_region_name", "text", "数值所属地区", "Region of the figure"),
    _f("value_scope", "text", "数值统计范围", "Scope of the figure"),
    _f("value_section", "text", "数值所在章节", "Section of the figure"),
    _f("verdict", "text", "核查结论", "Verdict", "verdict"),
    _f("verification", "text", "引句核对", "Quotes verified", "verification"),
    _f("verified_on", "text", "核对日期", "Verified on"),
    _f("basis", "text", "时间依据", "Dated by", "timeline_basis"),
    _f("below", "list", "有数值的下级地区", "Lower regions that cite it"),
    _f(
        "below_regions",
        "list",
        "只有下级地区引用的地区",
        "Regions of which only lower ones cite it",
    ),
    _f("changes", "integer", "变化值条数", "Changes"),
    _f("cited_by", "integer", "引用它的其他文件数", "Other documents that cite it"),
    _f("citing", "integer", "引用地区数", "Regions that cite it"),
    _f("citing_regions", "list", "引用地区", "Regions that cite it (names)"),
    _f("claim_ids", "list", "引文编号", "Claim ids"),
    _f("code", "text", "发现类别", "Kind of finding"),
    _f("document_ids", "list", "文件标识", "Document ids"),
    _f("first", "date", "首日", "First day"),
    _f("indicator_ids", "list", "相关指标标识", "Indicator ids"),
    _f("issues_documents", "boolean", "有自己的文件", "Issues documents"),
    _f("last", "date", "末日", "Last day"),
    _f("last_period", "period", "最近期间", "Latest period"),
    _f("other_documents", "list", "引用它的其他文件", "Other documents that cite it (ids)"),
    _f("other_id", "text", "易混指标标识", "Other indicator id"),
    _f("other_name", "text", "易混指标", "Other indicator (Chinese)"),
    _f("other_name_en", "text", "易混指标（英文）", "Other indicator"),
    _f("promised", "integer", "承诺和里程碑条数", "Commitments and milestones"),
    _f("quotes", "list", "原文引句", "Quotes"),
    _f("shared", "boolean", "各地可用的指标", "Not one document's own wording"),
    _f("silent", "integer", "未引用地区数", "Regions that never cite it"),
    _f("silent_regions", "list", "未引用地区", "Regions that never cite it (names)"),
    _f("state", "text", "引用情况", "Coverage", "coverage"),
    _f("stated_by", "text", "说明出自", "Stated by"),
    _f("status", "text", "核对结果", "Result", "finding_status"),
    _f("text_en", "text", "发现（英文）", "Finding"),
    _f("text_zh", "text", "发现", "Finding (Chinese)"),
    _f("weight", "number", "权重", "Weight"),
    _f("weight_covered", "number", "有数值的权重占比（%）", "Weight with figures (%)"),
    _f("why", "text", "为何不可混用", "Why they differ"),
)

FIELDS: dict[str, Field] = {f.name: f for f in _ALL}

#: Columns whose texts stand in the data in Chinese and are shown in the reader's language
#: where a person reads them; tables for machines hold them as they are.
TEXTS_OF_DATA = frozenset(
    {
        "base_document_issuer",
        "base_section",
        "bounds_note",
        "definition",
        "definition_note",
        "denominator",
        "document_issuer",
        "note",
        "numerator",
        "proposal",
        "read_in",
        "scope",
        "section",
        "source_issuer",
        "value_document_issuer",
        "value_scope",
        "value_section",
    }
)
#: The same, with the title's own words beside it, so that the document can be found.
TITLES_OF_DOCUMENTS = frozenset(
    {"base_document_title", "document_title", "source_title", "value_document_title"}
)


def fields(columns: tuple[str, ...] | list[str]) -> tuple[Field, ...]:
    """The fields of those columns. Raises :class:`KeyError` for a column nobody described."""
    return tuple(FIELDS[name] for name in columns)
