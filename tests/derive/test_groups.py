r"""Groups of different sizes: sums up to $n_i$."""

import pytest
from tests.derive.last import last_status

GROUPS = r"There are $k$ groups with $\sum_{j=1}^{m_i} v_{ij}$ in group $i$, and the averages are $\bar{v}_i = \frac{1}{m_i} \sum_{j=1}^{m_i} v_{ij}$."


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        (r"\sum_{j=1}^{m_i} (v_{ij} - \bar{v}_i) = 0", True),
        (r"\sum_{j=1}^{m_i} (v_{ij} + \bar{v}_i) = 0", False),
        (r"\sum_{j=1}^{m_i} (v_{ij} - c)^2 = \sum_{j=1}^{m_i} (v_{ij} - \bar{v}_i)^2 + m_i (\bar{v}_i - c)^2", True),
        (r"\sum_{j=1}^{m_i} (v_{ij} - c)^2 = \sum_{j=1}^{m_i} (v_{ij} - \bar{v}_i)^2 + (\bar{v}_i - c)^2", False),
        (r"\sum_{j=1}^{m_i} (v_{ij} - c)^2 = \sum_{j=1}^{m_i} (v_{ij} - \bar{v}_i)^2 - m_i (\bar{v}_i - c)^2", False),
        (r"\sum_{i=1}^k \sum_{j=1}^{m_i} v_{ij} = \sum_{i=1}^k m_i \bar{v}_i", True),
        (r"\sum_{i=1}^k \sum_{j=1}^{m_i} v_{ij} = \sum_{i=1}^k \bar{v}_i", False),
        (r"\sum_{i=1}^k \sum_{j=1}^{m_i} v_{ij} = k \sum_{j=1}^{m_i} v_{ij}", False),
        (r"\sum_{i=1}^k \sum_{j=1}^{m_i} 1 = \sum_{i=1}^k m_i", True),
        (r"\sum_{i=1}^k \sum_{j=1}^{m_i} 1 = k m_1", False),
    ],
)
def test_groups_of_different_sizes(claim: str, holds: bool) -> None:
    assert (last_status(GROUPS, claim) == "holds") is holds
