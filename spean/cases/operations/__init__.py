"""Every change of a case, one verb each."""
