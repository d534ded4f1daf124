"""The static site: every page in both languages, the data beside it, nothing fetched.

Opens from a USB stick. Written to a temporary folder and swapped in whole.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from plotly.offline import get_plotlyjs

from indicators.charts import theme
from indicators.export.datapackage import write_package
from indicators.export.edition import TITLES, Edition
from indicators.export.safe import swapped_folder
from indicators.export.site_blocks import Page
from indicators.export.site_pages import NAV, Pages
from indicators.export.tabular import json_of
from indicators.tables.citation import citation
from indicators.text import Language, translator

TEMPLATES = Path(__file__).parent / "templates" / "site"
_FOLDER: dict[Language, str] = {"zh": "", "en": "en/"}
_OTHER: dict[Language, Language] = {"zh": "en", "en": "zh"}

#: Called as (what, done, total) after every file.
Progress = Callable[[str, int, int], None]


def publish(edition: Edition, target: Path, progress: Progress | None = None) -> int:
    """Write the site of ``edition`` to ``target``; returns how many pages it has.

    Raises :class:`KnownProblem` where the folder cannot be written or holds other things.
    """
    for name in (*TITLES, "findings"):  # made once, shared by both languages
        getattr(edition, name)
    editions = [edition.in_language("zh"), edition.in_language("en")]
    books = [Pages(e) for e in editions]
    total = sum(len(book) for book in books) + len(TITLES) + 2
    done = 0
    with swapped_folder(target) as folder:
        for name in _files(folder, editions, books):
            done += 1
            if progress is not None:
                progress(name, done, total)
    return sum(len(book) for book in books)


def _files(folder: Path, editions: list[Edition], books: list[Pages]) -> Iterator[str]:
    _assets(folder / "assets")
    yield "assets"
    write_package(editions[0], folder)
    yield "datapackage.json"
    for name in TITLES:
        (folder / "data" / f"{name}.json").write_bytes(json_of(editions[0], name))
        yield f"data/{name}.json"
    template = _template()
    for edition, book in zip(editions, books, strict=True):
        for page in book:
            path = _FOLDER[edition.language] + page.path
            _write(folder / path, _render(template, edition, page, path))
            yield path


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html")


def _render(template: Template, edition: Edition, page: Page, path: str) -> str:
    lang = edition.language
    up = "../" * path.count("/")
    home = up + _FOLDER[lang]
    t = translator(lang)
    return template.render(
        page=page,
        t=t,
        lang="zh-CN" if lang == "zh" else "en",
        other_lang="en" if lang == "zh" else "zh-CN",
        other_name="English" if lang == "zh" else "中文",
        other_href=up + _FOLDER[_OTHER[lang]] + page.path,
        up=up,
        nav=[(home + href, t(word), href == page.nav) for href, word in NAV.items()],
        site=t("卫生健康改革指标看板"),
        as_of=edition.as_of.isoformat(),
        version=edition.version,
        selection=edition.selection,
        citation=citation(page.title, edition.as_of, edition.snapshot.digest, page.sources, lang),
        has_charts=any(block.kind == "chart" for block in page.blocks),
    )


def _assets(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "plotly.min.js").write_text(get_plotlyjs(), encoding="utf-8")
    (folder / "site.css").write_text(_css(), encoding="utf-8")
    script = (TEMPLATES / "site.js").read_text(encoding="utf-8")
    colours = json.dumps(_dark_colours(), sort_keys=True)
    (folder / "site.js").write_text(f"window.darkColours = {colours};\n{script}", encoding="utf-8")


def _css() -> str:
    """The style sheet, with the verdicts' colours of both themes."""
    light, dark = [], []
    for code, style in theme.VERDICTS.items():
        rule = ".v-{0} {{ color: {1}; background: {2}; }}"
        light.append(rule.format(code, style.light.ink, style.light.tint))
        dark.append("  " + rule.format(code, style.dark.ink, style.dark.tint))
    base = (TEMPLATES / "site.css").read_text(encoding="utf-8")
    night = "@media (prefers-color-scheme: dark) {\n" + "\n".join(dark) + "\n}\n"
    return base + "\n".join(light) + "\n" + night


def _dark_colours() -> dict[str, str]:
    """What each colour of a light figure is in the dark theme."""
    names = ("background", "text", "muted", "grid", "reported", "target", "benchmark")
    pairs = {getattr(theme.LIGHT, n): getattr(theme.DARK, n) for n in names}
    for style in theme.VERDICTS.values():
        pairs |= {style.light.ink: style.dark.ink, style.light.tint: style.dark.tint}
    return {light.lower(): dark for light, dark in pairs.items()}
