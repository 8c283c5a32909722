"""Finds out how cells stand in a text: delimiter, quotation marks, escapes, comments, or columns at fixed places.

A delimiter is judged by two things: how many rows get the same number of cells, *and* whether the cells look whole. In
``1,5;2,5`` both marks give two or more cells, but only the semicolon leaves no cell such as ``5;2``. Quotation marks
and escapes are judged by the same score. CleverCSV's idea (rows of one pattern, cells of a known type) finds as many
dialects, but takes seconds for what takes milliseconds here, and DuckDB's sniffer reads ragged files as one column.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from logreg_core.data.backslashes import always_escapes, escapes_outside_quotes, escapes_quotes, is_dump, is_enclosed
from logreg_core.data.cell_shapes import is_blank
from logreg_core.data.drawn import is_line, run_starts
from logreg_core.data.fixed_width import find_starts, is_across, ruled_starts, without_frame
from logreg_core.data.lines import filled_lines
from logreg_core.data.options import FIXED, SPACES, ReadOptions
from logreg_core.data.records import Dialect, is_comment, records
from logreg_core.data.written_by_r import is_written_by_r
from logreg_core.errors import TableError

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar", "^": "caret", "~": "tilde"}
DELIMITERS |= {"\x01": "Ctrl-A", "\x1f": "unit separator"}
DELIMITER_NAMES = {**DELIMITERS, SPACES: "spaces", FIXED: "fixed columns", ":": "colon"}
_COMMON = (",", ";", "\t", "|")
_SAMPLE_BYTES = 65_536
_SAMPLE_ROWS = 500
_DECIMAL = re.compile(
    r"[-+(]?(?:[€$£]|[^\W\d_]{1,4}\.?\s)?\s?"
    r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d[\d.'’ \u00a0\u202f\u2009\u2007]*[.,]\d+)\s?(?:[%€$£‰]|[^\W\d_]{1,5})?\)?-?"
)
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?")
_CLOCK = re.compile(r"(?m)(?:^|(?<=[\sT]))\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?=[ \t])")
_QUOTED_TEXT = re.compile(r'"(?:[^"]|"")*"')
_MUCH = 0.98
_POOR = 0.6
_HALF = 0.5
_MOST_BARE = 0.1
_LONGEST_TOP = 2**20
_EMPTY_OR_COMMENTS = re.compile(rb"(?:[ ]*+(?:#[^\n]*+)?+\r?\n)++")
_TWO_MARKS = 2  # one may open a cell in which the sample ends
_ESCAPED, _UNQUOTED = ('"', "\\"), ("", "\\")
"""Escapes inside of quotation marks, or without any: how databases and some programs write."""
_Key = tuple[str, tuple[str, str]]
_BY_DASHES = "The columns were cut where the dashes below their names begin."


class Fit(NamedTuple):
    """How well a dialect fits: share of rows of the most common width, that width, share of whole cells."""

    agreement: float
    width: int
    whole: float

    @property
    def score(self) -> float:
        """Both shares in one number."""
        return self.agreement * self.whole


def find_dialect(utf8: bytes, options: ReadOptions) -> tuple[Dialect, tuple[str, ...]]:
    """Return (the dialect the first rows fit best, sentences for what was a close call).

    Raises
    ------
    TableError
        If no dialect makes more than one column.
    """
    text = _sample(utf8)
    comment = _comment(text) if options.comment is None else options.comment
    body = _without_comments(text, comment)
    if options.delimiter == FIXED:
        starts = options.column_starts or ruled_starts(body) or find_starts(body)
        if not starts:
            raise _one_column()
        return Dialect(FIXED, "", "", comment, starts=starts, touching=options.column_starts is not None), ()
    if options.delimiter == SPACES or (not options.delimiter and is_written_by_r(body)):
        return Dialect(SPACES, '"', "", comment), ()
    ruled = () if options.delimiter else ruled_starts(body)
    if ruled:
        return Dialect(FIXED, "", "", comment, starts=ruled), (_BY_DASHES,)
    candidates = [options.delimiter] if options.delimiter else list(DELIMITERS)
    fits = {
        (mark, variant): _fit(body, mark, *variant) for mark in candidates for variant in _variants(body, mark, options)
    }
    dumped = {mark for mark, variant in fits if variant == _UNQUOTED and is_dump(body, mark)}
    shown = {(mark, _ESCAPED if is_enclosed(body, mark) else _UNQUOTED) for mark in dumped}
    shown |= {(mark, variant) for mark, variant in fits if variant == _UNQUOTED and _joins_cells(fits, mark, body)}
    shown |= {(mark, variant) for mark, variant in fits if variant == _ESCAPED and escapes_quotes(body, mark)}
    best = max(fits, key=lambda key: (round(fits[key].score, 6), *_rank(key, fits[key].width, shown)))
    best = _fitting_names(fits, best, body)
    fit = fits[best]
    if not options.delimiter and fit.width < 2 and not _CLOCK.search(body):
        colons = _fit(body, ":", '"', "")
        if colons.agreement == 1 and colons.width > 2:
            return Dialect(":", comment=comment), ()
    is_torn = best[0] == "\t" and fit.whole <= _HALF and fit.width > 1 and '"' in body and _n_spaced(body) > fit.width
    is_sure = fit.width > 1 and (
        (best[0] != "," and fit.agreement > _MUCH and not is_torn)
        or (best[0] == "," and fit.agreement == 1 and best[1][0] == '"' and _has_quotes_in_all(body, best[0]))
    )
    if not options.delimiter and (fit.width < 2 or fit.score < _POOR) and not is_sure:
        blank = _blank_separated(body, fit)
        if blank is not None and not (fit.agreement == 1 and _breaks_names(blank, fit, body)):
            told = "No delimiter was found; the columns were cut at the gaps that all lines share."
            return replace(blank, comment=comment), ((told,) if blank.delimiter == FIXED else ())
    if fit.width < 2 or (not options.delimiter and best[0] == "," and _is_decimal_column(body)):
        raise _one_column(body)
    (mark, (quote, escape)) = best
    if quote and ("'", escape) in [key for other, key in fits if other == mark] and _in_single_quotes(body, mark):
        quote = "'"
        inside = re.search(rf"\\'(?!\s*(?:{re.escape(mark)}|[\r\n]|\Z))", body)
        escape = "\\" if inside and options.escape is None and (mark, ("'", "\\")) in fits else escape
    skip_space = _has_spaced_quotes(body, mark, quote)
    dialect = Dialect(mark, quote, escape, comment, skip_space, spelled=escape != "" and mark in dumped)
    return dialect, _close_calls(fits, best, _first_line(body))


def _has_quotes_in_all(body: str, mark: str) -> bool:
    """Whether quotation marks stand around a cell in every row below the first, so that no gap cuts what is inside."""
    bare, count = _without_quoted(body, mark)
    n_rows = len(filled_lines(bare)) - 1
    return bare.count('"') < _TWO_MARKS and count >= n_rows > 0


def _without_quoted(text: str, mark: str) -> tuple[str, int]:
    """Return (the text without its cells in quotation marks, how many these are)."""
    delimiter = re.escape(mark)
    return re.subn(rf'(?m)(?:^|(?<={delimiter}))"(?:[^"]|"")*+"(?={delimiter}|[\r\n]|\Z)', "", text)


def _fitting_names(fits: dict[_Key, Fit], best: _Key, body: str) -> _Key:
    """Return the best dialect, or one that fits all lines where the best is not in the first and leaves no whole cells.

    Lists such as ``a|b|c;0`` have equally many marks inside, and the names ``tags;y`` above them have none.
    """
    first = _first_line(body)
    if best[0] in first or fits[best].whole == 1:
        return best
    others = [key for key in fits if fits[key].agreement == 1 and fits[key].width > 1 and key[0] in first]
    return max(others, key=lambda key: fits[key].score, default=best)


def _first_line(text: str) -> str:
    return next(iter(filled_lines(text[:_SAMPLE_BYTES])), "")


def _joins_cells(fits: dict[_Key, Fit], mark: str, body: str) -> bool:
    """Whether escapes put cells together in every row that was cut, and all backslashes are escapes."""
    other = fits.get((mark, ('"', "")))
    return other is not None and fits[mark, _UNQUOTED].width < other.width and always_escapes(body, mark)


def _rank(
    key: tuple[str, tuple[str, str]], width: int, shown: set[tuple[str, tuple[str, str]]]
) -> tuple[bool, bool, int, int, int]:
    """Return what decides between dialects of one score; without escapes unless ``shown`` by cells that need them."""
    mark, (quote, escape) = key
    return mark in _COMMON, key in shown, width, -len(escape), -len(quote)


def _is_decimal_column(text: str) -> bool:
    """Whether a name without a comma stands above lines that are each one number with a decimal comma."""
    name, *lines = [line.strip() for line in filled_lines(text)] or [""]
    return "," not in name and bool(lines) and all(re.fullmatch(r"[+-]?\d+(?:,\d+)?", line) for line in lines)


def _one_column(text: str = "") -> TableError:
    lines = [line.strip() for line in filled_lines(text)]
    whole = [line for line in lines if re.search(r"[,;\t|]", line) and re.fullmatch(r'"(?:[^"]|"")*"', line)]
    if lines and len(whole) == len(lines):
        return TableError(
            "Only one column was found: each line stands in quotation marks as a whole.",
            remedy="Remove the quotation marks at the ends of the lines, or save the table as CSV once more.",
        )
    return TableError(
        "Only one column was found; a model needs one to predict and at least one to predict from.",
        remedy="If there are more, the cells must be separated by commas, semicolons, tabs, vertical bars or spaces.",
    )


def _end_of_top(utf8: bytes) -> int:
    """Return where the last two lines begin of those on top that are empty or comments, if they fill the sample."""
    top = _EMPTY_OR_COMMENTS.match(utf8, 0, _LONGEST_TOP)
    if top is None or top.end() < _SAMPLE_BYTES // 2 or top.end() in {len(utf8), _LONGEST_TOP}:
        return 0
    last = utf8.rfind(b"\n", 0, top.end() - 1)
    return utf8.rfind(b"\n", 0, max(last, 0)) + 1


def _sample(utf8: bytes) -> str:
    start = _end_of_top(utf8)
    text = utf8[start : start + _SAMPLE_BYTES].decode("utf-8", errors="ignore")
    if len(utf8) > start + _SAMPLE_BYTES:  # the last line of a sample is cut somewhere
        text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1] or text
    return text


def _comment(text: str) -> str:
    """Return "#" if some lines, but only the lesser part, are comments: notes, or rows of numbers put out of use."""
    if "#" not in text:
        return ""
    lines = filled_lines(text)
    marked = [line.strip() for line in lines if is_comment(line, "#")]
    others = [line for line in lines if not line.lstrip().startswith("#")]
    if not marked or len(others) <= len(marked):
        return ""
    plain = [_QUOTED_TEXT.sub("", line) for line in others]
    usual = {mark: Counter(line.count(mark) for line in plain).most_common(1)[0][0] for mark in (*_COMMON, " ")}

    def is_row(line: str) -> bool:
        """As wide as the others, and neither a sentence nor a number behind the mark: a cell such as "#12b" or "#"."""
        bare = _QUOTED_TEXT.sub("", line)
        wide = any(count and bare.count(mark) == count for mark, count in usual.items())
        return wide and not re.match(r"#(?:[^\S\t]|-?\d+(?:[.,]\d+)?\s*[,;\t|])", line)

    is_first = len(marked) == 1 and lines[0].strip() == marked[0]
    if is_first and is_row(re.sub(r"^#[^\S\t]*", "#", marked[0])) and _has_number(others[0]) >= _has_number(others[1]):
        return ""  # the column names of a program that marks them, not above names without a mark
    return "" if any(map(is_row, marked)) else "#"


def _has_number(line: str) -> bool:
    return any(_NUMBER.fullmatch(cell.strip(' "')) for cell in re.split(r"[,;\t| ]", line))


def _without_comments(text: str, comment: str) -> str:
    return re.sub(rf"(?m)^ *{re.escape(comment)}[^\r\n]*(?:\r\n?|\n|\Z)", "", text) if comment else text


def _variants(text: str, mark: str, options: ReadOptions) -> list[tuple[str, str]]:
    """Return the (quotation mark, escape) pairs worth trying: usual ones first, others only if they occur."""
    quotes = [options.quote] if options.quote is not None else ['"']
    is_opening = rf"(?m)(?:^|{re.escape(mark)})\s?'"
    if options.quote is None and "'" in text and re.search(is_opening, text) and not _has_double_quotes(text, mark):
        quotes.append("'")
    escapes = [options.escape] if options.escape is not None else [""]
    has_backslash = "\\" in text
    if options.escape is None and has_backslash and re.search(rf"\\[\"'\\{re.escape(mark)}]", text):
        escapes.append("\\")
    variants = [(quote, escape) for quote in quotes for escape in escapes]
    may_escape = has_backslash and options.escape in {None, "\\"}
    if may_escape and options.quote in {None, ""} and _UNQUOTED not in variants:
        variants += [_UNQUOTED] if escapes_outside_quotes(text, mark) or is_dump(text, mark) else []
    return variants


def _fit(text: str, delimiter: str, quote: str, escape: str) -> Fit:
    """Cut the sample; a cell is whole if it holds no other delimiter and no loose quotation mark, or is a number."""
    if delimiter not in text:
        return Fit(0.0, 1, 0.0)
    others = [other for other in _COMMON if other != delimiter and other in text] + ["  "]
    widths: list[int] = []
    n_cells = n_whole = 0
    loose = re.compile(r'(?:[^"\s]|\\")"$|^"[^"]')
    is_doubled = '\\"' in text and quote == '"' and not escape and _is_doubled(text, delimiter)
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        quotechar=quote or None,
        quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
        escapechar=escape or None,
        skipinitialspace=_has_spaced_quotes(text, delimiter, quote),
    )
    try:
        for row in reader:
            if not row or (len(row) == 1 and (not row[0].strip() or is_line(row[0]) or run_starts(row[0]))):
                continue
            widths.append(len(row))
            if len(row) > 1:
                n_cells += len(row)
                joined = delimiter.join(row)
                if "\\" not in joined and not any(other in joined for other in others):
                    n_whole += len(row)  # what the whole row does not hold, no cell does: the usual case, and quick
                else:
                    n_whole += sum(
                        not any(map(cell.strip().__contains__, others)) or bool(_DECIMAL.fullmatch(cell.strip()))
                        for cell in row
                    )
                    if quote == '"' and not escape and not is_doubled:  # a mark behind a backslash did not end the cell
                        n_whole -= sum('\\"' in cell and bool(loose.search(cell)) for cell in row)
            if len(widths) >= _SAMPLE_ROWS:
                break
    except csv.Error:  # a cell beyond the csv module's limit: judge by what came before
        pass
    if not widths or n_cells == 0:
        return Fit(0.0, 1, 0.0)
    return Fit(*_agreement(widths), n_whole / n_cells)


def _is_doubled(text: str, delimiter: str) -> bool:
    """Whether all quotation marks stand around cells or doubled inside of these, and no row is odd."""
    if '"' in _without_quoted(text, delimiter)[0]:
        return False
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return len({len(row) for row in rows if row}) == 1
    except csv.Error:
        return False


def _agreement(widths: list[int]) -> tuple[float, int]:
    """Return (how far the rows agree on a width, that width); titles above and notes below count half."""
    counts = Counter(widths)
    width, count = max(counts.items(), key=lambda item: (item[0] > 1, item[1]))
    first, last = widths.index(width), len(widths) - 1 - widths[::-1].index(width)
    inside = last - first + 1
    if (count < 2 and counts[1] > 1) or (inside < 0.3 * len(widths) and len(widths) > 20):
        return 0.0, 1  # commas in a few lines of a text
    return count / inside * (0.5 + 0.5 * inside / len(widths)), width


def _in_single_quotes(text: str, mark: str) -> bool:
    """Whether single quotation marks stand around cells: in each column in which they stand, around nearly all words.

    Where they open a cell, they end it, too; a row of units or totals, or one typed by hand, may have none.
    """
    rows = [[cell.strip() for cell in line.split(mark)] for line in filled_lines(text)[:_SAMPLE_ROWS]]
    found = False
    for place in range(max(map(len, rows), default=0)):
        cells = [row[place] for row in rows[1:] if place < len(row)]
        words = [cell for cell in cells if not is_blank(cell) and not _NUMBER.fullmatch(cell)]
        opened = [cell for cell in words if cell.startswith("'")]
        n_bare = len(words) - len(opened)
        if opened and (
            n_bare > max(1, _MOST_BARE * len(words))
            or n_bare >= len(opened)
            or not all(re.fullmatch(r"'.*'", cell) for cell in opened)
        ):
            return False
        found = found or len(opened) + "".join(rows[0][place : place + 1]).startswith("'") > 1
    return found


def _has_double_quotes(text: str, mark: str) -> bool:
    """Whether some cells stand in double quotation marks, so that single ones are letters."""
    return bool(re.search(rf'(?m)(?:^|{re.escape(mark)}) ?"[^"]*" ?(?:{re.escape(mark)}|\r|$)', text))


def _has_spaced_quotes(text: str, mark: str, quote: str) -> bool:
    """Whether a space stands between delimiter and quotation mark, as in ``1, "a, b"``."""
    return bool(quote) and quote in text and bool(re.search(rf"{re.escape(mark)} +{re.escape(quote)}", text))


def _blank_separated(text: str, other: Fit) -> Dialect | None:
    """Return a dialect of spaces or fixed columns if it fits better than the best delimiter."""
    text = without_frame(text)
    widths: Counter[int] = Counter()
    numeric = 0
    for record in records(text.encode(), Dialect(SPACES)):
        widths[len(record.cells)] += 1
        numeric += any(_NUMBER.fullmatch(cell) for cell in record.cells)
        if widths.total() >= _SAMPLE_ROWS:
            break
    total = widths.total()
    if total < 2:
        return None
    _refuse_fewer_names(text, widths.most_common(1)[0][0])
    if _is_print(text, widths):
        return Dialect(SPACES)
    width, count = max(widths.items(), key=lambda item: (item[0] > 1, item[1]))
    starts = find_starts(text)
    agree = width > 1 and count > 1 and count >= max(0.9 * total, total - 3) and count / total > other.score
    if agree and 2 * numeric >= count and (count == total or not starts):
        _refuse_names_of_words(text, width)
        return Dialect(SPACES)
    return Dialect(FIXED, "", starts=starts) if len(starts) > 1 else None


def _breaks_names(blank: Dialect, other: Fit, text: str) -> bool:
    """Whether blanks cut the first line otherwise than the rows, where a delimiter cuts all lines alike."""
    first = _first_line(text)
    if blank.delimiter == FIXED:
        return other.width > 1 and is_across(first, blank.starts)
    widths = [len(record.cells) for record in islice(records(text.encode(), blank), 2)]
    return other.width > 1 and len(widths) > 1 and widths[0] not in {widths[1], widths[1] - 1}


def _is_print(text: str, widths: Counter[int]) -> bool:
    """Whether all rows have the same number of cells between spaces, as R prints and writes tables.

    Either nearly every row has words in quotation marks, or only the indented names have one cell less.
    """
    lines = filled_lines(text)[:_SAMPLE_ROWS]
    width, count = widths.most_common(1)[0]
    if width < 2 or count < 2 or len(lines) < 3:
        return False
    shorter = width > 2 and count == widths.total() - 1 and _n_spaced(text) == width - 1
    in_quotes = 10 * sum('"' in line for line in lines) > 9 * len(lines)
    return (in_quotes and (shorter or count == widths.total())) or (shorter and lines[0].startswith(" "))


def _n_spaced(text: str) -> int:
    """Return how many cells the first line has between spaces."""
    return len(next(records(text.encode(), Dialect(SPACES))).cells)


def _refuse_fewer_names(text: str, width: int) -> None:
    """Refuse rows with more cells between spaces than there are names, all in quotation marks; row names are, too."""
    first, *rows = filled_lines(text)[:_SAMPLE_ROWS]
    if not re.fullmatch(r'\s*"[^"]*"(?:[ \t]+"[^"]*")+\s*', first):
        return
    n_names = _n_spaced(text) + all(row.lstrip().startswith('"') for row in rows)
    if width > n_names:
        raise TableError(
            "The rows do not all have the same number of cells.",
            where=f"Line 1 has {_n_spaced(text):,} names in quotation marks, most rows have {width:,} cells.",
            remedy="Put cells that hold a space, such as a date and a time, in quotation marks, or save it as CSV.",
        )


def _refuse_names_of_words(text: str, width: int) -> None:
    """Refuse an aligned print whose row numbers have no name and whose names hold spaces: as many words as cells."""
    lines = filled_lines(text)[:_SAMPLE_ROWS]
    names, rows = lines[0], lines[1:]
    indent = len(names) - len(names.lstrip())
    ends = [re.match(r"\s*\S+", line).end() for line in rows]  # type: ignore[union-attr]
    if len(names.split()) == width and indent > 1 and ends and max(ends) < indent:
        raise TableError(
            "Nothing shows which column name belongs to which column.",
            where=f"Line 1 has no name above the first cells, and yet {width} words, as many as the rows have cells.",
            remedy="Some names hold a space: replace it by an underscore, or save the table as CSV.",
        )


def _close_calls(fits: dict[_Key, Fit], best: tuple[str, tuple[str, str]], first: str) -> tuple[str, ...]:
    fit, mark = fits[best], best[0]
    unescaped = fits.get((mark, (best[1][0] or '"', "")), fit)
    told = f"A backslash stands before {DELIMITER_NAMES.get(mark, 'delimiter')}s; these were read as part of the cells."
    is_doubtful = unescaped.agreement == 1 and unescaped.width != fit.width
    rivals = {
        rival: other
        for (rival, _), other in fits.items()
        if rival != mark
        and (rival in first or mark not in first)  # else it has no names, as the comma of decimal numbers
        and other.agreement > _MUCH * fit.agreement
        and (other.score > 0.6 * fit.score or (fit.whole < 1 and other.agreement == 1))
    }
    close = tuple(
        f"The cells were taken as separated by {DELIMITER_NAMES[mark]}s; {DELIMITER_NAMES[rival]}s would fit as well."
        for rival in rivals
        if mark in DELIMITER_NAMES
    )
    return (told, *close) if is_doubtful else close
