"""A displayed derivation comes apart into rows, sides and rules."""

from glideslope.book.formulas import Row, rows_of


def test_a_single_formula_has_no_rows() -> None:
    assert rows_of(r"a_i = \frac{e^{z_i}}{\sum_k e^{z_k}}") == ()


def test_rows_keep_their_sides_and_their_rule() -> None:
    latex = r"\begin{aligned} C &= - \ln a && \text{one class} \\ &= \ln 2 && \text{as $a = 1/2$} \end{aligned}"
    assert rows_of(latex) == (Row("C", r"= - \ln a", "one class"), Row("", r"= \ln 2", "as $a = 1/2$"))


def test_a_matrix_inside_a_row_is_not_cut() -> None:
    latex = r"\begin{align} A &= \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix} \\ &= B \end{align}"
    assert [row.left for row in rows_of(latex)] == ["A", ""]
    assert r"1 & 2 \\ 3 & 4" in rows_of(latex)[0].right


def test_escaped_ampersands_and_braces_stay() -> None:
    latex = r"\begin{aligned} S &= \{ a \& b \} \\ &= T \end{aligned}"
    assert rows_of(latex)[0].right == r"= \{ a \& b \}"
