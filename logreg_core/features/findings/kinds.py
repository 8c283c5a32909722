"""Columns of the wrong kind: numbers stored as text, names stored as numbers, dates, too many levels."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np

from logreg_core.data.mostly_numbers import Writing, read
from logreg_core.data.numbers import Marks
from logreg_core.data.spoken import spoken
from logreg_core.features.columns import MAX_LEVELS, MIN_ROWS_PER_LEVEL
from logreg_core.features.findings.evidence import Evidence
from logreg_core.features.findings.finding import Finding, Fix, key_of, one_or_many
from logreg_core.features.findings.look import Look
from logreg_core.features.members import names_members
from logreg_core.features.names import names_a_code, names_a_postcode, names_an_identifier
from logreg_core.features.steps import PARTS, DateParts, GroupLevels, LeaveOut, TextToNumber
from logreg_core.features.steps.group_levels import MIN_ROWS
from logreg_core.features.values import cut_short

MOST_CODES = 20
_CODE_P_VALUE = 0.01
_SHOWN = 30
_KEPT = 10
_MOST_LOST = 0.5
_LOWEST_POSTCODE, _HIGHEST_POSTCODE = 1_000, 99_999
MOSTLY_DIFFERENT = 0.5
"""Share of the rows beyond which different texts are remarks or names, not levels."""


def numbers_as_text(evidence: Evidence) -> Iterator[Finding]:
    """Texts of which nearly all are numbers."""
    alike: dict[tuple[Marks, Marks | None], list[Look]] = {}
    for look in evidence.open_looks:
        if look.writing and (not names_an_identifier(look.name) or look.distinct < look.known):
            alike.setdefault((look.writing.marks, look.writing.other), []).append(look)
    for (marks, other), looks in alike.items():
        columns = tuple(look.name for look in looks)
        shown = next((look for look in looks if look.number), looks[0])
        yield Finding(
            key=key_of("numbers as text", columns),
            severity="warning",
            sentence=one_or_many(
                columns, f"holds numbers written as text: {_odd(looks[0])}.", "hold numbers written as text."
            ),
            why="As text each number would be a name of its own, and 10 no nearer to 11 than to 500."
            + _read_as(shown, marks, other)
            + _limits(looks),
            columns=columns,
            evidence=tuple((look.name, _odd(look)) for look in looks),
            fixes=_readings(columns, shown, marks, other),
        )


def read_otherwise(evidence: Evidence) -> Iterator[Finding]:
    """Texts that a step reads as numbers with other marks than they are written with, so that most are lost."""
    steps = evidence.recipe.steps
    for place, step in enumerate(steps):
        for name in step.columns if isinstance(step, TextToNumber) else ():
            if name not in evidence.looks or name not in evidence.frame.columns:
                continue
            before, left = evidence.look_before_steps(name), evidence.looks[name].known
            if before.writing is None or left >= _MOST_LOST * before.written_numbers:
                continue
            marks = before.writing.marks
            others = (step.without((name,)), TextToNumber((name,), marks.decimal, marks.thousands, chosen=step.chosen))
            mended = (*steps[:place], *(each for each in others if each is not None), *steps[place + 1 :])
            yield Finding(
                key=key_of("read otherwise", (name,)),
                severity="warning",
                sentence=f"Of {before.written_numbers:,} numbers in '{name}' "
                f"{f'only {left:,} are' if left else 'none is'} left as it is read now; the others count as missing.",
                why=f"They are written otherwise: {before.number} would be {_value(before, marks)}.",
                columns=(name,),
                fixes=(Fix("Read them as they are written", changes=(("steps", mended),)),),
            )


def _read_as(shown: Look, marks: Marks, other: Marks | None) -> str:
    """How a number with marks or signs is read, where the user may see it otherwise."""
    value = _value(shown, marks)
    if other is not None:
        return f" {shown.number} is read as {value}; it could be {_value(shown, other)} as well."
    return f" {shown.number} is read as {value}." if shown.number and shown.number != value else ""


def _limits(looks: list[Look]) -> str:
    """How limits among the numbers are read."""
    rows, limit = sum(look.limits for look in looks), next((look.limit for look in looks if look.limit), "")
    if not rows:
        return ""
    said = f"{rows:,} cells are limits, such as" if rows > 1 else "1 cell is a limit:"
    return f" {said} '{limit}'; read as the limit itself."


def _readings(columns: tuple[str, ...], shown: Look, marks: Marks, other: Marks | None) -> tuple[Fix, ...]:
    """One way to read the numbers; where the cells leave a choice both ways, each named by what it makes of a cell."""
    if other is None:
        return (Fix("Read as numbers", TextToNumber(columns, marks.decimal, marks.thousands)),)
    return tuple(
        Fix(f"Read {shown.number} as {_value(shown, each)}", TextToNumber(columns, each.decimal, each.thousands))
        for each in (marks, other)
    )


def _value(look: Look, marks: Marks) -> str:
    """The number of a look as it is with these marks."""
    import pyarrow as pa

    unit = look.writing.unit if look.writing else ""
    return f"{float(read(pa.array([look.number], pa.string()), Writing(marks, unit))[0]):.15g}"


def _odd(look: Look) -> str:
    odd = look.known - look.written_numbers
    if not odd and look.limits:
        limits = "1 is a limit" if look.limits == 1 else f"{look.limits:,} are limits"
        return f"{look.known - look.limits:,} of {look.known:,} cells are numbers, {limits}, such as '{look.limit}'"
    if not odd:
        return f"all {look.known:,} cells are numbers"
    cut = cut_short(look.odd, _SHOWN)
    return f"{odd:,} of {look.known:,} cells {'is' if odd == 1 else 'are'} none, such as '{cut}'"


def names_as_numbers(evidence: Evidence) -> Iterator[Finding]:
    """Whole numbers which a name calls a code, or few of them whose class rates neither only rise nor only fall.

    The limit of the test is shared among the columns it is made for (Bonferroni).
    """
    whole = [evidence.looks[name] for name in evidence.features if evidence.is_number(name)]
    whole = [look for look in whole if look.whole and look.distinct >= 3]
    found = [
        (look.name, f"{look.distinct:,} different, {spoken(look.low)} to {spoken(look.high)}")
        for look in whole
        if names_a_code(look.name) and not _is_amount(look)
    ]
    tested = [look for look in whole if look.distinct <= MOST_CODES and not names_a_code(look.name)]
    for look in tested:
        p = _p_value_of_one_direction(evidence, look)
        if p < _CODE_P_VALUE / len(tested):
            found.append((look.name, "its rates go up and down, more than chance would make of it"))
    if not found:
        return
    columns = tuple(name for name, _ in found)
    # A level for each of so many values would be no feature at all.
    many = tuple(name for name in columns if evidence.looks[name].distinct > MAX_LEVELS)
    yield Finding(
        key=key_of("names as numbers", columns),
        severity="note",
        sentence=one_or_many(
            columns,
            f"holds numbers that may be names, not amounts: {found[0][1]}.",
            "hold numbers that may be names, not amounts.",
        ),
        why="As an amount, region 4 counts as twice region 2. As a category, each value gets a weight of its own. An "
        "amount whose effect turns round can stay one with a polynomial degree of 2.",
        columns=columns,
        evidence=tuple(found),
        fixes=(
            Fix(
                ("Treat as categories" if len(columns) > 1 else "Treat as a category")
                + (f", keep the {_KEPT} most frequent" if many else ""),
                GroupLevels(many, 1, _KEPT) if many else None,
                (
                    (
                        "as_categories",
                        tuple(n for n in evidence.features if n in {*evidence.recipe.as_categories, *columns}),
                    ),
                ),
            ),
        ),
    )


def postcodes(evidence: Evidence) -> Iterator[Finding]:
    """Whole numbers of up to five digits, too many to be levels, that the column's name says are postcodes."""
    looks = [evidence.looks[name] for name in evidence.features if evidence.is_number(name)]
    looks = [look for look in looks if look.whole and names_a_postcode(look.name) and _is_amount(look)]
    looks = [look for look in looks if look.low >= 0 and _LOWEST_POSTCODE <= look.high <= _HIGHEST_POSTCODE]
    if not looks:
        return
    columns = tuple(look.name for look in looks)
    as_names = tuple(name for name in evidence.features if name in {*evidence.recipe.as_categories, *columns})
    yield Finding(
        key=key_of("postcodes", columns),
        severity="warning",
        sentence=one_or_many(
            columns,
            f"holds postcodes, {looks[0].distinct:,} different ones: names of places, not amounts.",
            "hold postcodes: names of places, not amounts.",
        ),
        why="As an amount, 80331 counts as about eight times 10115. As a category, each of the most frequent gets a "
        "weight of its own.",
        columns=columns,
        evidence=tuple(
            (look.name, f"{look.distinct:,} different, {spoken(look.low)} to {spoken(look.high)}") for look in looks
        ),
        fixes=(
            Fix(
                f"Treat as a category, keep the {_KEPT} most frequent",
                GroupLevels(columns, 1, _KEPT),
                (("as_categories", as_names),),
            ),
            Fix("Leave out", LeaveOut(columns, because="names places")),
        ),
    )


