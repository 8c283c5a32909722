"""The one module that knows the session's own keys: the open table, the recipe, the running job, the result.

Widgets keep their values under their own keys (``page.field``); what they lead to is kept here, because a widget's
value vanishes with the widget and an upload does not survive a change of page.

Objects in the session may have been made by an older version of their class (a running app is updated in place), so
nothing here asks for their type.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

import streamlit as st

from logreg_core import features
from logreg_core.errors import RecipeError
from logreg_core.features import Recipe, Targets, edit, find_targets, prepare, suggest_features

if TYPE_CHECKING:
    from logreg_core.data import ReadOptions, Table
    from logreg_core.errors import LogregError, TableError
    from logreg_core.features import Prepared
    from logreg_core.training import TrainSettings
    from pages.shared.jobs import TrainedResult, TrainJob
    from pages.shared.race_job import RaceJob

_TABLE = "workspace.table"
_RECIPE = "workspace.recipe"
_RECIPE_IS_NEW = "workspace.recipe_is_new"
_JOB = "workspace.job"
_RESULT = "workspace.result"
_ANSWERED = "workspace.answered"
_SET_UP = "workspace.set_up"
_LESSON = "workspace.lesson"
_FORMER = "workspace.former"
_MEMORY = "workspace.memory"
_TURN = "workspace.turn"
_OWNERS = "workspace.owners"
_TRAINING = "workspace.training"
_TRAIN_ERROR = "workspace.train_error"
_UPLOAD = "workspace.upload"
_FILE = "workspace.file"
_THRESHOLD = "workspace.threshold"
_GIVEN_START = "workspace.given_start"
_RACE = "workspace.race"
_DISMISSED = "workspace.dismissed"
_REPAIR_ERROR = "workspace.repair_error"

LARGE_TABLE = 2_000_000
"""Cells (rows times columns) from which on preparing is slow enough to wait for a button."""

Value = TypeVar("Value")


def init() -> None:
    """Make the keys that are not there yet."""
    st.session_state.setdefault(_MEMORY, {})
    st.session_state.setdefault(_TURN, threading.RLock())
    st.session_state.setdefault(_THRESHOLD, 0.5)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let only one rerun of this session through.

    When a control moves during slow work, Streamlit starts a second rerun beside the first. It waits here, finds the
    work done, and a third that has overtaken it ends it: touching the session's state is where a rerun that has been
    replaced stops.
    """
    with st.session_state[_TURN]:
        st.session_state.get(_TABLE)
        yield


def remember(slot: str, key: object, compute: Callable[[], Value]) -> Value:
    """What ``compute`` gave when it was last called for ``slot`` with this ``key``; called anew for another key.

    One value a slot, so the session's memory is bounded by the number of slots.
    """
    memory: dict[str, tuple[object, Any]] = st.session_state[_MEMORY]
    if slot not in memory or memory[slot][0] != key:
        with one_at_a_time():
            if slot not in memory or memory[slot][0] != key:
                memory[slot] = (key, compute())
    value: Value = memory[slot][1]
    return value


def remembered(slot: str, otherwise: Value) -> Value:
    """What ``remember`` holds for ``slot``, whatever its key; ``otherwise`` when nothing is."""
    memory: dict[str, tuple[object, Any]] = st.session_state[_MEMORY]
    value: Value = memory[slot][1] if slot in memory else otherwise
    return value


def table() -> Table | None:
    """The open table."""
    return st.session_state.get(_TABLE)


def opened_table() -> Table:
    """The open table, where there must be one."""
    return _opened()


def open_fingerprint() -> str:
    """What identifies the open table; empty when there is none."""
    opened = table()
    return opened.fingerprint if opened is not None else ""


def open_table(new: Table) -> None:
    """Make ``new`` the open table and set the choices that follow from it; earlier results stay, labelled as such."""
    current, file = table(), kept_file()
    if file is not None and file.fingerprint != new.fingerprint:
        st.session_state[_FILE] = None  # its bytes are not needed any more
    st.session_state[_TABLE] = new
    if new.origin is None:
        st.session_state.pop(_FORMER, None)
    if current is None or current.fingerprint != new.fingerprint:
        st.session_state[_RECIPE] = None
        start_recipe(new.suggestion.target if new.suggestion else None)


