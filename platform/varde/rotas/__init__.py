"""Opening hours and a rota, kept by people: what a kommune's team and a region's phone have in common.

A room that has a rota says in one `Plan` which tables hold it, who keeps it and what it is called in the log; the
tables are its own. The rules are in `varde.rota` and `varde.worktime`.
"""
