"""One office, one schema, one database login; entered through one door."""
