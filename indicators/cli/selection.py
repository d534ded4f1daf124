"""The selection that the exporting commands share: regions, day, language, proposal."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from indicators.cli.context import as_of, iso_date, open_data, region_codes
from indicators.core.checks import unknown_indicator
from indicators.core.errors import KnownProblem

if TYPE_CHECKING:
    from indicators.export.edition import Edition


def add_selection(parser: argparse.ArgumentParser, *, proposal: bool = False) -> None:
    """Options ``--region`` (repeatable), ``--as-of``, ``--lang`` and maybe ``--proposal``."""
    parser.add_argument(
        "--region",
        action="append",
        metavar="CODE",
        help="this region and those below it (code or name; repeatable; default: all)",
    )
    parser.add_argument("--as-of", type=iso_date, metavar="DATE", help="the day of the reading")
    parser.add_argument("--lang", choices=("zh", "en"), help="language (default: the settings')")
    if proposal:
        parser.add_argument(
            "--proposal",
            metavar="NUMBER",
            help="one proposal (162), or the number or id of one document",
        )


def edition(args: argparse.Namespace) -> Edition:
    """The edition that the options describe.

    Raises :class:`KnownProblem` for an unknown region or indicator, or a proposal nobody answers.
    """
    from indicators.export.edition import Edition

    context = open_data(args)
    named = tuple(getattr(args, "indicator", None) or ())
    for name in named:
        if name not in context.snapshot.indicators:
            raise KnownProblem(unknown_indicator(name, context.snapshot.indicators))
    chosen = Edition(
        context.snapshot,
        context.settings,
        as_of(args, context.settings),
        args.lang or context.settings.language,
        regions=region_codes(args.region, context.snapshot) if args.region else None,
        indicators=named or None,
        proposal=getattr(args, "proposal", None),
        verified=context.verification().dates(context.snapshot),
    )
    if chosen.proposal is not None and chosen.documents.empty:
        raise KnownProblem(f'no document known on {chosen.as_of} answers "{chosen.proposal}"')
    return chosen
