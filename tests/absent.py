"""What a test needs and the machine has not."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def absent(reason: str) -> NoReturn:
    """Skip the test; where CI=true, fail it: there everything must be here."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
