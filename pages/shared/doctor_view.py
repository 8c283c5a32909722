"""What the doctor found, gravest first: what is the matter, what can be done in one click, and "that is fine"."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import streamlit as st

from logreg_core.data import whole_days
from logreg_core.errors import RecipeError
from logreg_core.features.findings import SEVERITIES, is_covered
from pages.shared import repairs, workspace
from pages.shared.tables import without_time
from pages.shared.wording import count, plain, show_error

if TYPE_CHECKING:
    from logreg_core.features.findings import Finding

_ICONS = {"grave": ":material/error:", "warning": ":material/warning:", "note": ":material/info:"}
_SHOWN_AT_ONCE = 4
_SHOWN_COLUMNS = 12
_WHY_WIDTH = 400


def show() -> None:
    """The findings about the table as it is chosen and repaired; one line when there are none."""
    problem = workspace.repair_error()
    if problem is not None:
        show_error(problem)
    if not repairs.is_up_to_date():
        st.caption("The table is looked through for problems as soon as its rows are prepared.")
        if not repairs.is_examined():
            return
    try:
        with st.spinner("Looking for problems …"):
            found = repairs.findings()
    except RecipeError:
        return  # told where the rows are prepared
    fine = workspace.dismissed()
    left = [finding for finding in found if not is_covered(finding.key, fine)]
    urgent = [finding for finding in left if finding.severity != "note"]
    notes = [finding for finding in left if finding.severity == "note"]
    if not left and repairs.is_up_to_date():
        st.caption(":material/check: No problems found in these columns.")
    elif left:
        st.subheader("Problems found" if urgent else "Remarks", anchor=False)
    _show_urgent(urgent)
    if notes:
        said = f"{SEVERITIES['note']}: {count(len(notes), 'remark')}"
        alone = len(left) == 1
        with st.expander(said, expanded=alone, key=f"features.notes.{alone}"):  # keeps open what the user opened
            for finding in notes:
                _show(finding)
    if len(left) < len(found):
        st.button(
            f"Show again what you called fine ({len(found) - len(left)})",
            key="features.recall",
            type="tertiary",
            on_click=repairs.recall_dismissed,
        )


def _show_urgent(findings: list[Finding]) -> None:
    """The first few under the name of their severity, the others folded."""
    said = ""
    for finding in findings[:_SHOWN_AT_ONCE]:
        if finding.severity != said:
            said = finding.severity
            st.markdown(f"**{SEVERITIES[said]}**")
        _show(finding)
    if len(findings) > _SHOWN_AT_ONCE:
        with st.expander(f"{len(findings) - _SHOWN_AT_ONCE} more worth mending", key="features.more_findings"):
            for finding in findings[_SHOWN_AT_ONCE:]:
                _show(finding)


def _show(finding: Finding) -> None:
    name = hashlib.sha256(finding.key.encode()).hexdigest()[:12]
    with st.container(border=True, gap="small", key=f"features.finding.{name}"):
        st.markdown(f"{_ICONS[finding.severity]} {plain(finding.sentence, longest=500)}")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(plain(finding.why, longest=None), width=_WHY_WIDTH)
            for place, fix in enumerate(finding.fixes):
                st.button(plain(fix.label), key=f"features.fix.{name}.{place}", on_click=repairs.add, args=(fix,))
            st.button(
                "That is fine",
                key=f"features.fine.{name}",
                type="tertiary",
                on_click=repairs.dismiss,
                args=(finding.key,),
            )
            if len(finding.evidence) > 1 or finding.rows:
                with st.popover("Show", key=f"features.evidence.{name}"):
                    _show_evidence(finding, name)


def _show_evidence(finding: Finding, name: str) -> None:
    if len(finding.evidence) > 1:
        st.dataframe(
            [{"Column": column, "Found": said} for column, said in finding.evidence],
            hide_index=True,
            key=f"features.evidence_columns.{name}",
            alt=f"What was found in {len(finding.evidence)} columns.",
        )
    if finding.rows:
        frame = workspace.opened_table().frame
        first = [column for column in finding.columns if column in frame.columns]
        shown = [*first, *(column for column in frame.columns if column not in first)][:_SHOWN_COLUMNS]
        rows = frame.iloc[list(finding.rows)][shown].set_axis([row + 1 for row in finding.rows], axis="index")
        st.dataframe(
            rows,
            column_config=without_time(rows, whole_days(rows)),
            key=f"features.evidence_rows.{name}",
            alt=f"{len(finding.rows)} of the rows concerned.",
        )
