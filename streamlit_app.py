"""The front door: Streamlit starts here, the frame does the rest."""

from pages.shared import frame

frame.main()
