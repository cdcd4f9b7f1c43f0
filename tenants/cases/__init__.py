"""The case: its members, notes, next steps and answers to the form."""
