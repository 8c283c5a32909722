"""Files as analysts meet them, each with what a careful person reads in it: a frame, a frame with a warning, or a refusal.

Written from the list of what must be readable; the benchmark of reading gives the same bytes to other libraries.
"""

from __future__ import annotations

import bz2
import datetime as dt
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pandas as pd

from logreg_core.data import ReadOptions

D = pd.Timestamp


@dataclass(frozen=True)
class Case:
    """A file and what is to be made of it.

    ``columns`` is the expected frame (None: missing); ``refused`` a part of the refusal instead. ``told`` are parts of
    warnings that must be there: all warnings there are have to contain one of them, so () means none at all.
    """

    name: str
    content: bytes
    columns: dict[str, list[Any]] | None = None
    told: tuple[str, ...] = ()
    refused: str = ""
    options: ReadOptions | None = None
    unplaced: tuple[int, ...] = field(default=())

    @property
    def group(self) -> str:
        return self.name.split(":")[0]


CASES: list[Case] = []
NUMBERS = list(range(1, 16))


def case(name: str, content: str | bytes, columns: dict[str, list[Any]] | None = None, *told: str, **more: Any) -> None:
    data = content.encode() if isinstance(content, str) else content
    CASES.append(Case(name, data, columns, told, **more))


# ------------------------------------------------------------------ letters

PEOPLE = "name,alter,größe\nJürgen,30,1.5\nZoë,41,2.25\nÅsa,52,3.5\n"
READ = {"name": ["Jürgen", "Zoë", "Åsa"], "alter": [30, 41, 52], "größe": [1.5, 2.25, 3.5]}
for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"):
    case(f"letters: {encoding}", PEOPLE.encode(encoding), READ)
case("letters: utf-16-be with mark", b"\xfe\xff" + PEOPLE.encode("utf-16-be"), READ)
case("letters: two marks", b"\xef\xbb\xbf" * 2 + PEOPLE.encode(), READ)
case("letters: Windows-1252", PEOPLE.encode("cp1252"), READ, "Windows-1252 was assumed")
case("letters: Windows-1252 with a euro sign", "preis,x\n5 €,a\n7 €,b\n".encode("cp1252"), {"preis": [5, 7], "x": ["a", "b"]}, "Windows-1252")  # fmt: skip
case("letters: Latin-1", PEOPLE.encode("latin-1"), READ, "was assumed")
case("letters: Mac Roman", PEOPLE.replace("\n", "\r").encode("mac_roman"), READ, "Mac Roman was assumed")
case("letters: DOS", PEOPLE.replace("\n", "\r\n").encode("cp850"), READ, "DOS (code page 850) was assumed")
case("letters: Cyrillic", "имя,возраст\nИван,30\nОльга,41\n".encode("cp1251"), {"имя": ["Иван", "Ольга"], "возраст": [30, 41]}, "Windows-1251")  # fmt: skip
case("letters: Cyrillic UTF-16", "имя,возраст\nИван,30\nОльга,41\n".encode("utf-16"), {"имя": ["Иван", "Ольга"], "возраст": [30, 41]})  # fmt: skip
case("letters: UTF-8 with a line of Windows-1252", "name,x\nJürgen,1\nZoë,2\n".encode() + "Åsa,3\n".encode("cp1252"), {"name": ["Jürgen", "Zoë", "Åsa"], "x": [1, 2, 3]}, "the first in line 4")  # fmt: skip
case(
    "letters: replaced before",
    "name,x\nJ\ufffdrgen,1\nZoe,2\n",
    {"name": ["J\ufffdrgen", "Zoe"], "x": [1, 2]},
    "were lost",
)
case("letters: emoji and Chinese", "name,x\n😀,1\n张伟,2\n", {"name": ["😀", "张伟"], "x": [1, 2]})
case("letters: chosen", "name,x\nŁódź,1\nb,2\n".encode("cp1250"), {"name": ["Łódź", "b"], "x": [1, 2]}, options=ReadOptions(encoding="cp1250"))  # fmt: skip


def remarks(encoding: str, cell: str, told: str = "Windows-1252 was assumed", name: str = "remark") -> None:
    text = f"id,{name},churn\n" + "".join(f"{i},{cell},yes\n" for i in range(1, 16))
    columns = {"id": list(range(1, 16)), name: [cell] * 15, "churn": ["yes"] * 15}
    case(f"letters: {encoding} {cell}", text.encode(encoding), columns, told)


for words in ("don’t know", "„zu teuer“ – für uns", "“too” — much…", "l’été – d’accord", "«zu» ‘a’ • b", "Acme™ Corp®"):
    remarks("cp1252", words)
remarks("mac_roman", "García", "Mac Roman was assumed")
remarks("mac_roman", "don’t – “so”", "Mac Roman was assumed")
remarks("latin-1", "±", name="temp °C")
remarks("latin-1", "½ µg §3", name="area m²")
remarks("cp1250", "Łódź Świętochłowice", "Windows-1250 (Central European) was assumed")
remarks("cp1250", "Jiří Šťastný", "Windows-1250 (Central European) was assumed")

# ------------------------------------------------------------------ dialects

PLAIN = {"name": ["Ann", "Bob", "Cy"], "age": [30, 41, 52], "rate": [1.5, 2.25, 3.5]}
ROWS = [["name", "age", "rate"], ["Ann", "30", "1.5"], ["Bob", "41", "2.25"], ["Cy", "52", "3.5"]]


def joined(mark: str, end: str = "\n") -> str:
    return end.join(mark.join(row) for row in ROWS) + end


for label, mark in {
    "comma": ",",
    "semicolon": ";",
    "tab": "\t",
    "bar": "|",
    "caret": "^",
    "tilde": "~",
    "space": " ",
}.items():
    case(f"dialect: {label}", joined(mark), PLAIN)
case("dialect: comma and space", joined(", "), PLAIN)
case("dialect: space and bar", joined(" | "), PLAIN, "Spaces around")
case("dialect: several spaces", joined("   "), PLAIN)
case("dialect: CRLF", joined(",", "\r\n"), PLAIN)
case("dialect: CR", joined(",", "\r"), PLAIN)
case("dialect: mixed line ends", "name,age,rate\r\nAnn,30,1.5\nBob,41,2.25\rCy,52,3.5\n", PLAIN)
case("dialect: no end at the end", joined(",")[:-1], PLAIN)
case("dialect: many ends at the end", joined(",") + "\n\n \n", PLAIN)
case("dialect: sep line", "sep=;\r\n" + joined(";", "\r\n"), PLAIN)
case("dialect: sep line in quotes", '"sep=|"\n' + joined("|"), PLAIN)
case("dialect: sep of an unusual mark", "sep=:\n" + joined(":"), PLAIN)
case("dialect: colon chosen", joined(":"), PLAIN, options=ReadOptions(delimiter=":"))
case("dialect: semicolons with decimal commas", "a;b;c\n1,5;2,5;x\n3,5;4,25;y\n", {"a": [1.5, 3.5], "b": [2.5, 4.25], "c": ["x", "y"]})  # fmt: skip
case("dialect: commas in text of a tab file", "a\tb\nx, y\t1\nz, w\t2\n", {"a": ["x, y", "z, w"], "b": [1, 2]})
case("dialect: all quoted", '"a","b"\n"1","x"\n"2","y"\n', {"a": [1, 2], "b": ["x", "y"]})
case("dialect: doubled quotes", 'a,b\n1,"say ""hi"""\n2,y\n', {"a": [1, 2], "b": ['say "hi"', "y"]})
case("dialect: doubled quotes beside delimiters", 'k,v\n1,"{""t"": ""P"", ""c"": [1, 2]}"\n2,"{""t"": ""L""}"\n', {"k": [1, 2], "v": ['{"t": "P", "c": [1, 2]}', '{"t": "L"}']})  # fmt: skip
case("dialect: quoted delimiters", 'a,b\n1,"x,y"\n2,"z,w"\n', {"a": [1, 2], "b": ["x,y", "z,w"]})
case("dialect: quoted line ends", 'a,b\n"x\ny",1\n"z",2\n', {"a": ["x\ny", "z"], "b": [1, 2]})
case("dialect: quoted CRLF", 'a,b\r\n"x\r\ny",1\r\n"z",2\r\n', {"a": ["x\r\ny", "z"], "b": [1, 2]})
case("dialect: empty quotes", 'a,b\n"",1\nx,2\n', {"a": [None, "x"], "b": [1, 2]})
case("dialect: single quotes", "'a','b'\n'1','x,y'\n'2','z'\n", {"a": [1, 2], "b": ["x,y", "z"]})
case("dialect: single quotes around text only", "a,b\n1,'x'\n2,'y'\n", {"a": [1, 2], "b": ["x", "y"]})
case("dialect: apostrophes are letters", "a,b\n1,it's\n2,'tis\n", {"a": [1, 2], "b": ["it's", "'tis"]})
case("dialect: backslash escapes", 'a,b\n1,"say \\"hi\\", you"\n2,y\n', {"a": [1, 2], "b": ['say "hi", you', "y"]})
case("dialect: backslash before delimiter", "a,b\n1,x\\,y\n2,z\n", {"a": [1, 2], "b": ["x,y", "z"]})
case("dialect: backslashes in paths", 'a,b\n1,"C:\\data\\"\n2,"D:\\x"\n', {"a": [1, 2], "b": ["C:\\data\\", "D:\\x"]})
case("dialect: quote inside a cell", 'a,b\n1,5" pipe\n2,x\n', {"a": [1, 2], "b": ['5" pipe', "x"]}, "line 2")
case(
    "dialect: quotes inside quotes", 'a,b\n1,"say "hi" now"\n2,y\n', {"a": [1, 2], "b": ['say "hi" now', "y"]}, "line 2"
)
case("dialect: space before quotes", 'a, b\n1, "x, y"\n2, "z"\n', {"a": [1, 2], "b": ["x, y", "z"]})
for space in "\u00a0\u202f":
    columns = {"k": [f"A{i}" for i in range(1, 16)], "b": [i * 1000 + 234.5 for i in range(1, 16)], "c": [i * 1000 + 0.5 for i in range(1, 16)]}  # fmt: skip
    text = "k;b;c\n" + "".join(f"A{i};{i}{space}234,50;{i}{space}000,50\n" for i in range(1, 16))
    case(f"dialect: thousands {space!a}", text, columns)
    text = "k;b\n" + "".join(f"A{i};{i}{space}234,50\n" for i in range(1, 16))
    case(f"dialect: two columns, thousands {space!a}", text, {"k": columns["k"], "b": columns["b"]})  # fmt: skip
case("dialect: comments", "# from the ward\na,b\n1,x\n# checked\n2,y\n", {"a": [1, 2], "b": ["x", "y"]}, "lines 1, 4")
case("dialect: row put out of use", "a,b\n1,5\n#2,6\n3,7\n", {"a": [1, 3], "b": [5, 7]}, "line 3")
case("dialect: number sign as data", "a,b\n#12,1\n#13,2\n", {"a": ["#12", "#13"], "b": [1, 2]})
case("dialect: fixed columns", "NAME        AGE CITY\nAnna Smith   30 New York\nBert          4 Rome\nCarl Jones   55 Paris\n", {"NAME": ["Anna Smith", "Bert", "Carl Jones"], "AGE": [30, 4, 55], "CITY": ["New York", "Rome", "Paris"]}, "cut at the gaps")  # fmt: skip
case("dialect: fixed columns with a hole", "id    value  group\n1       2.5  a b\n2            c d\n3      12.0  e f\n", {"id": [1, 2, 3], "value": [2.5, None, 12.0], "group": ["a b", "c d", "e f"]}, "cut at the gaps")  # fmt: skip
case("dialect: fixed columns chosen", "001M1980\n002F1975\n003M1990\n", {"column 1": ["001", "002", "003"], "column 2": ["M", "F", "M"], "column 3": [1980, 1975, 1990]}, "kept as text", options=ReadOptions(delimiter="fixed", column_starts=(0, 3, 4), header_rows=0))  # fmt: skip
case(
    "dialect: a text is no table",
    "This is a text of some words.\nIt goes on, and on.\nThen it ends.\n",
    refused="one column",
)
case("dialect: one column", "a\n1\n2\n3\n", refused="one column")

COMMENTS = [f"comment {i}, with a comma" for i in NUMBERS]
case("dialect: two cells in apostrophes beside quotation marks", "n,text,churn\n8,'good',no\n9,'bad',yes\n" + "".join(f'{i},"{text}",yes\n' for i, text in enumerate(COMMENTS)), {"n": [8, 9, *range(15)], "text": ["'good'", "'bad'", *COMMENTS], "churn": ["no", *["yes"] * 16]})  # fmt: skip
case("dialect: two cells in apostrophes among words", "n,text,x\n8,'good',1\n9,'bad',2\n" + "".join(f"{i},word {i},3\n" for i in NUMBERS), {"n": [8, 9, *NUMBERS], "text": ["'good'", "'bad'", *[f"word {i}" for i in NUMBERS]], "x": [1, 2, *[3] * 15]})  # fmt: skip
case("dialect: apostrophes around all words of a column", "n,text,x\n1,'good',a\n2,NULL,b\n3,'so, so',a\n", {"n": [1, 2, 3], "text": ["good", None, "so, so"], "x": ["a", "b", "a"]}, "“NULL” (1 of 3 rows) was read as missing")  # fmt: skip
case("dialect: escaped quotes at the end of a cell", 'a,b\n1,"ends with \\"quotes\\""\n2,y\n3,"z"\n', {"a": [1, 2, 3], "b": ['ends with "quotes"', "y", "z"]})  # fmt: skip
case("dialect: escaped quotes beside a comma", 'a\tb\tc\n1\t"x, \\"ok\\""\t5\n2\t"b\nc"\t6\n3\t"d"\t7\n', {"a": [1, 2, 3], "b": ['x, "ok"', "b\nc", "d"], "c": [5, 6, 7]})  # fmt: skip
case("dialect: doubled quotes beside a backslash", 'a,b\n1,"say ""hi"""\n2,"C:\\y\\"\n3,"a\\b ""x"""\n', {"a": [1, 2, 3], "b": ['say "hi"', "C:\\y\\", 'a\\b "x"']})  # fmt: skip
case("dialect: fixed numbers before a tab and words", '18.0   8   307.0   1\t"chevrolet chevelle"\n15.0   8   350.0   1\t"buick skylark"\n25.0   4   98.00   2\t"ford pinto"\n', {"column 1": [18.0, 15.0, 25.0], "column 2": [8, 8, 4], "column 3": [307.0, 350.0, 98.0], "column 4": [1, 1, 2], "column 5": ["chevrolet chevelle", "buick skylark", "ford pinto"]}, "so it was read as data")  # fmt: skip
RULED = "name       city              n\n---------- ---------- --------\n"
PRINTED = (
    "Ann        New York         30\nBob O      Rome\nCy         Los Angele       12\nDi         Oslo             20\n"
)
PRINT = {"name": ["Ann", "Bob O", "Cy", "Di"], "city": ["New York", "Rome", "Los Angele", "Oslo"], "n": [30, None, 12, 20]}  # fmt: skip
BY_DASHES = ("cut where the dashes", "line drawn below the column names")
for label, foot in {"SQL*Plus": "4 rows selected.", "sqlcmd": "(4 rows affected)"}.items():
    case(
        f"dialect: a print of {label}", f"{RULED}{PRINTED}\n{foot}\n", PRINT, *BY_DASHES, "Line 8 is a total or a note"
    )
