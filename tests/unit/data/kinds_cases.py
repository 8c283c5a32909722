"""What is told of columns and what is not: signs and marks without a doubt, words for no value, versions, addresses."""

from __future__ import annotations

from typing import Any

from tests.unit.data.reading_cases import Case, D

TOLD_OF_KINDS: list[Case] = []


def case(name: str, content: str, columns: dict[str, list[Any]], *told: str) -> None:
    TOLD_OF_KINDS.append(Case(name, content.encode(), columns, told))


def column(name: str, cells: list[str], values: list[Any], *told: str) -> None:
    rows = list(range(1, len(cells) + 1))
    lines = "".join(f"{row};{cell}\n" for row, cell in zip(rows, cells, strict=True))
    case(name, f"n;x\n{lines}", {"n": rows, "x": values}, *told)


# ------------------------------------------------------------------ nothing is told where nothing was open

case("no doubt: a bank statement", "Tag;Betrag;Saldo;Zins\n31.01.2024;-12,50 €;1.250,25 €;2,5 %\n01.02.2024;7,00 €;1.257,25 €;2,5 %\n", {"Tag": [D("2024-01-31"), D("2024-02-01")], "Betrag": [-12.5, 7.0], "Saldo": [1250.25, 1257.25], "Zins": [2.5, 2.5]})  # fmt: skip
column("no doubt: Swiss francs", ["CHF 1'250.50", "CHF 12.00"], [1250.5, 12.0])
column("a doubt: a sign that not all have", ["$5", "7.5", "$2.25"], [5, 7.5, 2.25], "“$”, which not all cells have")
case("a doubt: commas in a comma file", 'n,x\n1,"1,5"\n2,"12,25"\n', {"n": [1, 2], "x": [1.5, 12.25]}, "Commas inside numbers were read")  # fmt: skip
BOTH = "".join(f"{row};{row}.234;{row}.345;{row}.456;{row}.567\n" for row in (1, 2, 3))
case("a doubt: four columns of the same", f"n;a;b;c;d\n{BOTH}", {"n": [1, 2, 3], "a": [1.234, 2.234, 3.234], "b": [1.345, 2.345, 3.345], "c": [1.456, 2.456, 3.456], "d": [1.567, 2.567, 3.567]}, "In columns “a”, “b”, “c” and 1 more, the point was taken as the decimal mark, as in “1.234”")  # fmt: skip
case("a doubt: days in two columns", "n;a;b\n1;01/02/2024;03/04/2024\n2;05/06/2024;07/08/2024\n", {"n": [1, 2], "a": [D("2024-02-01"), D("2024-06-05")], "b": [D("2024-04-03"), D("2024-08-07")]}, "In columns “a” and “b”, day and month could be the other way round: “01/02/2024” was read as 2024-02-01.")  # fmt: skip
# ------------------------------------------------------------------ words for no value

for word in ("brak", "н/д", "ND", "BDL", "#N/D", "нет данных"):
    column(f"no value: {word}", ["1,5", word, "2,5", "3,5"], [1.5, None, 2.5, 3.5], f"read as missing: “{word}” (1)")
column("no value: a dash among words", ["red", "–", "blue", "–"], ["red", None, "blue", None], "“–” (2) was read as missing")  # fmt: skip
column("a value: a dash beside plus", ["+", "–", "+", "–"], ["+", "–", "+", "–"])
for word, amount in (("no answer", "$1.50"), ("kein Wert", "12,50 €"), ("refused", "12%"), ("unclear", "PLN 1,25")):
    cells = [word if row % 10 else amount.replace("1", str(row + 1)) for row in range(40)]
    column(f"amounts: few beside {word}", cells, cells, f"holds “{word}” among numbers")

# ------------------------------------------------------------------ versions and addresses are no numbers

versions = [f"{row % 13}.{row * 7 % 21}.{row % 10}" for row in range(40)]
column("no numbers: versions", versions, versions)
addresses = [f"{row * 37 % 254 + 1}.{row * 101 % 254 + 1}.{row * 57 % 254 + 1}.{row + 95}" for row in range(30)]
column("no numbers: addresses", addresses, addresses)
home = [f"192.168.178.{20 + 6 * row}" for row in range(30)]
column("no numbers: addresses at home", home, home)
