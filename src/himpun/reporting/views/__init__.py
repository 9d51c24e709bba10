"""Pages of papers, signatures, delivery, and the public check."""