case("dialect: a title above dashes", f"Report of today\n{RULED}{PRINTED}", PRINT, *BY_DASHES, "Line 1 stands above")
case("dialect: a title apart above dashes", f"SQL> select * from t;\n\n{RULED}{PRINTED}", PRINT, *BY_DASHES, "Line 1 stands above")  # fmt: skip
case("dialect: pages of SQL*Plus", f"\n{RULED}{PRINTED}" * 3, {name: cells * 3 for name, cells in PRINT.items()}, *BY_DASHES, "repeated below and were left out there: lines 9, 16", "drawn in the table were left out: lines 10, 17")  # fmt: skip
case("dialect: dashes below words with spaces", "a          b  c d\n---------- ----------\nx                   1\ny                   2\n", {"a": ["x", "y"], "b  c d": [1, 2]}, *BY_DASHES)  # fmt: skip
case("dialect: a table of reStructuredText", "====  ====  ==\nname  city   n\n====  ====  ==\nAnn   Rome  30\nBob   Oslo  41\n====  ====  ==\n", {"name": ["Ann", "Bob"], "city": ["Rome", "Oslo"], "n": [30, 41]}, *BY_DASHES, "Line 1 stands above", "Lines drawn in the table were left out: line 6")  # fmt: skip
case("dialect: a listing of SAS", "                 The SAS System\n\n    Obs    age    Ort           salary\n\n      1     75    Rome           73307\n      2     54    New York       72564\n      3     73    Berlin          4425\n", {"Obs": [1, 2, 3], "age": [75, 54, 73], "Ort": ["Rome", "New York", "Berlin"], "salary": [73307, 72564, 4425]}, "cut at the gaps", "Line 1 stands above")  # fmt: skip
case("dialect: a listing of SAS in single words", "               The SAS System\n\n    Obs    code      temp\n\n      1    K-9       21.1\n      2    X-4      180.5\n", {"Obs": [1, 2], "code": ["K-9", "X-4"], "temp": [21.1, 180.5]}, "Line 1 stands above")  # fmt: skip
LINE = "-" * 46 + "\n"
SAP = "".join(f"|10000{i}|Schraube M{i} | {i}.234,50  |EUR |\n{LINE}" for i in range(1, 6))
SAP = f"01.02.2024     Dynamische Liste     1\n{LINE}|Nr    |Text        |    Wert   |Währ|\n{LINE}{SAP}"
case("dialect: a list of SAP with many lines", SAP, {"Nr": list(range(100001, 100006)), "Text": [f"Schraube M{i}" for i in range(1, 6)], "Wert": [i * 1000 + 234.5 for i in range(1, 6)], "Währ": ["EUR"] * 5}, "Lines 1 to 2 stand above", "Lines drawn in the table were left out: lines 4, 6, 8", "Line 14", "Columns without", "Spaces around")  # fmt: skip
case("dialect: doubled backslashes", 'a,b\n"C:\\\\x",1\n"\\\\server\\y",2\n', {"a": ["C:\\\\x", "\\\\server\\y"], "b": [1, 2]}, "stand twice, as in line 2")  # fmt: skip
# Escapes without quotation marks: Python's QUOTE_NONE, MySQL's INTO OUTFILE, PostgreSQL's COPY.
case("escapes: without quotation marks", 'a,b,c\n1,x\\, y,5\n2,"said",6\n3,C:\\\\temp\\\\,7\n', {"a": [1, 2, 3], "b": ["x, y", '"said"', "C:\\temp\\"], "c": [5, 6, 7]})  # fmt: skip
case(
    "escapes: in every row",
    "Name\\, first,n\nDoe\\, John,5\nRoe\\, Jane,6\n",
    {"Name, first": ["Doe, John", "Roe, Jane"], "n": [5, 6]},
    "A backslash stands before commas; these were read as part",
)
case("escapes: a backslash alone far below", "a|b|c\n" + "1|x|y\n" * 700 + "2|\\|z\n" + "3|x|y\n" * 9, {"a": [1] * 700 + [2] + [3] * 9, "b": ["x"] * 700 + ["\\"] + ["x"] * 9, "c": ["y"] * 700 + ["z"] + ["y"] * 9})  # fmt: skip
case(
    "escapes: none in drives",
    "drive,mb,ok\nC:\\,5,yes\nD:\\,6,no\n",
    {"drive": ["C:\\", "D:\\"], "mb": [5, 6], "ok": ["yes", "no"]},
)
case("escapes: a line end in a cell", "a;b;c\n1;l1\\\nl2;5\n2;z;6\n", {"a": [1, 2], "b": ["l1\nl2", "z"], "c": [5, 6]})  # fmt: skip
case("escapes: a line end of Windows in a cell", "a;b;c\r\n1;l1\\\r\\\nl2;5\r\n2;z;6\r\n", {"a": [1, 2], "b": ["l1\nl2", "z"], "c": [5, 6]})  # fmt: skip
case("escapes: MySQL", "a\tb\tc\n1\tt\\\tt\t\\N\n2\tC:\\\\new\t6\n3\t\\N\t7\n", {"a": [1, 2, 3], "b": ["t\tt", "C:\\new", None], "c": [None, 6, 7]}, "these cells were read as missing", "“\\N” (1) was read as missing")  # fmt: skip
case("escapes: MySQL without tabs in cells", "a\tb\tc\n1\tC:\\\\x\t\\N\n2\tD:\\\\y\t6\n", {"a": [1, 2], "b": ["C:\\x", "D:\\y"], "c": [None, 6]}, "these cells were read as missing")  # fmt: skip
case("escapes: PostgreSQL", "a\tb\tc\n1\tl1\\nl2\t\\N\n2\tD:\\\\new\t6\n", {"a": [1, 2], "b": ["l1\nl2", "D:\\new"], "c": [None, 6]}, "these cells were read as missing")  # fmt: skip
case("escapes: only letters beside \\N", "a\tb\tc\n1\tl1\\nl2\t\\N\n2\tx\t6\n", {"a": [1, 2], "b": ["l1\nl2", "x"], "c": [None, 6]}, "these cells were read as missing", "“\\n”, as in line 2, was read as a line end")  # fmt: skip
case("escapes: MySQL, enclosed", '"a","b","c"\n"1","C:\\\\x","5"\n"2","D:\\\\y",\\N\n"3","ab","7"\n', {"a": [1, 2, 3], "b": ["C:\\x", "D:\\y", "ab"], "c": [5, None, 7]}, "these cells were read as missing")  # fmt: skip
case("escapes: MySQL, words enclosed", 'a,b,c\n1,"l1\\\nl2",5\n2,"D:\\\\y",\\N\n3,"ab",7\n', {"a": [1, 2, 3], "b": ["l1\nl2", "D:\\y", "ab"], "c": [5, None, 7]}, "these cells were read as missing")  # fmt: skip
case("escapes: paths beside \\N", "a\tb\tc\n1\tC:\\data\t\\N\n2\tD:\\x\\\t6\n", {"a": [1, 2], "b": ["C:\\data", "D:\\x\\"], "c": [None, 6]}, "these cells were read as missing")  # fmt: skip
case("escapes: one of a letter is kept", 'a,b\n1,"say \\"hi\\", you"\n2,"C:\\temp"\n', {"a": [1, 2], "b": ['say "hi", you', "C:\\temp"]}, "as “\\t” in line 3")  # fmt: skip
case("escapes: a quotation mark inside quotes", 'a,b\n1,"5\\" pipe"\n2,"C:\\\\x"\n', {"a": [1, 2], "b": ['5" pipe', "C:\\x"]})  # fmt: skip
case("escapes: a quotation mark without quotes", 'a,b\n1,\\"\n2,x\\"y\n3,z\n', {"a": [1, 2, 3], "b": ['"', 'x"y', "z"]}, "before quotation marks, as in line 2, were left out")  # fmt: skip
case("escapes: all doubled behind a space", "a,b\n1,trailing \\\\\n2,y\n", {"a": [1, 2], "b": ["trailing \\\\", "y"]}, "stand twice, as in line 2")  # fmt: skip
case("escapes: none in paths, formulas and patterns", "a;b;c\n1;C:\\data\\;5\n2;\\alpha;6\n3;\\d+\\.;7\n4;\\\\server\\x;8\n5;a\\tb;9\n6;/\\;10\n", {"a": [1, 2, 3, 4, 5, 6], "b": ["C:\\data\\", "\\alpha", "\\d+\\.", "\\\\server\\x", "a\\tb", "/\\"], "c": [5, 6, 7, 8, 9, 10]})  # fmt: skip
case("escapes: JSON in cells", 'a,b\n1,"{""x"": ""l1\\nl2""}"\n2,"{""p"": ""q\\""r""}"\n', {"a": [1, 2], "b": ['{"x": "l1\\nl2"}', '{"p": "q\\"r"}']})  # fmt: skip
case("dialect: a path of a server", "a,b\n\\\\server\\x,1\n\\\\server\\y,2\n", {"a": ["\\\\server\\x", "\\\\server\\y"], "b": [1, 2]})  # fmt: skip

# ------------------------------------------------------------------ shape

AB = {"a": [1, 3, 5], "b": ["x", "y", "z"], "c": [2.5, 3.5, 4.5]}
BODY = "a,b,c\n1,x,2.5\n3,y,3.5\n5,z,4.5\n"
case("shape: title", "Patients of 2024\n\n" + BODY, AB, "Line 1 stands above")
case(
    "shape: title with delimiters",
    "Patients of 2024,,\n,,\n" + BODY,
    AB,
    "above the table",
)
case("shape: title and notes", "Patients\nWard 3, July\nconfidential\n\n" + BODY, AB, "Lines 1 to 3")
case("shape: total", "region;sales\nNorth;10\nSouth;20\nTotal;30\n", {"region": ["North", "South"], "sales": [10, 20]}, "Line 4 is a total")  # fmt: skip
case("shape: total below numbers", BODY + "Total,,10.5\n", AB, "Line 5 is a total")
case("shape: German total", "kunde;betrag\nMeier;1,5\nSchulz;2,5\nSumme;4,0\n", {"kunde": ["Meier", "Schulz"], "betrag": [1.5, 2.5]}, "Line 4 is a total")  # fmt: skip
case("shape: total is a level", "party,x\nTotal,1\nA,2\nTotal,3\nB,4\nTotal,5\n", {"party": ["Total", "A", "Total", "B", "Total"], "x": [1, 2, 3, 4, 5]})  # fmt: skip
case("shape: note below", BODY + "\nSource: the ward\n", AB, "Line 6 is a total or a note")
case("shape: note with commas below", BODY + "\nSource: the ward, 2024, July\n", AB, "Line 6 is a total or a note")
case("shape: rows affected", BODY + "\n(3 rows affected)\n", AB, "Line 6")
case("shape: several notes", BODY + "\n* estimated\n** from memory\n", AB, "Lines 6 to 7")
case("shape: no header", "5.1,3.5,setosa\n4.9,3.0,virginica\n", {"column 1": [5.1, 4.9], "column 2": [3.5, 3.0], "column 3": ["setosa", "virginica"]}, "read as data")  # fmt: skip
case("shape: no header, only text", "m,red\nf,blue\nm,red\nf,red\n", {"column 1": ["m", "f", "m", "f"], "column 2": ["red", "blue", "red", "red"]}, "read as data")  # fmt: skip
case("shape: no header with dates", "2024-01-05,a,1\n2024-02-05,b,2\n2024-03-05,a,3\n", {"column 1": [D("2024-01-05"), D("2024-02-05"), D("2024-03-05")], "column 2": ["a", "b", "a"], "column 3": [1, 2, 3]}, "read as data")  # fmt: skip
case("shape: header chosen", "1,2\n3,4\n5,6\n", {"1": [3, 5], "2": [4, 6]}, options=ReadOptions(header_rows=1))
case("shape: no header chosen", "a,b\nc,d\n", {"column 1": ["a", "c"], "column 2": ["b", "d"]}, options=ReadOptions(header_rows=0))  # fmt: skip
case("shape: years as names", "country,2019,2020\nA,1,2\nB,3,4\n", {"country": ["A", "B"], "2019": [1, 3], "2020": [2, 4]}, "although it holds numbers")  # fmt: skip
case("shape: two rows of names", "Size,,Weight,\nmin,max,min,max\n1,2,3,4\n5,6,7,8\n9,8,7,6\n", {"Size min": [1, 5, 9], "Size max": [2, 6, 8], "Weight min": [3, 7, 7], "Weight max": [4, 8, 6]}, "both read as column names")  # fmt: skip
case("shape: units", "height,weight\ncm,kg\n180,70\n170,60\n165,55\n", {"height": [180, 170, 165], "weight": [70, 60, 55]}, "units (“cm”, “kg”)")  # fmt: skip
case("shape: units in brackets", "name,size,cost\n,[m],[€]\na,1.5,3\nb,2.5,4\nc,3.5,5\n", {"name": ["a", "b", "c"], "size": [1.5, 2.5, 3.5], "cost": [3, 4, 5]}, "units")  # fmt: skip
case("shape: blank names", "a,,c\n1,x,2\n3,y,4\n", {"a": [1, 3], "column 2": ["x", "y"], "c": [2, 4]}, "“column 2”")
case("shape: repeated names", "a,a,b\n1,x,2\n3,y,4\n", {"a": [1, 3], "a (2)": ["x", "y"], "b": [2, 4]}, "“a (2)”")
case(
    "shape: row too long",
    "a,b\n1,x\n3,y,9\n5,z\n7,w\n",
    {"a": [1, 5, 7], "b": ["x", "z", "w"]},
    "line 3",
    unplaced=(3,),
)
case("shape: row too short", "a,b,c\n1,x,2\n3,y\n5,z,4\n7,w,6\n", {"a": [1, 5, 7], "b": ["x", "z", "w"], "c": [2, 4, 6]}, "line 3", unplaced=(3,))  # fmt: skip
case("shape: mostly ragged", "a,b\n1\n2,3,4\n5\n6,7\n8,9,1\n", refused="same number of cells")
case("shape: trailing delimiters everywhere", "a,b,\n1,x,\n3,y,\n", {"a": [1, 3], "b": ["x", "y"]}, "“column 3”")
case("shape: trailing delimiters in the rows", "a,b\n1,x,\n3,y,\n", {"a": [1, 3], "b": ["x", "y"]}, "“column 3”", "one more delimiter")  # fmt: skip
case("shape: trailing delimiter in one row", "a,b\n1,x\n3,y,\n5,z\n", {"a": [1, 3, 5], "b": ["x", "y", "z"]}, "line 3")
case("shape: trailing delimiter in the header", "a,b,\n1,x\n3,y\n", {"a": [1, 3], "b": ["x", "y"]})
case("shape: blank lines", "\na,b\n\n1,x\n \n3,y\n\n", {"a": [1, 3], "b": ["x", "y"]})
case(
    "shape: rows of delimiters", "a,b\n1,x\n,\n3,y\n,\n,\n", {"a": [1, 3], "b": ["x", "y"]}, "3 rows without any value"
)
case("shape: header only", "a,b,c\n", refused="no rows below")
case("shape: index column", ",a,b\n0,5,x\n1,6,y\n2,7,z\n", {"a": [5, 6, 7], "b": ["x", "y", "z"]}, "only counts the rows")  # fmt: skip
case("shape: index column of pandas", "Unnamed: 0,a,b\n0,5,x\n1,6,y\n2,7,z\n", {"a": [5, 6, 7], "b": ["x", "y", "z"]}, "only counts the rows")  # fmt: skip
case("shape: row names of R", '"mpg","cyl"\n"Mazda",21.0,6\n"Datsun",22.8,4\n"Hornet",21.4,6\n', {"column 1": ["Mazda", "Datsun", "Hornet"], "mpg": [21.0, 22.8, 21.4], "cyl": [6, 4, 6]}, "row names", "“column 1”")  # fmt: skip
case("shape: header one too short", "a,b\nx,1,2\nx,3,4\ny,5,6\n", refused="Line 1 has 2 cells")
case("shape: header one too long", "a,b,c\n1,2\n3,4\n5,6\n", refused="Line 1 has 3 cells")
case("shape: names repeated below", "a,b\n1,2\na,b\n3,4\n", {"a": [1, 3], "b": [2, 4]}, "repeated below")
case("shape: header with another delimiter", "a;b;c\n1,2,3\n4,5,6\n7,8,9\n", {"a": [1, 4, 7], "b": [2, 5, 8], "c": [3, 6, 9]}, "separated in another way")  # fmt: skip
case(
    "shape: skip chosen", "x,y\nnot this\na,b\n1,2\n3,4\n", {"a": [1, 3], "b": [2, 4]}, options=ReadOptions(skip_rows=2)
)
case(
    "shape: footer chosen",
    "a,b\n1,2\n3,4\n5,6\n",
    {"a": [1], "b": [2]},
    "Lines 3 to 4",
    options=ReadOptions(footer_rows=2),
)
case("shape: unclosed quotation mark", 'a,b\n1,2\n3,"4\n5,6\n7,8\n', refused="never closed")
case(
    "shape: swallowed rows", 'a,x\n1,"2\n3,4\n5,6"\n7,8\n', {"a": [1, 7], "x": ["2\n3,4\n5,6", "8"]}, "begins in line 2"
)
case("shape: empty", "", refused="empty")
case("shape: only line ends", "\r\n\r\n", refused="empty")
case("shape: all cells empty", "a,b\n,\n,\n", refused="no values")

case("shape: column numbers below the names", "Land;Zahl;Typ\n1;2;3\nA;5,5;x\nB;6,5;y\nC;7,5;x\n", {"Land": ["A", "B", "C"], "Zahl": [5.5, 6.5, 7.5], "Typ": ["x", "y", "x"]}, "Line 2 numbers the columns")  # fmt: skip
case("shape: column numbers in brackets", "Land;Zahl;Typ\n(1);(2);(3)\nA;5;x\nB;6;y\nC;7;x\n", {"Land": ["A", "B", "C"], "Zahl": [5, 6, 7], "Typ": ["x", "y", "x"]}, "Line 2 numbers the columns")  # fmt: skip
case(
    "shape: counting numbers are data", "a;b;c\n1;2;3\n4;5;6\n7;8;9\n", {"a": [1, 4, 7], "b": [2, 5, 8], "c": [3, 6, 9]}
)
TOA5 = '"TOA5","CR1000","CR1000","12345","CR1000.Std.04","CPU:prog.CR1","1234","T1"\n"TIMESTAMP","RECORD","BattV"\n"TS","RN","Volts"\n"","","Min"\n'  # fmt: skip
case("shape: a Campbell logger", TOA5 + '"2024-01-01 00:10:00",0,12.5\n"2024-01-01 00:20:00",1,"NAN"\n', {"TIMESTAMP": [D("2024-01-01 00:10"), D("2024-01-01 00:20")], "RECORD": [0, 1], "BattV": [12.5, None]}, "Line 1 stands above", "Lines 3 and 4 hold units")  # fmt: skip
case("shape: column numbers above the names", "1;2;3\nLand;Zahl;Typ\nA;5;x\nB;6;y\nC;7;x\n", {"Land": ["A", "B", "C"], "Zahl": [5, 6, 7], "Typ": ["x", "y", "x"]}, "Line 1 stands above")  # fmt: skip

# ------------------------------------------------------------------ values


def column(cells: list[str], mark: str = ";") -> str:
    return f"x{mark}y\n" + "".join(f"{cell}{mark}{place + 10}\n" for place, cell in enumerate(cells))


def value(name: str, cells: list[str], values: list[Any], *told: str, mark: str = ";", **more: Any) -> None:
    case(f"values: {name}", column(cells, mark), {"x": values, "y": list(range(10, 10 + len(cells)))}, *told, **more)


