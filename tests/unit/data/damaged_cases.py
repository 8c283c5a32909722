"""Files whose lines programs and people have damaged, or whose delimiter is hard to tell, with what is made of each."""

from __future__ import annotations

from typing import Any

import pandas as pd

from logreg_core.data.options import ReadOptions
from tests.unit.data.reading_cases import Case

D = pd.Timestamp
DAMAGED: list[Case] = []


def case(name: str, content: str | bytes, columns: dict[str, list[Any]] | None = None, *told: str, **more: Any) -> None:
    data = content.encode() if isinstance(content, str) else content
    DAMAGED.append(Case(name, data, columns, told, **more))


# ------------------------------------------------------------------ quotation marks inside cells

case("odd quotes: lines are read again in their order", 'a,b\n"x,1\nm,2\n"y,3\n"z,4\nn,5\nw"q,6\n', {"a": ['"x', "m", '"y', '"z', "n", 'w"q'], "b": [1, 2, 3, 4, 5, 6]}, "lines 2, 4, 5, 7")  # fmt: skip

# ------------------------------------------------------------------ delimiters of another kind at the ends of lines

AYB = {"id": [1, 2, 3], "name": ["Ann", "Bob", "Cy"], "y": [0, 1, 1]}
ENDS = "lines end in a"
case("ends: the rows", "id,name,y\n1,Ann,0;\n2,Bob,1;\n3,Cy,1;\n", AYB, "lines end in a semicolon")
case("ends: the names", "id,name,y;\n1,Ann,0\n2,Bob,1\n3,Cy,1\n", AYB, "column names end in a semicolon")
case("ends: all lines", "id,name,y;\n1,Ann,0;\n2,Bob,1;\n3,Cy,1;\n", AYB, "lines end in a semicolon")
case(
    "ends: several, CRLF", "id,name,y;;;\r\n1,Ann,0;;;\r\n2,Bob,1;;;\r\n3,Cy,1;;;\r\n", AYB, "lines end in a semicolon"
)
case("ends: bars, CR", "id,name,y|\r1,Ann,0|\r2,Bob,1|\r3,Cy,1|\r", AYB, "lines end in a vertical bar")
case("ends: one row", "id,name,y;;\n1,Ann,0;;\n", {"id": [1], "name": ["Ann"], "y": [0]}, "lines end in a semicolon")
case("ends: commas behind semicolons", "id;name;y,\n1;Ann;0,\n2;Bob;1,\n3;Cy;1,\n", AYB, "lines end in a comma")
case("ends: a title without", "Report\nid,name,y;\n1,Ann,0;\n2,Bob,1;\n3,Cy,1;\n", AYB, "lines end in a semicolon", "stands above")  # fmt: skip
case("ends: lists of tags keep theirs", "n,tags\n1,a;\n2,b;c;\n3,c;\n", {"n": [1, 2, 3], "tags": ["a;", "b;c;", "c;"]})
case("ends: decimal numbers of one column", "preis;\n1,5;\n2,5;\n3,5;\n", refused="Only one column")
case("ends: the delimiter itself", "a;b;\n1,5;2,5;\n2,5;3,1;\n", {"a": [1.5, 2.5], "b": [2.5, 3.1]}, "“column 3”")  # fmt: skip

# ------------------------------------------------------------------ lines in quotation marks as a whole

QUOTED = {"id": [1, 2, 3], "name": ["Lee, Ann", "Ray, Bob", "Cy"], "y": [0, 1, 1]}
case(
    "whole: rows", 'id,name,y\n"1,""Lee, Ann"",0"\n"2,""Ray, Bob"",1"\n"3,Cy,1"\n', QUOTED, "as a whole, such as line 2"
)
case("whole: some rows", 'id,name,y\n"1,""Lee, Ann"",0"\n"2,""Ray, Bob"",1"\n3,Cy,1\n', QUOTED, "as a whole, such as line 2")  # fmt: skip
case("whole: with semicolons", 'id,name,y;;\n"1,""Lee, Ann"",0";;\n"2,""Ray, Bob"",1";;\n3,Cy,1;;\n', QUOTED, ENDS, "such as line 2")  # fmt: skip
case("whole: names, too", '"id,name,y"\n"1,""Lee, Ann"",0"\n"2,""Ray, Bob"",1"\n"3,Cy,1"\n', QUOTED, "such as line 1")
case("whole: a column of sentences", '"text"\n"Hello, you"\n"So, what"\n', refused="Only one column")
case("whole: a row that lacks a cell", 'name,n\nAnn,1\n"Ray, Bob"\nCy,2\n', {"name": ["Ann", "Cy"], "n": [1, 2]}, "line 3", unplaced=(3,))  # fmt: skip

