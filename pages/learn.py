"""Learn: the mathematics as something to play with, one lesson at a time, each with an address of its own."""

from __future__ import annotations

from pages.shared import frame

frame.ensure()

import streamlit as st  # noqa: E402

from pages.shared.lessons import catalogue, shelf  # noqa: E402
from pages.shared.wording import plain  # noqa: E402

wanted = st.query_params.get("lesson")
place = catalogue.find(wanted) if wanted is not None else None
if place is not None:
    st.query_params["lesson"] = catalogue.LESSONS[place].key  # a link to the page one is on leaves the address alone
    shelf.begin_at_the_top(catalogue.LESSONS[place].key)
    shelf.show(place)
else:
    if wanted is None:
        st.query_params.clear()
    shelf.begin_at_the_top("")
    st.title("Learn", anchor=False)
    if wanted is not None:
        st.info(f"There is no lesson called “{plain(wanted)}”. These are all there are:", icon=":material/list:")
    shelf.show_all()