value("decimal comma", ["1,5", "-2,25", "3"], [1.5, -2.25, 3.0])
value("decimal comma, no zero", [",5", "-,25", "3,0"], [0.5, -0.25, 3.0])
value("thousands commas", ["1,234.5", "12.25", "1,000,000.0"], [1234.5, 12.25, 1e6])
value("thousands points", ["1.234,5", "12,25", "1.000.000,0"], [1234.5, 12.25, 1e6])
value("thousands spaces", ["1 234,5", "12,25", "1 000 000"], [1234.5, 12.25, 1e6])
value("thousands narrow spaces", ["1\u202f234,5", "12,25"], [1234.5, 12.25])
value("thousands no-break spaces", ["1\u00a0234", "12"], [1234, 12])
value("thousands apostrophes", ["1'234.5", "12.25", "1'000'000"], [1234.5, 12.25, 1e6])
value("thousands curly apostrophes", ["1’234.5", "12.25"], [1234.5, 12.25])
value("Indian", ["12,34,567", "1,234", "100"], [1234567, 1234, 100])
value("Indian with decimals", ["12,34,567.50", "1,234.25"], [1234567.5, 1234.25])
value("millions with points", ["1.234.567", "1.000.000"], [1234567, 1000000])
case("values: quoted thousands commas", 'x,y\n"1,234",a\n"12,345",b\n', {"x": [1234, 12345], "y": ["a", "b"]}, "separate thousands")  # fmt: skip
value("commas or thousands", ["1,234", "2,345"], [1.234, 2.345], "could also separate thousands")
value("points or thousands", ["1.234", "2.345"], [1.234, 2.345], "could also separate thousands")
case("values: points by the rest of the file", "x;y\n1.234;0,5\n2.345;1,5\n", {"x": [1234, 2345], "y": [0.5, 1.5]}, "separate thousands")  # fmt: skip
value("small whole numbers show points", ["1.000", "2.500", "950"], [1000, 2500, 950], "separate thousands")
value("whole measures with three decimals", ["1.000", "2.000"], [1.0, 2.0], "could also separate thousands")
value("dates in two forms", ["2024-01-31", "31.01.2024"], ["2024-01-31", "31.01.2024"], "kept as text")
value("small whole numbers show thousands", ["1,234", "950", "12,000"], [1234, 950, 12000], "separate thousands")
value("both marks alone", ["1,234", "1.234"], ["1,234", "1.234"], "kept as text")
value("dollars", ["$5", "$1,234.50", "$0.99"], [5.0, 1234.5, 0.99])
value("euros behind", ["5,00 €", "7,50 €"], [5.0, 7.5])
value("currency code", ["CHF 5.00", "CHF 7.50"], [5.0, 7.5])
value("two currencies", ["$5", "€7"], ["$5", "€7"], "kept as text")
value("percent", ["5%", "7.5%", "-3 %"], [5.0, 7.5, -3.0])
value("percent sometimes", ["5%", "7", "8%"], ["5%", "7", "8%"], "kept as text")
value("brackets", ["(1,234.50)", "12.00", "(3.00)"], [-1234.5, 12.0, -3.0], "brackets")
value("trailing minus", ["12-", "3.50", "4-"], [-12, 3.5, -4], "minus behind")
value("trailing minus and a currency", ["12 EUR-", "3 EUR", "4 EUR-"], [-12, 3, -4], "minus behind")
value(
    "trailing minus behind thousands", ["1.200-", "350", "40-"], [-1200, 350, -40], "minus behind", "separate thousands"
)
value("grades", ["1-", "3-", "2-"], ["1-", "3-", "2-"], "“1-” in line 2 has a minus behind it")
value("grades with and without minus", ["1", "3-", "2"], ["1", "3-", "2"], "“3-” in line 3 has a minus behind it")
value("ages and more", ["65-", "18-"], ["65-", "18-"], "“65-” in line 2 has a minus behind it")
value("true minus sign", ["\u22125", "3"], [-5, 3])
value("exponents", ["1e3", "2.5E-2", "3"], [1000.0, 0.025, 3.0])
value("exponent among whole numbers", ["12E4", "7", "8"], [120000.0, 7.0, 8.0], "power of ten")
value("plus signs", ["+1", "-2", "+3"], [1, -2, 3])
value("telephone numbers", ["+491701234567", "+491701234568"], ["+491701234567", "+491701234568"], "telephone")
value("leading zeros", ["01234", "99999"], ["01234", "99999"], "begins with a zero")
value("leading zeros late", [*["12345"] * 400, "00001"], [*["12345"] * 400, "00001"], "line 402 begins with a zero")
value("long identifiers", ["12345678901234567890", "12345678901234567891"], ["12345678901234567890", "12345678901234567891"], "more digits")  # fmt: skip
value(
    "beyond 2**53",
    ["9007199254740993", "-9007199254740995"],
    [9007199254740993, -9007199254740995],
    "more than 15 digits",
)
value("largest of 64 bits", ["9223372036854775807", "1"], [9223372036854775807, 1], "more than 15 digits")
value("beyond 64 bits", ["9223372036854775808", "1"], ["9223372036854775808", "1"], "more digits")
value("beyond 2**53 with a hole", ["9007199254740993", "", "1"], ["9007199254740993", None, "1"], "more digits")
value("too large", ["1e999", "1", "-1e999"], [float("inf"), 1.0, float("-inf")], "2 infinite values")
value("infinite", ["inf", "-Infinity", "2.5"], [float("inf"), float("-inf"), 2.5], "infinite")
value("missing", ["NA", "N/A", "null", "-", "?", ".", "#N/A", "missing", "NaN", "7"], [*[None] * 9, 7.0])
value("empty cells", ["", "1", ""], [None, 1.0, None])
value("None among numbers", ["None", "2.5", "3"], [None, 2.5, 3.0], "“None” (1)")
value("errors of Excel", ["#DIV/0!", "2.5", "#REF!"], [None, 2.5, None], "“#DIV/0!” (1)")
value(
    "None among words",
    ["None", "mild", "severe"],
    ["None", "mild", "severe"],
)
value("NA among words", ["NA", "EU", "NA", "EU"], [None, "EU", None, "EU"], "“NA” (2 of 4 rows)")
value("NA kept", ["NA", "EU", "NA", "EU"], ["NA", "EU", "NA", "EU"], options=ReadOptions(missing=()))
value("missing chosen", ["-99", "5", "7"], [None, 5.0, 7.0], options=ReadOptions(missing=("-99",)))
value(
    "one word among numbers",
    ["1", "2", "unknown", "4"],
    ["1", "2", "unknown", "4"],
    "line 4 holds “unknown” among numbers",
)
value("number chosen", ["1", "2", "unknown", "4"], [1.0, 2.0, None, 4.0], "1 other cells became missing", options=ReadOptions(kinds={"x": "number"}))  # fmt: skip
value("text chosen", ["1", "2", "3"], ["1", "2", "3"], options=ReadOptions(kinds=(("x", "text"),)))
value("yes and no chosen", ["yes", "no", "Y"], [True, False, True], options=ReadOptions(kinds={"x": "yes/no"}))
value("date chosen", ["2024-01-05", "soon", "2024-02-05"], [D("2024-01-05"), None, D("2024-02-05")], "“soon” in line 3", options=ReadOptions(kinds={"x": "date"}))  # fmt: skip
value("code as number chosen", ["007", "012"], [7, 12], options=ReadOptions(kinds={"x": "number"}))
value("decimal mark chosen", ["1,234", "2,345"], [1.234, 2.345], options=ReadOptions(decimal=","))
value("thousands mark chosen", ["1,234", "2,345"], [1234, 2345], options=ReadOptions(thousands=",", decimal="."))  # fmt: skip
value("true and false", ["true", "FALSE", "True"], [True, False, True])
value("true, false and a hole", ["true", "", "false"], [True, None, False])
value("wahr and falsch", ["WAHR", "FALSCH"], [True, False])
value("vrai and faux", ["vrai", "faux"], [True, False])
value("yes and no", ["yes", "no", "Yes"], ["yes", "no", "Yes"])
value("ja and nein", ["ja", "nein"], ["ja", "nein"])
value("T and F", ["T", "F"], ["T", "F"])
value("hexadecimal", ["0x1F", "0x20"], ["0x1F", "0x20"])
value("ISO dates", ["2024-01-31", "2024-02-29"], [D("2024-01-31"), D("2024-02-29")])
value("ISO times", ["2024-01-31 10:30", "2024-02-29T23:59:59.5"], [D("2024-01-31 10:30"), D("2024-02-29 23:59:59.5")])
value("times with zones", ["2024-01-31T12:00:00+02:00", "2024-01-31T12:00:00Z"], [D("2024-01-31 10:00"), D("2024-01-31 12:00")], "UTC")  # fmt: skip
value("German dates", ["31.12.2024", "1.2.2024"], [D("2024-12-31"), D("2024-02-01")])
value(
    "German dates with times", ["31.12.2024 14:30", "01.02.2024 08:05"], [D("2024-12-31 14:30"), D("2024-02-01 08:05")]
)
value("German short years", ["31.12.24", "01.02.99"], [D("2024-12-31"), D("1999-02-01")], "two digits")
value("American dates", ["12/31/2024", "01/02/2024"], [D("2024-12-31"), D("2024-01-02")])
value("British dates", ["31/12/2024", "01/02/2024"], [D("2024-12-31"), D("2024-02-01")])
value("undecided dates", ["01/02/2024", "03/04/2024"], [D("2024-01-02"), D("2024-03-04")], "other way round", mark=",")
value("undecided dates, chosen", ["01/02/2024", "03/04/2024"], [D("2024-02-01"), D("2024-04-03")], options=ReadOptions(day_first=True))  # fmt: skip
case("values: order by another column", "x,y\n01/02/2024,31/01/2024\n03/04/2024,28/02/2024\n", {"x": [D("2024-02-01"), D("2024-04-03")], "y": [D("2024-01-31"), D("2024-02-28")]}, "other way round")  # fmt: skip
value("both orders", ["13/01/2024", "01/13/2024"], ["13/01/2024", "01/13/2024"], "kept as text")
value("American times", ["1/2/2024 1:05 PM", "12/31/2024 12:00 AM"], [D("2024-01-02 13:05"), D("2024-12-31 00:00")])
value("names of months", ["5 Jan 2024", "31 December 2023"], [D("2024-01-05"), D("2023-12-31")])
value("American names of months", ["Jan 5, 2024", "December 31, 2023"], [D("2024-01-05"), D("2023-12-31")])
value("German names of months", ["5. Januar 2024", "31. Dez. 2023", "1. März 2024"], [D("2024-01-05"), D("2023-12-31"), D("2024-03-01")])  # fmt: skip
value("French names of months", ["5 janvier 2024", "14 août 2023"], [D("2024-01-05"), D("2023-08-14")])
value("SAS dates", ["31DEC2024", "01FEB2023"], [D("2024-12-31"), D("2023-02-01")])
value("dates with slashes, year first", ["2024/12/31", "2024/01/02"], [D("2024-12-31"), D("2024-01-02")])
value("dates of eight digits", ["20240131", "20240229", "20231231"], [D("2024-01-31"), D("2024-02-29"), D("2023-12-31")], "read as dates")  # fmt: skip
value("eight digits that are no dates", ["20240131", "20249999", "20231231"], [20240131, 20249999, 20231231])
value(
    "a date that does not exist",
    ["2024-02-30", "2024-01-31"],
    ["2024-02-30", "2024-01-31"],
    "is no day of the calendar",
)
value("one odd date", ["2024-01-31", "2024-02-01", "soon"], ["2024-01-31", "2024-02-01", "soon"], "line 4 holds “soon” among dates")  # fmt: skip
value("dates and holes", ["31.12.2024", "", "NA"], [D("2024-12-31"), None, None])
value("times of day", ["10:30", "23:59"], ["10:30", "23:59"])
value("versions", ["1.2.3", "1.10.0"], ["1.2.3", "1.10.0"])
value("spaces around", [" a", "b "], ["a", "b"], "Spaces around")
value("numbers with units", ["5 kg", "7 kg"], ["5 kg", "7 kg"], "“5 kg” in line 2 is more than a number")
value("ranges", ["1-5", "6-10"], ["1-5", "6-10"])

NO_CENTS = "5,- is 5"
value("prices without cents", ["5,-", "17,-", "12,50"], [5.0, 17.0, 12.5], NO_CENTS)
value("Swiss prices without cents", ["CHF 5.-", "CHF 1'200.-", "CHF 12.50"], [5.0, 1200.0, 12.5], NO_CENTS)  # fmt: skip
value("prices without cents and their sign", ["5,-- €", "17,— €", "1.250,– €", "-1,50 €"], [5.0, 17.0, 1250.0, -1.5], NO_CENTS)  # fmt: skip
value("minus behind a number", ["5-", "17,00-", "1,50"], [-5.0, -17.0, 1.5], "a minus behind")
for cell in ("R 5.00", "Rp 5.000", "S/ 5.00", "฿5", "₴5", "CA$5", "HK$5.5", "MXN 5.00", "100円", "5°C", "$5k"):
    value(f"currency {cell}", [cell, cell.replace("5", "7")], [cell, cell.replace("5", "7")], "is more than a number")
value("words with a number", ["Ward 1", "Ward 2"], ["Ward 1", "Ward 2"])

# ------------------------------------------------------------------ malicious cells

NASTY = [
    "<img src=x onerror=alert(1)>",
    "=1+cmd|' /C calc'!A0",
    "**b** :red[x] $y$",
    "\x1b[31mred",
    "\u202etxt.exe",
    "@SUM(A1)",
]
case("malicious: cells", "x;y\n" + "".join(f"{cell};{place}\n" for place, cell in enumerate(NASTY)), {"x": [*NASTY[:4], "txt.exe", NASTY[5]], "y": list(range(6))}, "Invisible characters were removed; the first stands in line 6")  # fmt: skip
case("malicious: names", "<b>a</b>,=b\n1,2\n3,4\n", {"<b>a</b>": [1, 3], "=b": [2, 4]})
case(
    "malicious: a name turned round",
    "\u202egnp.a,b\u200f\n1,2\n3,4\n",
    {"gnp.a": [1, 3], "b": [2, 4]},
    "the first stands in line 1",
)
case("malicious: a long name", f"{'n' * 50_000},b\n1,2\n3,4\n", {"n" * 50_000: [1, 3], "b": [2, 4]})
case("malicious: a long cell", f"a,b\n{'w' * 100_000},2\nx,4\n", {"a": ["w" * 100_000, "x"], "b": [2, 4]})
case("malicious: control characters", bytes(range(1, 256)) * 20, refused="control characters")
case("malicious: NUL", b"a,b\n1,2\n3,\x004\n" + b"5,6\n" * 99, refused="NUL")

# ------------------------------------------------------------------ not a CSV

TABLE = pd.DataFrame({"a": [1, 3, 5], "b": ["x", "y", "z"], "c": [2.5, 3.5, 4.5]})


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return buffer.getvalue()


