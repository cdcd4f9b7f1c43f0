"""What the region gives out: periods closed for good, protected figures released by two persons, and the ledger."""
