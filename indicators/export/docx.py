"""The circular (季度通报) as a Word document, for regions or for one proposal."""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx.document import Document
from docx.enum.text import WD_LINE_SPACING
from docx.shared import Mm
from docx.table import Table
from docx.text.paragraph import Paragraph

from indicators.charts.theme import VERDICTS
from indicators.charts.words import amount, period, target
from indicators.core.settings import Appraisal
from indicators.export import sentences
from indicators.export.beside import beside
from indicators.export.docx_notes import Endnotes
from indicators.export.docx_page import indent, new_document
from indicators.export.docx_table import grid, rgb, shade
from indicators.export.edition import Edition
from indicators.export.pictures import Picture
from indicators.export.rules import general_rules
from indicators.export.safe import clean
from indicators.export.sentences import Row
from indicators.export.tabular import LICENCE, missing
from indicators.tables.grid import VERDICT_ORDER
from indicators.text import mark
from indicators.text.codes import label

_BLOCK_MM = (156, 190)
_TITLE_LINE = 20
#: Words of a heading and after how many of their characters a line may end.
_BREAKS = (("卫生健康改革指标", 0), ("的承诺核查情况", 1))
_NUMERALS = "一二三四五六七八九十"


def circular(edition: Edition, pictures: Sequence[Picture] | None) -> bytes:
    """The document. ``pictures`` are those of :func:`indicators.export.pictures.draw`;

    None says that no browser could draw them, and the circular says so too.
    """
    return _Circular(edition).write(pictures)


def title(edition: Edition) -> str:
    """The heading: the regions or the proposal, never an issuer."""
    t = edition.t
    if edition.proposal:
        return t("关于“{name}”的承诺核查情况", name=proposal_name(edition))
    names = [edition.snapshot.regions[code].name for code in edition.regions or ()]
    if not names or len(names) > 3:
        return t("卫生健康改革指标进展情况通报")
    mark = "、" if edition.language == "zh" else ", "
    return t("{regions}卫生健康改革指标进展情况通报", regions=mark.join(names))