def workbook(**sheets: list[list[Any]]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def old_workbook(rows: list[list[Any]], **more: list[list[Any]]) -> bytes:
    import xlwt

    book = xlwt.Workbook()
    for name, cells in {"Sheet1": rows, **more}.items():
        sheet = book.add_sheet(name)
        for i, row in enumerate(cells):
            for j, cell in enumerate(row):
                sheet.write(i, j, cell)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def parquet(frame: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.to_parquet(buffer)
    return buffer.getvalue()


GRID = [["a", "b", "c"], [1, "x", 2.5], [3, "y", 3.5], [5, "z", 4.5]]
case("other: gzip", gzip.compress(BODY.encode()), AB)
case("other: bzip2", bz2.compress(BODY.encode()), AB)
case("other: xz", lzma.compress(BODY.encode()), AB)
case("other: gzip cut short", gzip.compress(BODY.encode() * 99)[:-20], refused="broken or incomplete")
case("other: gzip bomb", gzip.compress(bytes(300 * 2**20), 9), refused="larger than 256 MB")
case("other: zip", zipped(table__csv=BODY.encode()), AB)
case("other: zip with a readme", zipped(table__csv=BODY.encode(), readme__md=b"read me"), AB, "“table.csv” was read")
case(
    "other: zip of two tables",
    zipped(one__csv=BODY.encode(), two__csv=BODY.encode()),
    refused="2 files: “one.csv”, “two.csv”",
)
case("other: zip of two tables, chosen", zipped(one__csv=b"p,q\n1,2\n3,4\n", two__csv=BODY.encode()), AB, options=ReadOptions(sheet="two.csv"))  # fmt: skip
case("other: zip in a zip", zipped(inner__zip=zipped(table__csv=BODY.encode())), refused="zip archive")
case("other: empty zip", zipped(), refused="empty zip")
case("other: xlsx", workbook(Data=GRID), AB)
case("other: xlsx with a title", workbook(Data=[["Patients 2024", None, None], [None, None, None], *GRID]), AB, "above the table")  # fmt: skip
case("other: xlsx of two sheets", workbook(Notes=[["see Data"]], Data=GRID), AB, "2 sheets; “Data” was read")
case(
    "other: xlsx sheet chosen",
    workbook(One=[["p", "q"], [1, 2], [3, 4]], Two=GRID),
    AB,
    options=ReadOptions(sheet="Two"),
)
case(
    "other: xlsx sheet that is not there",
    workbook(Data=GRID),
    refused="no sheet called",
    options=ReadOptions(sheet="Nope"),
)
case("other: xlsx dates and truth", workbook(Data=[["when", "ok", "n"], [dt.datetime(2024, 1, 31), True, 1], [dt.datetime(2024, 2, 1), False, 2]]), {"when": [D("2024-01-31"), D("2024-02-01")], "ok": [True, False], "n": [1, 2]})  # fmt: skip
case("other: xlsx codes", workbook(Data=[["code", "n"], ["007", 1], ["012", 2]]), {"code": ["007", "012"], "n": [1, 2]}, "kept as text")  # fmt: skip
case("other: xlsx total", workbook(Data=[*GRID, ["Total", None, 10.5]]), AB, "Row 5 is a total")
case("other: xls", old_workbook(GRID), AB)
case("other: Parquet", parquet(TABLE), AB)
case("other: broken Parquet", parquet(TABLE)[:-9], refused="Parquet file is broken")
case("other: JSON records", json.dumps(TABLE.to_dict("records")), AB)
case("other: JSON lines", "\n".join(json.dumps(row) for row in TABLE.to_dict("records")), AB)
case("other: JSON columns", json.dumps(TABLE.to_dict("list")), AB)
case("other: JSON of pandas", TABLE.to_json(), AB)
case("other: JSON split", TABLE.to_json(orient="split"), AB)
case("other: JSON rows", json.dumps(GRID), AB)
case(
    "other: JSON records that differ",
    '[{"a": 1, "b": "x"}, {"a": 2}]',
    {"a": [1, 2], "b": ["x", None]},
    "1 record lacks",
)
case("other: nested JSON", '[{"a": 1, "b": {"c": 2}}]', refused="inside its cells")
case("other: JSON that is no table", '{"error": "not found"}', refused="no table")
case("other: broken JSON", '[{"a": 1, "b": 2}, {"a": ', refused="broken")
case("other: deep JSON", "[" * 200_000, refused="JSON")
case("other: web page", "\n <!DOCTYPE html><html><body>Sign in, please</body></html>", refused="This is a web page")
case(
    "other: error page of a CSV",
    b"<html>\r\n<head><title>404 Not Found</title></head>\r\n",
    refused="This is a web page",
)
case(
    "other: web page in UTF-16",
    "<html><table><tr><td>1</td></tr></table></html>".encode("utf-16"),
    refused="a web page",
)
case("other: XML", "<?xml version='1.0'?><rows/>", refused="This is an XML file")
case("other: PDF", b"%PDF-1.7\n1 0 obj", refused="This is a PDF document")
case("other: PNG", b"\x89PNG\r\n\x1a\n\0\0", refused="This is a PNG picture")
case("other: JPEG", b"\xff\xd8\xff\xe0\0\x10JFIF", refused="This is a JPEG picture")
case("other: program", b"MZ\x90\0\3\0\0\0", refused="This is a program")
case("other: BMI is a name", "BMI,x\n22.5,a\n25.0,b\n", {"BMI": [22.5, 25.0], "x": ["a", "b"]})
case("other: bracket in the header", "[id],[age]\n1,30\n2,40\n", {"[id]": [1, 2], "[age]": [30, 40]})

# ------------------------------------------------------------------ names that are rows, and rows that are names

COLOURS = {"column 1": ["red", "blue", "red", "red"], "column 2": ["yes", "no", "no", "yes"]}
case("names: rows of JSON without names", json.dumps([[1, "a", 0.5], [2, "b", 0.7], [3, "c", 0.9]]), {"column 1": [1, 2, 3], "column 2": ["a", "b", "c"], "column 3": [0.5, 0.7, 0.9]}, "no names")  # fmt: skip
case("names: a first row of JSON that occurs again", json.dumps([["red", "yes"], ["blue", "no"], ["red", "no"], ["red", "yes"]]), COLOURS, "stands again in row 4")  # fmt: skip
case("names: rows of JSON below names", json.dumps([["age", "churn"], [31, "yes"], [22, "no"], [40, "no"]]), {"age": [31, 22, 40], "churn": ["yes", "no", "no"]})  # fmt: skip
LABELLED = {"c1": {"age": 31, "churn": "yes"}, "c2": {"age": 22, "churn": "no"}}
case("names: labelled records of JSON", json.dumps(LABELLED), {"column 1": ["c1", "c2"], "age": [31, 22], "churn": ["yes", "no"]}, "“column 1”")  # fmt: skip
case("names: labelled columns of JSON", json.dumps({"age": {"c1": 31, "c2": 22}, "churn": {"c1": "yes", "c2": "no"}}), {"column 1": ["c1", "c2"], "age": [31, 22], "churn": ["yes", "no"]}, "were named")  # fmt: skip
case("names: labels of JSON either way", json.dumps({"a": {"x": 1, "y": 2}, "b": {"x": 3, "y": 4}}), {"column 1": ["x", "y"], "a": [1, 2], "b": [3, 4]}, "the other way round", "were named")  # fmt: skip
case("names: a first row that occurs again", "a1,x9\na2,x8\na1,x9\na3,x7\n", {"column 1": ["a1", "a2", "a1", "a3"], "column 2": ["x9", "x8", "x9", "x7"]}, "stands again in line 3")  # fmt: skip
LATER = [(f"a{i}", f"x{i % 7}") for i in range(400)] + [("name", "place")]
case("names: repeated far below words", "name,place\n" + "".join(f"{a},{b}\n" for a, b in LATER), {"name": [a for a, _ in LATER], "place": [b for _, b in LATER]}, "kept as data")  # fmt: skip

NO_NAME = "above numbers, which is no name"
case("names: NA above numbers", "B-3398,NA\nK-3139,19\nC-9888,21\n", {"column 1": ["B-3398", "K-3139", "C-9888"], "column 2": [None, 19, 21]}, NO_NAME)  # fmt: skip
case("names: NA among names", "EU,NA,JP\n1,2,3\n4,5,6\n", {"EU": [1, 4], "NA": [2, 5], "JP": [3, 6]})

# ------------------------------------------------------------------ totals

SUMMED = {"id": NUMBERS, "amount": [2 * i for i in NUMBERS], "n": [i % 3 for i in NUMBERS]}
SUMMED_TEXT = "id,amount,n\n" + "".join(f"{i},{2 * i},{i % 3}\n" for i in NUMBERS)
for total in (",240,15", ",240,", "-,240,15", ",240,15\n\nSource: the ward"):
    case(f"totals: {total!r}", SUMMED_TEXT + total + "\n", SUMMED, "left out")
case("totals: no first cell, but other numbers", SUMMED_TEXT + ",77,2\n", {"id": [*NUMBERS, None], "amount": [*SUMMED["amount"], 77], "n": [*SUMMED["n"], 2]}, "the only one without a first cell")  # fmt: skip
NAMED = {"id": NUMBERS, "what": [f"x{i}" for i in NUMBERS], "amount": SUMMED["amount"]}
NAMED_TEXT = "id,what,amount\n" + "".join(f"{i},x{i},{2 * i}\n" for i in NUMBERS)
CENTS = [round(10 + 1.37 * i, 2) for i in range(1, 41)]
CENTS_TEXT = "id,amount\n" + "".join(f"{i},{amount:.2f}\n" for i, amount in enumerate(CENTS, 1))
CENTS_READ = {"id": list(range(1, 41)), "amount": CENTS}
case("totals: of amounts before they were rounded", CENTS_TEXT + f",{sum(CENTS) + 0.06:.2f}\n", CENTS_READ, "Line 42 is a total")  # fmt: skip
case("totals: too far for rounding", CENTS_TEXT + f",{sum(CENTS) + 0.9:.2f}\n", {"id": [*CENTS_READ["id"], None], "amount": [*CENTS, round(sum(CENTS) + 0.9, 2)]}, "the only one without a first cell")  # fmt: skip
case("totals: word in the second column", NAMED_TEXT + "16,Total,240\n", NAMED, "Line 17 is a total")
case("totals: all", "k,v\n" + "".join(f"A{i},{i}\n" for i in NUMBERS) + "All,120\n", {"k": [f"A{i}" for i in NUMBERS], "v": NUMBERS}, "Line 17 is a total")  # fmt: skip
case("totals: first row", "k,v\nAll,120\n" + "".join(f"A{i},{i}\n" for i in NUMBERS), {"k": ["All", *(f"A{i}" for i in NUMBERS)], "v": [120, *NUMBERS]}, "Line 2 looks like a total")  # fmt: skip
REGION = "region,id,x\n" + "".join(f"N,{i},{i}\n" for i in range(1, 6)) + "Subtotal N,,15\n"
REGION += "".join(f"S,{i},{2 * i}\n" for i in range(1, 6)) + "Subtotal S,,30\nGrand Total,,45\n"
case("totals: subtotals", REGION, {"region": [*"NNNNN", "Subtotal N", *"SSSSS"], "id": [1, 2, 3, 4, 5, None, 1, 2, 3, 4, 5], "x": [1, 2, 3, 4, 5, 15, 2, 4, 6, 8, 10]}, "Lines 13 to 14 are totals", "Line 7 looks like a total")  # fmt: skip
STATIONS = ["Shell", "Aral", "Esso", "BP"]
for company in ("Total", "Total SA"):
    case(f"totals: a company called {company}", f"station,price\nShell,0\nAral,2\nEsso,7\nBP,4\n{company},10\n", {"station": [*STATIONS, company], "price": [0, 2, 7, 4, 10]}, "Line 6 (“Total")  # fmt: skip
case("totals: a person called Max", "name,x\nAnn,3\nBob,2\nCy,4\nMax,4\n", {"name": ["Ann", "Bob", "Cy", "Max"], "x": [3, 2, 4, 4]}, "Line 5 (“Max”) may be")  # fmt: skip
for foot in ("Somme;120", "Durchschnitt;8\nMin;1\nMax;15", "Total;120\nMoyenne;8"):
    text = "k;v\n" + "".join(f"A{i};{i}\n" for i in NUMBERS) + foot + "\n"
    case(f"totals: {foot!r}", text, {"k": [f"A{i}" for i in NUMBERS], "v": NUMBERS}, "left out")

# ------------------------------------------------------------------ above the rows

for label, text in {
    "single dashes": "a|b\n-|-\n",
    "dashes": "a|b\n---|---\n",
    "Markdown": "a | b\n--- | :--:\n",
    "several spaces": "a b\n--- ---\n",
}.items():
    mark = " " if "|" not in text else "|"
    below = "".join(f"{2 * i}{mark}{i}\n" for i in NUMBERS)
    case(f"above: a line of {label}", text + below, {"a": [2 * i for i in NUMBERS], "b": NUMBERS}, "line drawn")
case("above: Markdown with outer bars", "|a|b|\n|---|:--:|\n" + "".join(f"|{2 * i}|{i}|\n" for i in NUMBERS), {"a": [2 * i for i in NUMBERS], "b": NUMBERS}, "line drawn", "left out")  # fmt: skip
case("above: dashes that are missing values", "k,a,b\nx,-,-\ny,2,3\nz,4,5\n", {"k": ["x", "y", "z"], "a": [None, 2.0, 4.0], "b": [None, 3.0, 5.0]})  # fmt: skip
case("above: years below names", ",Sales,Sales,Clients\nRegion,2023,2024,2024\n" + "".join(f"R{i},{i + 100},{i + 200},{3 * i}\n" for i in NUMBERS), {"Region": [f"R{i}" for i in NUMBERS], "Sales 2023": [i + 100 for i in NUMBERS], "Sales 2024": [i + 200 for i in NUMBERS], "Clients 2024": [3 * i for i in NUMBERS]}, "both read as column names")  # fmt: skip
case("above: a sentence with as many commas", "Customers, North, all\nid,months,churn\n" + "".join(f"A{i},{i},ja\n" for i in NUMBERS), {"id": [f"A{i}" for i in NUMBERS], "months": NUMBERS, "churn": ["ja"] * 15}, "Line 1 stands above")  # fmt: skip

PREFACE = "Report:;Customers\nCreated:;2024-01-31\n"
case("above: keys and values over two columns", PREFACE + "city;n\nRome;1\nOslo;2\nBonn;3\n", {"city": ["Rome", "Oslo", "Bonn"], "n": [1, 2, 3]}, "Lines 1 to 2 stand above")  # fmt: skip
case("above: a name with a colon", "Name:;Age\nAnn;5\nBob;6\n", {"Name:": ["Ann", "Bob"], "Age": [5, 6]})

# ------------------------------------------------------------------ what a workbook shows and does not hold


def formatted(rows: list[list[Any]], number_format: str = "General") -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cell in book.active["A"][1:]:
        cell.number_format = number_format
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


FORMULAS = [["a", "b", "c"], *([i, f"=A{i + 1}*2", i % 3] for i in NUMBERS)]
case("workbook: formulas without results", formatted(FORMULAS), {"a": NUMBERS, "b": [None] * 15, "c": [i % 3 for i in NUMBERS]}, "15 cells, the first B2, holds no stored result")  # fmt: skip
case("workbook: zeros drawn in front", formatted([["plz", "b"], *([i + 1000, i] for i in NUMBERS)], "00000"), {"plz": [i + 1000 for i in NUMBERS], "b": NUMBERS}, "15 cells, the first A2, holds a number shown with zeros")  # fmt: skip
case("workbook: an error among numbers", formatted([["a", "b"], *([i, "#DIV/0!" if i == 4 else i / 2] for i in NUMBERS)]), {"a": NUMBERS, "b": [None if i == 4 else i / 2 for i in NUMBERS]}, "Cell B5 (#DIV/0!) holds an error")  # fmt: skip


# ------------------------------------------------------------------ letters stored twice, or in two ways

TWICE = "n,v,w\n" + "".join(f"Müller{i} – Zoë,1,{i}\n" for i in NUMBERS)
ONCE = {"n": [f"Müller{i} – Zoë" for i in NUMBERS], "v": [1] * 15, "w": NUMBERS}
case("letters: UTF-8 twice", TWICE.encode().decode("cp1252").encode(), ONCE, "stored in UTF-8 twice")
case("letters: UTF-8 twice by Latin-1", TWICE.encode().decode("latin-1").encode(), ONCE, "stored in UTF-8 twice")
case("letters: rubble beside letters", "n,v\nMÃ¼ller,1\nZoë,2\nAnn,3\n", {"n": ["MÃ¼ller", "Zoë", "Ann"], "v": [1, 2, 3]}, "Line 2 holds letters that look like rubble")  # fmt: skip
case("letters: half UTF-8, half Windows-1252", b"name,x\n" + b"".join(f"Jürgen{i},{i}\n".encode("utf-8" if i % 2 else "cp1252") for i in range(16)), {"name": [f"Jürgen{i}" for i in range(16)], "x": list(range(16))}, "the first in line 2")  # fmt: skip

case("letters: one letter in two forms", "city,n\nOslo,0\nMu\u0308nchen,1\nMünchen,2\n김,3\n\u1100\u1175\u11b7,4\n", {"city": ["Oslo", "München", "München", "김", "김"], "n": [0, 1, 2, 3, 4]}, "Letters of two characters (a letter and its mark) were put together; the first stands in line 3")  # fmt: skip
case(
    "letters: a mark without a letter of its own", "city,n\nx\u0304a,1\nb,2\n", {"city": ["x\u0304a", "b"], "n": [1, 2]}
)
case("letters: one letter in two forms in Parquet", parquet(pd.DataFrame({"city": ["Mu\u0308nchen", "München"], "n": [1, 2]})), {"city": ["München", "München"], "n": [1, 2]}, "put together in column “city”")  # fmt: skip

# ------------------------------------------------------------------ sentences that name the place

case("told: two currencies", "k;v\n" + "".join(f"A{i};{'$' if i % 2 else '€'}{i}\n" for i in NUMBERS), {"k": [f"A{i}" for i in NUMBERS], "v": [f"{'$' if i % 2 else '€'}{i}" for i in NUMBERS]}, "the same sign (“$1” and “€2” in line 3)")  # fmt: skip
case("told: percent on half the rows", "k;v\n" + "".join(f"A{i};{i}{'%' if i % 2 else ''}\n" for i in NUMBERS), {"k": [f"A{i}" for i in NUMBERS], "v": [f"{i}{'%' if i % 2 else ''}" for i in NUMBERS]}, "the same sign (“1%” and “2” in line 3)")  # fmt: skip
case("told: a broken line of JSON", '{"a":1,"b":2}\n{"a":2,"b":3}\n{"a":2,"b":}\n', refused="breaks in line 3")
case("told: whole lines in quotation marks", "".join(f'"{i}, x{i}, {2 * i}"\n' for i in NUMBERS), refused="each line stands in quotation marks")  # fmt: skip
case("told: one column of decimal commas", "betrag\n1,5\n2,5\n3,25\n", refused="Only one column")
case("told: a page saved as a workbook", "<html><body><table><tr><td>a</td><td>b</td></tr></table>", refused="save it as .xlsx")  # fmt: skip

# ------------------------------------------------------------------ what used to be silent

case("silent: plus and minus", "id,rh\n1,+\n2,-\n3,+\n4,-\n", {"id": [1, 2, 3, 4], "rh": ["+", "-", "+", "-"]})
case("silent: signs as levels", "id,g\n1,!\n2,?\n3,!\n4,?\n", {"id": [1, 2, 3, 4], "g": ["!", "?", "!", "?"]}, "“?” was kept as a value")  # fmt: skip
CODES = [a + b for a in "BCDEFGH" for b in "ABCDEFG"]
case("silent: signs among words", "id,a\n1,yes\n2,no\n3,-\n4,?\n5,yes\n6,don't know\n", {"id": [1, 2, 3, 4, 5, 6], "a": ["yes", "no", None, None, "yes", "don't know"]}, "In column “a”, “-” (1), “?” (1) were read as missing. If one of them is a value of its own, say so")  # fmt: skip
case("silent: signs among words of two columns", "a,b\nyes,x\n-,y\nno,-\nno,x\n-,y\n", {"a": ["yes", None, "no", "no", None], "b": ["x", "y", None, "x", "y"]}, "in the columns “a”: “-” (2); “b”: “-” (1)", "Nothing shows")  # fmt: skip
case("silent: signs that the user says are values", "id,a\n1,yes\n2,-\n3,?\n", {"id": [1, 2, 3], "a": ["yes", "-", "?"]}, options=ReadOptions(missing=("NA",)))  # fmt: skip
case("silent: signs among numbers", "a,b,c\n1,-,x\n-,2,y\n3,?,z\n.,4,x\n", {"a": [1, None, 3, None], "b": [None, 2, None, 4], "c": ["x", "y", "z", "x"]})  # fmt: skip
case("silent: longer signs among words", "id,a\n1,yes\n2,--\n3,...\n4,yes\n", {"id": [1, 2, 3, 4], "a": ["yes", "--", "...", "yes"]})  # fmt: skip
case("silent: a column of one sign", "id,churn\n1,-\n2,-\n3,-\n", {"id": [1, 2, 3], "churn": [None, None, None]}, "Column “churn” holds nothing but “-” (3), read as missing")  # fmt: skip
case("silent: columns of what is missing", "id,a,b\n1,-,NA\n2,-,NA\n3,?,NA\n", {"id": [1, 2, 3], "a": [None, None, None], "b": [None, None, None]}, "nothing but cells read as missing: “a”: “-” (2), “?” (1); “b”: “NA” (3)")  # fmt: skip
case("silent: a code of a country", "land,n\n" + "".join(f"{code},{i}\n" for i, code in enumerate(["NA", *CODES])), {"land": [None, *CODES], "n": list(range(50))}, "“NA” (1 of 50 rows) was read as missing")  # fmt: skip
case("silent: null of a database", "id\tcity\n1\t\\N\n2\tRome\n3\t\\N\n4\tOslo\n", {"id": [1, 2, 3, 4], "city": [None, "Rome", None, "Oslo"]}, "“\\N” (2) was read as missing")  # fmt: skip
case("silent: null in brackets", "id,city\n1,(null)\n2,Rome\n3,(null)\n4,Oslo\n", {"id": [1, 2, 3, 4], "city": ["(null)", "Rome", "(null)", "Oslo"]}, "“(null)” (2) was kept as a value")  # fmt: skip
case("silent: a swallowed line end", 'a,b,c\n1,"x,2\n2,y",3\n4,z,5\n6,w,7\n', {"a": [1, 4, 6], "b": ["x,2\n2,y", "z", "w"], "c": [3, 5, 7]}, "begins in line 2 holds what looks like further rows")  # fmt: skip
case("silent: an address of two lines", 'id,place,n\n1,"Main St 5\nAustin, TX",3\n2,"b\nc, d",4\n', {"id": [1, 2], "place": ["Main St 5\nAustin, TX", "b\nc, d"], "n": [3, 4]})  # fmt: skip
case("silent: a page number", "k,v,w\na,1,2\nb,3,4\nPage 1 of 2,,\nc,5,6\n", {"k": ["a", "b", "Page 1 of 2", "c"], "v": [1.0, 3.0, None, 5.0], "w": [2.0, 4.0, None, 6.0]}, "Line 4 holds only a first cell")  # fmt: skip
case("silent: a signature", "p;v;w\nP1;5;7\nP2;6;8\nP3;7;9\nfreigegeben durch Dr. Meier;;\n", {"p": ["P1", "P2", "P3"], "v": [5, 6, 7], "w": [7, 8, 9]}, "Line 5 is a total or a note")  # fmt: skip
case("silent: a source with a comma", "n,v\nx,2\ny,5\nz,8\nSource: Bureau, 2024\n", {"n": ["x", "y", "z"], "v": [2, 5, 8]}, "Line 5 is a total or a note")  # fmt: skip
case("silent: codes with gaps", "id,v,w\nR001,1,2\nR002,,\nR003,4,5\n", {"id": ["R001", "R002", "R003"], "v": [1.0, None, 4.0], "w": [2.0, None, 5.0]})  # fmt: skip
case("silent: a count of rows", "n,v\nx,2\ny,5\nz,8\nRecords,3\n", {"n": ["x", "y", "z", "Records"], "v": [2, 5, 8, 3]}, "Line 5 (“Records”) may be the count")  # fmt: skip
value("one odd truth value", ["TRUE", "FALSE", "TURE"], ["TRUE", "FALSE", "TURE"], "“TURE” among true and false")
value("truth in two languages", ["WAHR", "FALSE", "TRUE"], ["WAHR", "FALSE", "TRUE"], "more than one language")
value("dates of eight digits and a gap", ["20240101", "", "20240131", "20240215"], [D("2024-01-01"), None, D("2024-01-31"), D("2024-02-15")], "read as dates")  # fmt: skip
LATE_DAYS = "n,day\n" + "".join(f"a{i},\n" for i in range(1_100)) + "b,20240101\nc,20240131\nd,20240215\n"
case("silent: dates of eight digits below many gaps", LATE_DAYS, {"n": [*(f"a{i}" for i in range(1_100)), *"bcd"], "day": [*[None] * 1_100, D("2024-01-01"), D("2024-01-31"), D("2024-02-15")]}, "read as dates")  # fmt: skip
value("long numbers with a point", ["1234567890123456789.0", "1234567890123456788.0"], ["1234567890123456789.0", "1234567890123456788.0"], "more digits than a number can hold")  # fmt: skip
value("internet addresses", ["192.168.100.101", "192.168.100.102"], ["192.168.100.101", "192.168.100.102"], "internet address")  # fmt: skip
value("years of two digits first", ["24-01-15", "23-12-31", "22-06-30"], [D("2024-01-15"), D("2023-12-31"), D("2022-06-30")], "taken to stand first")  # fmt: skip
for written, read in (
    ("01JAN2024:10:00:00", "2024-01-01 10:00"),
    ("2024-01-02-08.05.00.000000", "2024-01-02 08:05"),
    ("02/Jan/2024:08:05:00", "2024-01-02 08:05"),
    ("Tue Jan 02 08:05:00 2024", "2024-01-02 08:05"),
    ("Jan-02-2024", "2024-01-02"),
    ("08:05 22/01/2024", "2024-01-22 08:05"),
    ("2024年01月02日", "2024-01-02"),
):
    value(f"date {written}", [written, written], [D(read), D(read)])
value("times in UTC", ["2024-01-02 08:05:00 UTC"] * 2, [D("2024-01-02 08:05")] * 2, "turned to UTC")
for cells in (
    ["<0,5", "12,4", ">250"],
    ["250.000a)", "180.000"],
    ["5,00 S", "7,00 H"],
    ["0.03*", "0.3"],
    ["1.5k", "2k"],
):
    value(f"more than numbers {cells[0]}", cells, cells, f"“{cells[0]}” in line 2 is more than a number")
value("digits of another script", ["١٢", "٣"], ["١٢", "٣"], "other digits than 0 to 9")
value("a word for no value", ["5", "offen", "offen", "7", "offen"], ["5", "offen", "offen", "7", "offen"], "holds “offen” among numbers")  # fmt: skip
case("silent: a unit beside a semicolon", "betrag;n\n" + "10,50 EUR;0\n" * 6, {"betrag": [10.5] * 6, "n": [0] * 6})  # fmt: skip
for rows in ("id,amt\n1,$1,234\n2,$2,345\n3,$3,456\n", "id,name,age\n1,Smith, John,33\n2,Doe, Jane,44\n", "name,wert\nA,1,5\nB,2,5\nC,3,75\n", "id,pos\n1,52.5,13.4\n2,48.1,11.6\n"):  # fmt: skip
    case(f"silent: commas inside cells {len(rows)}", rows, refused="A delimiter seems to stand inside cells")
case("silent: two delimiters", "id,name;x,y\n1,a;2,3\n4,b;5,6\n7,c;8,9\n", {"id": [1, 4, 7], "name;x": ["a;2", "b;5", "c;8"], "y": [3, 6, 9]}, "semicolons would fit as well")  # fmt: skip
case("silent: a mark of a second file", "n,v\na,5\n\ufeffb,6\nc,7\n", {"n": ["a", "b", "c"], "v": [5, 6, 7]}, "the first stands in line 3")  # fmt: skip
case("silent: a space of no width", "n,q\n1,yes\u200b\n2,no\n3,yes\n", {"n": [1, 2, 3], "q": ["yes", "no", "yes"]}, "the first stands in line 2")  # fmt: skip
case("silent: names of two words", "   first name  n\n0  Ann  5\n1  Bob  6\n2  Cid  7\n", refused="Nothing shows which column name")  # fmt: skip
case("silent: a print with units", "   first name  Age (y)\n0        Ann        5\n1        Bob        6\n2        Cid        7\n", {"first name": ["Ann", "Bob", "Cid"], "Age (y)": [5, 6, 7]}, "gaps that all lines share")  # fmt: skip
case("silent: row names of R", '"mpg" "am"\n"Mazda RX4" 21 1\n"Datsun 710" 22.8 1\n"Hornet 4 Drive" 21.4 0\n', {"column 1": ["Mazda RX4", "Datsun 710", "Hornet 4 Drive"], "mpg": [21, 22.8, 21.4], "am": [1, 1, 0]}, "row names", "named “column 1”")  # fmt: skip
case("silent: a quotation mark in a name", 'a,b"x,c\n1,2,3\n3,4,5\n', {"a": [1, 3], 'b"x': [2, 4], "c": [3, 5]}, "in the column name “b\"x”")  # fmt: skip
for gap in ("NA", ""):
    case(f"silent: a gap in a first row of data, {gap!r}", f"A1,{gap},N\nA2,5,S\nA3,7,N\nA4,8,N\n", {"column 1": ["A1", "A2", "A3", "A4"], "column 2": [None, 5.0, 7.0, 8.0], "column 3": ["N", "S", "N", "N"]}, "repeats a word of the rows below")  # fmt: skip
case("silent: a plate", ",1,2\nA,0.1,0.2\nB,0.2,0.4\nC,0.3,0.1\n", {"column 1": ["A", "B", "C"], "1": [0.1, 0.2, 0.3], "2": [0.2, 0.4, 0.1]}, "although it holds numbers", "named “column 1”")  # fmt: skip
case("silent: dates as names", "id,2024-01-01,2024-02-01\na,1,2\nb,3,4\nc,5,6\n", {"id": ["a", "b", "c"], "2024-01-01": [1, 3, 5], "2024-02-01": [2, 4, 6]}, "although it holds numbers")  # fmt: skip
for mark in (",", "\t"):
    rows = "1;2;x\n3;4;y\n5;7;z\n"
    case(f"silent: names in another dialect {mark!r}", mark.join("abc") + "\n" + rows, {"a": [1, 3, 5], "b": [2, 4, 7], "c": ["x", "y", "z"]}, "separated in another way")  # fmt: skip
case("silent: a table with an offset", ",,,\n,,,\n,,a,b\n,,1,x\n,,2,y\n,,3,z\n", {"a": [1, 2, 3], "b": ["x", "y", "z"]}, "without name and values")  # fmt: skip
case("silent: keys and values above", "Created:,2024-01-01,\nAuthor:,Ann,\n,,\nname,age,x\nann,34,1\nbob,45,2\ncid,56,3\n", {"name": ["ann", "bob", "cid"], "age": [34, 45, 56], "x": [1, 2, 3]}, "Lines 1 to 2 stand above")  # fmt: skip
case("silent: questions below names", "Q1,Q2,Q3\nHow old are you?,How content?,Gender\n33,4,m\n41,5,f\n28,1,f\n", {"Q1": [33, 41, 28], "Q2": [4, 5, 1], "Q3": ["m", "f", "f"]}, "Line 2 describes the columns")  # fmt: skip
case("silent: a group with a gap at its end", "id,name,Score,\n,,math,art\n1,ann,5,6\n2,bob,7,8\n3,cid,1,2\n", {"id": [1, 2, 3], "name": ["ann", "bob", "cid"], "Score math": [5, 7, 1], "Score art": [6, 8, 2]}, "both read as column names")  # fmt: skip
case("silent: settings above names", "EXTF;700;21;x\nUmsatz;Konto;Art;Text\n119;1200;S;a\n50;1300;H;b\n7;1400;S;c\n", {"Umsatz": [119, 50, 7], "Konto": [1200, 1300, 1400], "Art": ["S", "H", "S"], "Text": ["a", "b", "c"]}, "Line 1 stands above")  # fmt: skip
case("silent: a preface longer than its table", "Bank;ING\nKunde;Max\nSaldo;5\nTyp;x\n\nDatum;Zweck;Betrag\n01.02.2024;a;5\n13.02.2024;b;6\n", {"Datum": [D("2024-02-01"), D("2024-02-13")], "Zweck": ["a", "b"], "Betrag": [5, 6]}, "Lines 1 to 4 stand above")  # fmt: skip
for text, kind in (
    ("@RELATION iris\n@ATTRIBUTE a NUMERIC\n@DATA\n1.5,x\n", "an ARFF file"),
    ("INSERT INTO t (id,v) VALUES (1,2);\nINSERT INTO t (id,v) VALUES (3,4);\n", "a dump of a database"),
    ('1.2.3.4 - - [10/Oct/2023:13:55:36 -0700] "GET /a HTTP/1.0" 200 2326\n' * 3, "a log of a web server"),
    ("1 1:0.5 2:0.3\n-1 1:0.2 2:0.7\n", "a file for LIBSVM"),
    ("- id: 1\n  name: Ann\n- id: 2\n  name: Bob\n", "a YAML file"),
    ("id & name \\\\\n1 & ann \\\\\n2 & bob \\\\\n", "a table in LaTeX"),
):
    case(f"silent: {kind}", text, refused=kind)
case(
    "silent: ISO-2022-JP", "名前,n\n田中,30\n鈴木,25\n".encode("iso2022_jp"), {"名前": ["田中", "鈴木"], "n": [30, 25]}
)
case(
    "silent: NUL bytes at the end", b"a,b\n1,2\n3,4\n" + b"\0" * 512, {"a": [1, 3], "b": [2, 4]}, "NUL bytes at the end"
)
for separator in ("\x01", "\x1f", ":"):
    case(f"silent: separated by {separator!r}", "a,b,c\n1,x,2\n3,y,4\n5,z,6\n".replace(",", separator), {"a": [1, 3, 5], "b": ["x", "y", "z"], "c": [2, 4, 6]})  # fmt: skip
case("silent: a line of another delimiter", "sep=;\na,b\n1,2\n3,4\n", {"a": [1, 3], "b": [2, 4]})
case("silent: empty cells behind the names", "a,b,,\n1,x\n2,y\n3,z\n", {"a": [1, 2, 3], "b": ["x", "y", "z"]}, "Line 1 ends in empty cells")  # fmt: skip

# ------------------------------------------------------------------ files whose claims or shape are beyond a table

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def raw_workbook(cells: str, strings: str = "") -> bytes:
    """Return an .xlsx with this XML as the rows of its only sheet."""
    package = RELATIONS.replace("officeDocument", "package", 1)
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{RELATIONS}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"<worksheet {MAIN}><sheetData>{cells}</sheetData></worksheet>",
    }
    if strings:
        parts["xl/sharedStrings.xml"] = f"<sst {MAIN}>{strings}</sst>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


NEAR = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
for label, cell in {
    "a plain": '<c r="XFD1048576">',
    "a spaced": '<c r = "XFD1048576">',
    "a singly quoted": "<c r='XFD1048576'>",
    "a prefixed": '<x:c xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="XFD1048576">',
    "an encoded": '<c r="&#88;FD1048576">',
}.items():
    end = "x:c" if "x:c" in cell else "c"
    case(f"claims: {label} cell far away", raw_workbook(f'{NEAR}<row r="1048576">{cell}<v>2</v></{end}></row>'), refused="spans 1,048,576 rows and 16,384 columns")  # fmt: skip
case("claims: a cell outside Excel", raw_workbook(f'{NEAR}<row r="9"><c r="ZZZZ4294967290"><v>2</v></c></row>'), refused="broken")  # fmt: skip
case("claims: a row outside Excel", raw_workbook(f'{NEAR}<row r="4294967290"><c><v>2</v></c></row>'), refused="broken")
case("claims: few cells in many", raw_workbook(f'{NEAR}<row r="900000"><c r="Z900000"><v>2</v></c></row>'), refused="only 3 cells hold something")  # fmt: skip
case("claims: a formatted cell far away", raw_workbook(f'{NEAR}<row r="2"><c r="A2"><v>3</v></c><c r="B2"><v>4</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'), {"column 1": [1, 3], "column 2": [2, 4]}, "so it was read as data")  # fmt: skip
case("claims: a text shared by many cells", raw_workbook("".join(f'<row r="{i}"><c r="A{i}" t="s"><v>0</v></c><c r="B{i}" t="s"><v>0</v></c></row>' for i in range(1, 3000)), f"<si><t>{'x' * 100_000}</t></si>"), refused="texts of this workbook take more than 256 MB")  # fmt: skip


def old_workbook_with_a_far_cell() -> bytes:
    data = bytearray(old_workbook([[1e10 + 0.5, 2e10 + 0.5], [3e10 + 0.5, 4e10 + 0.5]]))
    at = data.rfind(b"\x03\x02\x0e\x00") + 4
    data[at : at + 4] = b"\xff\xff\xff\xff"
    return bytes(data)


case("claims: a cell far away in an .xls", old_workbook_with_a_far_cell(), refused="claims more cells than can be held")
case("claims: 100,000 columns", ",".join(map(str, range(100_000))) + "\n" + "1," * 99_999 + "1\n", refused="more than 5,000 columns")  # fmt: skip
case("claims: a second line of a million cells", "a,b\n" + "1," * 1_000_000, refused="Line 2 has more than 100,000 cells")  # fmt: skip
for label, cell in {
    "spaces before a unit": "5" + " " * 20_000 + "kg",
    "digits before a letter": "1" * 100_000 + "x",
    "dates and spaces": "1.1.2024" + " " * 20_000 + "x",
    "signs and spaces": "(-$" + " " * 100_000 + "x",
}.items():
    case(f"claims: {label}", f"n,w\na,{cell}\nb,{cell}\nc,y\n", {"n": ["a", "b", "c"], "w": [cell, cell, "y"]}, *(["among dates"] if "1.1" in cell else []))  # fmt: skip
case("claims: a long line before an accent", b"n;w\na;" + b"y" * 120_000 + b"\nb;\xe9t\xe9\nc;y\n", {"n": ["a", "b", "c"], "w": ["y" * 120_000, "été", "y"]}, "Windows-1252", "shows whether")  # fmt: skip
case("claims: quoted commas without an end", '"' + "," * 60_000 + "\na\n", refused="Only one column")


def shown(change: Any, rows: list[list[Any]] = GRID) -> bytes:
    """Return a workbook of GRID to whose sheet something was done."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(workbook(Data=rows)))
    change(book.active)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


case("workbook: a hidden row", shown(lambda sheet: setattr(sheet.row_dimensions[3], "hidden", True)), AB, "Row 3 is hidden or filtered out")  # fmt: skip
case("workbook: a hidden column", shown(lambda sheet: setattr(sheet.column_dimensions["B"], "hidden", True)), AB, "hidden in Excel were read like the others: B")  # fmt: skip
case("workbook: cells merged downwards", shown(lambda sheet: sheet.merge_cells("A2:A3")), {"a": [1, None, 5], "b": ["x", "y", "z"], "c": [2.5, 3.5, 4.5]}, "merged over several rows (A2:A3)")  # fmt: skip
case("workbook: percent", formatted([["q", "b"], *([i / 100, i] for i in NUMBERS)], "0.0%"), {"q": [i / 100 for i in NUMBERS], "b": NUMBERS}, "15 cells, the first A2, holds a number shown as percent")  # fmt: skip
case("workbook: a zero drawn in front", formatted([["tel", "b"], *([i + 1000, i] for i in NUMBERS)], '"0"#'), {"tel": [i + 1000 for i in NUMBERS], "b": NUMBERS}, "a number shown with zeros")  # fmt: skip


def hidden_first() -> bytes:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(workbook(Old=[["p", "q"], [1, 2], [3, 4]], Data=GRID)))
    book["Old"].sheet_state, book.active = "hidden", 1
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


case("workbook: a hidden sheet in front", hidden_first(), AB, "2 sheets; “Data” was read")

LEGEND = [["name", "meaning"], ["a", "age"], ["b", "yes or no"]]
MANY = [["a", "b"], *([place, place % 7] for place in range(100))]
MANY_READ = {"a": list(range(100)), "b": [place % 7 for place in range(100)]}
OF_BOTH = "2 sheets; “Data”, which is far larger than “{}”, was read"
case("workbook: a legend in front of the data", workbook(Legend=LEGEND, Data=MANY), MANY_READ, OF_BOTH.format("Legend"))
case("workbook: a legend in front, .xls", old_workbook(LEGEND, Data=MANY), MANY_READ, OF_BOTH.format("Sheet1"))
case(
    "workbook: the first of two tables",
    workbook(One=GRID, Two=MANY[:20]),
    AB,
    "2 sheets; “One” was read",
)
case("workbook: the first of two tables, .xls", old_workbook(GRID, Two=MANY[:20]), AB, "2 sheets; “Sheet1” was read")
case(
    "workbook: a legend is chosen",
    workbook(Legend=LEGEND, Data=MANY),
    {"name": ["a", "b"], "meaning": ["age", "yes or no"]},
    "Nothing shows whether the first row holds column names",
    options=ReadOptions(sheet="Legend"),
)

# ------------------------------------------------------------------ digits that a number does not keep

LONG = ["1234567890123456789.0", "1234567890123456788.0"]
case("digits: long ones with a point", f"id,n\n{LONG[0]},1\n{LONG[1]},2\n", {"id": LONG, "n": [1, 2]}, "more digits than a number can hold")  # fmt: skip
GROUPED = ["1.234.567.890.123.456.789", None, "1.234.567.890.123.456.788"]
case("digits: long ones in groups", f"id;n\n{GROUPED[0]};1\n;2\n{GROUPED[2]};3\n", {"id": GROUPED, "n": [1, 2, 3]}, "more digits than a number can hold")  # fmt: skip


def arrow_file(**columns: Any) -> bytes:
    import pyarrow as pa
    from pyarrow import parquet as files

    buffer = io.BytesIO()
    files.write_table(pa.table(list(columns.values()), names=[name.rstrip("_") for name in columns]), buffer)
    return buffer.getvalue()


def arrow(values: list[Any], kind: str, *more: Any) -> Any:
    import pyarrow as pa

    return pa.array(values, getattr(pa, kind)(*more))


KEYS = [1234567890123456789, 1234567890123456788]
case("parquet: keys stored as decimals", arrow_file(id=arrow(list(map(Decimal, KEYS)), "decimal128", 19, 0), b=[1, 2]), {"id": KEYS, "b": [1, 2]}, "more than 15 digits")  # fmt: skip
case("parquet: keys longer than an integer", arrow_file(id=arrow([Decimal(KEYS[0] * 100), Decimal(KEYS[1] * 100)], "decimal128", 21, 0), b=[1, 2]), {"id": [f"{key}00" for key in KEYS], "b": [1, 2]}, "too long to be held")  # fmt: skip
case("parquet: times and spans", arrow_file(t=arrow([dt.time(8, 5), dt.time(9, 0, 0, 500)], "time64", "us"), d=arrow([-90, 3661], "duration", "s")), {"t": ["08:05:00", "09:00:00.000500"], "d": ["-0:01:30", "1:01:01"]})  # fmt: skip
case("parquet: truth values with gaps", arrow_file(a=arrow([True, None, False], "bool_"), b=[1, 2, 3]), {"a": [True, None, False], "b": [1, 2, 3]})  # fmt: skip
case("parquet: an infinite value", arrow_file(x=[1.5, float("inf")], b=[1, 2]), {"x": [1.5, float("inf")], "b": [1, 2]}, "“x” holds an infinite value")  # fmt: skip
case("parquet: numbers and dates as text", arrow_file(x=["1.5", "2.5"], d=["2024-01-31", "2024-02-01"]), {"x": ["1.5", "2.5"], "d": ["2024-01-31", "2024-02-01"]}, "“x” is stored as text", "“d” is stored as text")  # fmt: skip
case("parquet: names that occur twice", arrow_file(a=[1, 2], a_=[3, 4]), {"a": [1, 2], "a (2)": [3, 4]}, "occurs before were renamed")  # fmt: skip
case("parquet: views of text", arrow_file(a=[1, 2], b=arrow(["x", "y"], "string_view")), {"a": [1, 2], "b": ["x", "y"]})
case("parquet: labels of rows", parquet(pd.DataFrame({"a": [1, 2], "b": [3, 4]}, index=["k1", "k2"])), {"column 1": ["k1", "k2"], "a": [1, 2], "b": [3, 4]}, "labels of the rows", "were named")  # fmt: skip
case("parquet: bytes are not unpacked", arrow_file(a=[b"\0" * 1000] * 5, b=[1] * 5, c=[2] * 5), {"b": [1] * 5, "c": [2] * 5}, "left out: “a”")  # fmt: skip

case("json: labels of rows", '{"age":{"ann":34,"bob":45,"cid":5},"city":{"ann":"x","bob":"y","cid":"z"}}', {"column 1": ["ann", "bob", "cid"], "age": [34, 45, 5], "city": ["x", "y", "z"]}, "were named")  # fmt: skip
case("json: an index of words", '{"columns":["a","b"],"index":["k1","k2"],"data":[[1,"x"],[2,"y"]]}', {"column 1": ["k1", "k2"], "a": [1, 2], "b": ["x", "y"]}, "were named")  # fmt: skip
case("json: a record behind one of two lines", '[{"a":1,"b":"x\\ny"},{"a":"1-","b":"z"},{"a":2,"b":"u"}]', {"a": ["1", "1-", "2"], "b": ["x\ny", "z", "u"]}, "“1-” in row 2 has a minus")  # fmt: skip
case(
    "json: a cell too long",
    json.dumps([{"a": 1, "b": "x"}, {"a": 2, "b": "y" * 200_000}]),
    refused="It is in row 2. Shorten it",
)
case("json: backslashes are letters", json.dumps([{"a": "C:\\t\\", "b": 1}, {"a": "a\\,b", "b": 2}, {"a": "\\\\", "b": 3}]), {"a": ["C:\\t\\", "a\\,b", "\\\\"], "b": [1, 2, 3]})  # fmt: skip
case("workbook: a row behind a cell of two lines", workbook(Data=[["a", "b"], [1, "x\ny"], ["none of it", "z"], [3, "u"], [4, "v"]]), {"a": ["1", "none of it", "3", "4"], "b": ["x\ny", "z", "u", "v"]}, "row 3 holds “none of it” among numbers", "Nothing shows")  # fmt: skip
case("print: R's sign of no value", "  a    b\n1 1    x\n2 2 <NA>\n3 4    y\n4 5 <NA>\n", {"a": [1, 2, 4, 5], "b": ["x", None, "y", None]}, "“<NA>” (2) was read as missing", "one cell more", "only counts the rows")  # fmt: skip
case("json: rows of several widths", '[["a","b"],[1,2],[3]]', refused="Row 3 has 1, the first one 2")
case("json: an entry twice", '[{"a":1,"a":2,"b":3},{"a":4,"a":5,"b":6}]', {"a": [2, 5], "b": [3, 6]}, "twice, such as “a”")  # fmt: skip
case("json: an answer of a service", '{"count":2,"next":null,"results":[{"a":1,"b":2},{"a":3,"b":4}]}', {"a": [1, 3], "b": [2, 4]}, "records under “results” were read")  # fmt: skip
case("json: lines with commas", '{"a":1,"b":"x"},\n{"a":2,"b":"y"}\n', {"a": [1, 2], "b": ["x", "y"]})


def tarred(content: bytes) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        member = tarfile.TarInfo("a.csv")
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


case("other: tar", tarred(BODY.encode()), refused="a tar archive")
case("other: tar in gzip", gzip.compress(tarred(BODY.encode())), refused="a tar archive")
case("letters: NUL bytes at the end", BODY.encode() + bytes(512), AB, "NUL bytes at the end of the file")

# ------------------------------------------------------------------ words for "no value" that were added

USUAL = ("NA", "N/A", "null", "-", "?")
PRICES = "preis;n\n57,80;1\nk. A.;2\n12,50;3\n"
for added in (None, ReadOptions(missing=(*USUAL, "nein"))):
    case(f"added words: {'one' if added else 'none'}", PRICES, {"preis": [57.8, None, 12.5], "n": [1, 2, 3]}, "“k. A.” (1)", options=added)  # fmt: skip
    case(f"added words: {'one' if added else 'none'}, signs as levels", "rh,n\n+,1\n-,2\n+,3\n-,4\n", {"rh": ["+", "-", "+", "-"], "n": [1, 2, 3, 4]}, options=added)  # fmt: skip
case("added words: a level", "a,n\nyes,1\nnein,2\nyes,3\n", {"a": ["yes", None, "yes"], "n": [1, 2, 3]}, options=ReadOptions(missing=(*USUAL, "nein")))  # fmt: skip
case("added words: none is left", PRICES, {"preis": ["57,80", "k. A.", "12,50"], "n": [1, 2, 3]}, "“k. A.” among numbers", options=ReadOptions(missing=()))  # fmt: skip

# ------------------------------------------------------------------ totals by their numbers alone

FOUR = {"n": ["A", "B", "C", "D"], "k": [10, 20, 30, 5]}
FOUR_TEXT = "n;k\nA;10\nB;20\nC;30\nD;5\n"
for word in ("Totalt", "Yhteensä", "Toplam", "I alt", "合計", "Deutschland", "*", "** Summe", "NA", ""):
    case(f"sums: {word!r}", f"{FOUR_TEXT}{word};65\n", FOUR, "Line 6 is a total")
case("sums: not exactly", f"{FOUR_TEXT}Deutschland;66\n", {"n": [*FOUR["n"], "Deutschland"], "k": [*FOUR["k"], 66]})
case("sums: an average", f"{FOUR_TEXT}Class average;16.25\n", FOUR, "Line 6 is a total")
case("sums: small numbers may be chance", "n,k\nA,1\nB,2\nC,3\nD,6\n", {"n": ["A", "B", "C", "D"], "k": [1, 2, 3, 6]})
case("sums: not of all numbers", "n,year,k\nA,2001,10\nB,2002,20\nC,2003,30\nD,2004,60\n", {"n": ["A", "B", "C", "D"], "year": [2001, 2002, 2003, 2004], "k": [10, 20, 30, 60]})  # fmt: skip
case("sums: a row with words of its own", "n,town,k\nA,x,10\nB,y,20\nC,z,30\nD,w,60\n", {"n": ["A", "B", "C", "D"], "town": ["x", "y", "z", "w"], "k": [10, 20, 30, 60]})  # fmt: skip
case("sums: a gap in the first column", "n,p,k\nKim,a,10\n,b,20\nPaul,a,30\nEva,b,5\n,,65\n", {"n": ["Kim", None, "Paul", "Eva"], "p": ["a", "b", "a", "b"], "k": [10, 20, 30, 5]}, "Line 6 is a total")  # fmt: skip
case("sums: at the top", "day,n,k\n2024-01-01,,65\n" + "".join(f"2024-01-01,{n},{k}\n" for n, k in zip(*FOUR.values(), strict=True)), {"day": [D("2024-01-01")] * 5, "n": [None, *FOUR["n"]], "k": [65, *FOUR["k"]]}, "Line 2 looks like a total")  # fmt: skip
case("sums: bars around the table", "".join(f"| {n:6} | {k:4} |\n" for n, k in [("n", "k"), *zip(*FOUR.values(), strict=True), ("", 65)]), FOUR, "Line 6 is a total", "Columns without", "Spaces around")  # fmt: skip
case("sums: Max among the rows", "name;k\nAnna;10\nMax;20\nPaul;30\nEva;5\nSumme;65\n", {"name": ["Anna", "Max", "Paul", "Eva"], "k": [10, 20, 30, 5]}, "Line 6 is a total")  # fmt: skip
MAX = [("Anna", 0, "no"), ("Bert", 1, "yes"), ("Cy", 2, "no")] * 5 + [("Max", 2, "yes"), ("Otto", 1, "yes"), ("Max", 1, "no")]  # fmt: skip
case("sums: Max at the end", "name;n;left\n" + "".join(f"{a};{b};{c}\n" for a, b, c in MAX), dict(zip(("name", "n", "left"), map(list, zip(*MAX, strict=True)), strict=True)))  # fmt: skip
case("sums: Max twice", "nr,name,age\n1,Anna,30\n2,Max,41\n3,Cy,22\n4,Max,30\n", {"nr": [1, 2, 3, 4], "name": ["Anna", "Max", "Cy", "Max"], "age": [30, 41, 22, 30]})  # fmt: skip
case("sums: Max is not the largest", "name,x\nAnn,3\nBob,9\nCy,4\nMax,7\n", {"name": ["Ann", "Bob", "Cy", "Max"], "x": [3, 9, 4, 7]})  # fmt: skip
case("sums: an answer that no other row has", "minutes,won\n100,\n25,\n5,\n50,\n20,yes\n200,no\n", {"minutes": [100, 25, 5, 50, 20, 200], "won": [None, None, None, None, "yes", "no"]})  # fmt: skip
case("sums: a gap as others have it", "minutes,won\n25,yes\n10,yes\n5,\n20,\n20,\n10,\n10,yes\n100,\n", {"minutes": [25, 10, 5, 20, 20, 10, 10, 100], "won": ["yes", "yes", None, None, None, None, "yes", None]}, "Line 9 may be a total")  # fmt: skip
case("sums: the only gap in place of a label", "name,plan,n\nKim,a,10\n,b,20\nPaul,a,30\nEva,b,5\n,,65\n", {"name": ["Kim", None, "Paul", "Eva"], "plan": ["a", "b", "a", "b"], "n": [10, 20, 30, 5]}, "Line 6 is a total")  # fmt: skip
case("sums: a first cell that says NA", "a,b\nx,1\ny,2\nz,3\nNA,4\n", {"a": ["x", "y", "z", None], "b": [1, 2, 3, 4]}, "“NA” (1 of 4 rows) was read as missing")  # fmt: skip


def kept(name: str, content: str | bytes, columns: dict[str, list[Any]], *told: str) -> None:
    """Add a table whose last row looks like a total and is one of data."""
    case(f"no total: {name}", content, columns, *told)


def rows_of(columns: dict[str, list[Any]]) -> str:
    return "".join(",".join(map(str, row)) + "\n" for row in [columns, *zip(*columns.values(), strict=True)])


GROWN = [10, 20, 5, 35]
DAYS = [dt.datetime(2024, 1, day) for day in range(1, 5)]
DAYS_READ = {"date": list(map(D, DAYS)), "amount": GROWN}
kept("a day", rows_of({"date": [f"2024-01-0{day}" for day in range(1, 5)], "amount": GROWN}), DAYS_READ)
kept("a day of a workbook", workbook(Data=[["date", "amount"], *zip(DAYS, GROWN, strict=True)]), DAYS_READ)
BOTH = {"a": [10.31, 20.17, 5.29, 35.77], "b": [3.21, 4.33, 2.17, 9.71]}
for name, columns in {
    "a code": {"id": ["C-001", "C-002", "C-003", "C-004"], "amount": GROWN},
    "a code of other letters": {"id": ["Ж1", "Б2", "В3", "Г4"], **BOTH},
    "a level": {"amount": BOTH["a"], "won": ["north", "south", "south", "north"]},
    "three words": {"name": ["Ann", "Bob", "Cy", "Dee"], "sex": ["F", "M", "M", "F"], "city": ["Rome", "Oslo", "Bern", "Rom"], "a": GROWN, "b": [3, 4, 2, 9]},
    "a dose": {"dose": [0, 1, 2, 3], "n": [5, 10, 15, 30], "dead": [0, 2, 4, 6]},
    "columns that count": {"x": [1, 2, 3, 6], "y": [2, 3, 4, 9]},
    "numbers that double": {"gen": list("ABCDEFG"), "n": [1, 1, 2, 4, 8, 16, 32], "k": [0, 1, 1, 2, 4, 8, 16]},
    "round numbers": {"name": ["Ann", "Robert", "Cy", "Deborah"], "n": [50, 100, 50, 200]},
}.items():  # fmt: skip
    kept(name, rows_of(columns), columns)
WON = ["yes", "no", "no", "yes"]
kept("yes and no", rows_of({"amount": GROWN, "won": WON}), {"amount": GROWN, "won": WON})
AGES = {"sex": ["F", "M", "M", "F"], "age": GROWN, "fare": [3, 4, 2, 9]}
kept("yes and no beside a level", rows_of({**AGES, "won": WON}), {**AGES, "won": WON})
kept("a truth value", "amount,won\n10,true\n20,false\n5,false\n35,true\n", {"amount": GROWN, "won": [True, False, False, True]})  # fmt: skip
kept("a truth value as in no other row", "a,won\n10.31,false\n20.17,false\n5.29,false\n35.77,true\n", {"a": BOTH["a"], "won": [False] * 3 + [True]})  # fmt: skip
MAY_BE = "may be a total"
RISEN = {"name": ["Ann", "Robert", "Cy", "Deborah", "Eva Maria"], "n": [5, 10, 20, 50, 85]}
kept("numbers that rise", rows_of(RISEN), RISEN, f"Line 6 {MAY_BE}: it holds the sums")
kept("no label at all", rows_of(BOTH), BOTH, f"Line 5 {MAY_BE}: it holds the sums")
SEEN = [1, 0, 1, 1]
for name, columns in {
    "a dish": {"dish": ["Pho", "Ramen", "Soto", "Dim Sum"], "kcal": [510, 430, 330, 220], "liked": SEEN},
    "a surname": {"name": ["Ana Silva", "Rui Costa", "Eva Lima", "Rita Sum"], "age": [51, 43, 33, 22], "y": SEEN},
    "an ensemble": {"act": ["Duo", "Trio", "Solo", "Ensemble"], "seats": [510, 430, 330, 220], "liked": SEEN},
    "stars": {"company": ["Saturn", "Otto", "Lidl", "Aldi", "Media Markt"], "employees": [5100, 4300, 9000, 8000, 5200], "rating": [4, 3, 5, 4, 4]},
    "stars alone": {"company": ["Saturn", "Otto", "Lidl", "Aldi", "Media Markt"], "rating": [4, 3, 5, 4, 4]},
    "a cereal": {"cereal": ["Trix", "Kix", "Cheerios", "Total Raisin Bran"], "mfr": ["G", "G", "K", "G"], "type": list("CCHC"), "kcal": [100, 120, 90, 110], "fat": [1, 0, 2, 1], "stars": [3, 2, 4, 3]},
    "an oil": {"brand": ["Shell", "Aral", "Esso", "Total"], "price": [151, 143, 133, 122], "bought": SEEN},
    "a name": {"name": ["Ana", "Rui", "Eva", "Soma"], "age": [51, 43, 33, 22], "y": SEEN},
}.items():  # fmt: skip
    last = str(next(iter(columns.values()))[-1])
    kept(name, rows_of(columns), columns, f"(“{last}”) {MAY_BE}")
for label in ("Dish total", "Overall sum"):
    case(f"sums: two words {label!r}", f"{FOUR_TEXT}{label};65\n", FOUR, "Line 6 is a total")
case("sums: among the rows", REGION.replace("Grand Total,,45\n", "S,6,7\n"), {"region": [*"NNNNN", "Subtotal N", *"SSSSS", "Subtotal S", "S"], "id": [1, 2, 3, 4, 5, None, 1, 2, 3, 4, 5, None, 6], "x": [1, 2, 3, 4, 5, 15, 2, 4, 6, 8, 10, 30, 7]}, "Lines 7, 13 look like totals, but stand among the rows and were kept")  # fmt: skip

# ------------------------------------------------------------------ notes below

for person in ("Standish", "Legendre", "Noteboom"):
    case(f"notes: {person}", f"n,a,b\nKim,1,2\nTom,3,4\nAl,2,5\n{person},,\n", {"n": ["Kim", "Tom", "Al", person], "a": [1, 3, 2, None], "b": [2, 4, 5, None]}, "holds only a first cell")  # fmt: skip
CITIES = {"name": ["Ann", "Bob", "Cid"], "city": ["Rome", "Oslo", "Bonn"]}
for note in ("Generated by tool, v1.2", "\nConfidential, do not distribute", "\nPrinted,2024-01-31"):
    case(f"notes: {note.strip()!r}", f"name,city\nAnn,Rome\nBob,Oslo\nCid,Bonn\n{note}\n", CITIES, "total or a note below", "Nothing shows whether")  # fmt: skip
case("notes: a level is none", "event,city\ncreated,Rome\nclosed,Oslo\ncreated,Bonn\n", {"event": ["created", "closed", "created"], "city": CITIES["city"]}, "Nothing shows whether")  # fmt: skip

for note in (
    "Created by admin,ann,2",
    "Sources: an essay,Lee,1",
    '"Generated by AI, not you",ann,1',
    "Printed by Hand,Lee,1",
):
    event = note.split(",")[0] if '"' not in note else note.split('"')[1]
    user, n = note.rsplit(",", 2)[1:]
    case(f"notes: a full row is none {event!r}", f"event,user,n\nUpdated,tom,3\nDeleted,eva,4\nOpened,tom,1\nClosed,ann,1\n{note}\n", {"event": ["Updated", "Deleted", "Opened", "Closed", event], "user": ["tom", "eva", "tom", "ann", user], "n": [3, 4, 1, 1, int(n)]})  # fmt: skip
case("notes: a title of a book", "title,author,read\nDune,Herbert,1\nEmma,Austen,0\nPrinted by Hand,Lee,1\n", {"title": ["Dune", "Emma", "Printed by Hand"], "author": ["Herbert", "Austen", "Lee"], "read": [1, 0, 1]})  # fmt: skip
case("notes: a text of a mail", 'mail,spam\nHi Tom,0\nWin now,1\n"Generated by AI, not you",1\n', {"mail": ["Hi Tom", "Win now", "Generated by AI, not you"], "spam": [0, 1, 1]})  # fmt: skip
GOODS = {"qty": [3, 5, 7, 12], "item": ["books", "tapes", "lamps", "records"]}
case("notes: a number and records", "qty,item\n3,books\n5,tapes\n7,lamps\n12,records\n", GOODS)
case(
    "notes: a number and records in a workbook", workbook(Data=[list(GOODS), *zip(*GOODS.values(), strict=True)]), GOODS
)
case("notes: a number and rows", "qty,item,p\n3,books,a\n5,tapes,b\n7,lamps,a\n12,rows,\n", {"qty": GOODS["qty"], "item": [*GOODS["item"][:3], "rows"], "p": ["a", "b", "a", None]})  # fmt: skip
for count in ("4 rows,", "4,rows"):
    case(f"notes: a count {count!r}", f"qty,item\n3,books\n5,tapes\n7,lamps\n12,records\n{count}\n", GOODS, "Line 6 is a total or a note")  # fmt: skip

# ------------------------------------------------------------------ what databases and programs print

PRINTED = {"ID": [1, 2, 3, 4], "NAME": ["Ann", "Bob O", "Cid", "Dee"], "AMOUNT": [10.5, None, 7.25, 9]}
PRINT = "        ID NAME       AMOUNT\n---------- ---------- ----------\n         1 Ann              10.5\n         2 Bob O\n         3 Cid              7.25\n"  # fmt: skip
for foot in ("4 rows selected.", "(4 rows affected)"):
    case(f"print: {foot}", f"{PRINT}         4 Dee                 9\n\n{foot}\n", PRINTED, "cut where the dashes", "line drawn below the column names was left", "Line 8 is a total or a note")  # fmt: skip
case("print: pages", PRINT + "\n" + PRINT, {name: 2 * cells[:3] for name, cells in PRINTED.items()}, "cut where the dashes", "names was left out", "names are repeated below", "drawn in the table were left out: line 8")  # fmt: skip
case("print: glued words", "group  group_2       Abw\n------ ------------- ----------\n" + "".join(f"{'fm'[i % 2]}      North         {i * 1.5:10.2f}\n" for i in range(9)), {"group": ["fm"[i % 2] for i in range(9)], "group_2": ["North"] * 9, "Abw": [i * 1.5 for i in range(9)]}, "cut where the dashes", "names was left out")  # fmt: skip
SPACED = {"id": [1, 2, 3, 4], "age": [33, 41, 28, 19], "score": [2.5, 3.5, 1.25, 4]}
SPACED_TEXT = "1{0}33{0}2.5\n2{0}41{0}3.5\n3{0}28{0}1.25\n4{0}19{0}4\n"
for mark in (" ", ",", ", ", "\t", ";"):
    names = mark.join(SPACED)
    case(f"marked names: {mark!r}", f"# {names}\n" + SPACED_TEXT.format(mark), SPACED, "begins with “#” and was read as column names")  # fmt: skip
case("marked names: below a comment", "# exported\n# id, age, score\n" + SPACED_TEXT.format(", "), SPACED, "Line 2 begins with “#”", "are comments and were left out: line 1")  # fmt: skip
case("marked names: each is marked", "bank;\n#id;#age;#score;\n" + SPACED_TEXT.format(";").replace("\n", ";;\n"), SPACED, "Line 2 begins with “#”", "Line 1 stands above", "one more delimiter", "left out: “column 4”")  # fmt: skip
case("marked names: a comment above names", "# hello,world\na,b\n1,x\n2,y\n", {"a": [1, 2], "b": ["x", "y"]}, "are comments")  # fmt: skip
LOG = "".join(f"2024-01-05 00:00:{second} GET {second}\n" for second in range(10, 15))
LOGGED = {"date": [D("2024-01-05")] * 5, "time": [f"00:00:{s}" for s in range(10, 15)], "method": ["GET"] * 5, "bytes": list(range(10, 15))}  # fmt: skip
case("print: times are not cut", LOG, {f"column {place}": cells for place, cells in enumerate(LOGGED.values(), 1)}, "so it was read as data")  # fmt: skip
case("print: fields of a log", "#Version: 1.0\n#Fields: date time method bytes\n" + LOG, LOGGED, "Line 2 begins with “#”", "are comments")  # fmt: skip
case("print: names below, each line with a mark too many", "id,zip,amount,\n1,01067,19.5,\n2,01068,3.5,\nid,zip,amount,\n4,01069,1.5,\n", {"id": [1, 2, 4], "zip": ["01067", "01068", "01069"], "amount": [19.5, 3.5, 1.5]}, "repeated below", "left out: “column 4”", "begins with a zero")  # fmt: skip

# ------------------------------------------------------------------ second rows that survey tools write

ANSWERS = "".join(f"{i},Female,text {i}\n" for i in NUMBERS)
ANSWERED = {"Respondent": NUMBERS, "Gender": ["Female"] * 15, "Why": [f"text {i}" for i in NUMBERS]}
for row in (",Response,Open-Ended Response", ",Antwort,Offene Antwort"):
    case(f"survey: {row!r}", f"Respondent,Gender,Why\n{row}\n{ANSWERS}", ANSWERED, "Lines 1 and 2 were both read")
case("survey: options", "id,Which?,,,Age\n,Mail,Phone,Other,Response\n1,Mail,,,young\n2,,Phone,fax,old\n3,Mail,Phone,,old\n4,Mail,,,old\n", {"id": [1, 2, 3, 4], "Which? Mail": ["Mail", None, "Mail", "Mail"], "Which? Phone": [None, "Phone", "Phone", None], "Which? Other": [None, "fax", None, None], "Age": ["young", "old", "old", "old"]}, "Lines 1 and 2 were both read")  # fmt: skip
for row in (",,[y/n]", "-,-,y/n"):
    case(f"survey: units below words only {row!r}", f"id,n,churn\n{row}\n1,3,b\n2,3,c\n3,4,b\n5,6,c\n", {"id": [1, 2, 3, 5], "n": [3, 3, 4, 6], "churn": ["b", "c", "b", "c"]}, "Line 2 holds units")  # fmt: skip
case("survey: a first row with gaps", "id,g,w\n,Male,x\n2,Female,y\n3,Male,x\n", {"id": [None, 2, 3], "g": ["Male", "Female", "Male"], "w": ["x", "y", "x"]})  # fmt: skip

# ------------------------------------------------------------------ marks inside numbers, and around cells

QUOTES = {"k": ["A", "B", "C"], "u": [86511, 950, 1950], "q": [16.8, 5.5, 7.25]}
case("marks: points among quoted commas", 'k,u,q\nA,86.511,"16,8"\nB,950,"5,5"\nC,1.950,"7,25"\n', QUOTES, "decimal marks", "was taken to separate thousands")  # fmt: skip
case("marks: decimal points among quoted commas", 'k,u,q\nA,86.511,"16,8"\nB,0.5,"5,5"\nC,1.950,"7,25"\n', {**QUOTES, "u": [86.511, 0.5, 1.95]}, "decimal marks")  # fmt: skip
for cells in (("5,-", "12,50", "7,–"), ("CHF 5.-", "CHF 12.50", "CHF 7.--")):
    case(f"marks: no cents {cells[0]}", "id;x\n" + "".join(f"a;{cell}\n" for cell in cells), {"id": ["a"] * 3, "x": [5, 12.5, 7]}, NO_CENTS)  # fmt: skip
SINGLE = [[40, "'good'", 3], [41, "'bad'", 4], *([i, f"note {i}, long", 1] for i in range(9))]
case("marks: two cells in single quotes", "id,text,n\n" + "".join(f'{i},"{t}",{n}\n' if "," in t else f"{i},{t},{n}\n" for i, t, n in SINGLE), dict(zip(("id", "text", "n"), map(list, zip(*SINGLE, strict=True)), strict=True)))  # fmt: skip
case("marks: codes in formulas", '"=""id""","plz"\n"=""1""","=""00123"""\n"=""2""",\n"=""3""","=""00124"""\n', {"id": [1, 2, 3], "plz": ["00123", None, "00124"]}, "columns “id” and “plz” are text in formulas", "begins with a zero")  # fmt: skip
for digits, moments in ((14, "2024-01-05 10:15:{}"), (12, "2024-01-05 10:{}")):
    stamps = ["20240105101530"[: digits - 2] + str(i) for i in (10, 20, 35)]
    case(f"marks: a moment of {digits} digits", "t,n\n" + "".join(f"{stamp},1\n" for stamp in stamps), {"t": [D(moments.format(i)) for i in (10, 20, 35)], "n": [1, 1, 1]}, f"numbers such as “{stamps[0]}” were read as dates")  # fmt: skip
case("marks: a day with an hour", "t,n\n2024010510,1\n2024010511,2\n2024010612,3\n", {"t": [2024010510, 2024010511, 2024010612], "n": [1, 2, 3]}, "may be days with an hour")  # fmt: skip
case("marks: long numbers that are no moments", "t,n\n20249905101530,1\n20240105101531,2\n20240105101532,3\n", {"t": [20249905101530, 20240105101531, 20240105101532], "n": [1, 2, 3]})  # fmt: skip
case("marks: too few days to know", "id,x\n0,20220822\n1,20220824\n2,20220822\n", {"id": [0, 1, 2], "x": [20220822, 20220824, 20220822]}, "may be days, such as “20220822”")  # fmt: skip
for first, second, moment in (
    ("2024/01/05 10:00:05 AM GMT+1", "2024/01/06 9:10:05 PM GMT+1", "2024-01-05 09:00:05"),
    ("Jan  5 2024 10:15AM", "Jan 16 2024 11:15PM", "2024-01-05 10:15"),
    ("2024.01.05.", "2024.01.06.", "2024-01-05"),
):
    later = {"2": "2024-01-06 20:10:05", "J": "2024-01-16 23:15"}[first[0]] if ":" in first else "2024-01-06"
    case(f"marks: {first}", f"id,x\n1,{first}\n2,{second}\n", {"id": [1, 2], "x": [D(moment), D(later)]}, *(["time zones"] if "GMT" in first else []))  # fmt: skip
for cell in ("R 5.00", "CA$5", "฿5", "100円", "5°C", "2024-01-05 10:15 CET"):
    case(f"marks: text, and told {cell}", f"id,x\n1,{cell}\n2,{cell}\n", {"id": [1, 2], "x": [cell, cell]}, "“x” is kept as text")  # fmt: skip

# ------------------------------------------------------------------ rows above and below that are no data

BOUGHT = {"kunde": [f"K{i}" for i in range(9)], "betrag": [i + 0.5 for i in range(9)]}
for title in ("Umsatz", "Umsatz 2024", "Umsatz im Jahr"):
    case(f"above: {title!r}", f"{title}\nkunde;betrag\n" + "".join(f"K{i};EUR {i},50\n" for i in range(9)), BOUGHT, "Line 1 stands above")  # fmt: skip
case("above: keys and values above two columns", "Report:;Customers\nCreated:;2024-01-31\ncity;churn\nRome;yes\nOslo;no\nBonn;no\nRome;yes\n", {"city": ["Rome", "Oslo", "Bonn", "Rome"], "churn": ["yes", "no", "no", "yes"]}, "Lines 1 to 2 stand above", "Nothing shows whether")  # fmt: skip
case("above: numbers of the columns", "Land;Einwohner;Typ\n1;2;3\nRom;5;x\nBonn;6;y\nUlm;8;y\n", {"Land": ["Rom", "Bonn", "Ulm"], "Einwohner": [5, 6, 8], "Typ": ["x", "y", "y"]}, "Line 2 numbers the columns")  # fmt: skip
for gap in ("NA", "?", "\\N"):
    case(f"above: {gap} is no name", f"B-33,{gap},a\nK-31,19,b\nC-98,21,c\nC-99,22,d\nC-97,23,e\n", {"column 1": ["B-33", "K-31", "C-98", "C-99", "C-97"], "column 2": [None, 19.0, 21, 22, 23], "column 3": list("abcde")}, f"“{gap}” above numbers, which is no name", *(["read as missing"] if gap == "\\N" else []))  # fmt: skip
case("above: words for the rows below", "region,kunde,v\nN,a,1\n,b,2\n,c,3\nS,d,4\n,e,5\n", {"region": ["N", None, None, "S", None], "kunde": list("abcde"), "v": [1, 2, 3, 4, 5]}, "“region” is empty in 3 of 5 rows")  # fmt: skip
SAS = "                    The SAS System\n\n    Obs    age    Ort           salary    visits\n\n      1     75    Łódź           73307         4\n      2     54    New York       72564         4\n      3     73    Berlin         44250         3\n      4     61    Rome           44251         5\n"  # fmt: skip
case("above: a title over the gaps", SAS, {"Obs": [1, 2, 3, 4], "age": [75, 54, 73, 61], "Ort": ["Łódź", "New York", "Berlin", "Rome"], "salary": [73307, 72564, 44250, 44251], "visits": [4, 4, 3, 5]}, "cut at the gaps", "Line 1 stands above")  # fmt: skip
case("above: a wide gap in a name", "id;Ort     age\n1;Rome     5\n2;Oslo     7\n", {"id": [1, 2], "Ort     age": ["Rome     5", "Oslo     7"]}, "A wide gap stands in the column name")  # fmt: skip
case("workbook: a lone carriage return in a cell", workbook(Data=[["a", "b"], ["x_x000D_y", 1], ["z", 2]]), {"a": ["x\ny", "z"], "b": [1, 2]})  # fmt: skip
case("json: a lone carriage return", '[{"a":"x\\ry","b":1},{"a":"z","b":2}]', {"a": ["x\ny", "z"], "b": [1, 2]})
case("above: points that can be had", "Student,n,hw\n    Points Possible,,10\nAnn,1,8\nBob,2,9\nCy,3,7\n", {"Student": ["Points Possible", "Ann", "Bob", "Cy"], "n": [None, 1, 2, 3], "hw": [10, 8, 9, 7]}, "“Points Possible”) may tell of the columns", "Spaces around")  # fmt: skip
case("letters: accents apart", "n,stadt\n1,Mu\u0308nchen\n2,München\n3,Köln\n", {"n": [1, 2, 3], "stadt": ["München", "München", "Köln"]}, "put together; the first stands in line 2")  # fmt: skip
case("above: sodium", "ID,Na,NA,CL\n1,140,4.1,100\n2,141,4.2,101\n3,139,4.4,99\n", {"ID": [1, 2, 3], "Na": [140, 141, 139], "NA": [4.1, 4.2, 4.4], "CL": [100, 101, 99]})  # fmt: skip
case("above: a size is no unit", "id,size,g\n,M,a\n2,L,b\n3,S,a\n4,L,b\n", {"id": [None, 2, 3, 4], "size": ["M", "L", "S", "L"], "g": ["a", "b", "a", "b"]})  # fmt: skip
for extra in (0, 4, 8):
    LOGGER = [[f"t{i}" for i in range(4 + extra)], ["Volts"] * (4 + extra), ["", *["Avg"] * (3 + extra)]]
    LOGGER += [[str(row + i / 4) for i in range(4 + extra)] for row in range(5)]
    case(f"above: a logger of {4 + extra} columns", "TOA5,CR1000X,CR1000X,1,Std.04,CPU:prog,1,Table\n" + "".join(",".join(row) + "\n" for row in LOGGER), {f"t{i}": [row + i / 4 for row in range(5)] for i in range(4 + extra)}, "Line 1 stands above", "Lines 3 and 4 hold units")  # fmt: skip

# ------------------------------------------------------------------ clean files that look like something else

ORDERS = [
    [20240131000000 + i for i in range(1, 41)],
    [202401310000 + i for i in range(1, 41)],
    [20240131000000 + 7 * i for i in range(1, 8)],
]
for orders in ORDERS:
    told = f"“order” may be days with a time, such as “{orders[0]}”; they were kept as numbers"
    table = {"order": orders, "y": [i % 2 for i in orders]}
    case(
        f"looks: order numbers {orders[0]} {len(orders)}",
        "order,y\n" + "".join(f"{i},{i % 2}\n" for i in orders),
        table,
        told,
    )
    for kind in (int, str):
        case(
            f"looks: order numbers {orders[0]} {len(orders)} in JSON as {kind.__name__}",
            json.dumps([{"order": kind(i), "y": i % 2} for i in orders]),
            table,
            told,
        )
        case(
            f"looks: order numbers {orders[0]} {len(orders)} in a workbook as {kind.__name__}",
            workbook(Data=[["order", "y"], *([kind(i), i % 2] for i in orders)]),
            table,
            told,
        )
MINUTES = pd.date_range("2024-01-31 00:50", periods=20, freq="min")
case(
    "looks: each minute past an hour",
    "t,y\n" + "".join(f"{t:%Y%m%d%H%M},1\n" for t in MINUTES),
    {"t": list(MINUTES), "y": [1] * 20},
    "were read as dates",
)
case(
    "looks: moments that are all midnight",
    "t,y\n" + "".join(f"{t}000000,1\n" for t in (20240131, 20240202, 20240207)),
    {"t": [D("2024-01-31"), D("2024-02-02"), D("2024-02-07")], "y": [1] * 3},
    "were read as dates",
)
case(
    "looks: 1, 2, 3 is a patient",
    "id,class,ward\n1,2,3\n2,3,3A\n3,1,2B\n4,1,2B\n",
    {"id": [1, 2, 3, 4], "class": [2, 3, 1, 1], "ward": ["3", "3A", "2B", "2B"]},
)
case(
    "looks: 1, 2, 3 above levels",
    "id,score,lvl\n1,2,3\n2,5,low\n3,4,high\n4,4,low\n",
    {"id": [1, 2, 3, 4], "score": [2, 5, 4, 4], "lvl": ["3", "low", "high", "low"]},
)
case(
    "looks: 1, 2, 3 above NA",
    "id,dose,follow\n1,2,3\n2,1,NA\n3,4,NA\n",
    {"id": [1, 2, 3], "dose": [2, 1, 4], "follow": [3, None, None]},
)
case(
    "looks: 1, 2, 3 above NA and no count",
    "n,dose,follow\n1,2,3\n5,1,NA\n9,4,NA\n7,4,NA\n",
    {"n": [1, 5, 9, 7], "dose": [2, 1, 4, 4], "follow": [3, None, None, None]},
)
case(
    "looks: 1, 2, 3 above a gap",
    "a;b;c\n1;2;3\n2;;x\n3;4;y\n",
    {"a": [1, 2, 3], "b": [2, None, 4], "c": ["3", "x", "y"]},
)
case(
    "looks: JSON whose first record is 1, 2, 3",
    '[{"a":1,"b":2,"c":"3"},{"a":2,"b":4,"c":"low"},{"a":3,"b":4,"c":"high"}]',
    {"a": [1, 2, 3], "b": [2, 4, 4], "c": ["3", "low", "high"]},
)
case(
    "looks: JSON whose first record holds units",
    '[{"id":null,"unit":"m/s"},{"id":2,"unit":"km/h"},{"id":3,"unit":"mph"}]',
    {"id": [None, 2, 3], "unit": ["m/s", "km/h", "mph"]},
)
case(
    "looks: JSON with a mark in a name",
    '[{"# id":1,"t":"a"},{"# id":2,"t":"b"},{"# id":3,"t":"a"}]',
    {"# id": [1, 2, 3], "t": ["a", "b", "a"]},
)
case(
    "looks: JSON of signs",
    '[{"t1":"-","t2":"-"},{"t1":"+","t2":"-"},{"t1":"-","t2":"+"},{"t1":"+","t2":"+"}]',
    {"t1": ["-", "+", "-", "+"], "t2": ["-", "-", "+", "+"]},
)
case(
    "looks: JSON whose first record asks",
    '[{"a":"How?","b":"Why?"},{"a":"so","b":"x"},{"a":"no","b":"y"}]',
    {"a": ["How?", "so", "no"], "b": ["Why?", "x", "y"]},
)
case(
    "looks: JSON tells of its rows",
    '[{"a":"1","line 3":1},{"a":"R 5.00","line 3":2}]',
    {"a": ["1", "R 5.00"], "line 3": [1, 2]},
    "“R 5.00” in row 2 is more than a number",
)
case(
    "looks: JSON with the names as a record",
    '[{"a":"x","b":"y"},{"a":"a","b":"b"},{"a":"x","b":"z"}]',
    {"a": ["x", "a", "x"], "b": ["y", "b", "z"]},
    "were kept as data",
)
AGES = {"age": [9, 4, 10], "ok": ["N", "Y", "Y"]}
for mark in (",", "\t", ";"):
    for name in ("#", "# of pets"):
        case(
            f"looks: the name {name!r} before {mark!r}",
            mark.join((name, "age", "ok\n1", "9", "N\n2", "4", "Y\n3", "10", "Y\n")),
            {name: [1, 2, 3], **AGES},
        )
for mark in (",", ";"):
    case(
        f"looks: two names of counts before {mark!r}",
        mark.join(("# of visits", "# of calls", "y\n1", "33", "0\n2", "35", "1\n4", "31", "0\n")),
        {"# of visits": [1, 2, 4], "# of calls": [33, 35, 31], "y": [0, 1, 0]},
    )
case("looks: a name '# '", "# ,age,ok\n1,9,N\n2,4,Y\n3,10,Y\n", {"#": [1, 2, 3], **AGES})
case(
    "looks: a count above words beside it",
    "# children;smoker;y\n1;yes;0\n2;no;1\n4;no;0\n",
    {"# children": [1, 2, 4], "smoker": ["yes", "no", "no"], "y": [0, 1, 0]},
)
case(
    "looks: names marked below a mark",
    "# made by hand\n# id,name,y\n1,Ann,0\n2,Bob,1\n4,Cy,0\n",
    {"id": [1, 2, 4], "name": ["Ann", "Bob", "Cy"], "y": [0, 1, 0]},
    "Line 2 begins with “#”",
    "are comments",
)
case(
    "looks: plus and minus",
    "t1,t2,t3\n+,-,+\n-,-,-\n-,+,-\n+,+,+\n",
    {"t1": list("+--+"), "t2": list("--++"), "t3": list("+--+")},
)
case(
    "looks: minus in the first row",
    "test1,test2,test3\n-,-,-\n+,-,+\n-,+,-\n",
    {"test1": list("-+-"), "test2": list("--+"), "test3": list("-+-")},
)
case(
    "looks: units of a missing number",
    "id,unit\n,m/s\n2,km/h\n3,mph\n",
    {"id": [None, 2, 3], "unit": ["m/s", "km/h", "mph"]},
)
SODIUM = {"NA": [140.1, 138.2, 141.3], "name": ["a", "b", "c"]}
case("looks: sodium alone", "NA,name\n140.1,a\n138.2,b\n141.3,c\n", SODIUM)
case(
    "looks: sodium alone in a workbook",
    workbook(Data=[list(SODIUM), *map(list, zip(*SODIUM.values(), strict=True))]),
    SODIUM,
)
case(
    "clean: 1, 2, 3 above a few words",
    "a,b,c\n1,2,3\n4,5,x\n",
    {"a": [1, 4], "b": [2, 5], "c": ["3", "x"]},
)
case("clean: 1, 2, 3 above a text of two lines", 'a,b,c\n1,2,3\n"Once upon\na time",5,6\n7,8,9\n', {"a": ["1", "Once upon\na time", "7"], "b": [2, 5, 8], "c": [3, 6, 9]}, "kept as text")  # fmt: skip

# ------------------------------------------------------------------ numbers that are names, and rows that are none


def headless(name: str, content: str, rows: list[list[Any]], told: str = "looks like the rows below it") -> None:
    columns = {f"column {place}": list(cells) for place, cells in enumerate(zip(*rows, strict=True), 1)}
    case(f"headless: {name}", content, columns, told)


def headed(name: str, names: str, content: str, columns: list[list[Any]]) -> None:
    case(
        f"numbers as names: {name}",
        f"{names}\n{content}",
        dict(zip(names.split(","), columns, strict=True)),
        "as column names, although it holds numbers",
    )


headless("an answer", "Jan,0\nApr,1\nMay,0\nJun,1\n", [["Jan", 0], ["Apr", 1], ["May", 0], ["Jun", 1]])
headless("a count", "1|Ann|1\n2|Bob|0\n3|Cy|1\n", [[1, "Ann", 1], [2, "Bob", 0], [3, "Cy", 1]])
headless("an age", "Ann,36,F\nBob,40,M\nCy,22,M\n", [["Ann", 36, "F"], ["Bob", 40, "M"], ["Cy", 22, "M"]])
headless("a code", "P1,5,3\nP2,6,2\nP3,7,1\n", [["P1", 5, 3], ["P2", 6, 2], ["P3", 7, 1]])
headless(
    "a code above words",
    "P1,red\nP2,blue\nP3,green\nP4,grey\n",
    [["P1", "red"], ["P2", "blue"], ["P3", "green"], ["P4", "grey"]],
)
headless("mail", "ann@x.org,36\nbob@y.org,40\ncy@z.org,22\n", [["ann@x.org", 36], ["bob@y.org", 40], ["cy@z.org", 22]])
headless("sentences", "Wow. Great.\t1\nNot good at all.\t0\nSo so.\t0\n", [["Wow. Great.", 1], ["Not good at all.", 0], ["So so.", 0]])  # fmt: skip
headless("years of birth", "Ann,1985\nRobert,1990\nCy,1970\n", [["Ann", 1985], ["Robert", 1990], ["Cy", 1970]])
headless("numbers that rise in all rows", "Robert,1,2,3\nAnn,4,5,6\nCy,0,1,2\n", [["Robert", 1, 2, 3], ["Ann", 4, 5, 6], ["Cy", 0, 1, 2]])  # fmt: skip
SPECTRA = [["A", "B", "C"], [0.1, 0.3, 0.5], [0.2, 0.4, 0.6], [0.3, 0.5, 0.7]]
SPECTRA_TEXT = "A,0.1,0.2,0.3\nB,0.3,0.4,0.5\nC,0.5,0.6,0.7\n"
DOSED = [["A", "B", "C"], [1, 3, 5], [2, 5, 4], [3, 4, 6]]
DOSED_TEXT = "A,1,2,3\nB,3,5,4\nC,5,4,6\n"
headed("wavelengths", "substance,350.5,351.0,351.5", SPECTRA_TEXT, SPECTRA)
headed("wavelengths that fall unevenly", "substance,4000,3990.5,3982", SPECTRA_TEXT, SPECTRA)
headed("moments", "sensor,2024-01-01 00:00,2024-01-01 01:00", "A,1.5,2\nB,3,4\nC,5,6\n", [["A", "B", "C"], [1.5, 3, 5], [2, 4, 6]])  # fmt: skip
headed("doses", "group,-1,0,1", DOSED_TEXT, DOSED)
headed("doses by a factor", "group,0.1,1,10", DOSED_TEXT, DOSED)
case(
    "numbers as names: two tasks of students",
    "Student,1,2\nAnn,0,1\nBob,1,1\nCy,1,0\n",
    {"Student": ["Ann", "Bob", "Cy"], "1": [0, 1, 1], "2": [1, 1, 0]},
    "although it holds a number",
)
case(
    "numbers as names: beside words above numbers",
    "age,5,sex\n31,2,f\n22,1,m\n40,3,m\n",
    {"age": [31, 22, 40], "5": [2, 1, 3], "sex": ["f", "m", "m"]},
    "although it holds a number",
)
case(
    "numbers as names: those of pandas",
    ",0,1,2\n0,5.1,3.5,a\n1,4.9,3,b\n2,6,2,c\n",
    {"0": [5.1, 4.9, 6], "1": [3.5, 3, 2], "2": ["a", "b", "c"]},
    "although it holds numbers",
    "only counts the rows",
)
case(
    "numbers as names: days above groups of names",
    ";01.01.2024;;01.02.2024;\nregion;sales;cost;sales;cost\nN;10;5;12;6\nS;20;8;22;9\nW;7;3;8;4\n",
    {
        "region": ["N", "S", "W"],
        "01.01.2024 sales": [10, 20, 7],
        "01.01.2024 cost": [5, 8, 3],
        "01.02.2024 sales": [12, 22, 8],
        "01.02.2024 cost": [6, 9, 4],
    },
    "Lines 1 and 2 were both read",
)
case(
    "numbers as names: years above groups of names",
    ";2022;;2023;\nregion;sales;cost;sales;cost\nN;10;5;12;6\nS;20;8;22;9\nW;7;3;8;4\n",
    {
        "region": ["N", "S", "W"],
        "2022 sales": [10, 20, 7],
        "2022 cost": [5, 8, 3],
        "2023 sales": [12, 22, 8],
        "2023 cost": [6, 9, 4],
    },
    "Lines 1 and 2 were both read",
)

# ------------------------------------------------------------------ numbers that say more, or less, than a number


def numbered(name: str, cells: list[str], read: list[Any], *told: str) -> None:
    content = "v,y\n" + "".join(f"{cell},{place}\n" for place, cell in enumerate(cells))
    case(f"digits: {name}", content, {"v": read, "y": list(range(len(cells)))}, *told)


for run in (["1.1", "1.2", "1.10", "1.11"], ["1.9", "1.10", "1.11"], ["2.7", "2.8", "2.9", "2.10", "3.0"]):
    numbered(f"versions {run[0]}", run, list(run), "“1.10” in" if run[0] < "2" else "“2.10” in line 5 counts on")
numbered("versions behind numbers", [f"{i}.{j}" for i in range(3) for j in range(12)] * 700, [f"{i}.{j}" for i in range(3) for j in range(12)] * 700, "“0.10” in line 12 counts on")  # fmt: skip
numbered("one number in two ways", ["1.5", "1.50", "2.25", "0.75"], [1.5, 1.5, 2.25, 0.75], "“1.5” and “1.50” are the same number")  # fmt: skip
numbered("a zero behind the point", ["1.1", "1.10", "1.11", "1.05"], [1.1, 1.1, 1.11, 1.05], "“1.1” and “1.10” are the same number")  # fmt: skip
numbered("two decimals", ["1.10", "1.20", "1.11", "1.90"], [1.1, 1.2, 1.11, 1.9])
numbered("without zeros at the end", ["1.1", "1.2", "1.11", "1.9"], [1.1, 1.2, 1.11, 1.9])
case(
    "digits: versions with commas around",
    "v;y\n1.9;0,5\n1.10;1,5\n1.11;2,5\n",
    {"v": ["1.9", "1.10", "1.11"], "y": [0.5, 1.5, 2.5]},
    "“1.10” in line 3 counts on",
)
case(
    "marks: points beside commas",
    "id;tag;preis\n1;24.12;7,66\n2;25.12;8,10\n3;31.10;9,00\n",
    {"id": [1, 2, 3], "tag": [24.12, 25.12, 31.1], "preis": [7.66, 8.1, 9]},
    "Points were read as decimal marks in “tag”",
)
case(
    "totals: a sum below two rows",
    "page,views,rate\n/a,10,0.5\n/b,5,0.25\n,15,0.41\n",
    {"page": ["/a", "/b", None], "views": [10, 5, 15], "rate": [0.5, 0.25, 0.41]},
    "Line 4, the last, is the only one without a first cell and holds a sum",
)
case(
    "totals: no sum below two rows",
    "page,views,rate\n/a,10,0.5\n/b,5,0.25\n,14,0.41\n",
    {"page": ["/a", "/b", None], "views": [10, 5, 14], "rate": [0.5, 0.25, 0.41]},
)
case(
    "digits: JSON of several kinds",
    '[{"a":1,"b":2},{"a":"two","b":3},{"a":true,"b":4}]',
    {"a": ["1", "two", "true"], "b": [2, 3, 4]},
    "“a” holds numbers and text and true or false together",
)
RANGES = ["1-2", "3-4", "2024-05-06", "7-8"]
case(
    "digits: a range that a spreadsheet took for a date",
    workbook(Data=[["set", "y"], ["1-2", 0], ["3-4", 1], [dt.datetime(2024, 5, 6), 1], ["7-8", 0]]),
    {"set": RANGES, "y": [0, 1, 1, 0]},
    "“2024-05-06” in row 4 is a date among cells such as “1-2”",
)
case(
    "digits: a range that became a month",
    "age;y\n1-4;0\n05. Sep;1\n10-19;1\n20-49;0\n",
    {"age": ["1-4", "05. Sep", "10-19", "20-49"], "y": [0, 1, 1, 0]},
    "“05. Sep” in line 3 is a date among",
)
case(
    "digits: ranges",
    "age;y\n1-4;0\n5-9;1\n10-19;1\n50+;0\n",
    {"age": ["1-4", "5-9", "10-19", "50+"], "y": [0, 1, 1, 0]},
)

# ------------------------------------------------------------------ rows around the names

VISITS = {"id": ["x1", "x2", "x3", "x4"], "visit": ["first", "2", "3", "5"], "score": ["low", "3", "4", "6"]}
case(
    "around: words in a row whose first cell goes on",
    "id,visit,score\nx1,first,low\nx2,2,3\nx3,3,4\nx4,5,6\n",
    VISITS,
    "Nothing shows whether",
    "“first” among",
    "“low” among",
)
case(
    "around: words that describe",
    "id,visit,score\nwho,first,low\nx2,2,3\nx3,3,4\nx4,5,6\n",
    {"id": ["x2", "x3", "x4"], "visit": [2, 3, 5], "score": [3, 4, 6]},
    "Line 2 describes the columns",
)
INDENTED = {"id": [1, 2, 4], "age": [30, 31, 32], "y": [0, 1, 0]}
for above in (",Report,,\n", ",Report,,\n,Of May,,\n"):
    case(
        f"around: {above.count(chr(10))} titles not in the first column",
        above + ",,,\n,id,age,y\n,1,30,0\n,2,31,1\n,4,32,0\n",
        INDENTED,
        "above the table and w",
        "“column 1”",
    )
case(
    "around: a title in a workbook, not in the first column",
    workbook(
        Data=[
            [None] * 4,
            [None, "Report"],
            [None],
            [None, None, *INDENTED],
            *([None, None, *row] for row in zip(*INDENTED.values(), strict=True)),
        ]
    ),
    INDENTED,
    "above the table and was left out: “Report”",
    "“column",
)
case(
    "around: one group over the names",
    ",Sales,,\nregion,a,b,c\nN,1,2,3\nS,3,4,5\nW,5,6,7\n",
    {"region": ["N", "S", "W"], "Sales a": [1, 3, 5], "Sales b": [2, 4, 6], "Sales c": [3, 5, 7]},
    "both read as column names",
)
GROUPED_BY = {"region": ["N", "S", "W"], "n sum": [3, 7, 11], "n mean": [1.5, 3.5, 5.5], "y mean": [0.5, 0.25, 1]}
GROUPED_TEXT = "N,3,1.5,.5\nS,7,3.5,.25\nW,11,5.5,1\n"
for name, labels in (
    ("", ",n,n,y\n,sum,mean,mean\nregion,,,\n"),
    (" with levels", "k,n,n,y\nhow,sum,mean,mean\nregion,,,\n"),
):
    case(f"around: groupby of pandas{name}", labels + GROUPED_TEXT, GROUPED_BY, "both read as column names", "Line 3 was read as the names of the first columns (“region”)")  # fmt: skip
case(
    "around: groupby of pandas by two columns",
    ",,n,n\n,,sum,mean\nregion,year,,\nN,2020,1,2\nN,2021,5,6\nS,2020,8,9\n",
    {"region": ["N", "N", "S"], "year": [2020, 2021, 2020], "n sum": [1, 5, 8], "n mean": [2, 6, 9]},
    "both read as column names",
    "(“region”, “year”)",
)
case(
    "around: two rows of names above numbered rows",
    ",a,a,b\n,x,y,x\n0,1,2,3\n1,4,5,6\n2,7,8,9\n",
    {"a x": [1, 4, 7], "a y": [2, 5, 8], "b x": [3, 6, 9]},
    "both read as column names",
    "only counts the rows",
)
case(
    "around: a heading below two rows of names",
    ",2022,,2023,\nregion,sales,cost,sales,cost\nNorth,,,,\nA,1,2,3,4\nB,5,6,7,8\nC,5,7,9,8\n",
    {
        "region": ["North", "A", "B", "C"],
        "2022 sales": [None, 1, 5, 5],
        "2022 cost": [None, 2, 6, 7],
        "2023 sales": [None, 3, 7, 9],
        "2023 cost": [None, 4, 8, 8],
    },
    "both read as column names",
    "holds only a first cell",
)
case(
    "around: rows with another delimiter at the end",
    "a,b,c\n" + "".join(f"{i},x{i},{i % 3}\n" for i in NUMBERS) + "16;x16;1\n17;x17;2\n",
    {"a": NUMBERS, "b": [f"x{i}" for i in NUMBERS], "c": [i % 3 for i in NUMBERS]},
    "could not be placed, so they were set aside: lines 17, 18",
    unplaced=(17, 18),
)
SUMS = [("Ann Lee", 3, 9), ("Bob Lee", 8, 2), ("Cy Lee", 4, 7), ("Di Lee", 11, 1), ("Ann Sum", 4, 3)]
case(
    "around: a total below a person called Sum",
    "name,a,b\n" + "".join(f"{n},{a},{b}\n" for n, a, b in SUMS) + "Total,30,22\n",
    {"name": [row[0] for row in SUMS], "a": [row[1] for row in SUMS], "b": [row[2] for row in SUMS]},
    "Line 7 is a total or a note below the table and was left out",
    "Line 6 (“Ann Sum”) may be a total",
)
