"""Pages of the plan: definition and targets of an indicator, the pohon kinerja."""
