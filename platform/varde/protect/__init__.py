"""The protect engine: which new figures may be shown, at the least cost, so that nobody is given away. Pure.

problem: reads and checks         attackers: who knows what           publication: the figures as whole-number rows
oracle: can a rest be 0, reach k? witnesses: tables that prove it     hitting: cheapest set that breaks every proof
exact, greedy: the searches       rounding: for comparison only       release: what is handed over
"""
