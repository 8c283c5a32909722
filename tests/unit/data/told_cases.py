"""Reports, lists and cross tables whose heads and feet are told apart, and files of which a sentence was false."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl

from logreg_core.data.options import ReadOptions
from tests.unit.data.reading_cases import Case

TOLD: list[Case] = []


def case(name: str, content: str | bytes, columns: dict[str, list[Any]] | None = None, *told: str, **more: Any) -> None:
    data = content.encode() if isinstance(content, str) else content
    TOLD.append(Case(name, data, columns, told, **more))


# ------------------------------------------------------------------ titles above groups above names

NAMES = "Nr;PLZ;Einkommen;Schuld\n1;12345;3000;7\n2;23456;4000;8\n3;34567;1000;9\n"
GROUPED = {
    "Kunde Nr": [1, 2, 3],
    "Kunde PLZ": [12345, 23456, 34567],
    "Finanzen Einkommen": [3000, 4000, 1000],
    "Finanzen Schuld": [7, 8, 9],
}
TWO = "were both read as column names"
ABOVE = "stands above the table and was left out: “Kredit 2023”"
case("groups: below a title and a gap", f"Kredit 2023;;;\n;;;\nKunde;;Finanzen;\n{NAMES}", GROUPED, ABOVE, TWO)
case("groups: directly below a title", f"Kredit 2023;;;\nKunde;;Finanzen;\n{NAMES}", GROUPED, ABOVE, TWO)
case("groups: below two lines", f"Kredit 2023;;;\nBerlin;;;\n;;;\nKunde;;Finanzen;\n{NAMES}", GROUPED, "stand above the table", TWO)  # fmt: skip
case(
    "groups: years below a title",
    f"Kredit 2023;;;\n;;;\n;;2022;\n{NAMES}",
    {"Nr": [1, 2, 3], "PLZ": [12345, 23456, 34567], "2022 Einkommen": [3000, 4000, 1000], "2022 Schuld": [7, 8, 9]},
    ABOVE,
    TWO,
)

# ------------------------------------------------------------------ cross tables of classes that are numbers

case("cross table: counts", "sex,0,1\nfemale,81,233\nmale,468,109\n", {"sex": ["female", "male"], "0": [81, 468], "1": [233, 109]}, "although it holds numbers")  # fmt: skip
case("cross table: capital labels", "sex,0,1\nF,81,233\nM,468,109\n", {"sex": ["F", "M"], "0": [81, 468], "1": [233, 109]}, "although it holds numbers")  # fmt: skip
case("cross table: means of other classes", "group,2,4\nA,0.5,0.25\nB,1.5,0.75\n", {"group": ["A", "B"], "2": [0.5, 1.5], "4": [0.25, 0.75]}, "although it holds numbers")  # fmt: skip
case("no cross table: a name like those below", "Ann,0,1\nBobby,3,4\nCy,7,2\n", {"column 1": ["Ann", "Bobby", "Cy"], "column 2": [0, 3, 7], "column 3": [1, 4, 2]}, "looks like the rows below it")  # fmt: skip
case("no cross table: answers", "a1,0,1\nb,0,1\nc,1,0\n", {"column 1": ["a1", "b", "c"], "column 2": [0, 0, 1], "column 3": [1, 1, 0]}, "looks like the rows below it")  # fmt: skip

# ------------------------------------------------------------------ totals of lists printed by SAP

PRINTED = "|a |b  |c |\n|--|---|--|\n|1 |x  |4 |\n|2 |y  |5 |\n|3 |y  |6 |\n"
FRAMED = ("The line drawn below", "“column 1”, “column 5”", "Spaces around")
LIST = {"a": [1, 2, 3], "b": ["x", "y", "y"], "c": [4, 5, 6]}
case("stars: a total below a drawn line", f"{PRINTED}-----------\n|* |   |99|\n-----------\n", LIST, "Lines 6 to 8 are totals", *FRAMED)  # fmt: skip
case("stars: two totals", f"{PRINTED}-----------\n|* |   |15|\n|**|   |15|\n", LIST, "Lines 6 to 8 are totals", *FRAMED)
case("stars: levels without a line above", "stars,y\n*,1\n**,0\n***,1\n", {"stars": ["*", "**", "***"], "y": [1, 0, 1]})

# ------------------------------------------------------------------ sentences

case("told: #NV of a German Excel", "a,b\n1,x\n2,#NV\n3,yy\n", {"a": [1, 2, 3], "b": ["x", None, "yy"]}, "“#NV” (1 of 3 rows) was read as missing")  # fmt: skip
case("told: two words were read", "a,b\n1,x\n2,NA\n3,yy\n4,N/A\n", {"a": [1, 2, 3, 4], "b": ["x", None, "yy", None]}, "were read as missing. If one of them is a value")  # fmt: skip
case("told: classes written as limits are no numbers lost", "a,y\n1,<=50K\n2,>50K\n3,<=50K\n", {"a": [1, 2, 3], "y": ["<=50K", ">50K", "<=50K"]})  # fmt: skip
case("told: many limits are", "a,v\n" + "".join(f"{row},<0.{row}\n" for row in range(10, 40)), {"a": list(range(10, 40)), "v": [f"<0.{row}" for row in range(10, 40)]}, "is more than a number")  # fmt: skip
case("told: text in formulas only", 'plz,n\n="01067",4\n="01069",5\n', {"plz": ["01067", "01069"], "n": [4, 5]}, "text in formulas", "begins with a zero")  # fmt: skip
case("told: a day that does not exist", "n,d\n1,28.02.2024\n2,30.02.2024\n3,01.03.2024\n", {"n": [1, 2, 3], "d": ["28.02.2024", "30.02.2024", "01.03.2024"]}, "“30.02.2024” in line 3 is no day of the calendar")  # fmt: skip
case(
    "told: the decimal mark chosen is the reason",
    "n;v\n1;1,5\n2;k.A.\n3;2,75\n",
    {"n": [1, 2, 3], "v": ["1,5", "k.A.", "2,75"]},
    "“1,5” in line 2 is no number with the marks you chose",
    options=ReadOptions(decimal="."),
)
case(
    "told: one number in two ways, once",
    "n,v,w\n1,1.5,2.50\n2,1.50,2.5\n3,1.7,2.6\n",
    {"n": [1, 2, 3], "v": [1.5, 1.5, 1.7], "w": [2.5, 2.5, 2.6]},
    "“1.5” and “1.50” are the same number",
    "1 more column has such numbers",
)
case("told: names that begin with a word of databases", "Use case;Owner;y\nA;B;1\nC;D;0\n", {"Use case": ["A", "C"], "Owner": ["B", "D"], "y": [1, 0]})  # fmt: skip
case("told: a dump", "use shop;\ninsert into t values (1, 2);\ninsert into t values (3, 4);\n", refused="a dump of a database")  # fmt: skip
case("told: JSON inside of a script", 'callback([{"a": 1, "b": 2}, {"a": 3, "b": 4}]);', refused="JSONP")

# ------------------------------------------------------------------ sheets


def book(sheets: dict[str, list[list[Any]]], merged: tuple[str, ...] = ()) -> bytes:
    """Return a workbook with these sheets, cells merged in all of them."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for cells in merged:
            sheet.merge_cells(cells)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


