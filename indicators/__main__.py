"""``python -m indicators COMMAND``."""

from __future__ import annotations

import sys

from indicators.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
