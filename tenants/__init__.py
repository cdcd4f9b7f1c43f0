"""One kommune's schema. A concern walks inbox, triage, cases, measures, closing, returns."""
