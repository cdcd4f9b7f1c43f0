"""Who a matter is about: cards of persons, their own voice, and warnings for those who visit."""
