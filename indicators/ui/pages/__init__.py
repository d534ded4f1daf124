"""One module a page, each with ``render(view)``: pick, fetch, empty?, show. No arithmetic."""
