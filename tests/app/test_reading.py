"""Files as analysts have them, brought through the page: read, told, read again otherwise, or refused calmly."""

import io
import json

import openpyxl
import pandas as pd

from pages.shared import figures, reading_view
from tests.app.driver import DATA, FEATURES

GERMAN = (
    "Kundenliste 2024;;;\n;;;\nName;Umsatz;Seit;Gekündigt\nMüller;1.234,50;31.01.2020;ja\n"
    "Schäfer;99,90;15.12.2021;nein\n"
    "Weiß;0,00;01.07.2019;ja\nJäger;2.500,00;28.02.2022;nein\nSumme;3.834,40;;\n"
).encode("cp1252")
SHEETS = {"Notes": [["see the other sheet"]], "One": [["p", "q"], [1, 2], [3, 4]], "Two": [["r", "s"], [5, 6], [7, 8]]}


def workbook() -> bytes:
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.active)
    for name, rows in SHEETS.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(buffer)
    return buffer.getvalue()


def frame(app) -> pd.DataFrame:
    return app.test.session_state["workspace.table"].frame


def test_a_german_export_is_read_and_told(app):
    app.upload("kunden.csv", GERMAN)
    assert list(frame(app)) == ["Name", "Umsatz", "Seit", "Gekündigt"]
    assert frame(app)["Umsatz"].tolist() == [1234.5, 99.9, 0.0, 2500.0]
    for told in ("Windows-1252 was assumed", "above the table", "Line 8 is a total", "Thousands mark: point"):
        assert told in app.text
    assert "kunden.csv is open: 4 rows, 4 columns" in app.text.replace("**", "")


def test_each_piece_can_be_chosen_and_taken_back(app):
    app.upload("kunden.csv", GERMAN)
    app.test.multiselect(key="reading.kind.text").set_value(["Umsatz"])
    app.run()
    assert frame(app)["Umsatz"].tolist()[0] == "1.234,50"
    app.test.selectbox(key="reading.encoding").set_value("mac_roman")
    app.run()
    assert "Müller" not in frame(app)["Name"].tolist()
    app.test.number_input(key="reading.footer_rows").set_value(0)
    app.run()
    assert frame(app)["Name"].tolist()[-1] == "Summe"
    app.click("reading.reset")
    assert frame(app)["Umsatz"].tolist() == [1234.5, 99.9, 0.0, 2500.0]
    assert frame(app)["Name"].tolist()[0] == "Müller"


def test_missing_words_can_be_values(app):
    app.upload("regions.csv", b"region,x\nNA,1\nEU,2\nNA,3\nEU,4\n")
    assert frame(app)["region"].isna().sum() == 2
    words = app.test.multiselect(key="reading.missing").value
    app.test.multiselect(key="reading.missing").set_value([word for word in words if word != "NA"])
    app.run()
    assert frame(app)["region"].tolist() == ["NA", "EU", "NA", "EU"]


def test_a_choice_that_fails_leaves_the_open_table(app):
    app.upload("kunden.csv", GERMAN)
    app.test.selectbox(key="reading.delimiter").set_value("|")
    app.run()
    assert len(app.errors) == 1
    assert "The table you had is still open" in app.text
    assert frame(app)["Name"].tolist()[0] == "Müller"
    app.test.selectbox(key="reading.delimiter").set_value(";")
    app.run()
    assert app.errors == []


def test_a_refusal_names_what_was_chosen_by_hand(app):
    app.upload("kunden.csv", GERMAN)
    app.test.selectbox(key="reading.delimiter").set_value("\t")
    app.run()
    assert "Only one column" in app.errors[0]
    assert "Chosen by hand: **Delimiter**" in app.text
    assert app.test.button(key="reading.reset").label in app.text
    app.click("reading.reset")
    assert "Chosen by hand" not in app.text
    app.upload("colons.csv", b"a:b\n1:x\n2:y\n")
    assert "Only one column" in app.errors[0]
    assert "Chosen by hand" not in app.text


def test_a_download_of_many_rows_says_that_it_takes_a_moment(app, monkeypatch):
    app.upload("kunden.csv", GERMAN)
    assert "the button turns" not in app.text
    monkeypatch.setattr(figures, "_SLOW_CELLS", 15)
    app.run()
    assert app.text.count("the button turns") == 1


