"""A small installation of invented places and figures, built in a folder of the test."""

from __future__ import annotations

from pathlib import Path

from indicators.core.settings import Settings
from indicators.files.write import Store

REGISTRY = """\
theme: {id: care, name: {zh: 就医, en: Care}}
indicators:
  - id: county_visit_share
    name: {zh: 县域内就诊率, en: Visits kept within the county}
    aliases: [县域就诊率]
    definition: {status: unverified}
    unit: "%"
    direction: up
    bounds: [0, 100]
    levels: [county, city]
    confusable_with: [{id: county_inpatient_share, why: 就诊率看门急诊与住院}]
  - id: county_inpatient_share
    name: {zh: 县域内住院率, en: Inpatients kept within the county}
    definition: {status: unverified}
    unit: "%"
    direction: up
    bounds: [0, 100]
    levels: [county, city]
    confusable_with: [{id: county_visit_share, why: 住院率只看住院}]
  - id: health_record_coverage
    name: {zh: 居民健康档案建档率, en: Health record coverage}
    aliases: [建档率]
    definition: {status: partial}
    unit: "%"
    direction: up
    bounds: [0, 100]
    levels: [county, city, province]
  - id: infant_mortality_rate
    name: {zh: 婴儿死亡率, en: Infant mortality rate}
    definition: {status: partial}
    unit: "‰"
    direction: down
    bounds: [0, 1000]
    levels: [county, city, province]
  - id: village_clinics
    name: {zh: 村卫生室数, en: Village clinics}
    definition: {status: local}
    unit: 个
    direction: monitor
    bounds: [0, null]
    levels: [county, city]
"""
REGIONS = """\
code,name,level,parent,valid_from,valid_to
000000,全国,country,,,
990000,云江省,province,000000,,
990100,云江市,city,990000,,
990121,甲山县,county,990100,,
990122,乙水县,county,990100,,
990123,丙湖县,county,990100,,
990200,东陵市,city,990000,,
990221,东陵县,county,990200,,
"""
DOCUMENT = """\
# 云江市 2022 年答复
id: {id}
title: 对云江市第12号建议的答复
kind: npc_reply
issuer: 云江市卫生健康委员会
number: null
region: "990100"
dated: 2022-05-30
source: {{file: {id}.txt, sha256: {sha}}}
claims:
  # 一、健康档案
  - indicator: health_record_coverage
    kind: reported
    period: 2021
    value: 93.05   # 原文如此
    unit: "%"
    quote: 建档率达到93.05%
    section: 一
  - indicator: county_visit_share
    kind: reported
    region: "990121"
    period: 2021
    value: 60.5
    unit: "%"
    quote: 甲山县县域内就诊率达到60.5%
"""
CLAIM = {
    "indicator": "infant_mortality_rate",
    "kind": "reported",
    "period": "2021",
    "value": "3.60",
    "unit": "‰",
    "quote": "婴儿死亡率为3.60‰",
}


def install(root: Path, ids: tuple[str, ...] = ("yunjiang-2022",)) -> Settings:
    """Write registry, regions and one document per id below ``root``."""
    (root / "registry").mkdir()
    (root / "data" / "documents").mkdir(parents=True)
    (root / "registry" / "care.yaml").write_text(REGISTRY, "utf-8")
    (root / "data" / "regions.csv").write_text(REGIONS, "utf-8")
    for number, name in enumerate(ids):
        text = DOCUMENT.format(id=name, sha=f"{number + 1:064x}")
        (root / "data" / "documents" / f"{name}.yaml").write_text(text, "utf-8")
    return Settings.model_validate({"paths": {"registry": "registry"}})


def store(root: Path, ids: tuple[str, ...] = ("yunjiang-2022",)) -> Store:
    """A store on a new installation."""
    return Store(root, install(root, ids))
