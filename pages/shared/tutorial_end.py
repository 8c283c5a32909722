"""The end of the tutorial: what its result does not tell, and the way on into the app."""

from __future__ import annotations

import numpy as np
import streamlit as st

from logreg_core.charts.lessons import split_histogram, split_histogram_alt
from logreg_core.experiment import Experiment, Source
from logreg_core.lessons import tutorial
from logreg_core.training import TrainSettings
from pages.shared import frame
from pages.shared.figures import show_figure


def show() -> None:
    """Not finished; not exactly 90 %; and the same in the app."""
    done, untold = tutorial.walk(), tutorial.untold()
    best = untold.optimum
    st.markdown(
        "**It is not finished.** The cost hardly falls any more, but the weights still move. The lowest cost can be "
        "computed exactly, and it lies elsewhere:"
    )
    st.dataframe(
        tutorial.beside_the_optimum(),
        hide_index=True,
        column_config={name: st.column_config.NumberColumn(format="%.3f") for name in ("1,000 epochs", "Lowest cost")},
        key="tutorial.optimum",
        alt="Cost, weights, bias and odds ratio after 1,000 epochs and at the lowest cost.",
    )
    st.markdown(
        f"Predictions are nearly the same already; what one would *read* from the weights is not. The odds ratio of "
        f"feature 1 looks like {np.exp(done.weights[0]):.2f} and is {np.exp(best.parameters[0]):.2f} there. At this "
        f"learning rate the cost needs about {tutorial.EPOCHS_TO_A_MILLIONTH:,} epochs to come within a millionth of "
        f"the lowest; any rate below {untold.safe_rate:.2f} would have been safe, and ten times the rate takes a tenth "
        "of the epochs."
    )
    low, high = untold.likely
    st.markdown(
        f"**It is not exactly 90 %.** With {len(done.y_test)} test points, the true share lies likely between "
        f"**{100 * low:.1f} and {100 * high:.1f} %** (Wilson's 95 % interval). And another split would have given "
        f"another figure: over {len(untold.other_splits)} other seeds, each trained to its end, the test points right "
        f"go from {100 * untold.other_splits.min():.0f} to {100 * untold.other_splits.max():.0f} %."
    )
    show_figure(
        split_histogram(untold.other_splits, done.accuracy, untold.likely),
        key="tutorial.splits",
        alt=split_histogram_alt(untold.other_splits, done.accuracy),
        numbers=tutorial.splits_table(),
    )
    share = float(np.mean(done.y_test))
    st.markdown(
        f"**Beside what?** Always saying the same class would be right for at best "
        f"{100 * max(share, 1 - share):.1f} % of these test points."
    )
    with st.container(horizontal=True):
        st.page_link(
            frame.TRAIN,
            label="The same in the app: these points, these settings",
            icon=":material/science:",
            query_params=Experiment(Source(sample="tutorial"), settings=TrainSettings()).to_query(),
            help="Opens the Train page, ready to press Train. A table of your own that is open is kept.",
        )
        st.page_link(frame.LEARN, label="The lessons, one idea each", icon=":material/school:")
