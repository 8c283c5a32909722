"""What holds for the whole project and no single module can hold: settings, pins, imports, habits of the pages."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import streamlit as st

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(path for path in (ROOT / "pages").glob("*.py") if path.name != "__init__.py")
PAGE_CODE = sorted((ROOT / "pages").rglob("*.py"))
CORE_CODE = sorted((ROOT / "logreg_core").rglob("*.py"))
FRONT_DOOR = ROOT / "streamlit_app.py"
APP_CODE = [FRONT_DOOR, *PAGE_CODE, *CORE_CODE]
ROOMS = sorted(path.parent.name for path in (ROOT / "logreg_core").glob("*/__init__.py"))

CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def place(path: Path, node: ast.AST) -> str:
    return f"{relative(path)}:{getattr(node, 'lineno', 0)}"


# ---------------------------------------------------------------- settings


@pytest.mark.parametrize(
    ("section", "option", "value"),
    [
        ("client", "showErrorDetails", "none"),  # a traceback shows code and paths to every visitor
        ("client", "disableDataExport", True),  # the tables' own export would write formulas as they are
        ("server", "enableXsrfProtection", True),
        ("server", "enableCORS", True),
        ("server", "enableStaticServing", False),
        ("server", "maxUploadSize", 50),  # MB; README.md states it
        ("server", "maxCacheDataSize", "300mb"),
        ("runner", "magicEnabled", False),  # with magic, a bare expression in a page is drawn, and slow
        ("browser", "gatherUsageStats", False),
        ("global", "maxCachedMessageAge", 10),  # a message the browser has let go of ends its session
    ],
)
def test_setting_is_pinned(section: str, option: str, value: object) -> None:
    assert CONFIG[section][option] == value


@pytest.mark.parametrize("theme", [CONFIG["theme"], CONFIG["theme"]["dark"]], ids=["light", "dark"])
def test_palette_has_exactly_ten_different_colours(theme: dict[str, list[str]]) -> None:
    # With fewer than ten, Streamlit fills up with "undefined" and plotly falls back to its own palette.
    colours = theme["chartCategoricalColors"]
    assert len(colours) == len(set(colours)) == 10
    assert all(re.fullmatch(r"#[0-9A-Fa-f]{6}", colour) for colour in colours)


def test_user_may_switch_between_light_and_dark() -> None:
    # A ``base`` or colours outside the two sections would lock the theme.
    assert {"light", "dark"} <= CONFIG["theme"].keys()
    assert not {"base", "primaryColor", "backgroundColor", "textColor"} & CONFIG["theme"].keys()


# ---------------------------------------------------------------- requirements


def pins(path: Path) -> dict[str, str]:
    """Return each requirement line as {name: version}; a line that is not an exact pin fails the test."""
    found = {}
    for raw in path.read_text().splitlines():
        line = raw.split("#")[0].strip()
        if not line or line.startswith("-r "):
            continue
        match = re.fullmatch(r"([A-Za-z0-9._-]+)==([0-9][A-Za-z0-9.]*)", line)
        assert match, f"{relative(path)}: {line!r} is not pinned with =="
        found[match[1].lower()] = match[2]
    return found


@pytest.mark.parametrize("path", ["requirements.txt", "tests/requirements.txt"])
def test_requirements_are_pinned_exactly(path: str) -> None:
    assert pins(ROOT / path)


def test_nothing_shadows_the_requirements_on_community_cloud() -> None:
    # It takes the first of these it finds, before requirements.txt.
    assert [name for name in ("uv.lock", "Pipfile", "environment.yml") if (ROOT / name).exists()] == []


def imported_modules(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Yield every imported module's dotted name, wherever in the file the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node, node.module


def test_every_import_of_the_app_is_a_requirement() -> None:
    required = pins(ROOT / "requirements.txt").keys()
    distributions = packages_distributions()
    missing = []
    for path in APP_CODE:
        for node, module in imported_modules(parse(path)):
            top = module.split(".")[0]
            if top in sys.stdlib_module_names or top in {"logreg_core", "pages"}:
                continue
            if not {name.lower() for name in distributions.get(top, [])} & required:
                missing.append(f"{place(path, node)} {module}")
    assert missing == []


def test_every_requirement_is_imported_by_the_app() -> None:
    # What is not needed costs the visitor of a sleeping app time, and the server memory.
    used = {module.split(".")[0] for path in APP_CODE for _, module in imported_modules(parse(path))}
    distributions = packages_distributions()
    providers = {name.lower() for top in used for name in distributions.get(top, [])}
    assert sorted(pins(ROOT / "requirements.txt").keys() - providers) == []


def test_readme_gives_a_reason_for_every_requirement() -> None:
    readme = (ROOT / "README.md").read_text().lower()
    assert [name for name in pins(ROOT / "requirements.txt") if f"| {name} |" not in readme] == []


# ---------------------------------------------------------------- the core


@pytest.mark.parametrize("path", CORE_CODE, ids=relative)
def test_core_knows_nothing_of_streamlit_and_the_pages(path: Path) -> None:
    modules = ((node, module.split(".")[0]) for node, module in imported_modules(parse(path)))
    assert [place(path, node) for node, top in modules if top in {"streamlit", "pages"}] == []


@pytest.mark.parametrize("room", ["", *ROOMS])
def test_importing_the_core_loads_nothing_heavy(room: str) -> None:
    # Each of these costs a visitor of a sleeping app a second or more, and is not needed to draw the first page.
    module = f"logreg_core.{room}".rstrip(".")
    heavy = ("sklearn", "scipy", "duckdb", "streamlit")
    script = f"import sys, {module}; print([name for name in {heavy} if name in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


# ---------------------------------------------------------------- the pages


def streamlit_functions(parameter: str) -> set[str]:
    """Return the names of Streamlit's public functions that take ``parameter``, as the installed version has them."""
    found = set()
    for name in dir(st):
        function = getattr(st, name, None)
        if inspect.isroutine(function) and parameter in inspect.signature(function).parameters:
            found.add(name)
    return found


