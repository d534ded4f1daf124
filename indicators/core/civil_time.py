"""The civil day in China: what "today" means to the readers, wherever the server stands.

A fixed offset, because China keeps no summer time and a machine may lack the zone table.
"""

from __future__ import annotations

from datetime import timedelta, timezone

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