# ------------------------------------------------------------------ brackets with delimiters inside

LISTS = "Cells in brackets hold commas"
case("brackets: lists", "id,tags,y\n1,[1,2],0\n2,[3,4],1\n", {"id": [1, 2], "tags": ["[1,2]", "[3,4]"], "y": [0, 1]}, LISTS)  # fmt: skip
case("brackets: lists of any length", "id,tags,y\n1,[a,b,c],0\n2,[],1\n3,[[a],d],1\n", {"id": [1, 2, 3], "tags": ["[a,b,c]", "[]", "[[a],d]"], "y": [0, 1, 1]}, LISTS)  # fmt: skip
case("brackets: braces", 'id,o,y\n1,{"a":1,"b":2},0\n2,{"a":3,"b":4},1\n', {"id": [1, 2], "o": ['{"a":1,"b":2}', '{"a":3,"b":4}'], "y": [0, 1]}, LISTS)  # fmt: skip
case("brackets: places", "id,at,y\n1,(52.5,13.4),0\n2,(50.1,8.6),1\n", {"id": [1, 2], "at": ["(52.5,13.4)", "(50.1,8.6)"], "y": [0, 1]}, LISTS)  # fmt: skip
case("brackets: half open", "g,n\n(0,10],5\n(10,20],6\n", {"g": ["(0,10]", "(10,20]"], "n": [5, 6]}, LISTS)
case("brackets: in quotation marks", 'id,t,y\n1,"(a, b)",0\n2,"[c, d]",1\n', {"id": [1, 2], "t": ["(a, b)", "[c, d]"], "y": [0, 1]})  # fmt: skip
case("brackets: cut apart as the names are", "a,b,c\n1,(x,y)\n4,v,w\n", {"a": [1, 4], "b": ["(x", "v"], "c": ["y)", "w"]})  # fmt: skip
case("thousands: cut apart below an id", "id,income\n1,45,000\n2,52,300\n", refused="same number of cells")

# ------------------------------------------------------------------ tables that R writes, delimiters in quotation marks

ROW_NAMES = ("row names", "only counts the rows")
R_TEXTS = {"name": ["Lee, Ann", "Ray, Bob", "Doe; Cy"], "age": [30, 40, 50]}
case("written by R: commas inside", '"name" "age"\n"1" "Lee, Ann" 30\n"2" "Ray, Bob" 40\n"3" "Doe; Cy" 50\n', R_TEXTS, *ROW_NAMES)  # fmt: skip
case("written by R: no row names", '"name" "age"\n"Lee, Ann" 30\n"Ray, Bob" 40\n"Doe; Cy" 50\n', R_TEXTS)
case("written by R: one row", '"name" "age"\n"1" "Lee, Ann" 30\n', {"name": ["Lee, Ann"], "age": [30]}, *ROW_NAMES)
case("written by R: intervals", '"g" "n" "w"\n"1" "(0,10]" 5 TRUE\n"2" "(10,20]" 6 FALSE\n', {"g": ["(0,10]", "(10,20]"], "n": [5, 6], "w": [True, False]}, *ROW_NAMES)  # fmt: skip
case("written by R: quotation marks inside", '"a" "n"\n"say \\"hi\\", you" 5\n"C:\\" 6\n"x ""y"" z" 7\n', {"a": ['say "hi", you', "C:\\", 'x "y" z'], "n": [5, 6, 7]})  # fmt: skip
case("written by R: decimal commas", '"a" "b" "c"\n1,5 2 "x, y"\n2,5 3 "z"\n', {"a": [1.5, 2.5], "b": [2, 3], "c": ["x, y", "z"]})  # fmt: skip

# ------------------------------------------------------------------ signs that look like comments

case("comments: a name with the delimiter inside", '#,"Date, time",t\n1,2024-01-02,5\n2,2024-01-03,6\n', {"#": [1, 2], "Date, time": [D("2024-01-02"), D("2024-01-03")], "t": [5, 6]})  # fmt: skip
case("comments: a name and semicolons", '#id;"a;b";y\n1;2;0\n2;3;1\n', {"#id": [1, 2], "a;b": [2, 3], "y": [0, 1]})
case("comments: behind an empty first cell", "n\tcolor\n1\t#AA11FF\n\t#BB22CC\n3\t#CC33DD\n", {"n": [1, None, 3], "color": ["#AA11FF", "#BB22CC", "#CC33DD"]})  # fmt: skip

