"""Small tables in the encodings of many languages, and files whose first letter beyond ASCII comes late."""

from __future__ import annotations

from typing import Any

from tests.unit.data.reading_cases import Case

ENCODED: list[Case] = []


def case(name: str, content: bytes, columns: dict[str, list[Any]], *told: str) -> None:
    ENCODED.append(Case(name, content, columns, told))


# ------------------------------------------------------------------ languages

TABLES = {
    "cp1254": ("Windows-1254 (Turkish)", "Müşteri Şehir Ayşe İzmir Hayır Hakan Muğla Evet", "Bölge Gelir Çankırı 12 Kırıkkale 7"),
    "cp1250 hu": ("Windows-1250", "Név Megye Győző Fejér Petőfi Tolna", "nő férfi 3 4 1 2"),
    "cp1250 pl": ("Windows-1250", "Imię Miasto Bożena Płock Michał Łomża", "płeć wiek kobieta 30 mężczyzna 41"),
    "cp1250 cs": ("Windows-1250", "Jméno Město Zdeněk Kroměříž Tereza Žďár", "věk plat 30 100 41 200"),
    "cp1250 ro": ("Windows-1250", "Nume Oraş Gheorghiţă Târgovişte Ana Reşiţa", "preţ nr 5 1 7 2"),
    "cp1250 hr": ("Windows-1250", "Ime Grad Željko Varaždin Ana Šibenik", "županija iznos Međimurska 3 Istra 4"),
    "cp1251 ru": ("Windows-1251", "Фамилия Город Сидоров Самара Кузнецова Тверь", "отток y да 1 нет 0"),
    "cp1251 uk": ("Windows-1251", "Місто Стать Полтава жінка Чернігів чоловік", "вік y Київ 1 Рівне 0"),
    "cp1251 bg": ("Windows-1251", "Град Пол Русе мъж Плевен жена", "клиент y да 1 не 0"),
    "koi8_r": ("KOI8-R", "Фамилия Город Сидоров Самара Кузнецова Тверь", "город y Омск 1 Пермь 0"),
    "cp1253": ("Windows-1253", "Πόλη Φύλο Χανιά γυναίκα Καβάλα άνδρας", "ποσό y όχι 1 ναι 0"),
    "cp1255": ("Windows-1255", "שם עיר נועה נתניה יוסף אשדוד", "מחיר y ירושלים 1 באר 0"),
    "cp1256": ("Windows-1256", "الاسم المدينة خالد جدة ليلى الدمام", "السعر y نعم 1 لا 0"),
    "cp932": ("Japanese", "氏名 都市 山本 神戸 中村 福岡", "性別 y 男性 1 女性 0"),
    "euc_jp": ("Japanese", "氏名 都市 山本 神戸 中村 福岡", "性別 y 男性 1 女性 0"),
    "gb18030": ("Chinese", "姓名 城市 赵敏 西安 孙丽 重庆", "流失 y 是 1 否 0"),
    "big5": ("Big5", "姓名 城市 黃志明 高雄 吳淑芬 臺中", "性別 y 女性 1 男性 0"),
    "cp949": ("Korean", "이름 도시 정수빈 수원 한지민 울산", "성별 y 여자 1 남자 0"),
    "cp1252 is": ("Windows-1252", "Nafn Bær Þórunn Akureyri Jón Hveragerði", "staður y Höfn 1 Garður 0"),
    "cp1252 es": ("Windows-1252", "Niño Ciudad Íñigo Logroño Ana Ávila", "año y España 1 Perú 0"),
    "cp1252 pt": ("Windows-1252", "Nome Região Conceição Maranhão Ana Pará", "opções y não 1 sim 0"),
}  # fmt: skip


def of_pairs(cells: list[str]) -> dict[str, list[Any]]:
    """Columns of cells that stand in rows of two."""
    columns = {cells[place]: cells[2 + place :: 2] for place in range(2)}
    return {name: [int(cell) for cell in of] if of[0].isdigit() else of for name, of in columns.items()}


for language, (label, *tables) in TABLES.items():
    for table in tables:
        cells = table.split()
        lines = [",".join(cells[at : at + 2]) for at in range(0, len(cells), 2)]
        is_words = not any(cell.isdigit() for cell in cells)
        no_names = ("Nothing shows whether",) if is_words else ()
        case(f"languages: {language}, {cells[0]}", "\n".join(lines).encode(language.split()[0]), of_pairs(cells), f"{label}", *no_names)  # fmt: skip

