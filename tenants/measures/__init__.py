"""What is done for the person."""
