"""Places: the gazetteer, by source and version."""
