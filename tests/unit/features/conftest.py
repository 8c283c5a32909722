import pandas as pd
import pytest

from tests.unit.features.examined import clean_table


@pytest.fixture
def clean() -> pd.DataFrame:
    return clean_table()
