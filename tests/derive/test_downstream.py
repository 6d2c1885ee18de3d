"""Chain rules about quantities that a text only differentiates: a loss, an output, an error signal."""

import pytest
from tests.derive.last import last_status

LAYER = r"Let $W \in \mathbb{R}^{m \times n}$, $x \in \mathbb{R}^n$, $b \in \mathbb{R}^m$ and $y = W x + b$. The loss $L$ is a number."
BATCH = r"Let $X \in \mathbb{R}^{n \times d}$, $W \in \mathbb{R}^{d \times q}$ and $Y = X W$. The loss $L$ is a number."
NORM = r"Let $x \in \mathbb{R}^D$, $\mu = \frac{1}{D} \sum_e x_e$ and $c_d = x_d - \mu$. Let $g_d = \partial L / \partial c_d$."
#: words, the claim, twins with a slip
CHAINS = {
    "two steps": ("By the chain rule", r"\frac{dz}{dx} = \frac{dz}{dy} \frac{dy}{dx}", [r"\frac{dz}{dx} = \frac{dz}{dy} \frac{dx}{dy}", r"\frac{dz}{dx} = \frac{dz}{dy} + \frac{dy}{dx}", r"\frac{dz}{dx} = 2 \frac{dz}{dy} \frac{dy}{dx}"]),
    "three steps": ("By the chain rule", r"\frac{\partial L}{\partial w} = \frac{\partial L}{\partial a} \frac{\partial a}{\partial z} \frac{\partial z}{\partial w}", [r"\frac{\partial L}{\partial w} = \frac{\partial L}{\partial a} \frac{\partial a}{\partial z} \frac{\partial z}{\partial a}", r"\frac{\partial L}{\partial w} = -\frac{\partial L}{\partial a} \frac{\partial a}{\partial z} \frac{\partial z}{\partial w}"]),
    "two ways": ("By the chain rule", r"\frac{\partial f}{\partial a} = \frac{\partial f}{\partial u} \frac{\partial u}{\partial a} + \frac{\partial f}{\partial v} \frac{\partial v}{\partial a}", [r"\frac{\partial f}{\partial a} = \frac{\partial f}{\partial u} \frac{\partial u}{\partial a} - \frac{\partial f}{\partial v} \frac{\partial v}{\partial a}", r"\frac{\partial f}{\partial a} = \frac{\partial f}{\partial u} \frac{\partial v}{\partial a} + \frac{\partial f}{\partial v} \frac{\partial u}{\partial a}"]),
    "weights": (LAYER, r"\frac{\partial L}{\partial W} = \frac{\partial L}{\partial y} x^\top", [r"\frac{\partial L}{\partial W} = 2 \frac{\partial L}{\partial y} x^\top", r"\frac{\partial L}{\partial W} = x \frac{\partial L}{\partial y}^\top"]),
    "input": (LAYER, r"\frac{\partial L}{\partial x} = W^\top \frac{\partial L}{\partial y}", [r"\frac{\partial L}{\partial x} = W \frac{\partial L}{\partial y}", r"\frac{\partial L}{\partial x} = -W^\top \frac{\partial L}{\partial y}"]),
    "bias": (LAYER, r"\frac{\partial L}{\partial b} = \frac{\partial L}{\partial y}", [r"\frac{\partial L}{\partial b} = -\frac{\partial L}{\partial y}"]),
    "entry": (LAYER, r"\frac{\partial L}{\partial W_{ij}} = \frac{\partial L}{\partial y_i} x_j", [r"\frac{\partial L}{\partial W_{ij}} = \frac{\partial L}{\partial y_j} x_i"]),
    "batch": (BATCH, r"\frac{\partial L}{\partial W} = X^\top \frac{\partial L}{\partial Y}", [r"\frac{\partial L}{\partial W} = X \frac{\partial L}{\partial Y}"]),
    "centred": (NORM, r"\frac{\partial L}{\partial x_d} = g_d - \frac{1}{D} \sum_e g_e", [r"\frac{\partial L}{\partial x_d} = g_d", r"\frac{\partial L}{\partial x_d} = g_d + \frac{1}{D} \sum_e g_e", r"\frac{\partial L}{\partial x_d} = g_d - \sum_e g_e"]),
}  # fmt: skip


@pytest.mark.parametrize("name", CHAINS)
def test_a_chain_rule_holds_and_its_twins_do_not(name):
    words, right, twins = CHAINS[name]
    assert last_status(words, right) == "holds"
    assert [last_status(words, wrong) == "holds" for wrong in twins] == [False] * len(twins)


@pytest.mark.parametrize(
    "claim",
    [
        r"\frac{dy}{dx} = \frac{dx}{dy}",
        r"\frac{\partial L}{\partial w} = \frac{\partial L}{\partial b}",
        r"\frac{\partial L}{\partial w} = \frac{\partial a}{\partial w}",
    ],
)
def test_without_a_chain_nothing_is_shown(claim):
    assert last_status("Here", claim) not in ("holds", "error")


def test_a_path_the_text_gives_must_not_be_left_out():
    words = r"Let $a \in \mathbb{R}$, $u = a^2$, $v = \sin a$ and $f = u v$."
    full = r"\frac{\partial f}{\partial a} = \frac{\partial f}{\partial u} \frac{\partial u}{\partial a} + \frac{\partial f}{\partial v} \frac{\partial v}{\partial a}"
    assert last_status(words, full) == "holds"
    assert last_status(words, full.split(" + ")[0]) != "holds"


@pytest.mark.parametrize(
    ("words", "claim"),
    [
        (
            r"Let $u = w x$, $v = w y$ and $z = u + v$.",
            r"\frac{\partial L}{\partial w} = \frac{\partial L}{\partial u} x",
        ),
        (r"Let $h = w x$ and $z = w h$.", r"\frac{\partial L}{\partial w} = \frac{\partial L}{\partial h} x"),
        (r"Let $a = w x$ and $z = v a + u x$.", r"\frac{\partial L}{\partial x} = \frac{\partial L}{\partial a} w"),
        (r"Let $u = x y$ and $v = x + y$.", r"\frac{\partial L}{\partial x} = \frac{\partial L}{\partial u} y"),
    ],
)
def test_a_way_beside_must_not_be_left_out(words, claim):
    assert last_status(words, claim) not in ("holds", "error")


def test_a_penalty_added_later_is_no_way_beside():
    words = r"Let $z = w x$, $R = w^2$ and $J = L + \lambda R$."
    claim = r"\frac{\partial L}{\partial w} = \frac{\partial L}{\partial z} x"
    assert last_status(words, claim) == "holds"
    assert last_status(words, claim.replace("z} x", "z} w")) != "holds"