KEEPS_STATE = {name for name in streamlit_functions("persist_state") if not name.startswith("_")}
NEEDS_KEY = KEEPS_STATE | {"button", "data_editor", "download_button", "file_uploader", "menu_button"}


def test_the_guards_know_the_widgets() -> None:
    # The sets are read from Streamlit; should it rename the parameter, the guards below would silently guard nothing.
    assert {"selectbox", "slider", "number_input", "toggle", "segmented_control", "multiselect"} <= KEEPS_STATE


def test_there_is_a_page_per_stop() -> None:
    assert {"data", "features", "train", "evaluate"} <= {path.stem for path in PAGES}


@pytest.mark.parametrize("path", PAGES, ids=relative)
def test_page_goes_through_the_frame_first(path: Path) -> None:
    # On a server that has just started Streamlit may run a page without the front door; the guard leads it back.
    statements = [
        node
        for node in parse(path).body
        if not isinstance(node, ast.Import | ast.ImportFrom)
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]
    assert ast.unparse(statements[0]) == "frame.ensure()"


def method_calls(path: Path, names: set[str]) -> Iterator[tuple[ast.Call, str]]:
    """Yield calls such as ``st.slider(...)`` or ``left.slider(...)`` of the given names."""
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names:
            yield node, node.func.attr


@pytest.mark.parametrize("path", PAGE_CODE, ids=relative)
def test_every_widget_has_a_key(path: Path) -> None:
    calls = method_calls(path, NEEDS_KEY)
    assert [place(path, call) for call, _ in calls if not any(word.arg == "key" for word in call.keywords)] == []


@pytest.mark.parametrize("path", PAGE_CODE, ids=relative)
def test_every_input_survives_a_change_of_page(path: Path) -> None:
    forgetful = []
    for call, name in method_calls(path, KEEPS_STATE):
        persist = [word.value for word in call.keywords if word.arg == "persist_state"]
        if [ast.unparse(value) for value in persist] != ["'session'"]:
            forgetful.append(f"{place(path, call)} {name}")
    assert forgetful == []


@pytest.mark.parametrize("path", [path for path in PAGE_CODE if path.parent.name != "workspace"], ids=relative)
def test_only_the_workspace_touches_the_session_state(path: Path) -> None:
    touches = [
        place(path, node)
        for node in ast.walk(parse(path))
        if (isinstance(node, ast.Attribute) and node.attr == "session_state")
        or (isinstance(node, ast.ImportFrom) and any(alias.name == "session_state" for alias in node.names))
    ]
    assert touches == []


# ---------------------------------------------------------------- habits nobody should need to look for


def broad_handlers(tree: ast.Module) -> Iterator[ast.ExceptHandler]:
    # Streamlit stops and reruns a script with BaseExceptions: swallowing them breaks Stop buttons and page changes.
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and (node.type is None or "BaseException" in ast.unparse(node.type)):
            yield node


@pytest.mark.parametrize("path", APP_CODE, ids=relative)
def test_no_handler_swallows_everything(path: Path) -> None:
    assert [place(path, node) for node in broad_handlers(parse(path))] == []


@pytest.mark.parametrize("path", APP_CODE, ids=relative)
def test_nothing_outside_data_could_run(path: Path) -> None:
    # Models and settings travel as JSON: unpickling or evaluating what a user hands in would run their code.
    tree = parse(path)
    modules = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve", "yaml"}
    found = [(node, module) for node, module in imported_modules(tree) if module.split(".")[0] in modules]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"eval", "exec"}:
            found.append((node, node.func.id))
        elif isinstance(node, ast.Attribute) and node.attr in {"read_pickle", "to_pickle"}:
            found.append((node, node.attr))
        elif isinstance(node, ast.keyword) and node.arg in {"unsafe_allow_html", "allow_pickle"}:
            found.append((node.value, node.arg))
    assert [f"{place(path, node)} {name}" for node, name in found] == []


@pytest.mark.parametrize("path", [FRONT_DOOR, *PAGE_CODE], ids=relative)
def test_no_page_sleeps(path: Path) -> None:
    # A sleeping script cannot answer its visitor; watching a run is a fragment's timer.
    calls = (node for node in ast.walk(parse(path)) if isinstance(node, ast.Call))
    sleeps = [call for call in calls if "sleep" in ast.unparse(call.func)]
    assert [place(path, node) for node in sleeps] == []
