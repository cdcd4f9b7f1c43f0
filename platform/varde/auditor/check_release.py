"""Does a release prove that it gives nobody away? By additions only, with Python alone: python check_release.py FILE"""

import itertools
import json
import sys

try:
    with open(sys.argv[1], encoding="utf-8") as file:
        problem, release = map(json.load(file).__getitem__, ("problem", "release"))
    rule = {"threshold": 5, "coalition": 1, "zeros": "hide"} | problem.get("rule", {})
    truth, holder = ({atom["id"]: atom.get(key) for atom in problem["atoms"]} for key in ("count", "holder"))
    cells, state = ({cell["id"]: cell.get(key, "open") for cell in problem["cells"]} for key in ("atoms", "state"))
    shown = set(release["show"]) | {name for name in cells if state[name] == "published"}
    facts = [(dict.fromkeys(cells[name], 1), *[sum(truth[atom] for atom in cells[name])] * 2) for name in shown]
    facts += [(row["atoms"], row.get("low"), row.get("high")) for row in problem.get("rows", [])]
    offered = [{}, *(each[end] for each in release.get("witnesses", []) for end in ("low", "high") if end in each)]
    tables = [truth | each for each in offered if each.keys() <= truth.keys()]  # what is left out is as in truth
    tables = [table for table in tables if all(type(count) is int and count >= 0 for count in table.values())]
    for parts, low, high in facts:
        sums = [(sum(times * table[atom] for atom, times in parts.items()), table) for table in tables]
        tables = [table for value, table in sums if (low is None or low <= value) and (high is None or value <= high)]
    right = truth in tables and (len(truth), len(cells)) == (len(problem["atoms"]), len(problem["cells"]))
    right &= {*state.values()} <= {"open", "published", "withheld"} and {*release.get("values", ())} <= shown
    right &= sorted(release["show"] + release["hide"]) == sorted(name for name in cells if state[name] == "open")
    right &= rule["threshold"] >= 5 and rule["coalition"] >= 0 and release.get("method", "suppress") == "suppress"
    right &= all({*atoms} <= truth.keys() and len({*atoms}) == len(atoms) > 0 for atoms in cells.values())
    held, missing, few = sorted({*holder.values()} - {None, ""}), 0, range(rule["zeros"] == "show", rule["threshold"])
    if not right:
        raise ValueError("id-er, celler, tall eller regel stemmer ikke")
except Exception as wrong:
    sys.exit(f"Filen kan ikke kontrolleres; den mangler noe eller motsier seg selv ({type(wrong).__name__}: {wrong}).")
for reader in itertools.chain(*(itertools.combinations(held, size) for size in range(rule["coalition"] + 1))):
    mine = [table for table in tables if all(table[atom] == truth[atom] for atom in truth if holder[atom] in reader)]
    for name, atoms in cells.items():
        if (rest := [one for one in atoms if holder[one] not in reader]) and sum(truth[one] for one in rest) in few:
            could = [sum(table[atom] for atom in rest) for table in mine]
            missing += (unproved := min(could) > 0 or max(could) < rule["threshold"])
            print(f"{'IKKE BEVIST' if unproved else 'bevist'}: {' og '.join(reader) or 'hvem som helst'} om {name}")
print(f"{missing} tall er ikke bevist trygge." if missing else "Alle tall er bevist trygge.")
sys.exit(bool(missing))
