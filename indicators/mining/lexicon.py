"""The words that decide what a figure is: change or level, promise or report, whose and of whom.

Patterns over *skeletons*: folded text in which each recognised piece is one private-use
character, so that ``由{P}的{Q}`` reads 由2019年的55.5%. All repetitions are bounded.
"""

from __future__ import annotations

import re

#: Skeleton characters: a term, a figure, a period, a region, a bracket, masked text.
T, Q, P, R, B, X = "\ue001", "\ue002", "\ue003", "\ue004", "\ue005", "\ue006"

#: Wordings of documents that are not names an indicator is known by: id -> phrases.
WORDINGS: dict[str, tuple[str, ...]] = {
    "referral_total": ("病例转诊", "转诊病例", "转诊患者"),
    "referral_down": ("下转", "向下转诊", "下转患者", "下转病人"),
    "referral_up": ("上转", "向上转诊", "上转患者", "上转病人"),
    "health_records_count": ("建立居民健康档案", "居民电子健康档案", "电子健康档案"),
    "elderly_managed_count": ("65岁及以上老年人管理人数", "老年人管理人数", "管理65岁及以上老年人"),
    "medical_elderly_care_dual_licensed": ("两证齐全",),
    "primary_standard_recommended_count": ("达到推荐标准",),
    "primary_standard_basic_count": ("达到基本标准",),
    "service_standard_recommended_share": (
        "推荐标准达标率",
        "达到推荐标准的占比",
        "达到国家推荐标准的占比",
        "推荐标准占比",
    ),
    "service_standard_basic_share": (
        "基本标准达标率",
        "达到基本标准的占比",
        "达到国家基本标准的占比",
        "基本标准占比",
    ),
    "general_practitioners_per_10k_urban": ("每万名城市居民拥有全科医生",),
    "primary_tcm_visit_share": ("基层中医诊疗量占同类机构诊疗总量比例",),
    "family_doctor_priority_coverage": ("重点人群签约覆盖率", "重点人群签约服务覆盖率"),
    "county_consortia": ("县域医共体", "组建医共体", "成立医共体"),
    "tight_consortia_count": ("紧密型医共体",),
    "livelihood_health_screening_count": ("健康民生项目筛查",),
    "primary_care_visit_share": ("基层医疗机构就诊率",),
    "health_staff_recruited_doctorate": ("引进博士生", "引进博士"),
    "ambulances_purchased": ("购置救护车",),
    "elderly_insured_count": ("适龄参保老人",),
    "life_expectancy": ("人均期望寿命", "平均预期寿命", "平均期望寿命"),
    "blood_pressure_control_rate": ("高血压患者血压控制率",),
    "blood_glucose_control_rate": ("糖尿病患者血糖控制率",),
    "tcm_clinic_coverage": ("中医馆设置率",),
}

#: Figure first, indicator after: id -> what follows the figure.
AFTER_FIGURE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("tcm_clinic_coverage", re.compile(r"^[均已全部都]{0,3}(?:建成|设置|建有|设立|建立)了?中医馆")),
    (
        "service_standard_basic_share",
        re.compile(rf"^的[^，。{Q}]{{2,40}}?达到了?(?:国家)?(?:服务能力)?(?:{T}|基本标准)"),
    ),
    (
        "service_standard_recommended_share",
        re.compile(rf"^的[^，。{Q}]{{2,40}}?达到了?(?:国家)?(?:服务能力)?(?:{T}|推荐标准)"),
    ),
)

#: The same for counts: 118家达到“优质服务基层行”基本标准.
AFTER_COUNT: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (
        f"primary_standard_{code}_count",
        re.compile(
            rf"^(?:[^，。；、{Q}0-9]{{2,24}}?)?(?:达到|达)了?(?:国家)?(?:优质服务基层行)?(?:活动)?"
            rf"(?:服务能力)?{words}标准"
        ),
    )
    for code, words in (("basic", "基本"), ("recommended", "推荐"))
)