def test_what_was_said_of_a_failed_choice_is_replaced_when_the_next_succeeds(app):
    app.upload("kunden.csv", GERMAN)
    app.test.selectbox(key="reading.encoding").set_value("utf-8")
    app.run()
    assert ["cannot be read" in toast.value for toast in app.test.toast] == [True]
    app.click("reading.reset")
    assert [toast.value for toast in app.test.toast] == ["The table was read again."]
    app.test.selectbox(key="reading.encoding").set_value("mac_roman")
    app.run()
    assert not app.test.toast  # nothing to replace, and the table itself shows it


def test_the_progress_of_reading_stands_where_its_message_will(app, monkeypatch):
    monkeypatch.setattr(reading_view, "_SLOW_BYTES", 0)
    monkeypatch.setattr(reading_view._progress, "__exit__", lambda *ended: None)  # the bar stays as it was last
    app.upload("kunden.csv", GERMAN)
    kinds = [element.type for element in app.test.main]
    (bar,) = (place for place, kind in enumerate(kinds) if kind == "progress")
    assert bar < kinds.index("subheader")  # the first of these is that of the cards
    assert app.test.main[bar] is not None
    assert not app.test.toast
    app.test.multiselect(key="reading.kind.text").set_value(["Umsatz"])
    app.run()
    assert [toast.value for toast in app.test.toast] == ["The table was read again."]


def test_a_column_named_like_the_index_of_a_table_is_not_taken_for_it(app):
    app.upload("a.csv", b"_index,x\n2024-01-31,1\n2024-02-01,2\n")
    rows = next(table for table in app.test.dataframe if list(table.value) == ["_index", "x"])
    shown = json.loads(rows.proto.columns)
    assert "_index" not in shown
    assert shown["_pos:1"]["type_config"]["type"] == "date"


def test_a_file_that_was_refused_can_be_helped(app):
    app.upload("colons.csv", b"a:b\n1:x\n2:y\n")
    assert "Only one column" in app.errors[0]
    app.test.selectbox(key="reading.delimiter").set_value(":")
    app.run()
    assert app.errors == []
    assert frame(app)["b"].tolist() == ["x", "y"]


def test_lines_taken_as_comments_can_be_kept_as_rows(app):
    rows = "".join(f"{'# ' if n % 6 == 0 else ''}a{n},{20 + n},{n % 2}\n" for n in range(60))
    app.upload("marks.csv", f"head,age,y\n{rows}".encode())
    assert len(frame(app)) == 50
    app.test.selectbox(key="reading.comment").set_value("")
    app.run()
    assert app.errors == []
    assert frame(app)["head"].tolist()[:2] == ["# a0", "a1"]
    assert len(frame(app)) == 60


def test_after_a_refused_file_the_one_of_the_open_table_is_at_hand_again(app):
    app.upload("kunden.csv", GERMAN)
    app.test.multiselect(key="reading.kind.text").set_value(["Umsatz"])
    app.run()
    app.upload("a.csv", b'a,b\n1,"x\n2,3\n').upload("b.csv", b"")
    assert "The table you had is still open" in app.text
    app.click("reading.forget")
    assert "still open" not in app.text
    assert app.test.multiselect(key="reading.kind.text").value == ["Umsatz"]
    assert frame(app)["Umsatz"].tolist()[0] == "1.234,50"
    app.test.multiselect(key="reading.kind.text").set_value([])
    app.run()
    assert frame(app)["Umsatz"].tolist()[0] == 1234.5


def test_a_refused_file_and_the_former_are_together_no_larger_than_one_may_be(app, monkeypatch):
    monkeypatch.setattr("pages.shared.workspace.uploads.upload_limit", lambda: 900)
    app.upload("kunden.csv", GERMAN)
    app.upload("a.csv", b'a,b\n1,"x\n2,3\n')
    assert app.test.session_state["workspace.file"].former.content == GERMAN
    app.upload("b.csv", b'a,b\n1,"' + b"x\n" * 400)
    assert app.test.session_state["workspace.file"].former is None
    app.click("reading.forget")
    assert app.test.session_state["workspace.file"] is None


def test_a_column_is_read_as_one_kind_only(app):
    app.upload("kunden.csv", GERMAN)
    app.test.multiselect(key="reading.kind.text").set_value(["Umsatz"])
    app.run()
    assert "Umsatz" not in app.test.multiselect(key="reading.kind.number").options
    assert "Umsatz" in app.test.multiselect(key="reading.kind.text").options


