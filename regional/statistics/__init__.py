"""Returns added up for the region, protected before anyone sees them."""
