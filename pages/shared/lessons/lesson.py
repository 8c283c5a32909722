"""What a lesson is, and the parts that all are made of: dials, the formula, the question at the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from logreg_core.experiment import Experiment
from pages.shared import workspace


@dataclass(frozen=True)
class Lesson:
    """A lesson.

    Attributes
    ----------
    key : str
        Its name in the address: ``/learn?lesson=key``.
    title : str
    line : str
        What it shows, for the list of lessons.
    show : callable
        Draws it; true when its question is answered.
    experiment : Experiment
        What its link into the app opens.
    opens : str
        The same in words.
    then : str
        Where in the app to see what the lesson is about.
    """

    key: str
    title: str
    line: str
    show: Callable[[], bool]
    experiment: Experiment
    opens: str
    then: str


def dial(
    label: str, low: float, high: float, *, start: float, step: float, key: str, about: str = "", unit: str = ""
) -> float:
    """A slider with a button to either side of it for single steps, so that nothing needs dragging."""
    whole = all(float(value).is_integer() for value in (low, high, start, step))
    kind = int if whole else float
    workspace.begin_with(key, kind(start))
    with st.container(horizontal=True, wrap=False, vertical_alignment="bottom", gap="xsmall"):
        st.slider(
            label,
            kind(low),
            kind(high),
            step=kind(step),
            format=f"%d{unit}" if whole else f"%g{unit}",
            key=key,
            persist_state="session",
            help=about or None,
        )
        for sign, name in ((-1, "less"), (1, "more")):
            st.button(
                f"{'−' if sign < 0 else '+'}{step:g}",
                key=f"{key}.{name}",
                on_click=_nudge,
                args=(key, sign * step, low, high, whole),
                help=f"{label}: {step:g} {name}",
            )
    return float(workspace.widget(key))  # type: ignore[arg-type]


def _nudge(key: str, step: float, low: float, high: float, whole: bool) -> None:
    moved = float(workspace.widget(key)) + step  # type: ignore[arg-type]
    kept = min(high, max(low, round(moved / abs(step)) * abs(step)))
    workspace.set_controls({key: int(kept) if whole else round(kept, 10)})


def pick(label: str, options: list[str], *, key: str, start: str = "", about: str = "") -> str:
    """One of a few, as buttons side by side; ``start``, or the first, at the start."""
    workspace.begin_with(key, start or options[0])
    st.segmented_control(label, options, required=True, key=key, persist_state="session", help=about or None)
    return str(workspace.widget(key))


def kept_between(typed: float | None, low: float, high: float, *, otherwise: float, what: str) -> float:
    """What was typed, or the nearest of ``low`` to ``high``, and then the reader is told.

    A field with limits of its own keeps what is outside them in sight and hands on what was there before, unsaid.
    """
    if typed is None:
        st.info(f"No {what} is typed; this is shown with {otherwise:g}.", icon=":material/info:")
        return otherwise
    kept = min(high, max(low, typed))
    if kept != typed:
        st.info(
            f"The {what} can be from {low:g} to {high:g} here. {typed:g} is outside; this is shown with {kept:g}.",
            icon=":material/info:",
        )
    return kept


def keep_field_between(key: str, low: float, high: float) -> None:
    """For ``on_change`` of a number field: put the nearest of ``low`` to ``high`` into it; ``say_kept`` tells."""
    typed = workspace.widget(key)
    if isinstance(typed, int | float):
        workspace.set_controls({key: min(high, max(low, float(typed))), f"{key}.typed": float(typed)})


def say_kept(key: str, low: float, high: float, *, what: str) -> None:
    """Tell what was typed last into a field that now has something else, see ``keep_field_between``."""
    typed, kept = workspace.widget(f"{key}.typed"), workspace.widget(key)
    if isinstance(typed, float) and not low <= typed <= high and kept == min(high, max(low, typed)):
        st.info(
            f"The {what} can be from {low:g} to {high:g} here. {typed:g} is outside; {kept:g} is taken.",
            icon=":material/info:",
        )


def formula(*lines: str) -> None:
    """The formula, one click away."""
    with st.expander("The formula", icon=":material/function:"):
        for line in lines:
            st.latex(line)


def ask(question: str, *, answered: bool, answer: str) -> bool:
    """The question at the end; says so when what the reader has moved answers it."""
    with st.container(border=True):
        st.markdown(f"**To find out.** {question}")
        if answered:
            st.markdown(f":material/check_circle: {answer}")
        else:
            st.caption("Move the controls above; this box notices when you have it.")
    return answered