def _is_amount(look: Look) -> bool:
    """Many different values that repeat little: whatever its name, each would be a level of a row or two."""
    return look.distinct > MAX_LEVELS and 3 * look.distinct > look.known


def _p_value_of_one_direction(evidence: Evidence, look: Look) -> float:
    """Likelihood-ratio test of a rate of its own for each value against rates that only rise, or only fall.

    The best such rates are isotonic regression's. Where all true rates are equal, which makes false alarms likeliest,
    twice the gain in log-likelihood is a mixture of chi-squared variables: where l different rates of k values are
    left, it has k - l degrees of freedom (Robertson, Wright and Dykstra, Order Restricted Statistical Inference, 1988,
    chapter 2).
    """
    if look.name not in evidence.frame.columns or not look.values:
        return 1.0
    values = evidence.frame[look.name].iloc[evidence.at].to_numpy(dtype=np.float64, na_value=np.nan)
    known = np.isfinite(values) & np.isin(values, look.values)
    place = np.searchsorted(look.values, values[known])
    rows = np.bincount(place, minlength=len(look.values)).astype(np.float64)
    positive = np.bincount(place[evidence.y[known] == 1], minlength=len(look.values)).astype(np.float64)
    filled = rows >= MIN_ROWS
    if filled.sum() < 3:
        return 1.0
    rows, positive = rows[filled], positive[filled]
    own = _log_likelihood(positive, rows, positive / rows)
    best = max(
        _log_likelihood(positive, rows, _rising(positive, rows)),
        _log_likelihood(positive, rows, _rising(positive[::-1], rows[::-1])[::-1]),
    )
    return _tail_of_mixture(2 * (own - best), len(rows))