_RISE = "提高|提升|增长|增加|上升|上涨|升高|新增|增幅|升幅|涨幅|增速|多增"
_FALL = "下降|降低|减少|回落|下滑|缩短|压缩|减轻|降幅|压减|少增"
#: name -> compiled pattern; tested on hostile text.
PATTERNS: dict[str, re.Pattern[str]] = {
    "rise": re.compile(
        rf"(?:(?:{_RISE})[了约近超达为率度]{{0,3}}|(?:较|比){P}[^，]{{0,6}}[高多]出?)$"
    ),
    "fall": re.compile(
        rf"(?:(?:{_FALL})[了约近超达为率度]{{0,3}}|(?:较|比){P}[^，]{{0,6}}[低少])$"
    ),
    "falling": re.compile(rf"(?:{_FALL}|降)"),
    "gap": re.compile(
        rf"(?:(?:高于|低于|高出|低出|超出|超过|多于|少于|好于|优于|落后于?)[^{Q}，]{{1,16}}"
        rf"|(?:比|较|与|距|离)[^{Q}，]{{0,12}}(?:平均|目标|标准|要求|{R})[^{Q}，]{{0,10}}[高低多少差距]{{1,2}}了?"
        r"|相差|差距为?|尚差|还差|相距)$"
    ),
    "aimed_at": re.compile(
        r"(?:与|距|较|比|离)(?:年度|既定|省定|规划|国家)?(?:目标|标准|要求)(?:值|任务)?(?:的|为)?$"
    ),
    "aim_after": re.compile(r"^的?(?:年度|规划|省定|国家)?(?:目标|标准|要求|平均)"),
    "aim_before": re.compile(
        r"(?:与|距|较|比|离|距离|完成了?|实现了?|达到了?|超过了?|高于|低于|超出|省定|国家|既定)$"
    ),
    "from": re.compile(
        rf"(?:由|从)(?:原来|目前|现在|当前|此前|原先|最初|改革前|试点前|{P})?(?:时|初)?(?:的|为)?{B}?$"
    ),
    "from_after": re.compile(r"^[^，；]{0,24}(?:到|至|为|成|降|升|增|提)"),
    "versus_far": re.compile(r"(?:[较与]|(?<![占同])比(?!例|重|率))[\u4e00-\u9fff]{2,8}的$"),
    "versus": re.compile(rf"(?:较|比|与|同|相比|{P}){P}?(?:的|为|时)?$"),
    "versus_period": re.compile(rf"(?:较|比|与|同)(?:{R})?{P}(?:的|为|时|底|末)?{B}?$"),
    "whole_share": re.compile(r"占(?:比|总数的?|全部的?|其?中的?)?(?:为|达)?$"),
    "year_on_year": re.compile(r"同比|较(?:上年|去年)?同期|与(?:上年|去年)?同期相比"),
    "each": re.compile(r"分别|依次"),
    "all": re.compile(r"[均都]"),
    "list_mark": re.compile(r"^(?:、|和|及|与|以及|或|，和){1,2}$"),
    "pledge": re.compile(
        r"力争|争取|确保(?!了)|努力(?:实现|使|将|达到|提高|把|让)|力求|计划(?!生育|免疫)(?:到|将|在|于|实现|达到|[\ue003])"
        r"|拟于|预期|预计|可达|目标|原则上|要(?:达到|实现|求|确保|力争|提高)|务必|必须|将(?:达到|提高|力争|实现)|[应须需]达到|有望"
        r"|[\ue003]计划|要[把将使]|硬指标|我们将|将(?:全力|继续|进一步|着力|大力|努力|加快|持续|重点)|[用经][过]?[一二两三四五12345]年(?:左右)?的?(?:时间|努力)"
        r"|[一二两三四五12345]年内|年内"
    ),
    "forecast": re.compile(r"预计|有望|预期"),
    "achieved": re.compile(
        r"已经?[达超提降完实建全]|[^\ue001]完成了|实现了|达到了|提前完成|超额完成|现已|均已|累计|仅为?$"
    ),
    "since": re.compile(r"自$"),
    "since_after": re.compile(r"^(?:起|以来|开始|启动|成立|挂牌)"),
    "extreme": re.compile(r"最[高低好差多少]"),
    "lasting": re.compile(
        r"连续[0-9一二三四五六七八九十]{1,3}年|[0-9一二三四五六七八九十]{1,3}年来?(?:均|都|持续|稳定|保持)"
    ),
    "place_before": re.compile(rf"{R}(?:的?(?:平均|总体)?(?:水平|均值|平均值|平均)?)$"),
    "held_to": re.compile(r"控制在$|应$|须$|需$"),
    "gap_after": re.compile(r"^的?(?:差距|缺口|距离)"),
    "aims_met": re.compile(
        r"(?:%|‰|以上|以内|以下|^)的[^，]{0,8}(?:目标|任务|要求)[^，]{0,6}(?:完成|实现|达成)"
    ),
    "apart": re.compile(r"(?<![提降减增最升])[高低多少]出?$"),
    "sorts": re.compile(
        r"^的(?:县|市(?!级)|区(?!级|域)|乡镇(?!卫生院)|镇(?!卫生院)|村(?!卫生室)|单位|地区|地方|省份|受访|[须应]|不得|机构有|(?:公立)?医院(?:不|应|须|要|有|共|占))"
    ),
    "per_step": re.compile(r"每(?:提高|提升|增加|增长|上升|降低|下降|减少|低于|高于|超过|相差)$"),
    "formula": re.compile(r"[×÷=]$|÷"),
    "sample": re.compile(r"抽查|抽取|抽样|随机|抽检"),
    "aim_is": re.compile(r"目标(?:值|任务)?(?:为|是|：|定为|设为)?$"),
    "binding": re.compile(
        r"计划(?:达到|完成|实现)|要(?:达到|实现|求)|力争|确保(?!了)|必须|务必|不[低少高多超][于过]$"
    ),
    "rank": re.compile(r"权重|分值|赋分|计分|得分|满分|加分|扣分"),
    "every": re.compile(r"每年|年均|逐年|每季度"),
    "on_base": re.compile(rf"(?:在|以)?{P}的?基础上"),
    "milestone": re.compile(
        r"全面推开|全覆盖|全面完成|全部完成|全面建成|基本建成|初步建成|初步形成|基本形成|全面建立|基本建立|全部建成|建成投用|建成并投入使用|通过[^，。；]{0,12}评审|全面推行|全面实施"
    ),
    "from_to": re.compile(r"(?:由|从)[^，；]{1,40}(?:到|至|降为|升为)"),
    "outlook": re.compile(
        r"目标|下一步|下一阶段|打算|今后|思路|计划|规划|指标要求|工作安排|工作要点"
        r"|(?:重点|主要|工作)任务(?!完成|落实|进展)"
    ),
    "letter": re.compile(r"建议|提案|议案|答复|复函|来信"),
    "until": re.compile(rf"(?:^|[，；。：、])到{P}"),
    "counting": re.compile(r"^(?:县|市|区|县区|乡镇|镇|街道)$"),
    "of_all_kinds": re.compile(r"(?:[各多][种类]|各种各样|不同)(?:形式|类型|模式)?的$"),
    "told": re.compile(rf"{P}(?:底|末|年)?(?:分别)?(?:为|达|是)"),
    "added": re.compile(r"(?:新增|再增|增加|新设立?|新创建?|再创建?|新建)$"),
    "per_area": re.compile(r"(?:每个?|各)(?:县|市|区|乡镇|街道|村)"),
    "listed_item": re.compile(r"^(?:[一二三四五六七八九]是|[(（][0-9一二三四五六七八九][)）])"),
    "example": re.compile(r"(?:例如|比如|譬如|其中如|^如)"),
}

