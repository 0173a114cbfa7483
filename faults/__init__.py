"""The fault rig: kills, cuts the power, fills the disk, moves the clock, and then counts what was promised and what is there."""