HEAD = [["id", "G", None, "y"], [None, "p", "q", None]]
ROWS = [[1, 4, 3, 0], [2, 5, 1, 1], [3, 6, 2, 1]]
BOTH = {"id": [1, 2, 3], "G p": [4, 5, 6], "G q": [3, 1, 2], "y": [0, 1, 1]}
case("sheet: names merged over two rows lose nothing", book({"a": HEAD + ROWS}, ("A1:A2", "D1:D2")), BOTH, "Rows 1 and 2 were both")  # fmt: skip
case(
    "sheet: the first of the merged ranges is named",
    book({"a": [["a", "b"], [1, 5], [None, 6], [2, 7], [None, 8]]}, ("A4:A5", "A2:A3")),
    {"a": [1, None, 2, None], "b": [5, 6, 7, 8]},
    "(2 ranges, the first is A2:A3)",
)
case("sheet: only names in the chosen one", book({"a": HEAD + ROWS, "Notes": [["x", "y"]]}), refused="This sheet has column names but no rows below them. Add rows and upload it again. Or choose another sheet.", options=ReadOptions(sheet="Notes"))  # fmt: skip

# ------------------------------------------------------------------ rows with nothing behind the first cell

TEXTS = ["The desk was tidy", "Soup is not that hot", "We shall return", "Far too loud at night"]
case("gaps: times beside an empty column", "t,c\n13:29:11,\n11:56:12,\n16:40:13,\n12:15:14,\n", {"t": ["13:29:11", "11:56:12", "16:40:13", "12:15:14"], "c": [None] * 4})  # fmt: skip
case("gaps: texts without labels", "text,label\n" + "".join(f"{text},\n" for text in TEXTS), {"text": TEXTS, "label": [None] * 4})  # fmt: skip
case("gaps: names of several words without remarks", "item,remark\nBolt M8,\nNut M8 zinc plated,\nWasher M8 zinc plated,\n", {"item": ["Bolt M8", "Nut M8 zinc plated", "Washer M8 zinc plated"], "remark": [None] * 3})  # fmt: skip
case(
    "gaps: texts of which half have a label",
    "text,label\n" + "".join(f"{text},{'np'[at % 2]}\n" for at, text in enumerate(TEXTS))
    + "The porter was kind and carried all our bags,\nRain,\nIt snowed on each of the five days and we stayed in bed,\n",
    {
        "text": [*TEXTS, "The porter was kind and carried all our bags", "Rain", "It snowed on each of the five days and we stayed in bed"],
        "label": ["n", "p", "n", "p", None, None, None],
    },
)  # fmt: skip
case("gaps: a note below texts and numbers", "text,n\nThe desk was tidy,1\nSoup is not that hot,2\nWe shall return,4\nAll of the answers were read and counted by two people,\n", {"text": TEXTS[:3], "n": [1, 2, 4]}, "Line 5 is a total or a note")  # fmt: skip
case("gaps: a note below names and words", "name,grade\nAnn,a\nBob,b\nCy,c\nGrades are those of last year,\n", {"name": ["Ann", "Bob", "Cy"], "grade": ["a", "b", "c"]}, "Line 5 is a total or a note", "Nothing shows")  # fmt: skip