def test_sheets_of_a_workbook(app):
    app.upload("book.xlsx", workbook())
    assert list(frame(app)) == ["p", "q"]
    assert "3 sheets" in app.text
    app.test.selectbox(key="reading.sheet").set_value("Two")
    app.run()
    assert list(frame(app)) == ["r", "s"]


def test_rows_set_aside_are_listed_with_their_lines(app):
    app.upload("ragged.csv", b"a,b\n1,x\n3,y,9\n5,z\n7,w\n")
    assert "set aside: line 3" in app.text
    shown = [element.value for element in app.test.dataframe if "Line" in element.value.columns]
    assert shown[0].to_dict("list") == {"Line": [3], "Text": ["3,y,9"]}


def test_cells_can_be_pasted(app):
    app.open(DATA).click("data.paste")
    assert app.test.toast[0].value == "Nothing was pasted yet."
    app.test.text_area(key="data.pasted").set_value("Name\tUmsatz\nMüller\t1,5\nWeiß\t2,25\n")
    app.run().click("data.paste")
    assert frame(app)["Umsatz"].tolist() == [1.5, 2.25]
    assert "pasted cells is open: 2 rows" in app.text.replace("**", "")
    assert app.test.text_area(key="data.pasted").value == ""
    app.upload("a.csv", b"x,y\n1,2\n2,3\n")
    assert list(frame(app)) == ["x", "y"]


def test_rows_are_numbered_from_one_and_the_first_look_is_at_no_identifier(app):
    lines = "".join(f"C-{i},{i % 7}\n" for i in range(100))
    app.upload("a.csv", f"customer,visits\n{lines}".encode())
    assert app.test.selectbox(key="data.column").value == "visits"
    rows = next(table.value for table in app.test.dataframe if list(table.value) == ["customer", "visits"])
    assert (rows.index[0], rows.index[-1]) == (1, 100)
    app.upload("b.csv", b"x,y\n1,2\n2,3\n")
    assert app.test.selectbox(key="data.column").value == "x"


def test_the_next_file_begins_anew_and_only_one_is_kept(app):
    app.upload("kunden.csv", GERMAN)
    app.test.multiselect(key="reading.kind.text").set_value(["Umsatz"])
    app.run()
    for number in range(4):
        app.upload(f"{number}.csv", b"a,b\n1,x\n2,y\n" + b"3,z\n" * number)
        assert app.test.multiselect(key="reading.kind.text").value == []
        assert len(frame(app)) == number + 2
    state = app.test.session_state
    assert state["workspace.file"].content == b"a,b\n1,x\n2,y\n" + b"3,z\n" * 3
    app.click("data.use_sample")
    assert app.test.session_state["workspace.file"] is None


def test_the_controls_stay_when_the_page_is_left(app):
    app.upload("kunden.csv", GERMAN)
    app.test.multiselect(key="reading.kind.text").set_value(["Umsatz"])
    app.run().open(FEATURES).open(DATA)
    assert app.test.multiselect(key="reading.kind.text").value == ["Umsatz"]
    assert frame(app)["Umsatz"].tolist()[0] == "1.234,50"


def test_what_was_found_is_never_an_option(app):
    """The browser sends the label of what is chosen; a label that changes with each reading would come back stale."""
    lines = "".join(f"{i};{i % 28 + 1:02d}.03.2024;{i},5;{'ja' if i % 3 else 'nein'}\n" for i in range(1, 60))
    app.upload("prices.csv", b"id;date;price;y\n" + lines.encode())
    boxes = ("reading.decimal", "reading.thousands", "reading.day_first", "reading.delimiter", "reading.encoding")
    before = {key: app.test.selectbox(key=key) for key in boxes}
    assert before["reading.decimal"].proto.placeholder == "comma (found)"
    app.test.multiselect(key="reading.kind.text").set_value(["price", "date"])
    app.run()
    for key in boxes:
        assert app.test.selectbox(key=key).options == before[key].options
        assert app.test.selectbox(key=key).value is None
    assert app.test.selectbox(key="reading.decimal").proto.placeholder == "point (found)"
    app.test.number_input(key="reading.footer_rows").set_value(1)
    app.run()
    assert app.errors == []
    assert len(frame(app)) == 58


def test_options_are_written_without_markdown(app):
    app.upload("marks.csv", b"total_charges,a.b,x*y*\n1,2,p\n3,4,q\n")
    assert app.test.multiselect(key="reading.kind.text").options == ["total_charges", "a.b", "x*y*"]


