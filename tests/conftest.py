"""What holds for every test."""

import pytest


@pytest.fixture(scope="session", autouse=True)
def _own_progress(tmp_path_factory):
    """No test reads or writes the progress of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DEZERO_LAB_DATA", str(tmp_path_factory.mktemp("progress")))
        yield
