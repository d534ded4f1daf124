"""Files that page 8 hands out: which kinds there are, how each is made, and what is in it."""
