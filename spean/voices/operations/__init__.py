"""Every change to concerns and issues, one verb each: intake, triage, issues, answers."""
