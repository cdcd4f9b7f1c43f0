"""Does a release prove that it gives nobody away? By additions only, with Python alone: python check_release.py FILE"""

import itertools
import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    given = json.load(file)
problem, release = given["problem"], given["release"]
rule = {"threshold": 5, "coalition": 1, "zeros": "hide"} | problem.get("rule", {})
truth = {atom["id"]: atom["count"] for atom in problem["atoms"]}
holder = {atom["id"]: atom.get("holder") for atom in problem["atoms"]}
cells = {cell["id"]: cell["atoms"] for cell in problem["cells"]}
shown = set(release["show"]) | {cell["id"] for cell in problem["cells"] if cell.get("state") == "published"}


def same_publication(table: dict[str, int]) -> bool:
    """Whole counts that are not negative, the printed figures as printed, the facts of the form as they are."""
    sums = [sum(table[atom] for atom in cells[name]) == sum(truth[atom] for atom in cells[name]) for name in shown]
    facts = [(sum(times * table[atom] for atom, times in row["atoms"].items()), row) for row in problem.get("rows", [])]
    low = all(row.get("low") is None or row["low"] <= value for value, row in facts)
    high = all(row.get("high") is None or value <= row["high"] for value, row in facts)
    return all(sums) and low and high and all(type(count) is int and count >= 0 for count in table.values())


offered = [each[end] for each in release.get("witnesses", []) for end in ("low", "high") if end in each]
tables = [table for each in [{}, *offered] if len(table := truth | each) == len(truth) and same_publication(table)]
holders, missing = sorted({name for name in holder.values() if name}), 0
for reader in itertools.chain(*(itertools.combinations(holders, size) for size in range(rule["coalition"] + 1))):
    own = [atom for atom in truth if holder[atom] in reader]
    mine = [table for table in tables if all(table[atom] == truth[atom] for atom in own)]
    for name, atoms in cells.items():
        rest = set(atoms) - set(own)
        if rest and (rule["zeros"] == "show") <= sum(truth[atom] for atom in rest) < rule["threshold"]:
            could = [sum(table[atom] for atom in rest) for table in mine]
            proved = min(could) == 0 and max(could) >= rule["threshold"]
            missing += not proved
            print(f"{'bevist' if proved else 'IKKE BEVIST'}: {' og '.join(reader) or 'hvem som helst'} om {name}")
print(f"{missing} tall er ikke bevist trygge." if missing else "Alle tall er bevist trygge.")
sys.exit(bool(missing))
