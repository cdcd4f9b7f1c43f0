"""Other systems that talk to an office: each has a token of its own, which says what it may and never opens content."""
