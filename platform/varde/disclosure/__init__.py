"""What may be printed of small counts: one rule, for a region's pooled figures and for a kommune's own leaders.

rule: what is hidden                              witness: looks for another table that says the same
forms: a question's counts as a table of the rule
"""
