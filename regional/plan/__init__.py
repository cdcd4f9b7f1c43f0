"""The region's action plan: goals, measures, who does what, and how far it has come."""