# ------------------------------------------------------------------ words for totals that are words of the rows

case("totals: a unit below empty cells", "unit\tgrade\tok\n\tB\tno\n\tC\tyes\nmin\tC\tyes\n", {"unit": [None, None, "min"], "grade": ["B", "C", "C"], "ok": ["no", "yes", "yes"]})  # fmt: skip
case("totals: a mean that is the sum of two", "agg,month,rate\nmax,Jan,0.22\ncount,Feb,0.42\nmean,Mar,0.65\n", {"agg": ["max", "count", "mean"], "month": ["Jan", "Feb", "Mar"], "rate": [0.22, 0.42, 0.65]}, "Line 4 (“mean”) may be a total")  # fmt: skip
case("totals: one of parts and one of all", "shop,n\na,1\nb,2\nSubtotal,3\nc,3\nd,4\nSubtotal,7\nTotal,10\n", {"shop": ["a", "b", "Subtotal", "c", "d"], "n": [1, 2, 3, 3, 4]}, "Lines 7 to 8 are totals", "Line 4 looks like a total")  # fmt: skip
case("totals: three at the end that are none", "a,b\n" + "".join(f"x{i},{i * 7 % 5}\n" for i in range(9)) + "Total,0\nTotal,1\nTotal,2\n", {"a": [*(f"x{i}" for i in range(9)), *["Total"] * 3], "b": [*(i * 7 % 5 for i in range(9)), 0, 1, 2]}, "Lines 11 to 13, the last, all say “Total”")  # fmt: skip
case("totals: a last row without a first cell and without numbers", "id,city,code\nr1,Rome,#11\nr2,Oslo,#12\nr3,Bern,#15\n,Rome,#12\n", {"id": ["r1", "r2", "r3", None], "city": ["Rome", "Oslo", "Bern", "Rome"], "code": ["#11", "#12", "#15", "#12"]}, "Nothing shows")  # fmt: skip
case("ends: a delimiter too many, and far below a cell", "a,b\n" + "1,2,\n" * 400 + "3,4,X\n", {"a": [1] * 400 + [3], "b": [2] * 400 + [4], "column 3": [None] * 400 + ["X"]}, "one more delimiter than the column names.", "“column 3”")  # fmt: skip

# ------------------------------------------------------------------ single spaces, and tables below tables

