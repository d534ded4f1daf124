"""Every verdict, caveat and boundary of the rules, one row each."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.support.judging import Case, Obs, caveats, judge

D = "2026-11-21"
U = (">=", "65", "2022")  # the usual target: at least 65 by 2022, due on 2022-12-31


def case(*observations: Obs, target: tuple[str, str, str | None] = U, **more: object) -> Case:
    return Case(*target, observations=observations, **more)  # type: ignore[arg-type]


#: name, case, as of, verdict, caveats, reason
TABLE = [
    # -- the due date has passed
    ("nothing reported", case(), D, "due_unreported", (), None),
    ("old value only", case(Obs("2021", "70")), D, "due_unreported", (), None),
    ("satisfied in the due year", case(Obs("2022", "65")), D, "met", (), None),
    ("a hair short", case(Obs("2022", "64.995")), D, "missed", (), None),
    ("mid-year of the due year", case(Obs("2022-H1", "66")), D, "met", (), None),
    (
        "last figure of the due year decides",
        case(Obs("2022-06", "66"), Obs("2022-12", "64")),
        D,
        "missed",
        (),
        None,
    ),
    ("on the boundary day", case(Obs("2022-12-31", "65")), D, "met", (), None),
    (
        "the day after is late",
        case(Obs("2023-01-01", "65")),
        D,
        "met_late",
        ("silent_at_due",),
        None,
    ),
    ("met a year late", case(Obs("2022", "60"), Obs("2023", "66")), D, "met_late", (), None),
    ("still short later", case(Obs("2022", "60"), Obs("2024", "64")), D, "missed", (), None),
    (
        "fell back after it was met",
        case(Obs("2022", "66"), Obs("2024", "60")),
        D,
        "met",
        ("fell_back",),
        None,
    ),
    ("met, then confirmed", case(Obs("2022", "66"), Obs("2024", "67")), D, "met", (), None),
    (
        "a month is due: same month",
        case(Obs("2022-06", "66"), target=(">=", "65", "2022-06")),
        D,
        "met",
        (),
        None,
    ),
    (
        "a month is due: a month early",
        case(Obs("2022-05", "66"), target=(">=", "65", "2022-06")),
        D,
        "due_unreported",
        (),
        None,
    ),
    (
        "a month is due: later in the year",
        case(Obs("2022", "66"), target=(">=", "65", "2022-06")),
        D,
        "met_late",
        ("silent_at_due",),
        None,
    ),
    (
        "a day is due: earlier that year",
        case(Obs("2022-03", "66"), target=(">=", "65", "2022-06-30")),
        D,
        "met",
        (),
        None,
    ),
    # -- the due date is ahead; D itself still belongs to the due period
    ("due today is ahead", case(), "2022-12-31", "unreported", (), None),
    ("due yesterday is past", case(), "2023-01-01", "due_unreported", (), None),
    ("ahead, one value", case(Obs("2021", "60")), "2022-06-30", "under_way", (), None),
    ("ahead, already satisfied", case(Obs("2021", "65")), "2022-06-30", "met", (), None),
    (
        "half the way at half the time",
        case(Obs("2020", "60"), Obs("2021", "62.5")),
        "2022-06-30",
        "on_track",
        (),
        None,
    ),
    (
        "less than half the way",
        case(Obs("2020", "60"), Obs("2021", "62.4")),
        "2022-06-30",
        "behind",
        (),
        None,
    ),
    ("moving away", case(Obs("2020", "60"), Obs("2021", "59")), "2022-06-30", "behind", (), None),
    (
        "once met, fell back, ahead",
        case(Obs("2020", "66"), Obs("2021", "64")),
        "2022-06-30",
        "behind",
        ("fell_back",),
        None,
    ),
    (
        "base is the last before a promise",
        case(Obs("2017", "40"), Obs("2018", "55"), Obs("2020", "59")),
        "2022-06-30",
        "behind",
        (),
        None,
    ),
    (
        "two years of four, half the way",
        case(Obs("2018", "55"), Obs("2020", "60")),
        "2022-06-30",
        "on_track",
        (),
        None,
    ),
    # -- no due date
    ("no date, nothing", case(target=(">=", "65", None)), D, "unreported", (), None),
    (
        "no date, short",
        case(Obs("2025", "60"), target=(">=", "65", None)),
        D,
        "under_way",
        (),
        None,
    ),
    (
        "no date, two values",
        case(Obs("2024", "58"), Obs("2025", "60"), target=(">=", "65", None)),
        D,
        "under_way",
        (),
        None,
    ),
    ("no date, satisfied", case(Obs("2025", "65"), target=(">=", "65", None)), D, "met", (), None),
    (
        "no date, old figure",
        case(Obs("2020", "65"), target=(">=", "65", None)),
        D,
        "met",
        ("stale",),
        None,
    ),
    # -- direction and comparator
    (
        "down: below",
        case(Obs("2022", "14.12"), target=("<=", "14.5", "2022"), direction="down"),
        D,
        "met",
        (),
        None,
    ),
    (
        "down: above",
        case(Obs("2022", "14.51"), target=("<=", "14.5", "2022"), direction="down"),
        D,
        "missed",
        (),
        None,
    ),
    ("= reached", case(Obs("2022", "65"), target=("=", "65", "2022")), D, "met", (), None),
    (
        "= exceeded where more is better",
        case(Obs("2022", "70"), target=("=", "65", "2022")),
        D,
        "met",
        (),
        None,
    ),
    (
        "= exceeded where only watched",
        case(Obs("2022", "70"), target=("=", "65", "2022"), direction="monitor"),
        D,
        "missed",
        (),
        None,
    ),
    (
        "about: inside the tolerance",
        case(Obs("2022", "89"), target=("~", "90", "2022")),
        D,
        "met",
        ("within_tolerance",),
        None,
    ),
    (
        "about: outside",
        case(Obs("2022", "88.99"), target=("~", "90", "2022")),
        D,
        "missed",
        (),
        None,
    ),
    (
        "about: better is no lapse",
        case(Obs("2022", "96"), target=("~", "90", "2022")),
        D,
        "met",
        (),
        None,
    ),
    (
        "about, watched: too far above",
        case(Obs("2022", "96"), target=("~", "90", "2022"), direction="monitor"),
        D,
        "missed",
        (),
        None,
    ),
    (
        "between: inside",
        case(Obs("2022", "2"), target=("between", "1", "2022"), upper="3", direction="monitor"),
        D,
        "met",
        (),
        None,
    ),
    (
        "between: above",
        case(Obs("2022", "3.1"), target=("between", "1", "2022"), upper="3", direction="monitor"),
        D,
        "missed",
        (),
        None,
    ),
    # -- imprecise figures decide only what they can
    ("65以上 meets 65", case(Obs("2022", "65", "at_least")), D, "met", (), None),
    (
        "60以上 cannot tell",
        case(Obs("2022", "60", "at_least")),
        D,
        "not_comparable",
        ("imprecise",),
        "imprecise",
    ),
    ("64以内 misses 65", case(Obs("2022", "64", "at_most")), D, "missed", (), None),
    (
        "约65 meets 65, with a caveat",
        case(Obs("2022", "64.2", "about")),
        D,
        "met",
        ("approximate",),
        None,
    ),
    (
        "约63 is clearly below",
        case(Obs("2022", "63.9", "about")),
        D,
        "missed",
        ("approximate",),
        None,
    ),
    (
        "60以上, date ahead",
        case(Obs("2021", "60", "at_least")),
        "2022-06-30",
        "under_way",
        ("imprecise",),
        None,
    ),
    # -- documents that disagree
    (
        "two documents, both satisfy",
        case(Obs("2022", "66"), Obs("2022", "67")),
        D,
        "met",
        ("sources_disagree",),
        None,
    ),
    (
        "two documents, one short",
        case(Obs("2022", "66"), Obs("2022", "64")),
        D,
        "missed",
        ("sources_disagree",),
        None,
    ),
    (
        "ahead, the newer document's figure is on the path, the older's is not",
        case(
            Obs("2020", "50"),
            Obs("2025", "74", dated="2026-03-31"),
            Obs("2025", "76", dated="2026-04-30"),
            target=(">=", "100", "2030"),
        ),
        "2026-06-30",
        "behind",
        ("sources_disagree",),
        None,
    ),
    (
        "ahead, the base is disputed",
        case(
            Obs("2020", "40"),
            Obs("2020", "50"),
            Obs("2025", "72"),
            target=(">=", "100", "2030"),
        ),
        "2026-06-30",
        "behind",
        ("sources_disagree",),
        None,
    ),
    (
        "ahead, disputed but on the path either way",
        case(
            Obs("2020", "50"),
            Obs("2025", "76"),
            Obs("2025", "75"),
            target=(">=", "100", "2030"),
        ),
        "2026-06-30",
        "on_track",
        ("sources_disagree",),
        None,
    ),
    (
        "past, a disputed base decides nothing",
        case(Obs("2020", "40"), Obs("2020", "50"), Obs("2022", "66")),
        D,
        "met",
        (),
        None,
    ),
    (
        "the due period is disputed, a later figure satisfies",
        case(Obs("2022", "66"), Obs("2022", "64"), Obs("2023", "67")),
        D,
        "met_late",
        ("sources_disagree",),
        None,
    ),
    (
        "the due period is disputed but satisfied either way",
        case(Obs("2022", "66"), Obs("2022", "67"), Obs("2023", "60"), Obs("2023", "61")),
        D,
        "met",
        ("fell_back", "sources_disagree"),
        None,
    ),
    ("two documents, one figure", case(Obs("2022", "66"), Obs("2022", "66.0")), D, "met", (), None),
    (
        "the longer period of one end decides",
        case(Obs("2022-H2", "66"), Obs("2022", "64")),
        D,
        "missed",
        (),
        None,
    ),
    # -- what may not be compared
    ("another scope", case(Obs("2022", "70", scope="户籍人口")), D, "not_comparable", (), "scope"),
    (
        "another definition",
        case(Obs("2022", "70", definition="2020版")),
        D,
        "not_comparable",
        (),
        "definition",
    ),
    (
        "a county for its city",
        case(Obs("2022", "70", below=True)),
        D,
        "not_comparable",
        (),
        "level",
    ),
    ("same scope", case(Obs("2022", "70", scope="户籍人口"), scope="户籍人口"), D, "met", (), None),
    (
        "comparable beats the rest",
        case(Obs("2022", "70", scope="户籍人口"), Obs("2022", "60")),
        D,
        "missed",
        (),
        None,
    ),
    # -- what was not known yet
    (
        "a later document is unknown",
        case(Obs("2022", "66", dated="2027-01-01")),
        D,
        "due_unreported",
        (),
        None,
    ),
    ("dated on D counts", case(Obs("2022", "66", dated=D)), D, "met", (), None),
    (
        "period taken from the document",
        case(Obs("2022", "66", inferred=True)),
        D,
        "met",
        ("period_inferred",),
        None,
    ),
]


@pytest.fixture(scope="module")
def judged() -> dict[str, dict[str, object]]:
    """All rows of the table, judged in one query per as-of date."""
    rows: dict[str, dict[str, object]] = {}
    for as_of in {entry[2] for entry in TABLE}:
        chosen = [entry for entry in TABLE if entry[2] == as_of]
        results = judge([entry[1] for entry in chosen], as_of)
        rows |= {entry[0]: row for entry, row in zip(chosen, results, strict=True)}
    return rows


@pytest.mark.parametrize("name", [entry[0] for entry in TABLE])
def test_verdict(judged: dict[str, dict[str, object]], name: str) -> None:
    expected = next(entry for entry in TABLE if entry[0] == name)
    row = judged[name]
    assert (row["verdict"], caveats(row), row["reason"]) == expected[3:]


def test_names_are_unique() -> None:
    assert len({entry[0] for entry in TABLE}) == len(TABLE)


def test_every_verdict_and_reason_occurs() -> None:
    assert {entry[3] for entry in TABLE} == {
        "met",
        "met_late",
        "missed",
        "due_unreported",
        "on_track",
        "behind",
        "under_way",
        "unreported",
        "not_comparable",
    }
    assert {entry[5] for entry in TABLE} == {None, "imprecise", "scope", "definition", "level"}


def test_numbers_beside_the_verdict() -> None:
    [row] = judge([case(Obs("2020", "60"), Obs("2021", "62.5"))], "2022-06-30")
    assert row["distance"] == Decimal("-2.5")
    assert row["achieved_pct"] == Decimal("50.0")
    assert row["actual_per_year"] == Decimal("2.50")
    assert row["required_per_year"] == Decimal("2.50")
    assert row["satisfies"] is False


AHEAD = "2026-06-30"


def _disputed(*dates: str) -> Case:
    older, newer = dates
    return case(
        Obs("2020", "50"),
        Obs("2025", "76", dated=older),
        Obs("2025", "74", dated=newer),
        target=(">=", "100", "2030"),
    )


def test_of_disputed_figures_the_worse_is_shown_whichever_document_is_newer() -> None:
    days = ("2026-03-31", "2026-04-30")
    for row in judge([_disputed(*days), _disputed(*reversed(days))], AHEAD):
        assert (row["verdict"], row["focus_value"]) == ("behind", Decimal(74))
        assert row["achieved_pct"] == Decimal("48.0")
        assert (row["disagree"], row["base_disagree"]) == (True, False)


def test_of_disputed_bases_the_one_nearer_the_target_is_measured_from() -> None:
    seen = (Obs("2020", "50"), Obs("2020", "40"), Obs("2025", "72"))
    cases = [case(*order, target=(">=", "100", "2030")) for order in (seen, seen[::-1])]
    for row in judge(cases, AHEAD):
        assert (row["base_value"], row["achieved_pct"]) == (Decimal(50), Decimal("44.0"))
        assert (row["disagree"], row["base_disagree"]) == (False, True)


def test_where_less_is_better_the_higher_figure_is_the_worse() -> None:
    seen = (Obs("2020", "50"), Obs("2025", "24"), Obs("2025", "26"))
    [row] = judge([case(*seen, target=("<=", "0", "2030"), direction="down")], AHEAD)
    assert (row["verdict"], row["focus_value"]) == ("behind", Decimal(26))
    assert row["achieved_pct"] == Decimal("48.0")


def test_the_base_of_several_periods_that_end_together_is_the_longest() -> None:
    [row] = judge([case(Obs("2020-12", "62"), Obs("2020", "60"), Obs("2021", "63"))], "2022-06-30")
    assert (row["base_value"], row["base_disagree"]) == (Decimal(60), False)


def test_no_yearly_change_is_required_once_the_date_has_passed() -> None:
    rows = judge([case(Obs("2020", "60"), Obs("2021", "62")), case(Obs("2021", "62"))], D)
    assert [r["verdict"] for r in rows] == ["due_unreported", "due_unreported"]
    assert [r["required_per_year"] for r in rows] == [None, None]
    assert [r["actual_per_year"] for r in rows] == [Decimal("2.00"), None]


def test_a_bound_requires_no_yearly_change() -> None:
    [row] = judge([case(Obs("2020", "50"), Obs("2021", "60", "at_most"))], "2022-06-30")
    assert (row["verdict"], row["required_per_year"], row["actual_per_year"]) == (
        "under_way",
        None,
        None,
    )


@pytest.mark.parametrize(
    ("target", "direction", "base", "value", "achieved", "required", "actual"),
    [
        # (5 - 5.99) / 2 = -0.495, rounded half up, away from zero
        ("5", "down", "6.98", "5.99", "50.0", "-0.50", "-0.50"),
        ("5", "down", "6.96", "5.99", "49.4", "-0.50", "-0.49"),
        # a share is cut, so that 99.975 % is not 100 %
        ("80", "up", "60", "79.995", "99.9", "0.003", "9.998"),
        ("80", "up", "60", "69.99", "49.9", "5.01", "5.00"),
        ("80", "up", "60", "69.999", "49.9", "5.001", "5.000"),
        ("80", "up", "60", "70", "50.0", "5.00", "5.00"),
        # a change that is not nothing does not read 0
        ("80", "up", "60", "60.001", "0.0", "10.000", "0.001"),
        ("80", "up", "60", "60", "0.0", "10.00", "0.00"),
    ],
)
def test_printed_numbers_never_contradict_the_verdict(
    target: str, direction: str, base: str, value: str, achieved: str, required: str, actual: str
) -> None:
    seen = (Obs("2020", base), Obs("2022", value))
    comparator = ">=" if direction == "up" else "<="
    [row] = judge(
        [case(*seen, target=(comparator, target, "2024"), direction=direction)], "2023-06-30"
    )
    assert [str(row[n]) for n in ("achieved_pct", "required_per_year", "actual_per_year")] == [
        achieved,
        required,
        actual,
    ]
    on_track = abs(row["actual_per_year"]) >= abs(row["required_per_year"])
    assert row["verdict"] == ("on_track" if on_track else "behind")


def test_what_is_required_of_a_range_leads_to_its_near_end() -> None:
    seen = (Obs("2020", "5"), Obs("2021", "4"))
    [row] = judge(
        [case(*seen, target=("between", "1", "2022"), upper="3", direction="monitor")],
        "2022-06-30",
    )
    assert row["required_per_year"] == Decimal("-1.00")


def test_last_known_value_is_shown_but_not_judged() -> None:
    [row] = judge([case(Obs("2020", "70"), Obs("2021", "66"))], D)
    assert (row["verdict"], row["shown"], row["satisfies"]) == ("due_unreported", "o0-1", True)
    assert row["distance"] == Decimal("1")


def test_one_value_has_no_trend() -> None:
    [row] = judge([case(Obs("2021", "60"))], "2022-06-30")
    assert row["base"] is None
    assert row["achieved_pct"] is None
    assert row["actual_per_year"] is None
    assert row["required_per_year"] is None


def test_base_equal_to_target_divides_by_nothing() -> None:
    [row] = judge([case(Obs("2020", "65"), Obs("2021", "64"))], "2022-06-30")
    assert row["verdict"] == "behind"
    assert row["achieved_pct"] is None
    assert row["cagr_ratio"] is None


def test_moving_away_has_no_share_achieved() -> None:
    [row] = judge([case(Obs("2020", "60"), Obs("2021", "58"))], "2022-06-30")
    assert row["achieved_pct"] is None
    assert row["actual_per_year"] == Decimal("-2.00")


def test_cagr_ratio_is_one_on_the_required_path() -> None:
    [row] = judge([case(Obs("2020", "60"), Obs("2022", "65"))], D)
    assert row["cagr_ratio"] == pytest.approx(1)


def test_distance_is_zero_inside_a_range_and_measured_from_the_near_end() -> None:
    rows = judge(
        [
            case(Obs("2022", v), target=("between", "1", "2022"), upper="3", direction="monitor")
            for v in ("2", "3.5", "0.4")
        ],
        D,
    )
    assert [r["distance"] for r in rows] == [Decimal(0), Decimal("0.5"), Decimal("-0.6")]
