"""Pages of SOPs, cases and tasks."""
