"""Performance workloads: for each our figure, the peer's or the limit's, and the ratio, from one run."""
