r"""Matrices of blocks: named ones, zeros and identities cut by their neighbours, parts of what is known."""

import pytest
from tests.derive.last import last_status

from glideslope.derive import check_document
from glideslope.derive.meaning.context import Context
from glideslope.derive.reading.dimensions import Dimensions
from glideslope.derive.reading.tall import taller
from glideslope.derive.syntax.tree import Node

BLOCKS = (
    r"Let $A \in \mathbb{R}^{m \times m}$, $B \in \mathbb{R}^{m \times k}$, $C \in \mathbb{R}^{k \times m}$ and $D \in \mathbb{R}^{k \times k}$"
    r" with $A$ and $D$ invertible. Let $x \in \mathbb{R}^m$ and $z \in \mathbb{R}^k$."
)
REGRESSION = r"""Let

$$X = \begin{bmatrix} X_1 & X_2 \end{bmatrix}, \quad \beta = \begin{bmatrix} \beta_1 \\ \beta_2 \end{bmatrix}$$

with $X_1 \in \mathbb{R}^{n \times p_1}$, $X_2 \in \mathbb{R}^{n \times p_2}$, $\beta_1 \in \mathbb{R}^{p_1}$, $\beta_2 \in \mathbb{R}^{p_2}$ and $p = p_1 + p_2$."""
GAUSSIAN = r"""Let

$$
x = \begin{bmatrix} x_1 \\ x_2 \end{bmatrix}, \quad \mu = \begin{bmatrix} \mu_1 \\ \mu_2 \end{bmatrix}, \quad
\Sigma = \begin{bmatrix} \Sigma_{11} & \Sigma_{12} \\ \Sigma_{21} & \Sigma_{22} \end{bmatrix}
$$

and note that $\Sigma_{11}^{-1}$ exists."""
SCHUR = r"(\Sigma_{11} - \Sigma_{12} \Sigma_{22}^{-1} \Sigma_{21})^{-1}"
ESTIMATES = r"""Let $X \in \mathbb{R}^{n \times p}$, $y \in \mathbb{R}^n$, $\beta \in \mathbb{R}^p$ and $\beta_a \in \mathbb{R}^{p_a}$ with

$$\hat\beta = (X^\top X)^{-1} X^\top y$$

where $n > p$ and $p > p_a$, and

$$\hat\beta = \begin{bmatrix} \hat u \\ \hat v \end{bmatrix}$$

where $\hat u \in \mathbb{R}^{2}$."""

