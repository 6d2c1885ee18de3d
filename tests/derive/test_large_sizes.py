"""Sizes the text gives as large numbers are tried smaller, and only where nothing counts with them."""

from glideslope.derive import check_document

NETWORK = r"""A network has $x \in \mathbb{R}^{784}$, $W \in \mathbb{R}^{30 \times 784}$, $b \in \mathbb{R}^{30}$ and $y \in \mathbb{R}^{30}$.

$$z = W x + b$$

$$C = \frac{1}{2} \sum_{j=1}^{30} (z_j - y_j)^2$$
"""


def _statuses(text: str, *displays: str) -> list[str]:
    report = check_document(text + "".join(f"\n\n$$\n{d}\n$$\n" for d in displays))
    return [v.status for v in report.verdicts][-len(displays) :]


def test_a_layer_with_its_real_sizes_is_checked():
    true = (
        r"\frac{\partial C}{\partial W_{jk}} = (z_j - y_j) x_k",
        r"\frac{\partial C}{\partial W} = (z - y) x^\top",
        r"\frac{\partial C}{\partial x} = W^\top (z - y)",
        r"z_j = \sum_{k=1}^{784} W_{jk} x_k + b_j",
    )
    assert _statuses(NETWORK, *true) == ["holds"] * 4
    wrong = r"\frac{\partial C}{\partial x} = W (z - y)", r"\frac{\partial C}{\partial W_{jk}} = (z_j - y_j) x_j"
    assert set(_statuses(NETWORK, *wrong)) <= {"error", "ill-formed"}


def test_sums_and_ranges_shrink_with_the_size():
    assert _statuses(r"Let $x \in \mathbb{R}^{100}$.", r"\|x\|^2 = \sum_{k=1}^{100} x_k^2") == ["holds"]
    words = r"Let $x \in \mathbb{R}^{100}$ and $y \in \mathbb{R}^{100}$ with $k = 1, \dots, 100$."
    assert _statuses(words, r"\sum_k x_k y_k = x^\top y") == ["holds"]


def test_a_size_that_is_counted_with_keeps_its_value():
    words = r"Let $x \in \mathbb{R}^{100}$ with the mean $m = \frac{1}{100} \sum_{k=1}^{100} x_k$."
    assert _statuses(words, r"\sum_{k=1}^{100} x_k = 100 m")[0] in ("holds", "not-understood")
    assert _statuses(r"Let $W \in \mathbb{R}^{28 \times 28}$.", r"28 \cdot 28 = 784") == ["holds"]
    # m counts with 100, the claim does not: nothing is concluded from smaller arrays
    assert _statuses(words, r"m = \sum_{k=1}^{100} \frac{x_k}{\|x\|}")[0] not in ("error", "ill-formed")


def test_sizes_put_together_from_others_raise_no_alarm():
    words = r"Let $x \in \mathbb{R}^{784}$, $W \in \mathbb{R}^{30 \times 784}$, $b \in \mathbb{R}^{30}$, $V \in \mathbb{R}^{30 \times 785}$."
    claims = (
        r"V \begin{bmatrix} x \\ 1 \end{bmatrix} = \begin{bmatrix} W & b \end{bmatrix} \begin{bmatrix} x \\ 1 \end{bmatrix}",
        r"\begin{bmatrix} W & b \end{bmatrix} \begin{bmatrix} x \\ 1 \end{bmatrix} = W x + b",
    )
    first, second = _statuses(words, *claims)
    assert first not in ("error", "ill-formed")
    assert second == "holds"
    flat = r"Let $X \in \mathbb{R}^{28 \times 28}$ and $x \in \mathbb{R}^{784}$."
    assert _statuses(flat, r"x = \operatorname{vec}(X)", r"\sum_{k=1}^{784} x_k^2 = \|X\|_F^2")[1] not in (
        "error", "ill-formed")  # fmt: skip


def test_an_entry_beyond_the_size_that_is_tried_is_not_read():
    statuses = _statuses(r"Let $x \in \mathbb{R}^{100}$.", r"x_{99} + x_{98} = x_{98} + x_{99}", r"x_{99} = x_{98}")
    assert statuses[1] not in ("error", "holds")
