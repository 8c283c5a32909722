from collections.abc import Callable, Iterator

import pytest
import streamlit as st

from tests.app.driver import App


@pytest.fixture(autouse=True)
def _no_cache_from_another_test() -> Iterator[None]:
    st.cache_data.clear()
    st.cache_resource.clear()
    yield
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture(autouse=True)
def _faults_are_loud(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that fails is a failed test, not a calm message."""

    def reraise(problem: Exception) -> None:
        raise problem

    monkeypatch.setattr("pages.shared.frame.show_calmly", reraise)


@pytest.fixture
def app() -> App:
    return App()


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Count calls of functions where pages look them up: ``calls = counted("pages.shared.jobs.train", ...)``."""

    def count(*targets: str) -> list[str]:
        calls: list[str] = []
        for target in targets:
            module_name, name = target.rsplit(".", 1)
            module = __import__(module_name, fromlist=[name])
            real = getattr(module, name)

            def counting(*args: object, _real: Callable = real, _name: str = name, **kwargs: object) -> object:
                calls.append(_name)
                return _real(*args, **kwargs)

            monkeypatch.setattr(module, name, counting)
        return calls

    return count
