"""Everything that leaves the program as a file. Every export reads the tables of the screen."""
