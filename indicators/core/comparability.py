"""Why two figures may not stand side by side, written once as expressions.

Two figures are comparable only if indicator, level, scope and definition match. The
functions take Ibis columns and return the *reason* code (null = comparable), so that
verdicts and comparison tables decide by the same rule.
"""

from __future__ import annotations

import ibis
from ibis.expr.types import BooleanValue, StringValue, Table


def mismatch(
    *,
    same_level: BooleanValue,
    scope: tuple[StringValue, StringValue],
    definition: tuple[StringValue, StringValue],
) -> StringValue:
    """Reason code of the first difference: ``level``, ``scope``, ``definition`` or null."""
    return ibis.cases(
        (~same_level, "level"),
        (scope[0] != scope[1], "scope"),
        (definition[0] != definition[1], "definition"),
        else_=ibis.null("string"),
    )


def candidates(targets: Table, observations: Table, lineage: Table) -> Table:
    """Every observation that speaks of a target's indicator in its region or below it.

    Adds ``reason`` (null = comparable). Figures of a region below the target's never
    answer for it: they come back with reason ``level`` so that a reader learns why.
    Target columns keep their names; observation columns are prefixed ``o_``.
    """
    seen = observations.rename({f"o_{name}": name for name in observations.columns})
    own = targets.join(
        seen,
        [targets.indicator_id == seen.o_indicator_id, targets.region_code == seen.o_region_code],
    ).mutate(same_level=ibis.literal(True))
    below = seen.join(lineage, seen.o_region_code == lineage.region_code).drop("region_code")
    kin = (
        targets.join(
            below,
            [
                targets.indicator_id == below.o_indicator_id,
                targets.region_code == below.ancestor_code,
            ],
        )
        .drop("ancestor_code")
        .mutate(same_level=ibis.literal(False))
    )
    both = own.union(kin.select(own.columns))
    return both.mutate(
        reason=mismatch(
            same_level=both.same_level,
            scope=(both.scope, both.o_scope),
            definition=(both.definition, both.o_definition),
        )
    ).drop("same_level")
