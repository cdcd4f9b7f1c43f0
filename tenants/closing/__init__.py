"""The end of a case: what was done, also when nothing was solved."""