SPACED = {"x": [0.1, 0.3, None, 0.5], "y": [0.2, None, 0.8, 0.6], "label": [0, 1, 0, 1]}
case("spaces: an empty cell between single ones", "x y label\n0.1 0.2 0\n0.3  1\n 0.8 0\n0.5 0.6 1\n", SPACED, "two beside each other around an empty one")  # fmt: skip
case("spaces: an empty place in a fixed column", "x   y   label\n0.1 0.2 0\n0.3     1\n0.5 0.6 1\n", {"x": [0.1, 0.3, 0.5], "y": [0.2, None, 0.6], "label": [0, 1, 1]}, "at the gaps")  # fmt: skip
ANIMALS = {"animal": ["dog", "fox", "cat", "city", "Oslo", "Rome"], "tame": ["yes", "no", "yes", "capital", "yes", "yes"]}  # fmt: skip
case("gaps: a table of words below another", "animal,tame\ndog,yes\nfox,no\ncat,yes\n\n\ncity,capital\nOslo,yes\nRome,yes\n", ANIMALS, "Line 7 (“city”, …) stands below an empty line", "Nothing shows")  # fmt: skip
case("gaps: rows of words below an empty line", "animal,tame\ndog,yes\nfox,no\n\ncat,yes\ncow,yes\n", {"animal": ["dog", "fox", "cat", "cow"], "tame": ["yes", "no", "yes", "yes"]}, "Nothing shows")  # fmt: skip

# ------------------------------------------------------------------ numbers of columns as names, without any of rows

AS_NAMES = "read as column names, although it holds numbers (“0”)"
case("counted names: above words and decimals", "0,1\na,-0.25\nb,0.67\na,-0.53\n", {"0": ["a", "b", "a"], "1": [-0.25, 0.67, -0.53]}, AS_NAMES)  # fmt: skip
case("counted names: above words", "0;1;2\nu;x;r\nv;y;s\nu;x;r\n", {"0": ["u", "v", "u"], "1": ["x", "y", "x"], "2": ["r", "s", "r"]}, AS_NAMES)  # fmt: skip
case("counted names: above measures and a class", "0,1,2\n0.5,0.25,1\n0.75,0.5,0\n0.125,1.5,1\n", {"0": [0.5, 0.75, 0.125], "1": [0.25, 0.5, 1.5], "2": [1, 0, 1]}, AS_NAMES)  # fmt: skip
case("counted names: data where whole numbers follow", "0,1,2\n1,5,1\n0,3,0\n4,9,1\n", {"column 1": [0, 1, 0, 4], "column 2": [1, 5, 3, 9], "column 3": [2, 1, 0, 1]}, "holds numbers (“0”), so it was read as data")  # fmt: skip
case("counted names: data where the rows are counted", "0,1,2\n1,1.5,2.5\n2,3.5,0.5\n3,1.5,2.5\n", {"column 1": [0, 1, 2, 3], "column 2": [1.0, 1.5, 3.5, 1.5], "column 3": [2.0, 2.5, 0.5, 2.5]}, "holds numbers (“0”), so it was read as data")  # fmt: skip

# ------------------------------------------------------------------ no sentence where nothing is doubtful

case("sentences: decimal commas are no delimiters", "d;i\n4,9;31,5\n5,1;7,25\n6,8;8,5\n", {"d": [4.9, 5.1, 6.8], "i": [31.5, 7.25, 8.5]})  # fmt: skip
GAPPY = ["K11", None, "B22", "S33", None, "T44", "R55", "L66", None, "M77"]
case("sentences: codes of which some are missing", "code,n\n" + "".join(f"{code or ''},{10 - at}\n" for at, code in enumerate(GAPPY)), {"code": GAPPY, "n": list(range(10, 0, -1))})  # fmt: skip

# ------------------------------------------------------------------ workbooks, archives and JSON


def stored(content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("table.xlsx", content)
    return packed.getvalue()


def with_spans() -> bytes:
    book, content = openpyxl.Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    sheet.append(["id", "shift"])
    for row in range(3):
        sheet.append([row + 7, 0.125 + row * 0.5])
        sheet.cell(row + 2, 2).number_format = "[h]:mm:ss"
    book.save(content)
    return content.getvalue()


SPANS = {"id": [7, 8, 9], "shift": ["3:00:00", "15:00:00", "27:00:00"]}
case("workbook: spans of more than a day", with_spans(), SPANS)
case("archive: a workbook stored as it is", stored(with_spans()), SPANS)
case("JSON: a record of nothing", '[null, {"a": 1, "b": "x"}, {"a": 2, "b": "y"}]', {"a": [1, 2], "b": ["x", "y"]}, "1 of the records is null")  # fmt: skip
case("JSON: below a comment", '// made by hand\n[{"a": 1, "b": "x"}]', refused="looks like a JSON file, but it is broken")  # fmt: skip
case("JSON: characters that are none", '[{"a": "x\\ud83dy", "b": 1}, {"a": "q\\u0000r", "b": 2}]', {"a": ["x\ufffdy", "q\ufffdr"], "b": [1, 2]}, "stand in 2 cells; each was replaced")  # fmt: skip
