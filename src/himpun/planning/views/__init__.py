"""Pages of the plan. ``nodes``: the pohon kinerja and the form of a condition."""