def test_the_controls_stay_open_once_they_were_used(app):
    def is_open() -> bool:
        return next(each for each in app.test.expander if each.label == "What was detected").proto.expanded

    app.upload("kunden.csv", GERMAN)
    assert not is_open()
    app.test.selectbox(key="reading.delimiter").set_value("|")
    app.run()
    assert app.errors
    assert is_open()
    app.test.selectbox(key="reading.delimiter").set_value(None)
    app.run()
    assert not app.errors
    assert is_open()
    app.upload("other.csv", b"a,b\n1,x\n2,y\n")
    assert not is_open()


def test_reading_otherwise_keeps_the_choices(app):
    lines = "".join(f"{i % 12};{i}.5;{i * 37 % 11}.25;{'ja' if i * 13 % 7 < 3 else 'nein'}\n" for i in range(1, 60))
    app.upload("visits.csv", b"shop;price;size;left\n" + lines.encode()).open(FEATURES)
    app.test.selectbox(key="features.target").set_value("left")
    app.run()
    app.test.multiselect(key="features.columns").set_value(["price", "shop"])
    app.test.selectbox(key="features.split").set_value("group")
    app.test.slider(key="features.test_share").set_value(30)
    app.run()
    chosen = app.test.session_state["workspace.recipe"]
    app.open(DATA)
    app.test.number_input(key="reading.footer_rows").set_value(1)
    app.run()
    assert len(frame(app)) == 58
    app.open(FEATURES)
    assert app.test.session_state["workspace.recipe"] == chosen
    assert app.test.multiselect(key="features.columns").value == ["shop", "price"]
    app.open(DATA)
    # A reading without the target, and then back.
    app.test.number_input(key="reading.header_rows").set_value(0)
    app.run()
    assert "left" not in frame(app).columns
    app.open(FEATURES).open(DATA)
    app.click("reading.reset").open(FEATURES)
    assert app.test.session_state["workspace.recipe"] == chosen


def test_after_a_refusal_the_assumptions_are_those_of_the_open_table(app):
    app.upload("kunden.csv", GERMAN)
    assert [warning.proto.title for warning in app.test.warning] == ["Please check what was assumed"]
    app.upload("empty.csv", b"\n\n")
    assert len(app.errors) == 1
    assert not app.test.warning
    labels = [each.label.replace("\\", "") for each in app.test.expander]
    assert "What was assumed when kunden.csv was read" in labels
    app.upload("good.csv", b"a,b\n1,x\n2,y\n")
    assert not any("What was assumed" in each.label for each in app.test.expander)


def test_a_table_can_be_closed_and_its_file_is_forgotten(app):
    app.upload("a.csv", b"x,y\n1,no\n2,yes\n3,no\n4,yes\n")
    assert app.test.session_state["workspace.file"] is not None
    app.click("data.close")
    assert "No table is open yet" in app.text
    assert "workspace.file" not in app.test.session_state
    assert not [key for key in app.test.session_state["workspace.memory"] if key != "generated"]
    app.upload("b.csv", b"x,y\n1,no\n2,yes\n3,no\n4,yes\n5,no\n")
    assert "5 rows" in app.text


def test_the_reply_to_a_kind_chosen_by_hand_comes_first_and_is_not_folded(app):
    names = [f"c{place}" for place in range(10)]
    rows = [["1 kg" if row == 3 else f"€{row}" for _ in names] for row in range(8)]
    text = "\n".join(";".join([*each, "word" if number else "number"]) for number, each in enumerate(rows))
    app.upload("many.csv", (";".join([*names, "size"]) + "\n" + text).encode())
    app.test.multiselect(key="reading.kind.number").set_value(["size"])
    app.run()
    said = app.test.warning[0].value.replace("\\", "").splitlines()
    assert said[0] == "- Column “size” holds no numbers, so it is kept as text."
    assert len(said) == 7


def test_a_file_that_no_choice_can_help_offers_none(app):
    for name, content in (("a.csv", b"%PDF-1.7 x"), ("b.csv", b""), ("c.csv", b"<!DOCTYPE html><html></html>")):
        app.upload(name, content)
        assert app.errors
        assert "What was detected" not in [each.label for each in app.test.expander], name
        app.click("reading.forget")
    app.upload("d.csv", b"a;b\n")  # another way to read it may help
    assert "What was detected" in [each.label for each in app.test.expander]