# ------------------------------------------------------------------ other marks inside the cells, equally often

case("marks inside: all other ones", "title,tags,y\nA; one,x | y,1\nB; two,x | z,0\nC; six,y | z,1\n", {"title": ["A; one", "B; two", "C; six"], "tags": ["x | y", "x | z", "y | z"], "y": [1, 0, 1]})  # fmt: skip
case("marks inside: lists", "tags;y\n" + "a|b|c;0\nb|d|e;1\n" * 9, {"tags": ["a|b|c", "b|d|e"] * 9, "y": [0, 1] * 9})
case("marks inside: the names fit another", "Umsatz,Kosten\n1,5;2\n3,5;4\n", {"Umsatz": [1.5, 3.5], "Kosten": [2, 4]}, "separated in another way", "commas would fit")  # fmt: skip
case("marks inside: a title with another", "Report, 2024\na;b;c\n1,5;2,5;x\n1,5;3,5;x\n", {"a": [1.5, 1.5], "b": [2.5, 3.5], "c": ["x", "x"]}, "stands above")  # fmt: skip

# ------------------------------------------------------------------ a few signs of Western encodings

W = "Windows-1252 was assumed"
case("signs: degrees", "Raum;T\nA;21°C\nB;22°C\n".encode("cp1252"), {"Raum": ["A", "B"], "T": ["21°C", "22°C"]}, W, "“21°C” in line 2", "Nothing shows")  # fmt: skip
case("signs: degrees in names", "T (°C);d (µm)\n1;2\n3;4\n".encode("cp1252"), {"T (°C)": [1, 3], "d (µm)": [2, 4]}, W)
case("signs: times and micro", "a×b;c (µmol/l)\n1;2\n3;4\n".encode("cp1252"), {"a×b": [1, 3], "c (µmol/l)": [2, 4]}, W)
case("signs: always one and the same", ("t,y\n" + "14°C,1\n" * 120).encode("cp1252"), {"t": ["14°C"] * 120, "y": [1] * 120}, W, "more than a number")  # fmt: skip
case("signs: no-break spaces between words", "n;y\nNew\xa0York;1\nLos\xa0Angeles;0\n".encode("cp1252"), {"n": ["New\xa0York", "Los\xa0Angeles"], "y": [1, 0]}, W)  # fmt: skip
case("signs: no-break spaces at ends", "nom\xa0;y\nZürich\xa0;1\nGenève\xa0;0\n".encode("cp1252"), {"nom": ["Zürich", "Genève"], "y": [1, 0]}, W, "Spaces around")  # fmt: skip
case("signs: ordinals", "s;y\n2º esq.;1\n3ª dcha;0\n".encode("cp1252"), {"s": ["2º esq.", "3ª dcha"], "y": [1, 0]}, W)
case("signs: a letter at the start of a line", "Imię;Wiek\nŁukasz;3\nzł;4\n".encode("cp1250"), {"Imię": ["Łukasz", "zł"], "Wiek": [3, 4]}, "Windows-1250")  # fmt: skip
case("signs: DOS", "Ort;y\nKöln;1\nMünchen;0\nDüren;1\n".encode("cp437"), {"Ort": ["Köln", "München", "Düren"], "y": [1, 0, 1]}, "DOS (code page 850)")  # fmt: skip
case("signs: DOS Spanish", "a;y\nestá;1\nserá;2\nmañana;1\n".encode("cp850"), {"a": ["está", "será", "mañana"], "y": [1, 2, 1]}, "DOS (code page 850)")  # fmt: skip
case("signs: two Japanese ones", "sex,y\n男,1\n女,2\n男,1\n".encode("cp932"), {"sex": ["男", "女", "男"], "y": [1, 2, 1]}, "Japanese")  # fmt: skip
case("signs: Chinese names", "姓名,y\n王小明,1\n李大華,2\n".encode("big5"), {"姓名": ["王小明", "李大華"], "y": [1, 2]}, "Big5")  # fmt: skip

# ------------------------------------------------------------------ the names once more among the rows

