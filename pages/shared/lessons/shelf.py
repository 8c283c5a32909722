"""The list of lessons, and one lesson with its ways on: all by links, so that each can be sent and bookmarked."""

from __future__ import annotations

import streamlit as st

from pages.shared import frame, setup_link, workspace
from pages.shared.lessons.catalogue import LESSONS
from pages.shared.lessons.lesson import Lesson

_A_MOMENT = 0.05
_CURTAIN = "learn.curtain"


def begin_at_the_top(key: str) -> None:
    """Show nothing for a moment when ``key`` is another lesson than before.

    The browser keeps how far a page is scrolled as long as it stays the same page, and would begin a lesson in its
    middle. An empty page is at its top.
    """
    if workspace.is_another_lesson(key):
        workspace.set_controls({_CURTAIN: False})
        st.fragment(_lift_curtain, run_every=_A_MOMENT)()
        workspace.set_controls({_CURTAIN: True})
        st.stop()


def _lift_curtain() -> None:
    if workspace.widget(_CURTAIN):
        st.rerun()


def show_all() -> None:
    """The list, in two columns, with a mark at those whose question was answered."""
    st.caption(
        "Eleven short lessons. Each has something to move and a question that you answer by moving it. "
        "The figures are computed while you move; nothing plays by itself."
    )
    half = (len(LESSONS) + 1) // 2
    done = workspace.answered()
    for column, start in zip(st.columns(2, gap="large"), (0, half), strict=True):
        with column:
            for place, lesson in enumerate(LESSONS[start : start + half], start=start):
                mark = ":material/check_circle:" if lesson.key in done else ":material/radio_button_unchecked:"
                _link(place, f"{place + 1}. {lesson.title}", mark)
                st.caption(lesson.line + (" Answered." if lesson.key in done else ""))
    st.divider()
    st.page_link(
        frame.TUTORIAL,
        label="The tutorial, in twelve minutes",
        icon=":material/menu_book:",
    )


def show(place: int) -> None:
    """One lesson: where one is, the lesson itself, the way into the app, the ways to its neighbours."""
    lesson = LESSONS[place]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link(frame.LEARN, label="All lessons", icon=":material/list:", query_params={})
        _neighbours(place, titles=False)
    st.caption(f"Lesson {place + 1} of {len(LESSONS)}")
    st.title(lesson.title, anchor=False)
    if lesson.show():
        workspace.set_answered(lesson.key)
    _way_into_the_app(lesson)
    with st.container(horizontal=True):
        _neighbours(place, titles=True)


def _way_into_the_app(lesson: Lesson) -> None:
    st.page_link(
        frame.TRAIN,
        label="Try it in the app",
        icon=":material/science:",
        query_params={**lesson.experiment.to_query(), setup_link.LESSON: lesson.key},
        help="Opens the Train page with this data and these settings. A table of your own that is open is kept.",
    )
    st.caption(f"Opens {lesson.opens}. Press Train there; {lesson.then}.")


def _neighbours(place: int, *, titles: bool) -> None:
    for other, word, icon in (
        (place - 1, "Before", ":material/arrow_back:"),
        (place + 1, "Next", ":material/arrow_forward:"),
    ):
        if 0 <= other < len(LESSONS):
            _link(other, f"{word}: {LESSONS[other].title}" if titles else word, icon)


def _link(place: int, label: str, icon: str) -> None:
    st.page_link(frame.LEARN, label=label, icon=icon, query_params={"lesson": LESSONS[place].key})
