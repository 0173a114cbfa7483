"""Every change of the library: facts by people, pages from the files."""