ROWS = [(f"n{i}", 20 + i) for i in range(12)]
TWICE = {"name": [name for name, _ in ROWS] * 2, "age": [age for _, age in ROWS] * 2}
WRITTEN = "".join(f"{name},{age}\n" for name, age in ROWS)
COUNTED = "".join(f"{place},{name},{age}\n" for place, (name, age) in enumerate(ROWS))
KEPT = ("kept as data", "Nothing shows")
case("names again: below rows that are counted", f",name,age\n{COUNTED},name,age\n{COUNTED}", {"column 1": list(range(12)) * 2, **TWICE}, "left out there: line 14", "named “column 1”")  # fmt: skip
case("names again: other capitals", f"name,age\n{WRITTEN}NAME,Age\n{WRITTEN}", TWICE, "left out there: line 14")
case("names again: other blanks", f"name,age\n{WRITTEN}name ,age \n{WRITTEN}", TWICE, "left out there: line 14")
case("names again: words only", "name,city\nAnn,Rome\nBob,Oslo\nNAME,City\nCy,Bern\n", {"name": ["Ann", "Bob", "NAME", "Cy"], "city": ["Rome", "Oslo", "City", "Bern"]}, *KEPT)  # fmt: skip

# ------------------------------------------------------------------ text that is no table

case("no table: Python dictionaries", "{'a': 1, 'b': 'x'}\n{'a': 2, 'b': 'y'}\n", refused="Python dictionaries")
case("no table: Python lists", "[1, 2, 3]\n[4, 5, 6]\n", refused="Python lists")
case("no table: a chat", "12.01.24, 10:11 - Ann: hi, you\n12.01.24, 10:12 - Bob: yes\n", refused="a chat or a log")
case("no table: subtitles", "1\n00:00:01,000 --> 00:00:02,000\nHello\n", refused="subtitles")
case("no table: a mailbox", "From a@b Mon Jan  1 00:00:00 2024\nSubject: x\n\nhello, you\n", refused="a mailbox")
case("no table: a dump", "--\nSET lock_timeout = 0;\n\nDROP TABLE IF EXISTS t;\nCREATE TABLE t (a int);\n", refused="a dump of a database")  # fmt: skip
case("no table: names and values", "a=1 b=2\na=3 b=4\n", refused="a log of names and values")
case("no table, and yet spans of time", "t,x\n01.01.2024 10:00 - 11:00,5\n02.01.2024 10:00 - 11:00,6\n", {"t": ["01.01.2024 10:00 - 11:00", "02.01.2024 10:00 - 11:00"], "x": [5, 6]}, "such as “01.01.2024 10:00 - 11:00” in line 2")  # fmt: skip

# ------------------------------------------------------------------ sentences

case("told: the latest of the years with two digits", "d,y\n13.01.2024,1\n14.01.29,0\n", {"d": [D("2024-01-13"), D("2029-01-14")], "y": [1, 0]}, "“14.01.29” was read as 2029-01-14")  # fmt: skip
case("told: blanks behind all commas", "a, b, c\nx, u, r\ny, v, w\n", {"a": ["x", "y"], "b": ["u", "v"], "c": ["r", "w"]}, "of 2 columns were removed", "Nothing shows")  # fmt: skip

# ------------------------------------------------------------------ tabs between names in quotation marks

MOMENTS = [D("2023-05-01 10:00"), D("2023-05-02 10:01"), D("2023-05-03 10:02")]
case("tabs: moments without quotation marks", '"when"\t"n"\n2023-05-01 10:00\t4\n2023-05-02 10:01\t7\n2023-05-03 10:02\t5\n', {"when": MOMENTS, "n": [4, 7, 5]})  # fmt: skip
case(
    "tabs: moments beside an empty column",
    '"when"\t"site"\t"note"\n2023-05-01 10:00\t"A0"\t\n2023-05-02 10:01\t"A1"\t\n2023-05-03 10:02\t"A2"\t\n',
    {"when": MOMENTS, "site": ["A0", "A1", "A2"], "note": [None] * 3},
)
case(
    "tabs: moments behind row names",
    '"name"\t"when"\n"1"\t"Doe A."\t2023-05-01 10:00\n"2"\t"Roe B."\t2023-05-02 10:01\n"3"\t"Doe A."\t2023-05-03 10:02\n',
    {"name": ["Doe A.", "Roe B.", "Doe A."], "when": MOMENTS},
    "one cell more",
    "only counts the rows",
)
case("tabs: amounts", '"First name"\t"Price"\n"Ann B"\t12 EUR\n"Cy D"\t15 EUR\n"Ed F"\t9 EUR\n', {"First name": ["Ann B", "Cy D", "Ed F"], "Price": [12, 15, 9]})  # fmt: skip
case("tabs: several to align the cells", '"name"\t"v"\n"Al"\t\t1\n"Alexander"\t2\n"Bo"\t\t3\n', {"name": ["Al", "Alexander", "Bo"], "v": [1, 2, 3]})  # fmt: skip

