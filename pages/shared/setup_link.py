"""A link that opens exactly this set-up: made here, and taken in here when somebody follows it. It never holds data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode, urlsplit

import streamlit as st

from logreg_core.errors import LogregError
from logreg_core.experiment import Experiment, not_understood, only_own, source_of
from pages.shared import training_choices, workspace
from pages.shared.wording import plain, show_error

LESSON = "lesson"
"""Parameter of an address: the lesson that the link to a set-up stands in."""
_PAGE = "train"
_NAMED = 3
_LEARN = "pages/learn.py"  # as the frame has it, which imports this module


@dataclass(frozen=True)
class SetUp:
    """What a link led to: ``query`` as it was, the table it ``opened`` by its fingerprint, ``waiting`` for a file that
    the user has, or why it led nowhere; and the ``lesson`` it came from, as long as its ``lesson_table`` is open."""

    query: tuple[tuple[str, str], ...] = ()
    opened: str = ""
    waiting: Experiment | None = None
    error: LogregError | None = None
    lesson: str = ""
    lesson_table: str = ""


def take_in() -> None:
    """Open what the address asks for, once; say what cannot be opened. Before anything is drawn."""
    query = tuple(sorted(only_own(st.query_params.to_dict()).items()))
    before: SetUp = workspace.set_up() or SetUp()
    latest = before
    if query and query == latest.query and latest.opened and latest.opened != workspace.open_fingerprint():
        _leave(query)  # another table is open by now; the address would bring the link's back
        latest = SetUp(waiting=latest.waiting)
    elif query and query != latest.query:
        latest = _follow(query)
    elif not query:
        latest = SetUp(waiting=latest.waiting)
    if latest.waiting is not None and latest.waiting.source.fits(workspace.table()):
        latest = _opened(query, latest.waiting)
    latest = _from_lesson(latest, before)
    workspace.remember_set_up(latest)
    if latest.error is not None:
        show_error(latest.error)
    _say_not_understood()
    if latest.waiting is not None:
        _say_waiting()
    _offer_ways_back(latest)


def show() -> None:
    """A way to copy the link to the present set-up."""
    table, recipe = workspace.table(), workspace.recipe()
    if table is None or recipe is None:
        return
    with st.popover("Link to this set-up", icon=":material/link:"):
        try:
            query = Experiment(source_of(table), recipe, training_choices.settings()).to_query()
        except LogregError as error:
            show_error(error)
            return
        st.markdown("Whoever opens it stands where you stand now, ready to press *Train*.")
        st.code(f"{_base()}/{_PAGE}?{urlencode(query)}", language=None, wrap_lines=True)
        if table.origin is None:
            st.caption(
                "Your file is not in the link, only names of its columns and of the values that your choices mention. "
                "The choices are set as soon as the same file is uploaded."
            )
        else:
            st.caption("It holds the choices, never data: the table is made again from its name and seed.")


def _follow(query: tuple[tuple[str, str], ...]) -> SetUp:
    try:
        experiment = Experiment.from_query(dict(query))
    except LogregError as error:
        return SetUp(query, error=error)
    if experiment is None:
        return SetUp(query)
    if experiment.source.upload and not experiment.source.fits(workspace.table()):
        return SetUp(query, waiting=experiment)
    return _opened(query, experiment)


def _opened(query: tuple[tuple[str, str], ...], experiment: Experiment) -> SetUp:
    error = _open(experiment)
    return SetUp(query, opened="" if error else workspace.open_fingerprint(), error=error)


def _open(experiment: Experiment) -> LogregError | None:
    """Open table, recipe and settings; the reason if they do not fit, and then nothing is changed."""
    opened = workspace.table()
    try:
        table = opened if experiment.source.fits(opened) else experiment.source.table()
        if table is None:
            return None
        experiment.check_columns(table.frame)
        values = training_choices.controls_of(experiment.settings) if experiment.settings is not None else {}
    except LogregError as error:
        return error
    workspace.open_with(table, experiment.recipe, training_choices.as_they_stand())
    chosen = workspace.recipe()
    if experiment.settings is not None and chosen is not None:
        training_choices.take_over(values, chosen, experiment.settings.start)
    return None


def _say_not_understood() -> None:
    names = not_understood(st.query_params.to_dict(), LESSON)
    if names:
        said = ", ".join(f"“{plain(name, longest=40)}”" for name in names[:_NAMED])
        more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
        means = "mean" if len(names) > 1 else "means"
        st.info(f"{said}{more} in the link {means} nothing here and changed nothing.", icon=":material/link_off:")


def _say_waiting() -> None:
    with st.container(border=True):
        st.markdown(
            ":material/upload_file: The link you opened is about a file that is not in it. Upload the same file on the "
            "Data page; its choices are then set."
        )
        st.button("Forget this link", key="setup.forget", on_click=_forget)


def _forget() -> None:
    workspace.remember_set_up(SetUp(query=tuple(sorted(only_own(st.query_params.to_dict()).items()))))


def _from_lesson(latest: SetUp, before: SetUp) -> SetUp:
    """Keep in mind which lesson a link stood in, on other pages too, until another table is open."""
    opened = workspace.open_fingerprint()
    if latest.opened and latest.query != before.query:
        return replace(latest, lesson=st.query_params.get(LESSON, ""), lesson_table=opened)
    if before.lesson and before.lesson_table == opened:
        return replace(latest, lesson=before.lesson, lesson_table=opened)
    return replace(latest, lesson="", lesson_table="")


def _offer_ways_back(latest: SetUp) -> None:
    """After a link: back to the lesson it stood in, and to the user's own table that it has closed."""
    former = workspace.former_table()
    in_a_lesson = LESSON in st.query_params and not only_own(st.query_params.to_dict())
    lesson = "" if in_a_lesson else latest.lesson
    if former is None and not lesson:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if lesson:
            st.page_link(_LEARN, label="Back to the lesson", icon=":material/school:", query_params={LESSON: lesson})
        if former is not None:
            st.caption(f"**{plain(former.name)}** is kept while you look at this.")
            st.button("Back to it", key="setup.back", on_click=_go_back)


def _go_back() -> None:
    chosen = workspace.reopen_former()
    if chosen is not None:
        training_choices.stand_again(chosen)


def _leave(query: tuple[tuple[str, str], ...]) -> None:
    """Take what belongs to a link out of the address."""
    for key, _ in query:
        del st.query_params[key]


def _base() -> str:
    """The app's address without the page: all pages are one step below it, the first is at it."""
    address = urlsplit(st.context.url or "")
    if not address.netloc:
        return ""
    folder = address.path.rstrip("/").removesuffix(f"/{_PAGE}")
    return f"{address.scheme}://{address.netloc}{folder}"