def targets() -> Targets:
    """Which columns of the open table can be predicted."""
    opened = _opened()
    return remember("targets", opened.fingerprint, lambda: find_targets(opened.frame))


def suggested_features(target: str) -> tuple[str, ...]:
    """The columns of the open table to start with for a target."""
    opened = _opened()
    return remember("suggested", (opened.fingerprint, target), lambda: suggest_features(opened.frame, target))


def left_out_features(target: str) -> tuple[tuple[str, str], ...]:
    """(column, reason) for the columns of the open table that are not suggested for a target."""
    opened = _opened()
    return remember("left out", (opened.fingerprint, target), lambda: features.left_out_features(opened.frame, target))


def start_recipe(target: str | None) -> None:
    """Begin with the features that suit ``target``, keeping preparation and split; the controls follow."""
    before = recipe()
    new = _default_recipe(target) if target is not None else None
    if new is not None and before is not None:
        new = _carried_over(before, new)
    st.session_state[_RECIPE] = new
    st.session_state[_RECIPE_IS_NEW] = True


def _carried_over(before: Recipe, new: Recipe) -> Recipe:
    """What of the choices ``before`` still makes sense for the target of ``new``."""
    columns = table_columns()
    steps = edit.steps_for_target(before.steps, new.target, columns)
    usable = edit.usable_after(steps, columns, new.features)
    by_target = before.split_column == new.target
    return replace(
        before,
        target=new.target,
        positive=new.positive,
        features=tuple(name for name in usable if name != new.target),
        as_categories=(),
        steps=steps,
        split="random" if by_target else before.split,
        split_column="" if by_target else before.split_column,
    )


def _default_recipe(target: str) -> Recipe:
    opened = _opened()
    candidate = targets().candidate(target)
    suggestion = opened.suggestion if opened.suggestion and opened.suggestion.target == target else None
    return Recipe(
        target=target,
        positive=suggestion.positive if suggestion else candidate.default_positive if candidate else "",
        features=suggested_features(target),
        scale=suggestion.scale if suggestion else True,
        stratify=suggestion.stratify if suggestion else True,
    )


def recipe() -> Recipe | None:
    """The choices made for the open table, or None as long as there is no target."""
    return st.session_state.get(_RECIPE)


def set_recipe(new: Recipe | None) -> None:
    """Keep the choices made on the features page."""
    st.session_state[_RECIPE] = new


def table_columns() -> tuple[str, ...]:
    """The columns of the open table."""
    return tuple(_opened().frame.columns)


def follow_recipe(new: Recipe) -> None:
    """Take choices that were not made by the controls; the controls follow."""
    st.session_state[_RECIPE] = new
    st.session_state[_RECIPE_IS_NEW] = True


def repair_error() -> LogregError | None:
    """Why the latest click on a repair changed nothing."""
    return st.session_state.get(_REPAIR_ERROR)


def set_repair_error(error: LogregError | None) -> None:
    """Keep why a repair could not be made; None when it was."""
    st.session_state[_REPAIR_ERROR] = error


def dismissed() -> frozenset[str]:
    """Keys of the findings about the open table that the user called fine."""
    every: dict[str, frozenset[str]] = st.session_state.get(_DISMISSED, {})
    return every.get(open_fingerprint(), frozenset())


def set_dismissed(keys: frozenset[str]) -> None:
    """Keep which findings about the open table the user called fine."""
    every: dict[str, frozenset[str]] = st.session_state.get(_DISMISSED, {})
    st.session_state[_DISMISSED] = {**every, open_fingerprint(): keys}


def scale_features() -> None:
    """Switch scaling on in the present choices."""
    chosen = recipe()
    if chosen is not None:
        follow_recipe(replace(chosen, scale=True))


def recipe_is_new() -> bool:
    """True when the recipe was not made by the controls and they have not followed yet."""
    return bool(st.session_state.get(_RECIPE_IS_NEW, True))


