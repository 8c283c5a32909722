"""The app without a browser, driven as a user drives it."""

import json
from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import NumberInput

ENTRYPOINT = Path(__file__).parents[2] / "streamlit_app.py"
DATA, FEATURES, TRAIN, EVALUATE = "pages/data.py", "pages/features.py", "pages/train.py", "pages/evaluate.py"


class App:
    """The app as a user meets it: always from the entrypoint, each step checked for exceptions."""

    def __init__(self) -> None:
        self.test = AppTest.from_file(ENTRYPOINT, default_timeout=30)
        self.run()

    def run(self) -> "App":
        self.test.run()
        assert not self.test.exception, [exception.value for exception in self.test.exception]
        return self

    def open(self, page: str) -> "App":
        self.test.switch_page(page)
        return self.run()

    def click(self, key: str) -> "App":
        self.test.button(key=key).click()
        return self.run()

    def upload(self, name: str, content: bytes) -> "App":
        self.test.file_uploader(key="data.upload").upload(name, content, "text/csv")
        return self.run()

    def use_sample(self, title: str) -> "App":
        self.test.selectbox(key="data.sample").set_value(title)
        self.run()
        return self.click("data.use_sample")

    def train(self, *, pace: str = "As fast as possible") -> "App":
        """Start training and wait for its end; the page then shows the result."""
        self.test.segmented_control(key="train.pace").set_value(pace)
        self.run()
        self.click("train.start")
        job = self.test.session_state["workspace.job"]
        job.thread.join(60)
        assert job.done
        return self.run()

    @property
    def epoch_field(self) -> NumberInput:
        """The field *Go to epoch*, which is another one each time that training has gone on."""
        return next(field for field in self.test.number_input if str(field.key).startswith("train.at_epoch."))

    @property
    def title(self) -> str:
        return self.test.title[0].value

    @property
    def errors(self) -> list[str]:
        """Calm messages on the page, title and text in one."""
        return [f"{error.proto.title} {error.value}".replace("\\", "") for error in self.test.error]

    @property
    def text(self) -> str:
        """All words on the page."""
        shown = [*self.test.markdown, *self.test.caption, *self.test.info, *self.test.warning]
        words = [element.value for element in shown] + [warning.proto.title for warning in self.test.warning]
        return "\n".join([*words, *self.errors]).replace("\\", "")

    @property
    def metrics(self) -> dict[str, str]:
        return {metric.label: metric.value for metric in self.test.metric}

    def chart(self, key: str) -> dict:
        """The plotly figure of that key as plain JSON."""
        found = [chart.proto for chart in self.test.get("plotly_chart") if key in chart.proto.id]
        assert found, f"no chart {key}"
        return json.loads(found[0].spec)
