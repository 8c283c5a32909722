"""The race: two to four ways downhill on the same rows from the same start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from logreg_core.charts import RACE_AGAINST, race_chart, race_chart_alt, race_chart_table
from logreg_core.errors import LogregError
from logreg_core.training import SECONDS_A_LANE, lane_in_words, plain_number, standings, why_ended, winner
from pages.shared import workspace
from pages.shared.figures import on_a_phone, show_figure
from pages.shared.race_job import RaceJob
from pages.shared.race_lanes import LANES, PROBLEM, choose_lane, course_of, lane_settings, seed
from pages.shared.wording import count, loss, number, plain, show_error

if TYPE_CHECKING:
    import threading

    from logreg_core.training import Arrival, Standing
    from pages.shared.jobs import TrainedResult
    from pages.shared.race_job import RaceResult

_FEWEST, _MOST = 2, 4
_TICK_SECONDS = 0.5


@st.fragment
def show(result: TrainedResult) -> None:
    """The lanes, the button, and the latest race."""
    seed(result)
    job = workspace.race_job()
    if job is not None and job.trains_on != result.prepared.fingerprint:
        job = None
    running = job is not None and not job.done
    n = int(workspace.widget(LANES))  # type: ignore[call-overload]
    for lane in range(n):
        choose_lane(lane)
    _buttons(result, n, running=running)
    problem: Any = workspace.widget(PROBLEM)
    if problem is not None and not running:
        show_error(problem)
    if job is None:
        return
    if running:
        st.fragment(_follow, run_every=_TICK_SECONDS)(job)
    elif job.error is not None:
        show_error(job.error)
    elif job.outcome is not None and job.outcome.lanes:
        if course_of(job.lanes[0]) != course_of(lane_settings(result, 0)):
            st.caption(":material/history: This race was run with another start, penalty or weight of the classes.")
        _show_outcome(result, job.outcome)
    else:
        st.caption("Stopped before the first epoch.")


def _buttons(result: TrainedResult, n: int, *, running: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(
            "Epochs of the race", format="%.0f", step=50.0, key="lab.race.epochs", persist_state="session", width=180
        )
        st.button(
            "Start the race",
            icon=":material/sports_score:",
            key="lab.race.start",
            disabled=running,
            on_click=_start,
            args=(result,),
        )
        st.button("Stop", icon=":material/stop:", key="lab.race.stop", disabled=not running, on_click=_stop)
        for label, icon, key, more in (
            ("Add a lane", ":material/add:", "lab.race.add", 1),
            ("Remove the last", ":material/remove:", "lab.race.remove", -1),
        ):
            st.button(
                label,
                icon=icon,
                key=key,
                disabled=running or not _FEWEST <= n + more <= _MOST,
                on_click=workspace.set_controls,
                args=({LANES: n + more},),
            )
    st.caption(f"Each lane computes for {SECONDS_A_LANE:.0f} seconds at most, and ends where it is then.")


def _start(result: TrainedResult) -> None:
    n = int(workspace.widget(LANES))  # type: ignore[call-overload]
    lanes = tuple(lane_settings(result, lane) for lane in range(n))
    try:
        for lane in lanes:
            lane.validate()
        started = RaceJob(result.prepared, lanes)
    except LogregError as error:
        workspace.set_controls({PROBLEM: error})
        return
    workspace.set_controls({PROBLEM: None})
    workspace.set_race_job(started)
    _stop_with_session(started.identity, started.stop_event)


@st.cache_resource(scope="session", max_entries=1, show_spinner=False, on_release=lambda event: event.set())
def _stop_with_session(identity: str, _stop: threading.Event) -> threading.Event:
    """Have a race stopped as soon as its session is closed."""
    return _stop


def _stop() -> None:
    job = workspace.race_job()
    if job is not None:
        job.stop()


def _follow(job: RaceJob) -> None:
    if job.done:
        st.rerun()
    lane, epoch = job.place
    settings = job.lanes[lane]
    share = (lane + min(1.0, epoch / settings.max_iter)) / len(job.lanes)
    text = f"Lane {lane + 1} of {len(job.lanes)}, epoch {epoch:,} of {settings.max_iter:,}"
    st.progress(share, text=text)


def _show_outcome(result: TrainedResult, outcome: RaceResult) -> None:
    lanes, lowest = outcome.lanes, outcome.lowest
    names = [f"{place + 1}: {lane_in_words(lane.settings)}" for place, lane in enumerate(lanes)]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        against = st.segmented_control(
            "Against",
            list(RACE_AGAINST),
            required=True,
            default="epochs",
            key="lab.race.against",
            persist_state="session",
            help="A look at all rows is the fair unit: a line search and batches look more often in an epoch.",
        )
        gap = st.toggle(
            "Distance to the lowest cost, logarithmic",
            key="lab.race.gap",
            persist_state="session",
            disabled=lowest is None,
        )
    against = against or "epochs"
    show_figure(
        race_chart(lanes, names, against=against, lowest=lowest if gap else None),
        key="lab.race.chart",
        alt=race_chart_alt(lanes, names, against=against),
        numbers=race_chart_table(lanes, names),
    )
    found = standings(lanes, lowest)
    st.markdown(plain(_who_won(found, names, outcome, RACE_AGAINST[against]), longest=None))
    table = _table(found, names)
    if on_a_phone():
        st.markdown(_lines(table))
    else:
        st.dataframe(
            table,
            hide_index=True,
            key="lab.race.table",
            alt="For each lane its last cost, and when it came within 1 % and within 0.000001 of the lowest cost.",
        )
    st.caption(plain(_said(result, outcome), longest=None))


def _who_won(found: tuple[Standing, ...], names: list[str], outcome: RaceResult, unit: str) -> str:
    if outcome.separated:
        return (
            "Some columns tell the classes apart by themselves: the cost falls for ever, and nobody arrives. The last "
            "cost says who came farthest."
        )
    first = winner(found, unit)
    if outcome.lowest is None:
        return "The lowest cost is not known for so many columns; the last cost says who came farthest."
    if first is None:
        return f"Nobody came within 1 % of the lowest cost, {loss(outcome.lowest)}. Give them more epochs."
    return f"First within 1 % of the lowest cost, {loss(outcome.lowest)}: lane {names[first]}."


def _table(found: tuple[Standing, ...], names: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "Lane": name.partition(":")[0],
                "Within 1 %": _when(standing.close),
                "Last cost": loss(standing.final_cost),
                "Within 0.000001": _when(standing.there),
                "Way downhill": name.partition(": ")[2],
            }
            for standing, name in zip(found, names, strict=True)
        ]
    )


def _lines(table: pd.DataFrame) -> str:
    """The table for a page that is too narrow for it: a few lines for each lane."""
    return "\n".join(
        f"- **Lane {row['Lane']}**: {plain(row['Way downhill'], longest=None)}\n"
        + "\n".join(f"    - {name}: {row[name]}" for name in ("Within 1 %", "Within 0.000001", "Last cost"))
        for _, row in table.iterrows()
    )


def _when(arrival: Arrival | None) -> str:
    if arrival is None:
        return "–"
    looks = f"{plain_number(arrival.passes, digits=4)} looks"
    return f"{count(arrival.epoch, 'epoch')}, {looks}, {_time(arrival.seconds)}"


def _time(seconds: float) -> str:
    return f"{number(seconds, 2)} s" if seconds >= 1 else f"{plain_number(1000 * seconds, digits=2)} ms"


def _said(result: TrainedResult, outcome: RaceResult) -> str:
    parts = [
        "Looks are passes over all training rows.",
        "All lanes begin at the same weights and are run one after the other.",
    ]
    parts.append(why_ended(outcome.lanes))
    if len(outcome.lanes) < int(workspace.widget(LANES)):  # type: ignore[call-overload]
        parts.append("Lanes without a line were not started.")
    if result.model.settings.l1_ratio:
        parts.append("Lasso cannot be descended: the race is without it.")
    return " ".join(filter(None, [*parts, _ground(result)]))


def _ground(result: TrainedResult) -> str:
    settings = result.model.settings
    said = []
    if settings.alpha and not settings.l1_ratio:
        said.append("The cost is with what holds the weights back.")
    if settings.balanced:
        said.append("Both classes count alike in it.")
    return " ".join(said)