# ------------------------------------------------------------------ quotation marks around line ends and delimiters

HTML = {"id": [0, 1, 2], "html": ["&amp;", "&lt;", "x = 1;"]}
case("ends: codes keep theirs", "id,html\n0,&amp;\n1,&lt;\n2,x = 1;\n", HTML)
case("ends: words of which the names have none", "id,ok\n0,yes;\n1,no;\n2,no;\n", {"id": [0, 1, 2], "ok": ["yes", "no", "no"]}, ENDS)  # fmt: skip
case("ends: inside of quotation marks", 'id,note;\n1,x;\n1,x;\n2,"a;\nb";\n3,y;\n', {"id": [1, 1, 2, 3], "note": ["x", "x", "a;\nb", "y"]}, ENDS)  # fmt: skip
case("ends: inside of quotation marks, far below", "id,note;\n" + "1,x;\n" * 14_000 + '2,"a;\nb";\n', {"id": [1] * 14_000 + [2], "note": ["x"] * 14_000 + ["a;\nb"]}, ENDS)  # fmt: skip
case("whole: with a line end inside", 'id,name,y\n"1,""Lee\nAnn"",0"\n"2,""Ray, Bob"",1"\n"3,Cy,1"\n', {"id": [1, 2, 3], "name": ["Lee\nAnn", "Ray, Bob", "Cy"], "y": [0, 1, 1]}, "such as line 2")  # fmt: skip
case("whole: a last row far below", "id,name,y\n" + '1,"Lee, Ann",0\n' * 6_000 + '"2,""Ray, Bob"",1"\n', {"id": [1] * 6_000, "name": ["Lee, Ann"] * 6_000, "y": [0] * 6_000}, "line 6,002", unplaced=(6_002,))  # fmt: skip
case("brackets: beside texts with line ends", 'id,a,note\n1,[3,4],x\n2,[5,6],y\n3,7,"said\n[x, y], and (a, b)\nend"\n4,8,"a, [x, y]"\n', {"id": [1, 2, 3, 4], "a": ["[3,4]", "[5,6]", "7", "8"], "note": ["x", "y", "said\n[x, y], and (a, b)\nend", "a, [x, y]"]}, LISTS)  # fmt: skip
case("quotes: few texts with line ends and gaps", "text,ok\n" + "".join(f'"a; b; c; {i}\nend, or so",{i % 2}\n' for i in range(5)), {"text": [f"a; b; c; {i}\nend, or so" for i in range(5)], "ok": [0, 1, 0, 1, 0]})  # fmt: skip
SINGLE = {"id": [2, 3, 4, 1], "name": ["Ann", "Cy", "Ann", "Bob"], "x": [2.5, 3.5, 4.5, 4.5]}
BARE = "'2','Ann','2.5'\n'3','Cy','3.5'\n'4','Ann','4.5'\n1,Bob,4.5\n"
case("quotes: single ones, and a row without", f"id,name,x\n{BARE}", SINGLE)
case("quotes: single ones around the names, and a row without", f"'id','name','x'\n{BARE}", SINGLE)
case("quotes: single ones below units", f"id,name,x\n,,kg\n{BARE}", SINGLE, "Line 2 holds units")
case("quotes: single ones in one cell of three", "id,say\n1,'so'\n2,not so\n3,or so\n", {"id": [1, 2, 3], "say": ["'so'", "not so", "or so"]})  # fmt: skip
DOUBLED = {"id": [1, 2], "say": ['a \\"b\\"', "x"]}
case("quotes: doubled ones behind a backslash", '"id"\t"say"\n"1"\t"a \\""b\\"""\n"2"\t"x"\n', DOUBLED)
case("quotes: doubled ones behind a backslash, where needed", 'id,say\n1,"a \\""b\\"""\n2,x\n', DOUBLED)
case(
    "quotes: a doubled one behind a backslash ends the file",
    'id,say\n1,q\n2,"a\\"""\n',
    {"id": [1, 2], "say": ["q", 'a\\"']},
)
case("quotes: behind a backslash, not doubled", '"id","say"\n"1","a \\"b\\" c"\n"2","x"\n', {"id": [1, 2], "say": ['a "b" c', "x"]})  # fmt: skip

