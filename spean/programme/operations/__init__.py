"""Every change of programmes and projects, one verb each."""