def seed_widgets(values: dict[str, object]) -> None:
    """Give controls the values of a recipe made elsewhere; must run before they are drawn."""
    for key, value in values.items():
        st.session_state[key] = value
    st.session_state[_RECIPE_IS_NEW] = False


def widget(key: str) -> object:
    """The present value of a control, for callbacks."""
    return st.session_state.get(key)


def set_controls(values: dict[str, object]) -> None:
    """Give controls these values; for callbacks, which run before they are drawn."""
    for key, value in values.items():
        st.session_state[key] = value


def begin_with(key: str, value: object) -> None:
    """Give a control its first value; unlike a default it may later be set from elsewhere. Before it is drawn."""
    st.session_state.setdefault(key, value)


def keep_among(key: str, options: Sequence[str | None]) -> None:
    """Keep a control's value among its options: of several what is left, of one the first; before it is drawn.

    Set rather than forgotten: the browser would go on showing a value that is only forgotten here.
    """
    value = st.session_state.get(key)
    if isinstance(value, list):
        known = set(options)
        if any(item not in known for item in value):
            st.session_state[key] = [item for item in value if item in known]
    elif options and value not in options:
        st.session_state[key] = options[0]


def keep_within(key: str, low: int, high: int) -> None:
    """Keep a number field's value between its ends, which depend on something else; before it is drawn."""
    st.session_state[key] = min(high, max(low, int(st.session_state.get(key) or low)))


def seed_for(slot: str, owner: object, values: Callable[[], dict[str, object]]) -> None:
    """Give controls fresh values whenever what they are about (``owner``) is another than before."""
    owners: dict[str, object] = st.session_state.setdefault(_OWNERS, {})
    if owners.get(slot) != owner:
        owners[slot] = owner
        for key, value in values().items():
            st.session_state[key] = value


def answered() -> frozenset[str]:
    """Lessons whose question was answered in this session."""
    found: frozenset[str] = st.session_state.get(_ANSWERED, frozenset())
    return found


def set_answered(lesson: str) -> None:
    """Note that the question of a lesson was answered."""
    st.session_state[_ANSWERED] = answered() | {lesson}


def is_another_lesson(lesson: str) -> bool:
    """Whether the Learn page showed something else a moment ago; from now on it shows ``lesson``."""
    before = st.session_state.get(_LESSON)
    st.session_state[_LESSON] = lesson
    return before is not None and before != lesson


def set_up() -> Any:
    """What the latest link to a set-up led to; None before the first."""
    return st.session_state.get(_SET_UP)


def remember_set_up(state: object) -> None:
    """Keep what a link to a set-up led to."""
    st.session_state[_SET_UP] = state


def open_with(new: Table, chosen: Recipe | None) -> None:
    """Open a table with choices made elsewhere, or those it comes with; a user's own table is kept to go back to."""
    before, choices_before = table(), recipe()
    open_table(new)
    if before is not None and before.origin is None and before.fingerprint != new.fingerprint:
        st.session_state[_FORMER] = (before, choices_before)
    st.session_state[_RECIPE] = None
    start_recipe(new.suggestion.target if new.suggestion else None)
    if chosen is not None:
        st.session_state[_RECIPE] = chosen


def former_table() -> Table | None:
    """The user's own table that a link has closed."""
    kept = st.session_state.get(_FORMER)
    return kept[0] if kept is not None else None


def reopen_former() -> None:
    """Go back to it and its choices."""
    kept = st.session_state.pop(_FORMER, None)
    if kept is not None:
        open_with(*kept)


def is_large() -> bool:
    """True when preparing the open table takes long enough to wait for a button."""
    return bool(_opened().frame.size >= LARGE_TABLE)


def is_prepared() -> bool:
    """True when the rows of the open table are prepared as the present choices say."""
    chosen, memory = recipe(), st.session_state[_MEMORY]
    return (
        chosen is not None
        and "prepared" in memory
        and memory["prepared"][0] == chosen.fingerprint(_opened().fingerprint)
    )


def prepared() -> Prepared | None:
    """The rows prepared as the present choices say, None as long as there is no target; RecipeError passes through."""
    opened, chosen = table(), recipe()
    if opened is None or chosen is None:
        return None
    fingerprint = chosen.fingerprint(opened.fingerprint)
    return remember("prepared", fingerprint, lambda: prepare(opened.frame, chosen, data_fingerprint=opened.fingerprint))