# ------------------------------------------------------------------ a first letter that comes late

for encoding, word, told in (
    ("cp1252", "Köln", "Windows-1252 was assumed"),
    ("cp1250", "Łódź", "Windows-1250 (Central European) was assumed"),
    ("cp1251", "Тула", "Windows-1251 (Cyrillic) was assumed"),
    ("cp932", "大阪", "Shift JIS (Japanese) was assumed"),
    ("gb18030", "南京", "GB 18030 (Chinese) was assumed"),
):
    towns = ["Ulm"] * 9_000 + [word] * 30
    text = "id;town;y\n" + "".join(f"{row};{town};{row % 2}\n" for row, town in enumerate(towns))
    case(f"late: {encoding}", text.encode(encoding), {"id": [*range(9_030)], "town": towns, "y": [0, 1] * 4_515}, told)

towns = ["Ulm"] * 9_000 + ["Köln"] * 120_000
text = "town;y\n" + "".join(f"{town};{row % 2}\n" for row, town in enumerate(towns))
case("late: often", text.encode("cp1252"), {"town": towns, "y": [0, 1] * 64_500}, "Windows-1252 was assumed")
once = "town;y\n" + "Ulm;1\n" * 20_000 + "Düren;0\n"
case("late: once", once.encode("cp1252"), {"town": [*["Ulm"] * 20_000, "Düren"], "y": [*[1] * 20_000, 0]}, "Windows-1252 was assumed")  # fmt: skip
first = "name;y\n" + "Zoë;1\n" * 20 + "Ann;0\n" * 30_000
case("late: UTF-8 before", first.encode() + "Zoë;1\n".encode("cp1252"), {"name": [*["Zoë"] * 20, *["Ann"] * 30_000, "Zoë"], "y": [*[1] * 20, *[0] * 30_000, 1]}, "the first in line 30,022")  # fmt: skip

# ------------------------------------------------------------------ two encodings in one file

rows = b"name,x\n" + b"M\xfcller,1\n" * 30
case("two: a UTF-8 row among Windows-1252", rows + "Zürich,2\n".encode(), {"name": [*["Müller"] * 30, "Zürich"], "x": [*[1] * 30, 2]}, "Windows-1252 was assumed", "1 letter was stored as UTF-8 and read so, the first in line 32")  # fmt: skip
HEAD, MORE = "id,name,score\n1,Ann,2.5\n", "2,Bob,3.5\n3,Cem,4.5\n4,Dan,5.5\n"
for name, joined in (
    ("UTF-16 behind UTF-8", HEAD.encode() + MORE.encode("utf-16-le")),
    ("UTF-8 behind UTF-16", HEAD.encode("utf-16") + MORE.encode()),
    ("UTF-8 behind much UTF-16", (HEAD + MORE * 400).encode("utf-16-be") + "5,Zoë,1.5\n".encode()),
):
    ENCODED.append(Case(f"two: {name}", joined, refused="mixes two ways of storing letters"))
case("one: UTF-16 of Chinese", ("姓名,城市\n王上,上海\n李一,上饶").encode("utf-16"), {"姓名": ["王上", "李一"], "城市": ["上海", "上饶"]}, "Nothing shows")  # fmt: skip

# ------------------------------------------------------------------ signs that stand beside bars or alone

case("signs: euros before a bar", "id|price|n\n1|10,50 €|x\n2|17,50 €|y\n3|24,50 €|z\n".encode("cp1252"), {"id": [1, 2, 3], "price": [10.5, 17.5, 24.5], "n": ["x", "y", "z"]}, "Windows-1252 was assumed")  # fmt: skip
case("signs: quotation marks and dots before a bar", "a|b\n“so”|1\n“no”|2\nwell…|3\n".encode("cp1252"), {"a": ["“so”", "“no”", "well…"], "b": [1, 2, 3]}, "Windows-1252 was assumed")  # fmt: skip
case("signs: a mark of rights", "a;b\n© 2024 Foo;1\nx;2\n".encode("cp1252"), {"a": ["© 2024 Foo", "x"], "b": [1, 2]}, "Windows-1252 was assumed")  # fmt: skip
case("signs: a dagger", "a;b\nx†;1\ny;2\n".encode("cp1252"), {"a": ["x†", "y"], "b": [1, 2]}, "Windows-1252 was assumed")  # fmt: skip
