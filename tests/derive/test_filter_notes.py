"""Notes on a Kalman filter declare no shapes: capitals beside an identity, and between matrices, are matrices."""

from __future__ import annotations

import pytest
from tests.derive.last import last_status

WORDS = "The gain of the filter is $K_k$, the covariance before the measurement $P_k^-$, that of the measurement $R$."
JOSEPH = r"(I - K_k H) P_k^- (I - K_k H)^T + K_k R K_k^T = P_k^- - K_k H P_k^- - P_k^- H^T K_k^T + K_k (H P_k^- H^T %s R) K_k^T"


def test_the_two_forms_of_the_covariance() -> None:
    assert last_status(WORDS, JOSEPH % "+") == "holds"
    assert last_status(WORDS, JOSEPH % "-") != "holds"
    assert last_status(WORDS, (JOSEPH % "+").replace("= P_k^- - K_k H P_k^-", "= P_k^- - P_k^- K_k H")) != "holds"


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        (r"(I - K_k H) P_k^- = P_k^- - K_k H P_k^-", True),
        (r"(I - K_k H) P_k^- = P_k^- - P_k^- K_k H", False),
        (r"(I - K_k H)^T = I - H^T K_k^T", True),
        (r"(I - K_k H)^T = I - K_k^T H^T", False),
    ],
)
def test_the_order_of_factors_counts(claim: str, holds: bool) -> None:
    assert (last_status(WORDS, claim) == "holds") is holds