#: Whose figures a narrower wording limits the indicator to: 户籍人口, 医共体内 …
SCOPE = re.compile(
    r"(?:户籍|常住|流动|农村|城镇|城市|城乡|参保|贫困|脱贫|低保|计生|医共体|医联体|试点|医疗集团)"
    r"(?:人口|居民|人群|人员|对象|家庭)?(?:集团|总医?院|成员单位|内部?|中)?(?:的|县|地区|单位)?$"
)
GROUP_SCOPE = re.compile(r"医共同?体(?:集团|总医?院|成员单位|内部?)|医疗集团内?|医联体内")
#: Wordings that turn the indicator into another one: 肿瘤患者…, 县域内基层…
NARROWER = re.compile(
    r"(?:患者|病人?|病种|人群|肿瘤|科室?|手术|儿童|妇女|老年人|孕产妇|学生|职工|居民医保|职工医保|城镇职工|域内|域外|县外|区域|范围|级|类|型|基层|非|未)的?$"
)
INSTITUTION = re.compile(
    r"(?:医院|卫生院|服务中心|保健院|疾控中心|分院|总院|诊所|卫生室|集团|中心|公司)的?$"
)
BELOW_COUNTY = re.compile(r"(?:镇|乡|街道|村|社区|办事处)的?$")
OTHER_AREA = re.compile(
    r"(?<![为由对将各全本我该在])(?:新区|高新区|经开区|开发区|示范区|管理区|园区|区|县|市|州|旗|盟|地区|省)的?$"
)
#: Words before a name that change nothing about whose figure it is.
_HARMLESS = (
    r"全市|我市|全县|全省|全区|各地|[县市区]级(?:公立)?(?:综合)?医院|[二三]级(?:及?以上)?(?:公立)?医院|各级|各县市区|各县|各区|区县|县区|县市|辖区|区域|总体|平均|其中|目前|同时|此外|另外|继续|持续|进一步|逐步"
    r"|稳步|不断|积极|努力|力争|争取|确保|保证|实现|推动|促进|促使|带动|使得|使|让|将|把|要|达到|完成|开展|组建|建成"
    r"|建立|累计|共有|共|已|现有|有|新建|打造|优化|提高|提升|降低|控制|巩固|保持|加快|居民|群众|公立医院|基层医疗卫生机构|基层机构"
    r"|基层医疗机构|乡镇卫生院|社区卫生服务中心|各项|主要|核心|指标|服务|健康|工作|要求|目标|原则上|预计|计划|免费"
    r"|全年|年度|当年|年末|期末|其|的|和|及|与|到|在|对|一是|二是|三是|四是|五是|六是|截至|截止|末|底前?|前|后|内|计|且|并|民生实事|项目|总医?院|分院|时|以|按|由|从|较|比|是|为|于|新增|可"
)
HARMLESS = re.compile(rf"(?:(?:{_HARMLESS}))")
#: Between a name and its figure: what says nothing else is meant.
_CARRYING = (
    r"上述|[两二三四五六各]项|指标|分别|依次|截[至止]|总量|实际|发展|扩大|扩展|壮大|首次|已有|现有|由此|最终|均|都|已经?|达到了?|达|为|是|至|到|约|提高|提升|上升|下降|降低|增长|增加|增至|降至|升至|控制|保持|稳定|维持|在"
    r"|逐步|稳步|进一步|持续|力争|要|将|应|须|需|可|能|不断|快速|大幅|由|从|的|比例|比重|水平|目标|值|了|也|则|又|再|仍|总体|平均|数量|总数|共有|共|计|合计"
    r"|完成|实现|民生实事|项目|患者|病例|基层分院|总院|分院|人次|人数|数|有|仅|同比|较|比|与|和|相比|同期|连续|年|其中|最高|最低|年底|力求|确保|争取|努力|不|超|现|全年|累计|机构"
)
CARRYING = re.compile(rf"(?:{_CARRYING})")
HAN_CHAR = re.compile(r"[\u4e00-\u9fff]")

#: Stretches that hold no figures: titles, document and telephone numbers, sessions …
MASKED = re.compile(
    r"《[^《》]{1,80}》"
    r"|[\u4e00-\u9fff]{0,12}[〔\[(][12][0-9]{3}[〕\])][0-9]{1,5}号"
    r"|第[0-9一二三四五六七八九十百零〇]{1,12}(?!季度|[上下]半年)(?:号|届|次|期|批|条|款|章|位|名|阶段)?"
    r"|(?<![0-9])0[0-9]{2,3}-?[0-9]{7,8}(?![0-9])|(?<![0-9])1[3-9][0-9]{9}(?![0-9])"
    r"|(?<![0-9])[0-9]{10,24}(?![0-9])"
    r"|[0-9一二三四五六七八九十]{1,3}(?:级|甲等|等甲级)|A\+?等次[0-9]{1,3}个"
    r"|(?:中央|全国|全省|全市|全球)[0-9一二三四五六七八九十]{1,3}强"
    r"|一[个名家所支项种份](?=[\u4e00-\u9fff])"
)


def residue(text: str, words: re.Pattern[str]) -> str:
    """What is left of ``text`` when such words and all but Han characters are taken out."""
    return "".join(HAN_CHAR.findall(words.sub("", text)))
