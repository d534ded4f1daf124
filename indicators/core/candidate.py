"""What mining and import propose for a person to judge, and the account of every cell read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from indicators.core.model import ClaimKind, Comparator, PeriodBasis, Precision

Status = Literal["accepted", "rejected", "pending"]

#: How sure an import is of a figure without doubts, and of one that must be looked at.
CONFIDENT, DOUBTED = 0.95, 0.4

#: reason code -> (Chinese, English). Cells without doubt carry ``figure`` or ``label``.
CELL_REASONS: dict[str, tuple[str, str]] = {
    "figure": ("数值", "a figure"),
    "label": ("表头、地区、时期等说明文字", "a header, region, period or other label"),
    "blank": ("空白，不等于0", "blank, which is not 0"),
    "missing_symbol": ("缺失符号（如 … —），不等于0", "a symbol for missing (… —), which is not 0"),
    "error_value": ("公式错误值", "the error value of a formula"),
    "duplicate_same": ("与前面的单元格重复", "the same figure as an earlier cell"),
    "formula_without_value": ("公式没有缓存结果", "a formula without a cached result"),
    "not_a_number": ("不是数字", "not a number"),
    "unknown_column": ("列标题未能识别", "the column header is not recognised"),
    "ambiguous_column": ("列标题对应多个指标", "the column header fits several indicators"),
    "duplicate_header": ("列标题重复", "the column header occurs twice"),
    "target_column": (
        "目标值列，须核对比较符与期限",
        "a target: comparator and due must be checked",
    ),
    "change_column": ("变化值列，不是水平值", "a change, not a level"),
    "rank_column": ("排名列，不是指标值", "a rank, not a figure"),
    "region_unknown": ("地区未能识别", "the region is not recognised"),
    "region_ambiguous": ("地区有重名", "several regions share the name"),
    "region_outside": ("地区不在所选范围内", "the region lies outside the chosen one"),
    "region_conflict": ("代码与名称不是同一地区", "code and name are of different regions"),
    "region_missing": ("没有写明地区", "no region is stated"),
    "code_lost_zeros": ("代码不足六位，可能丢失了0", "the code lacks digits, zeros may be lost"),
    "total_row": ("合计或平均行", "a total or average row"),
    "level": ("该指标不在这一层级统计", "the indicator is not stated at this level"),
    "period_missing": ("没有写明时期", "no period is stated"),
    "period_unknown": ("时期未能识别", "the period is not recognised"),
    "period_conflict": ("行与列写的时期不同", "row and column state different periods"),
    "unit_missing": ("没有写明单位", "no unit is stated"),
    "unit_unknown": ("单位未能识别", "the unit is not recognised"),
    "unit_conflict": (
        "单位与指标或列标题不符",
        "the unit does not fit the indicator or the header",
    ),
    "out_of_bounds": ("数值超出合理范围", "the value is out of bounds"),
    "looks_like_fraction": (
        "整列不大于1，可能是小数而非百分数",
        "no value above 1: fractions, not per cent?",
    ),
    "fraction_among_shares": (
        "同一指标的其他数值都大于10，此值不大于1，可能是小数而非百分数",
        "not above 1 while the others are above 10: a fraction, not per cent?",
    ),
    "duplicate_conflict": (
        "同一地区、时期有不同数值",
        "different figures for one region and period",
    ),
    "merged_value": ("数值单元格被合并", "the figure's cell is merged with others"),
    "hidden_sheet": ("隐藏的工作表", "a hidden sheet"),
    "hidden_row": ("隐藏的行", "a hidden row"),
    "hidden_column": ("隐藏的列", "a hidden column"),
    "date": ("日期，不是数字", "a date, not a number"),
    "logical": ("逻辑值，不是数字", "true or false, not a number"),
    "number_format": ("数字格式未能解读", "the number format is not understood"),
    "long_fraction": ("小数位过多且未设显示位数", "more decimals than can be shown, and no format"),
    "indicator_unknown": ("指标不在字典中", "the registry has no such indicator"),
    "note_row": ("表注等说明文字", "a note below or beside the table"),
    "no_table": ("未找到表头", "no header was found"),
}

#: trap code -> (Chinese, English): what was met in the file, whether or not it did harm.
TRAPS: dict[str, tuple[str, str]] = {
    "merged": ("合并单元格", "merged cells"),
    "formula": ("公式（已取缓存结果）", "formulas (their cached results were taken)"),
    "formula_without_value": ("公式没有缓存结果", "formulas without a cached result"),
    "hidden_sheet": ("隐藏的工作表", "hidden sheets"),
    "hidden_row": ("隐藏的行", "hidden rows"),
    "hidden_column": ("隐藏的列", "hidden columns"),
    "text_number": ("以文本存储的数字", "numbers stored as text"),
    "code_lost_zeros": ("代码丢失了0", "codes that lost zeros"),
    "dimension": ("工作表声明的范围不对", "a sheet declares a wrong range"),
    "missing_symbol": ("缺失符号", "symbols for missing"),
    "blank": ("空白单元格", "blank cells"),
    "duplicate_header": ("重复的列标题", "duplicate headers"),
    "percent_format": ("百分比格式（已按显示值读取）", "percent formats (read as shown)"),
    "rounded": (
        "显示值比存储值位数少，取显示值",
        "shown with fewer digits than stored: shown taken",
    ),
    "date": ("日期", "dates"),
    "error_value": ("公式错误值", "error values"),
    "looks_like_fraction": ("可能是小数而非百分数", "fractions that may be per cent"),
    "gb18030": ("按GB18030编码读取", "read as GB18030"),
    "ragged": ("各行列数不同", "rows of different lengths"),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim that a program proposes; field order is the order of columns in CSV.

    ``indicator_id`` is empty where the registry lacks the indicator; ``indicator_text``
    keeps the wording. ``region_code`` is empty where the place is not settled. Values
    are in ``unit`` as written; a ``change`` is negative for a fall. ``quote`` stands in
    the document at ``offset`` (``text[offset:offset + len(quote)] == quote``).
    ``reasons`` are codes of what proposed it: mining's, or :data:`CELL_REASONS`.
    """

    file: str
    indicator_id: str
    indicator_text: str
    region_code: str
    region_name: str
    kind: ClaimKind
    period: str | None
    period_basis: PeriodBasis
    baseline_period: str | None
    due: str | None
    comparator: Comparator | None
    value: Decimal | None
    upper: Decimal | None
    unit: str | None
    precision: Precision
    scope: str | None
    quote: str
    offset: int
    confidence: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportedCell(Candidate):
    """A candidate read from one cell of a spreadsheet.

    ``quote`` is row header, column header and the cell's text as written; ``section``
    the place of the cell (``表1!B7``); ``offset`` is −1: a cell stands in no running text.
    ``status`` is ``accepted`` where nothing is in doubt, else ``pending`` with the doubts
    in ``reasons`` (codes of :data:`CELL_REASONS`).
    """

    section: str
    status: Status