TRUE = [
    (BLOCKS, r"\det \begin{bmatrix} A & B \\ C & D \end{bmatrix} = \det(A) \det(D - C A^{-1} B)"),
    (
        BLOCKS,
        r"\begin{bmatrix} A & B \\ 0 & D \end{bmatrix}^{-1} = \begin{bmatrix} A^{-1} & -A^{-1} B D^{-1} \\ 0 & D^{-1} \end{bmatrix}",
    ),
    (BLOCKS, r"\begin{bmatrix} I & 0 \end{bmatrix} \begin{bmatrix} x \\ z \end{bmatrix} = x"),
    (BLOCKS, r"\begin{bmatrix} I_m & 0_{m \times k} \end{bmatrix} \begin{bmatrix} x \\ z \end{bmatrix} = x"),
    (
        BLOCKS,
        r"\begin{bmatrix} 0 & I \\ I & 0 \end{bmatrix} \begin{bmatrix} x \\ z \end{bmatrix} = \begin{bmatrix} z \\ x \end{bmatrix}",
    ),
    (BLOCKS, r"(A + B D C)^{-1} = A^{-1} - A^{-1} B (D^{-1} + C A^{-1} B)^{-1} C A^{-1}"),
    (
        BLOCKS,
        r"\begin{bmatrix} B \\ 0_{m \times k} \end{bmatrix}^\top \begin{bmatrix} B \\ 0_{m \times k} \end{bmatrix} = B^\top B",
    ),
    (BLOCKS, r"\begin{bmatrix} I & 0 \end{bmatrix} \begin{bmatrix} x^\top & z^\top \end{bmatrix}^\top = x"),
    (REGRESSION, r"X \beta = X_1 \beta_1 + X_2 \beta_2"),
    (
        REGRESSION,
        r"X^\top X = \begin{bmatrix} X_1^\top X_1 & X_1^\top X_2 \\ X_2^\top X_1 & X_2^\top X_2 \end{bmatrix}",
    ),
    (REGRESSION, r"\begin{bmatrix} 0_{p_2,p_1} & I_{p_2} \end{bmatrix} \beta = \beta_2"),
    (
        GAUSSIAN,
        r"\Sigma (x - \mu) = \begin{bmatrix} \Sigma_{11} (x_1 - \mu_1) + \Sigma_{12} (x_2 - \mu_2) \\ \Sigma_{21} (x_1 - \mu_1) + \Sigma_{22} (x_2 - \mu_2) \end{bmatrix}",
    ),
    (GAUSSIAN, r"\det \Sigma = \det(\Sigma_{11}) \det(\Sigma_{22} - \Sigma_{21} \Sigma_{11}^{-1} \Sigma_{12})"),
    (
        GAUSSIAN,
        rf"\begin{{bmatrix}} I & 0 \end{{bmatrix}} \Sigma^{{-1}} \begin{{bmatrix}} x_1 \\ 0 \end{{bmatrix}} = {SCHUR} x_1",
    ),
]
WRONG = [
    (BLOCKS, r"\det \begin{bmatrix} A & B \\ C & D \end{bmatrix} = \det(A) \det(D + C A^{-1} B)"),
    (BLOCKS, r"\det \begin{bmatrix} A & B \\ C & D \end{bmatrix} = \det(A) \det(D - B A^{-1} C)"),
    (
        BLOCKS,
        r"\begin{bmatrix} A & B \\ 0 & D \end{bmatrix}^{-1} = \begin{bmatrix} A^{-1} & A^{-1} B D^{-1} \\ 0 & D^{-1} \end{bmatrix}",
    ),
    (BLOCKS, r"\begin{bmatrix} 0 & I \end{bmatrix} \begin{bmatrix} x \\ z \end{bmatrix} = x"),
    (BLOCKS, r"(A + B D C)^{-1} = A^{-1} - A^{-1} B (D + C A^{-1} B)^{-1} C A^{-1}"),
    (REGRESSION, r"X \beta = X_1 \beta_1 - X_2 \beta_2"),
    (REGRESSION, r"X \beta = X_1 \beta_2 + X_2 \beta_1"),
    (
        REGRESSION,
        r"X^\top X = \begin{bmatrix} X_1^\top X_1 & X_2^\top X_1 \\ X_1^\top X_2 & X_2^\top X_2 \end{bmatrix}",
    ),
    (REGRESSION, r"\begin{bmatrix} I_{p_1} & 0_{p_1 \times p_2} \end{bmatrix} \beta = \beta_2"),
    (GAUSSIAN, r"\det \Sigma = \det(\Sigma_{11}) \det(\Sigma_{22} - \Sigma_{12} \Sigma_{11}^{-1} \Sigma_{21})"),
    (GAUSSIAN, r"\det \Sigma = \det(\Sigma_{11}) \det(\Sigma_{22}) - \det(\Sigma_{12}) \det(\Sigma_{21})"),
]


@pytest.mark.parametrize(("words", "claim"), TRUE)
def test_a_true_claim_holds(words: str, claim: str) -> None:
    assert last_status(words, claim) == "holds"


@pytest.mark.parametrize(("words", "claim"), WRONG)
def test_its_wrong_twin_does_not(words: str, claim: str) -> None:
    assert last_status(words, claim) not in ("holds", "definition", "skipped")


def test_parts_of_what_is_known_are_named_and_not_defined_anew() -> None:
    assert (
        last_status(ESTIMATES, r"\hat u^\top \hat u + \hat v^\top \hat v = \|(X^\top X)^{-1} X^\top y\|^2") == "holds"
    )
    for wrong in (r"\hat u^\top \hat u = \|(X^\top X)^{-1} X^\top y\|^2", r"\hat u^\top \hat u - \hat v^\top \hat v = \|\hat\beta\|^2"):  # fmt: skip
        assert last_status(ESTIMATES, wrong) != "holds"


def test_a_coefficient_with_the_number_0_is_no_entry_counted_from_1() -> None:
    words = r"""Let $x \in \mathbb{R}^n$, $X = \begin{bmatrix} \mathbf{1}_n & x \end{bmatrix}$ and

$$\beta = \begin{bmatrix} \beta_0 \\ \beta_1 \end{bmatrix}$$"""
    assert last_status(words, r"X \beta = \beta_0 \mathbf{1}_n + \beta_1 x") == "holds"
    assert last_status(words, r"X \beta = \beta_1 \mathbf{1}_n + \beta_0 x") != "holds"


