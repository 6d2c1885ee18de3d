"""The reference experiments of the labs: each module has `experiment(seeds)` and returns plain numbers."""