# ------------------------------------------------------------------ much above a table, and names fewer than cells

AFTER = "id,x\n4,0.5\n7,1.5\n9,0.25\n"
MEASURED = {"id": [4, 7, 9], "x": [0.5, 1.5, 0.25]}
case(
    "top: many comments", "# a line of notes, and no more\n" * 3_000 + AFTER, MEASURED, "are comments and were left out"
)
case("top: many empty lines", "\n" * 70_000 + AFTER, MEASURED)
case("R: moments without quotation marks", '"id" "when" "n"\n' + "".join(f'"{i}" "x{i}" 2023-05-01 10:0{i} {i}\n' for i in range(1, 6)), refused="do not all have the same number of cells")  # fmt: skip
case("R: row names are in quotation marks", '"when" "n"\n' + "".join(f"2023-05-01 10:0{i} {i}\n" for i in range(1, 6)), refused="do not all have the same number of cells")  # fmt: skip
case("quotes: single ones with a backslash before another", "id,name\n1,'O\\'Brien'\n2,'Ann'\n3,'Cy'\n", {"id": [1, 2, 3], "name": ["O'Brien", "Ann", "Cy"]})  # fmt: skip
case("numbers: addresses are none", "v,n\n10.2.1.140,0\n150.142.140.141,1\n4.19.3.9,2\n9.1.9.7,3\n15.1.9.100,4\n", {"v": ["10.2.1.140", "150.142.140.141", "4.19.3.9", "9.1.9.7", "15.1.9.100"], "n": [0, 1, 2, 3, 4]})  # fmt: skip
case("choices: a kind for no column", "a,b\n1,x\n2,y\n", {"a": [1, 2], "b": ["x", "y"]}, "not in the table: “c”", options=ReadOptions(kinds=(("c", "text"),)))  # fmt: skip

# ------------------------------------------------------------------ bars, titles and gaps

PRICED = {"size": ["S", "M", "S"], "price": [61251.69, 9251.69, 1251.69]}
case("bars: beside commas of thousands", " size |     price\n------+-----------\n S    | 61,251.69\n M    |  9,251.69\n S    |  1,251.69\n(3 rows)\n", PRICED, "line 2", "Line 6", "Spaces around")  # fmt: skip
case("titles: two sentences cut at their delimiters", "Report; of sales, 2023\nReport; of costs, 2023\nid;x\n1;2\n2;4\n3;5\n", {"id": [1, 2, 3], "x": [2, 4, 5]}, "Lines 1 to 2 stand above")  # fmt: skip
case("ends: only a line inside of a cell", 'value,city\n"l1;\nl2,",a\nother,b\n', {"value": ["l1;\nl2,", "other"], "city": ["a", "b"]}, "Nothing shows")  # fmt: skip
NAMED = ["Ann Lee", "Bob", "Ann Lee", "Bob", "Ann Lee", "Bob", "Dora M.", "Bob", "Ann Lee", "Carl von Berg"]
case("fixed: a long name beside short ones", f"{'name':<14} age\n" + "".join(f"{name:<14} {at + 20}\n" for at, name in enumerate(NAMED)), {"name": NAMED, "age": list(range(20, 30))}, "at the gaps")  # fmt: skip
case("ends: statements keep theirs", "id,sql\n1,select a from b;\n2,drop table x;\n", {"id": [1, 2], "sql": ["select a from b;", "drop table x;"]})  # fmt: skip
case("totals: a word alone in a later column", "a;b;c\n1;2;3\n3;4;5\n5;6;6\n7;8;6\n;;Summe:\n", {"a": [1, 3, 5, 7], "b": [2, 4, 6, 8], "c": [3, 5, 6, 6]}, "Line 6 is a total")  # fmt: skip
case("totals: a word in a column of numbers", "a;b;c;d\n1;x;3;2\n3;y;5;5\n5;z;6;6\n7;s;6;1\n;;Total;14\n", {"a": [1, 3, 5, 7], "b": ["x", "y", "z", "s"], "c": [3, 5, 6, 6], "d": [2, 5, 6, 1]}, "Line 6 is a total")  # fmt: skip
case("tabs: a backslash at the end of a cell in quotation marks", '"text"\t"n"\n"other"\t"1"\n"a\\"""\t"2"\n"x"\t"3"\n', {"text": ["other", 'a\\"', "x"], "n": [1, 2, 3]})  # fmt: skip