def _rising(positive: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """The rates (k,) of the highest likelihood among those that only rise."""
    from scipy.optimize import isotonic_regression

    return np.asarray(isotonic_regression(positive / rows, weights=rows).x)


def _log_likelihood(positive: np.ndarray, rows: np.ndarray, rates: np.ndarray) -> float:
    rates = np.clip(rates, 1e-15, 1 - 1e-15)
    return float((positive * np.log(rates) + (rows - positive) * np.log1p(-rates)).sum())


def _tail_of_mixture(statistic: float, values: int) -> float:
    """Chance of at least ``statistic`` where the rates of ``values`` values, of as many rows each, are all equal."""
    from scipy.special import gammaincc

    if statistic <= 1e-9:
        return 1.0
    weights = _chances_of_levels(values)
    return float(
        sum(w * gammaincc((values - left) / 2, statistic / 2) for left, w in enumerate(weights, 1) if left < values)
    )


@cache
def _chances_of_levels(values: int) -> tuple[float, ...]:
    """Chance that isotonic regression of ``values`` equal means leaves 1, 2, ..., ``values`` different ones."""
    chances = [1.0]
    for k in range(2, values + 1):
        # P(l, k) = P(l - 1, k - 1) / k + P(l, k - 1) (k - 1) / k, Robertson et al., corollary B to theorem 2.4.2.
        chances = [
            (chances[left - 1] if left else 0.0) / k + (chances[left] * (k - 1) / k if left < k - 1 else 0.0)
            for left in range(k)
        ]
    return tuple(chances)


def dates_as_text(evidence: Evidence) -> Iterator[Finding]:
    """Dates written as text, of which each would be a level of its own."""
    columns = tuple(look.name for look in evidence.open_looks if look.dates and look.distinct > 1)
    if columns:
        yield Finding(
            key=key_of("dates as text", columns),
            severity="warning",
            sentence=one_or_many(columns, "holds dates written as text.", "hold dates written as text."),
            why="As text each date would be a name of its own, and no date of a new row would be known. To test on the "
            "latest rows, see 'Kept aside to test'.",
            columns=columns,
            fixes=_uses_of_dates(columns),
        )


def _uses_of_dates(columns: tuple[str, ...]) -> tuple[Fix, ...]:
    return (
        Fix("Use days since", DateParts(columns, ("days",))),
        Fix("Use all parts", DateParts(columns, tuple(PARTS))),
    )


def dates(evidence: Evidence) -> Iterator[Finding]:
    """Dates, of which a model can use parts."""
    columns = tuple(look.name for look in evidence.open_looks if look.kind == "date" and look.distinct > 1)
    if not columns:
        return
    yield Finding(
        key=key_of("dates", columns),
        severity="note",
        sentence=one_or_many(
            columns,
            "holds dates, which a model cannot use as they are.",
            "hold dates, which a model cannot use as they are.",
        ),
        why=(
            "What may matter in a date is how long ago it was, or the season, or the day of the week. To test on the "
            "latest rows, see 'Kept aside to test'."
        ),
        columns=columns,
        fixes=_uses_of_dates(columns),
    )


def many_levels(evidence: Evidence) -> Iterator[Finding]:
    """Categories of more levels than can have a weight each."""
    looks = [look for look in evidence.open_looks if look.kind == "category" and not look.written_numbers]
    looks = [look for look in looks if MAX_LEVELS < look.distinct < MOSTLY_DIFFERENT * look.known]
    # The most frequent customers are no levels to keep.
    looks = [look for look in looks if not names_members(look.name, look.distinct, look.known)]
    can_be_used = evidence.recipe.features if evidence.prepared is None else evidence.prepared.features
    used = [look for look in looks if evidence.is_feature(look.name) and look.name in can_be_used]
    # Too many to be used as they are, but some of them frequent: all others together may be worth a try.
    left_out = [
        look
        for look in looks
        if look not in used
        and MIN_ROWS_PER_LEVEL * look.distinct > look.known
        and look.distinct - look.rare_levels >= 2
    ]
    share = f"all but the {MAX_LEVELS - 1} most frequent share one weight"
    if used:
        yield _levels_finding(used, "many levels", share, "of which all but the most frequent share one weight")
    if left_out:
        yield _levels_finding(left_out, "too many levels", "too many to be used as they are", "too many to be used")


def _levels_finding(looks: list[Look], kind: str, one: str, many: str) -> Finding:
    columns = tuple(look.name for look in looks)
    return Finding(
        key=key_of(kind, columns),
        severity="note",
        sentence=one_or_many(
            columns, f"has {looks[0].distinct:,} levels; {one}.", f"have more than {MAX_LEVELS} levels, {many}."
        ),
        why="Each level is a column the model has to learn. With fewer levels it has more rows for each.",
        columns=columns,
        evidence=tuple((look.name, f"{look.distinct:,} levels in {look.known:,} rows") for look in looks),
        fixes=(Fix(f"Keep the {_KEPT} most frequent", GroupLevels(columns, 1, _KEPT)),),
    )