def test_entries_of_a_matrix_of_numbers_stay_entries() -> None:
    words = r"""Let

$$A = \begin{bmatrix} A_{11} & A_{12} \\ A_{21} & A_{22} \end{bmatrix}$$"""
    assert last_status(words, r"\det A = A_{11} A_{22} - A_{12} A_{21}") == "holds"
    assert last_status(words, r"\det A = A_{11} A_{22} + A_{12} A_{21}") != "holds"


LINE = r"""Let $y_i = \beta_0 + \beta_1 x_i + \varepsilon_i$ for $i = 1, \dots, n$ with the estimates

$$
\begin{split}
\hat{\beta}_0 &= \bar{y} - \hat{\beta}_1 \bar{x} \\
\hat{\beta}_1 &= \frac{s_{xy}}{s_x^2} \\
\hat{\sigma}^2 &= \frac{1}{n} \sum_{i=1}^{n} (y_i - \hat{\beta}_0 - \hat{\beta}_1 x_i)^2
\end{split}
$$

where $\bar{x}$ and $\bar{y}$ are the means. It is a special case with

$$
X = \begin{bmatrix} 1_n & x \end{bmatrix} \quad \text{and} \quad \hat{\beta} = (X^\mathrm{T} X)^{-1} X^\mathrm{T} y
$$

so that

$$
\begin{split}
\hat{\sigma}^2 &= \frac{1}{n} (y-X\hat{\beta})^\mathrm{T} (y-X\hat{\beta}) \\
&= \frac{1}{n} \sum_{i=1}^{n} (y_i - \hat{\beta}_0 - \hat{\beta}_1 x_i)^2 \; .
\end{split}
$$"""


def test_a_quantity_defined_as_a_whole_and_entry_by_entry_makes_no_alarm() -> None:
    """The text never says what the means are, so the two estimates of one slope differ: that is no slip of the author."""
    assert not check_document(LINE).findings


def test_what_carries_a_0_beside_a_vector_is_a_vector_of_its_own() -> None:
    words = r"""Let $X \in \mathbb{R}^{n \times p}$, $Z \in \mathbb{R}^{n \times q}$, $y \in \mathbb{R}^n$, $a \in \mathbb{R}^p$ and $b \in \mathbb{R}^q$ with

$$\hat{\varepsilon} = y - X a$$

$$\hat{\varepsilon}_0 = y - Z b$$"""
    assert last_status(words, r"\hat{\varepsilon}_0 - \hat{\varepsilon} = X a - Z b") == "holds"
    assert last_status(words, r"\hat{\varepsilon}_0 - \hat{\varepsilon} = Z b - X a") != "holds"


RATIO = r"""Let $Y \in \mathbb{R}^{n \times v}$ and $X \in \mathbb{R}^{n \times p}$ be such that $n > v$ and $n > p$, and

$$
B = (X^\top X)^{-1} X^\top Y, \quad W = (Y^\top Y)^{-1} Y^\top X
$$"""


def test_a_matrix_of_blocks_is_drawn_tall_where_it_must_be() -> None:
    """With two blocks of two to five columns, X has more columns than rows in nearly every sample."""
    words = (
        REGRESSION
        + r" Let $y \in \mathbb{R}^n$, $X_1 \in \mathbb{R}^{n \times p_1}$ and $H = X (X^\top X)^{-1} X^\top$."
    )
    assert last_status(words, r"X_1^\top (y - H y) = 0") == "holds"
    assert last_status(words, r"X_1^\top (y + H y) = 0") != "holds"


def test_the_sizes_that_must_be_large() -> None:
    letters = {x: Node("sym", (), x) for x in "npq"}
    context = Context()
    context.integers.update("npq")
    assert taller((letters["n"],), context, Dimensions()) is None
    context.orderings = [Node("rel", (letters["n"], letters["p"]), ">"), Node("rel", (letters["q"], letters["p"]), "<")]
    higher = taller((letters["n"],), context, Dimensions())
    assert higher is not None
    assert higher.tall == {"n"}
    assert not context.tall


def test_sizes_the_text_puts_above_others_are_drawn_above_them() -> None:
    assert last_status(RATIO, r"|I_v - W B| = |I_p - B W|") == "holds"
    assert last_status(RATIO, r"|I_v - W B| = |I_p + B W|") != "holds"