def ready_rows() -> Prepared | None:
    """The rows prepared as the choices say; None where they cannot be, or would take long and nobody has asked."""
    if is_large() and not is_prepared():
        return None
    try:
        return prepared()
    except RecipeError:
        return None


def job() -> TrainJob | None:
    """The latest training job, running or ended."""
    return st.session_state.get(_JOB)


def set_job(new: TrainJob) -> None:
    """Keep the job just started."""
    st.session_state[_JOB] = new


def settle_job() -> bool:
    """Take in the result of a job that has ended; True while one is running.

    Asked once in a rerun, before anything is drawn: a job may end at any moment, and a page must not see it running in
    one place and ended in another.
    """
    current = job()
    if current is None:
        return False
    if not current.done:
        return True
    if current.outcome is not None and result() is not current.outcome:
        st.session_state[_RESULT] = current.outcome
        _begin_with_one_half(current.outcome)
    return False


def _begin_with_one_half(trained: TrainedResult) -> None:
    """Another question begins with a threshold of one half: one chosen for the former means nothing for it."""
    question = (trained.table.fingerprint, trained.prepared.target, trained.prepared.positive)
    seed_for("threshold", question, lambda: {_THRESHOLD: 0.5, "evaluate.threshold": 0.5})


def result() -> TrainedResult | None:
    """The latest trained model with all that belongs to it."""
    return st.session_state.get(_RESULT)


def stale_because() -> str:
    """Why the latest result does not belong to what is chosen now; empty when it does."""
    trained, opened, chosen = result(), table(), recipe()
    if trained is None:
        return ""
    if opened is None or trained.table.fingerprint != opened.fingerprint:
        return "another table is open now"
    if chosen is None or chosen.fingerprint(opened.fingerprint) != trained.prepared.fingerprint:
        return "the choices on the Features page have changed since"
    if training() is not None and training() != trained.model.settings:
        return "the choices for training have changed since"
    return ""


def training() -> TrainSettings | None:
    """How to train, as last chosen on the train page; not validated."""
    return st.session_state.get(_TRAINING)


def set_training(settings: TrainSettings) -> None:
    """Keep how to train."""
    st.session_state[_TRAINING] = settings


def is_present(other: TrainJob) -> bool:
    """True when a job learns, or learned, what is chosen now."""
    opened, chosen = table(), recipe()
    if opened is None or chosen is None or chosen.fingerprint(opened.fingerprint) != other.trains_on:
        return False
    return training() == other.settings


def is_of_present_rows(trained: TrainedResult) -> bool:
    """True when a result was trained on the rows and columns that are chosen now, in whichever way."""
    opened, chosen = table(), recipe()
    if opened is None or chosen is None:
        return False
    return chosen.fingerprint(opened.fingerprint) == trained.prepared.fingerprint


def given_start() -> tuple[float, ...] | None:
    """Weights to start from that were chosen in the laboratory, as long as they are for the present rows."""
    opened, chosen = table(), recipe()
    about, start = st.session_state.get(_GIVEN_START, ("", None))
    if opened is None or chosen is None or about != chosen.fingerprint(opened.fingerprint):
        return None
    return start  # type: ignore[no-any-return]


def set_given_start(trained_on: str, start: tuple[float, ...]) -> None:
    """Keep weights to start from, for the rows of this fingerprint."""
    st.session_state[_GIVEN_START] = (trained_on, start)


def race_job() -> RaceJob | None:
    """The latest race, running or ended."""
    return st.session_state.get(_RACE)


def set_race_job(new: RaceJob | None) -> None:
    """Keep the race just started."""
    st.session_state[_RACE] = new


def threshold() -> float:
    """Probability from which on a row counts as the positive class."""
    return float(st.session_state[_THRESHOLD])


def seed_threshold() -> None:
    """Give the threshold's slider the present value; must run before it is drawn."""
    st.session_state.setdefault("evaluate.threshold", threshold())


