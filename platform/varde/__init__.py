"""The ground the house stands on: knows no report and no case."""
