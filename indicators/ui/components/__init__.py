"""Parts that pages are put together from; none of them computes a figure."""
