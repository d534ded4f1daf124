"""Column contracts of the frames that the rules read (Ibis schemas).

Values are decimals in the indicator's own unit: 64.995 is not 65, and a unit that is
scaled scales both sides alike. Missing text is the empty string, so that joins on
scope and definition need no null logic.
"""

from __future__ import annotations

import ibis

#: 16 integer and 8 fraction digits: wide enough for every unit, narrow enough that a
#: product with a number of days still fits 38 digits on every engine.
DECIMAL = "decimal(24, 8)"

OBSERVATIONS = ibis.schema(
    {
        "obs_id": "string",
        "region_code": "string",
        "indicator_id": "string",
        "scope": "string",
        "definition": "string",
        "first": "date",
        "last": "date",
        "value": DECIMAL,
        "precision": "string",
        "dated": "date",
        "inferred": "boolean",
    }
)

TARGETS = ibis.schema(
    {
        "target_id": "string",
        "region_code": "string",
        "indicator_id": "string",
        "scope": "string",
        "definition": "string",
        "direction": "string",
        "comparator": "string",
        "value": DECIMAL,
        "upper": DECIMAL,
        "tolerance": DECIMAL,
        "due_last": "date",
        "due_from": "date",
        "promised_on": "date",
    }
)

#: One row per region and each region above it (the region itself excluded).
LINEAGE = ibis.schema({"region_code": "string", "ancestor_code": "string"})
