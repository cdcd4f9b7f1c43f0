"""Host and partner kommuner."""
