"""Looking into uploaded files of one kind each, with bounds; see ``uploads``."""
