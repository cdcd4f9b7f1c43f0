"""Says of a release of small counts whether it gives anybody away, without knowing how the release was made.

reading: problem and release, checked          views: who knows what, and what each may not learn
tables: whole-number tables, by additions      model: what one reader knows, as rows over unknown groups of atoms
solver: the one door to HiGHS                  certificates: bounds that hold by exact arithmetic
whole: least and greatest whole numbers        sums: a bound as a sum of printed figures
rounding: releases of rounded figures          words: sentences for people
verdict: all of it together                    check_release: the forty lines that anybody can run alone

The rule: take a cell without the reader's own atoms. If that rest is smaller than the threshold, everything printed
must leave it possible that the rest is 0 and that it reaches the threshold. What cannot be decided counts as unsafe.
"""