@dataclass(frozen=True, slots=True)
class CellOutcome:
    """What became of one cell, or one blank place of the table's body."""

    place: str
    text: str
    status: Status
    reason: str
    candidate: ImportedCell | None = None


def held_back(cell: CellOutcome, candidate: ImportedCell, doubt: str) -> CellOutcome:
    """The cell with one more doubt about its candidate, waiting for a person."""
    doubts = tuple(dict.fromkeys((*candidate.reasons, doubt)))
    waiting = replace(candidate, status="pending", reasons=doubts, confidence=DOUBTED)
    return replace(cell, status="pending", reason=doubts[0], candidate=waiting)


@dataclass(frozen=True)
class ImportResult:
    """Every cell of a file and what became of it; ``traps`` maps a code to the places met."""

    file: str
    cells: tuple[CellOutcome, ...]
    traps: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def candidates(self) -> list[ImportedCell]:
        """Figures to review: those without doubt first in file order, with the pending ones."""
        return [cell.candidate for cell in self.cells if cell.candidate is not None]

    @property
    def account(self) -> Account:
        """The conservation report."""
        return Account.of(self.cells)


@dataclass(frozen=True)
class Account:
    """read = accepted + rejected + pending, always; ``by_reason`` adds up to ``read`` too."""

    read: int
    accepted: int
    rejected: int
    pending: int
    by_reason: dict[tuple[str, str], int]

    @classmethod
    def of(cls, cells: Iterable[CellOutcome]) -> Account:
        """Count the outcomes."""
        counted = Counter((cell.status, cell.reason) for cell in cells)
        total = Counter[str]()
        for (status, _), number in counted.items():
            total[status] += number
        return cls(
            sum(counted.values()),
            total["accepted"],
            total["rejected"],
            total["pending"],
            dict(sorted(counted.items())),
        )

    @property
    def balanced(self) -> bool:
        """Whether nothing was lost."""
        return self.read == self.accepted + self.rejected + self.pending
