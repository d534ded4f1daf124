"""The pages of the static site: overview, progress, commitments, comparison, regions, documents,
registry. Each reads the tables of the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from indicators.export.edition import Edition
from indicators.export.site_blocks import Page
from indicators.export.site_pages.about import about
from indicators.export.site_pages.commitments import commitments
from indicators.export.site_pages.comparison import comparison
from indicators.export.site_pages.documents import documents
from indicators.export.site_pages.overview import overview
from indicators.export.site_pages.parts import Site
from indicators.export.site_pages.progress import indicator, progress
from indicators.export.site_pages.regions import region, regions
from indicators.export.site_pages.registry import registry
from indicators.text import mark

#: Pages in their order, and what the navigation calls them.
NAV: dict[str, str] = {
    "index.html": mark("总览"),
    "progress.html": mark("指标进度"),
    "commitments.html": mark("承诺核查"),
    "comparison.html": mark("城市对比"),
    "regions.html": mark("地区档案"),
    "documents.html": mark("文献与引文"),
    "registry.html": mark("指标字典"),
    "about.html": mark("说明与下载"),
}

_PAGES: tuple[Callable[[Site], Page], ...] = (
    overview,
    progress,
    commitments,
    comparison,
    regions,
    documents,
    registry,
    about,
)


class Pages:
    """All pages of one language."""

    def __init__(self, edition: Edition) -> None:
        self.site = Site(edition)

    def __len__(self) -> int:
        return len(NAV) + len(self.site.indicators) + len(self.site.edition.subjects)

    def __iter__(self) -> Iterator[Page]:
        for page in _PAGES:
            yield page(self.site)
        for indicator_id in self.site.indicators:
            yield indicator(self.site, self.site.edition.snapshot.indicators[indicator_id])
        for subject in self.site.edition.subjects:
            yield region(self.site, subject)