def set_threshold(value: float) -> None:
    """Keep the threshold chosen on the evaluate page."""
    st.session_state[_THRESHOLD] = value


def train_error() -> LogregError | None:
    """Why the latest click on Train could not start a run, as long as the choices are those it was about."""
    error, about = st.session_state.get(_TRAIN_ERROR, (None, None))
    return error if about == training() else None


def set_train_error(error: LogregError | None, about: TrainSettings) -> None:
    """Keep why a run with these settings could not start; None when it did."""
    st.session_state[_TRAIN_ERROR] = (error, about)


def is_new_upload(file_id: str) -> bool:
    """True until this file is taken."""
    return bool(st.session_state.get(_UPLOAD, ("",))[0] != file_id)


def set_upload(file_id: str) -> None:
    """Remember the file in the uploader, so that it is taken once."""
    st.session_state[_UPLOAD] = (file_id,)


def forget_upload() -> None:
    """The uploader is empty, as it is after a change of page; what was made of its file stays."""
    st.session_state.pop(_UPLOAD, None)


@dataclass(frozen=True)
class Carried:
    """Choices ``made`` for one reading of a file, its ``usable`` columns, and what they ``became`` in the next."""

    made: Recipe
    usable: tuple[str, ...]
    became: Recipe | None


@dataclass
class KeptFile:
    """The last uploaded file: one a session, so that uploading again and again holds no more than one.

    ``options`` are those it was last read with, ``fingerprint`` that of the table it became, ``columns`` the names in
    it; ``error`` says why the last reading failed, ``is_adjusted`` that somebody had to help with reading it.
    ``carried`` are the choices that were carried over from its former reading.
    """

    name: str
    content: bytes
    options: ReadOptions | None = None
    fingerprint: str = ""
    columns: tuple[str, ...] = ()
    error: TableError | None = None
    is_adjusted: bool = False
    carried: Carried | None = None


def kept_file() -> KeptFile | None:
    """The last uploaded file, as long as its table is open or it could not be read."""
    return st.session_state.get(_FILE)


def keep_file(name: str, content: bytes) -> None:
    """Keep a new file in place of the last one."""
    st.session_state[_FILE] = KeptFile(name, content)


def set_widgets(values: dict[str, object]) -> None:
    """Give controls these values; in a callback, or before they are drawn."""
    st.session_state.update(values)


def set_read(options: ReadOptions, *, table: Table | None = None, error: TableError | None = None) -> None:
    """Keep how reading the kept file ended: the table is opened; after an error the open one stays."""
    file = kept_file()
    if file is None:
        return
    file.is_adjusted = file.is_adjusted or file.options is not None or error is not None
    file.options, file.error = options, error
    if table is not None:
        former, choices = open_fingerprint(), _choices_to_carry(file)
        file.fingerprint, file.columns = table.fingerprint, tuple(map(str, table.frame.columns))
        open_table(table)
        if choices is not None and table.fingerprint != former:
            _carry(file, choices, former)


def _choices_to_carry(file: KeptFile) -> Carried | None:
    """The choices made for the file as it is read now; those from before its last reading if nobody touched them since.

    So a reading that loses the target, and the next one that brings it back, together lose nothing.
    """
    if not file.fingerprint or file.fingerprint != open_fingerprint():
        return None
    chosen = recipe()
    if file.carried is not None and file.carried.became == chosen:
        return file.carried
    if chosen is None:
        return None
    usable = edit.usable_after(chosen.steps, table_columns(), suggested_features(chosen.target))
    return Carried(chosen, usable, chosen)


def _carry(file: KeptFile, choices: Carried, former: str) -> None:
    """Choices made for one reading of a file, and what was called fine in it, hold for the other."""
    carried = features.carried_over(choices.made, _opened().frame, choices.usable)
    if carried is not None:
        follow_recipe(carried)
    file.carried = replace(choices, became=recipe())
    every: dict[str, frozenset[str]] = st.session_state.get(_DISMISSED, {})
    set_dismissed(dismissed() | every.get(former, frozenset()))


def _opened() -> Table:
    opened = table()
    if opened is None:
        raise RuntimeError("no table is open")
    return opened