def broken(heading: str) -> str:
    """The heading in lines of at most 20 characters, none left with a character or two.

    20 characters of 2号 fill the text block; GB/T 9704 asks for lines that keep words whole,
    so the break stands before the subject where there is one, else in the middle.
    """
    if len(heading) <= _TITLE_LINE:
        return heading
    found = (heading.find(words) + after for words, after in _BREAKS if words in heading)
    at = next((place for place in found if 0 < place <= _TITLE_LINE), (len(heading) + 1) // 2)
    return f"{heading[:at]}\n{heading[at:]}"


def proposal_name(edition: Edition) -> str:
    """The proposal as its reply names it, where the selection means exactly one."""
    named = {d for d in edition.documents["proposal"] if not missing(d)}
    return edition.t(named.pop()) if len(named) == 1 else str(edition.proposal)


class _Circular:
    """Writes one circular from top to bottom."""

    def __init__(self, edition: Edition) -> None:
        self.edition, self.t = edition, edition.t
        self.document: Document = new_document(edition.language, title(edition), edition.as_of)
        self.notes = Endnotes(self.document)
        self._chapters = 0

    def write(self, pictures: Sequence[Picture] | None) -> bytes:
        edition, t = self.edition, self.t
        heading = clean(title(edition))
        heading = broken(heading) if edition.language == "zh" else heading
        self.document.add_paragraph(heading, style="Title")
        self._centred(t("（截至{day}，数据版本 {version}）", day=sentences.day(edition),
                        version=edition.version))  # fmt: skip
        self.document.add_paragraph()
        if edition.claims.empty and edition.commitments.empty:
            self._body(t("所选范围内没有数据。"))
            return self._bytes()
        self._overall(pictures)
        self._verdict_table()
        self._regions()
        self._due_list()
        if edition.settings.appraisal is not None:
            self._appraisal(edition.settings.appraisal)
        self._reading()
        return self._bytes()

    def _bytes(self) -> bytes:
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    # paragraphs -------------------------------------------------------------------------

    def _centred(self, text: str) -> None:
        paragraph = self.document.add_paragraph(clean(text))
        paragraph.alignment = 1  # type: ignore[assignment]

    def _body(self, text: str) -> Paragraph:
        paragraph = self.document.add_paragraph(clean(text))
        indent(paragraph._p)
        return paragraph

    def _add(self, paragraph: Paragraph, text: str) -> None:
        if text:
            paragraph.add_run(clean(text))

    def _chapter(self, text: str) -> None:
        """一、二、三、 in Chinese, 1. 2. 3. in English."""
        zh = self.edition.language == "zh"
        number = f"{_NUMERALS[self._chapters]}、" if zh else f"{self._chapters + 1}. "
        self._chapters += 1
        self.document.add_paragraph(number + clean(text), style="Heading 1")

    def _section(self, number: int, text: str) -> None:
        zh = self.edition.language == "zh"
        head = f"（{numeral(number)}）" if zh else f"({number}) "
        self.document.add_paragraph(head + clean(text), style="Heading 2")

    # chapters ---------------------------------------------------------------------------

    def _overall(self, pictures: Sequence[Picture] | None) -> None:
        self._chapter(self.t("总体情况"))
        for line in sentences.overall(self.edition):
            self._body(line)
        if pictures is None:
            self._body(self.t("编写本通报的计算机上没有可用的浏览器，图从略；数值见下表。"))
        for number, picture in enumerate(pictures or (), start=1):
            self._picture(number, picture)

    def _picture(self, number: int, picture: Picture) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        paragraph.paragraph_format.keep_with_next = True
        shape = paragraph.add_run().add_picture(io.BytesIO(picture.png))
        scale = min(Mm(_BLOCK_MM[0]) / shape.width, Mm(_BLOCK_MM[1]) / shape.height)
        shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)  # type: ignore[assignment]
        described = shape._inline.docPr
        described.set("descr", clean(picture.summary))
        described.set("title", self.t("图 {number}", number=number))
        caption = self.t("图 {number}　{text}", number=number, text=picture.summary)
        self.document.add_paragraph(clean(caption), style="Circular small")

    def _verdict_table(self) -> None:
        rows = self.edition.commitments.to_dict("records")
        self._chapter(self.t("承诺核查结论"))
        if not rows:
            self._body(self.t("所选范围内的文件没有写承诺。"))
            return
        self._body(self.t("按结论排列如下，注号所指的原句和文件见文末。"))
        rows.sort(key=lambda row: VERDICT_ORDER.index(row["verdict"]))
        heads = [self.t(word) for word in ("结论", "地区", "指标", "目标", "期限", "所示数值")]
        table = grid(self.document, heads, len(rows))
        for line, row in enumerate(rows, start=1):
            self._verdict_row(table, line, row)

    def _verdict_row(self, table: Table, line: int, row: Row) -> None:
        lang, cells = self.edition.language, table.rows[line].cells
        style = VERDICTS[row["verdict"]]
        run = (
            cells[0]
            .paragraphs[0]
            .add_run(f"{style.glyph} {label('verdict', row['verdict'], lang)}")
        )
        run.font.color.rgb = rgb(style.light.ink)
        shade(cells[0], style.light.tint)
        promised = target(row["comparator"], row["target"], row["target_upper"], row["unit"], lang)
        texts = [
            row["region_name"],
            row["indicator_name" if lang == "zh" else "indicator_name_en"],
            promised,
            period(row["due"], lang) if row["due"] else self.t("未写期限"),
        ]
        for cell, text in zip(cells[1:5], texts, strict=True):
            self._add(cell.paragraphs[0], text)
        self._cite_claim(cells[3].paragraphs[0], row)
        if missing(row["value"]):
            self._add(cells[5].paragraphs[0], "—")
            return
        value = amount(row["value"], row["unit"], lang, row["precision"])
        self._add(cells[5].paragraphs[0], f"{value} ({period(row['period'], lang)})")
        self._cite_figure(cells[5].paragraphs[0], row)
        self._beside(cells[5].paragraphs[0], row)

    def _regions(self) -> None:
        self._chapter(self.t("分地区情况"))
        claims = self.edition.claims.to_dict("records")
        promises = self.edition.commitments.to_dict("records")
        for number, subject in enumerate(self.edition.subjects, start=1):
            self._section(number, subject.name)
            mine = [row for row in claims if row["region_code"] == subject.code]
            promised = [row for row in promises if row["region_code"] == subject.code]
            self._body(sentences.region(self.edition, subject.name, mine, promised))
            self._promises(promised)
            self._reports([row for row in mine if row["kind"] in ("reported", "change")])

    def _promises(self, rows: list[Row]) -> None:
        for row in rows:
            paragraph = self._body(sentences.promise(self.edition, row))
            self._cite_claim(paragraph, row)
            shown = sentences.shown_figure(self.edition, row)
            if shown:
                self._add(paragraph, shown)
                self._cite_figure(paragraph, row)
                self._beside(paragraph, row)
            self._add(paragraph, sentences.distance(self.edition, row))
            self._add(paragraph, sentences.outcome(self.edition, row) + self.t("。"))

    def _reports(self, rows: list[Row]) -> None:
        """A paragraph per theme: the reported figures, those without a period apart."""
        for theme_id in dict.fromkeys(row["theme_id"] for row in rows):
            mine = [row for row in rows if row["theme_id"] == theme_id]
            name = self._theme(theme_id)
            stated = [row for row in mine if not sentences.undated(row)]
            self._figures(self.t("报告值（{theme}）：", theme=name), stated)
            rest = [row for row in mine if sentences.undated(row)]
            for dated in dict.fromkeys(row["period"] for row in rest):
                head = self.t(
                    "报告值（{theme}；文中未写期间，按文件日期{day}）：",
                    theme=name,
                    day=period(dated, self.edition.language),
                )
                self._figures(head, [row for row in rest if row["period"] == dated])

    def _theme(self, theme_id: str) -> str:
        for theme in self.edition.snapshot.themes:
            if theme.id == theme_id:
                return theme.name.zh if self.edition.language == "zh" else theme.name.en
        return theme_id

    def _figures(self, head: str, rows: list[Row]) -> None:
        if not rows:
            return
        paragraph = self._body(head)
        for place, row in enumerate(rows, start=1):
            self._add(paragraph, sentences.reported(self.edition, row))
            self._cite_claim(paragraph, row)
            self._add(paragraph, self.t("。") if place == len(rows) else self.t("；"))

    def _due_list(self) -> None:
        self._chapter(self.t("到期未报告清单"))
        rows = [
            row
            for row in self.edition.commitments.to_dict("records")
            if row["verdict"] == "due_unreported"
        ]
        if not rows:
            self._body(
                self.t("截至{day}，没有到期而未见报告的承诺。", day=sentences.day(self.edition))
            )
            return
        rows.sort(key=lambda row: (row["due_last"], row["target_id"]))
        text = mark("截至{day}，已到期限而所收文件中没有覆盖期限年度或更晚的数值的，有{n}项：")
        self._body(self.t(text, day=sentences.day(self.edition), n=len(rows)))
        for number, row in enumerate(rows, start=1):
            paragraph = self._body(f"{number}. {self._due_line(row)}")
            self._cite_claim(paragraph, row)
            self._add(paragraph, self.t("。"))

    def _appraisal(self, appraisal: Appraisal) -> None:
        """半年考核: the scores, what is missing, and how firm the ranks are."""
        t, edition = self.t, self.edition
        self._chapter(t("考核得分"))
        for line in sentences.appraisal(edition, appraisal):
            self._body(line)
        rows = edition.appraisal.to_dict("records")
        words = ("地区", "得分", "名次", "权重±20%时名次", "有数值的权重", "未计分的指标")
        table = grid(self.document, [t(word) for word in words], len(rows))
        for place, row in enumerate(rows, start=1):
            texts = sentences.appraised(edition, row)
            for cell, text in zip(table.rows[place].cells, texts, strict=True):
                self._add(cell.paragraphs[0], text)

    def _due_line(self, row: Row) -> str:
        lang = self.edition.language
        return self.t(
            "{region}　{indicator}　目标：{target}　期限：{due}",
            region=row["region_name"],
            indicator=row["indicator_name" if lang == "zh" else "indicator_name_en"],
            target=target(row["comparator"], row["target"], row["target_upper"], row["unit"], lang),
            due=period(row["due"], lang),
        )

    def _reading(self) -> None:
        self._chapter(self.t("数据说明"))
        for rule in general_rules(self.edition.language):
            self._body(rule)
        column = "text_zh" if self.edition.language == "zh" else "text_en"
        for row in self.edition.findings.to_dict("records"):
            paragraph = self._body(self.t("复核：{text}", text=row[column]))
            claims = [self.edition.cited[code] for code in row["claim_ids"]]
            # several figures of one sentence share its note
            once = {sentences.note_key(claim): claim for claim in claims}.values()
            for place, claim in enumerate(once):
                if place:  # 38 and 39 must not read 3839
                    paragraph.add_run(self.t("、")).font.superscript = True
                self._cite_claim(paragraph, claim)
        for name in self.edition.snapshot.left_out:
            self._body(self.t("未读入的文件：{name}", name=name))
        self._body(self.t(LICENCE))

    # cells and notes --------------------------------------------------------------------

    def _cite_claim(self, paragraph: Paragraph, row: Row) -> None:
        source = sentences.source_of_claim(self.edition, row)
        self.notes.cite(paragraph, sentences.note_key(row), source)

    def _beside(self, paragraph: Paragraph, row: Row) -> None:
        """Other documents' figures, and the one a pace is measured from, each with its note."""
        for other in beside(self.edition, row):
            self._add(paragraph, self.t("；") + other.text)
            self.notes.cite(paragraph, other.key, other.source)

    def _cite_figure(self, paragraph: Paragraph, row: Row) -> None:
        source = sentences.source_of_figure(self.edition, row)
        self.notes.cite(paragraph, sentences.note_key(row, "value_"), source)


def numeral(number: int) -> str:
    """1-99 as headings write them: 一 … 十 … 二十三; beyond, Arabic digits."""
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _NUMERALS[tens - 1] + "十"
    return head + (_NUMERALS[ones - 1] if ones else "")
