"""Linear and whole-number programs by GLPK: how small and how large can a rest be?"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import swiglpk as glpk

from tests.disclosure.attackers.knowledge import Reader

glpk.glp_term_out(glpk.GLP_OFF)


@dataclass
class Attack:
    """One reader's program, kept between questions, and every whole-number table that it came upon."""

    reader: Reader
    tables: list[Sequence[int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._program: Any = glpk.glp_create_prob()
        glpk.glp_add_cols(self._program, max(1, self.reader.width))
        for column in range(1, max(1, self.reader.width) + 1):
            glpk.glp_set_col_bnds(self._program, column, glpk.GLP_LO, 0.0, 0.0)
            glpk.glp_set_col_kind(self._program, column, glpk.GLP_IV)
        for columns, low, high in self.reader.rows:
            if columns:
                self._add(columns, low, high)
        self._simplex = glpk.glp_smcp()
        glpk.glp_init_smcp(self._simplex)
        self._whole = glpk.glp_iocp()
        glpk.glp_init_iocp(self._whole)

    def __del__(self) -> None:
        glpk.glp_delete_prob(self._program)

    def _add(self, columns: dict[int, int], low: int | None, high: int | None) -> None:
        place = glpk.glp_add_rows(self._program, 1)
        kinds = {(True, True): glpk.GLP_FR, (False, True): glpk.GLP_LO, (True, False): glpk.GLP_UP}
        kind = kinds.get((low is None, high is None), glpk.GLP_FX if low == high else glpk.GLP_DB)
        glpk.glp_set_row_bnds(self._program, place, kind, float(low or 0), float(high or 0))
        numbers, values = glpk.intArray(len(columns) + 1), glpk.doubleArray(len(columns) + 1)
        for at, (column, times) in enumerate(columns.items(), 1):
            numbers[at], values[at] = column + 1, float(times)
        glpk.glp_set_mat_row(self._program, place, len(columns), numbers, values)

    def ends(self, number: int) -> tuple[int | None, int | None]:
        """The least and the greatest that a question can be."""
        self.tables.clear()
        low = self._end(self.reader.asked[number], 1, 0)
        self.tables.clear()
        return low, self._end(self.reader.asked[number], -1, 0)

    def narrow(self, number: int, threshold: int) -> tuple[int | None, int | None] | None:
        """What is found out about a question: its ends, or None when it may be 0 and may reach the threshold."""
        asked = self.reader.asked[number]
        ends = [self._end(asked, sign, threshold) for sign in (1, -1)]
        if ends[0] == 0 and (ends[1] is None or ends[1] >= threshold):
            return None
        return ends[0], ends[1]

    def _end(self, asked: Collection[int], sign: int, threshold: int) -> int | None:
        known = [sum(table[column] for column in asked) for table in self.tables]
        if known and (min(known) == 0 if sign > 0 else max(known) >= threshold):
            return min(known) if sign > 0 else max(known)
        for column in range(self.reader.width):
            glpk.glp_set_obj_coef(self._program, column + 1, float(column in asked))
        glpk.glp_set_obj_dir(self._program, glpk.GLP_MIN if sign > 0 else glpk.GLP_MAX)
        status = glpk.glp_simplex(self._program, self._simplex)
        assert status == 0, f"GLPK gave up: {status}"
        if glpk.glp_get_status(self._program) == glpk.GLP_UNBND:
            return None
        assert glpk.glp_get_status(self._program) == glpk.GLP_OPT, "the publication contradicts itself"
        table = [glpk.glp_get_col_prim(self._program, column + 1) for column in range(self.reader.width)]
        if any(abs(value - round(value)) > 1e-7 for value in table):
            assert glpk.glp_intopt(self._program, self._whole) == 0
            table = [glpk.glp_mip_col_val(self._program, column + 1) for column in range(self.reader.width)]
        whole = [round(value) for value in table]
        if self._is_table(whole):
            self.tables.append(whole)
        return sum(whole[column] for column in asked)

    def _is_table(self, whole: Sequence[int]) -> bool:
        if min(whole, default=0) < 0:
            return False
        sums = ((sum(times * whole[c] for c, times in columns.items()), low, high)
                for columns, low, high in self.reader.rows)  # fmt: skip
        return all((low is None or low <= value) and (high is None or value <= high) for value, low, high in sums)
