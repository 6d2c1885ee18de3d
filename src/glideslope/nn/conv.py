r"""Convolution: one small filter slid over a picture, the same weights at every place.

\(z_{n,o,i,j} = b_o + \sum_{c,u,v} w_{o,c,u,v}\, x_{n,c,\,si+u,\,sj+v}\) (a cross-correlation, as all libraries compute it).
Gathering the shifted copies of x as rows turns it into one matrix product. Use it when a pattern means the same everywhere.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from glideslope._typing import ndarray
from glideslope.autograd import Tensor, op
from glideslope.autograd.buffers import empty
from glideslope.autograd.tensor import Pullback
from glideslope.errors import ShapeError
from glideslope.nn.init import he
from glideslope.nn.module import Module

__all__ = ["Conv2d", "conv2d"]

BLOCK_BYTES = (
    400_000  # of shifted copies made at a time: they stay in the second-level cache, and are made twice, not kept
)


@op
def conv2d(x: Any, W: Any, b: Any, *, stride: int = 1, padding: int = 0) -> tuple[Any, Pullback]:
    r"""Correlate pictures with filters.

    Equation: with the shifted copies of x as the rows of C, \(Z = WC + b\), \(\bar W = \bar Z C^\top\), and \(\bar x\)
    gathers \(\bar C = W^\top \bar Z\) back to where each copy came from.

    Args:
        x: pictures, shape (n, c, height, width).
        W: filters, shape (o, c, kh, kw).
        b: shape (o,).
        stride: step between neighbouring outputs, in pixels.
        padding: rows and columns of zeros added on each side.

    Returns:
        Shape (n, o, (height + 2·padding − kh)//stride + 1, likewise for the width).

    Raises:
        ShapeError: the channels differ, or the filter is larger than the padded picture.

    Cost: 2·n·o·c·kh·kw operations per output pixel. In memory the batch comes last, whatever the shape says,
    so that every shifted copy is made of long contiguous runs.

    Example:
        >>> conv2d(np.ones((1, 1, 3, 3)), np.ones((1, 1, 2, 2)), np.zeros(1)).value[0, 0]
        array([[4., 4.],
               [4., 4.]])
    """
    x, W, b = np.asarray(x), np.asarray(W), np.asarray(b)
    _check(x, W, padding)
    o, _, kh, kw = W.shape
    picture = _padded(_batch_last(x), padding)  # (c, h, w, n)
    shifted = _shifted(picture, kh, kw, stride)
    F = W.reshape(o, -1)
    Z = _correlated(F, shifted, b)

    def pull_x(g: ndarray) -> ndarray:
        g = _batch_last(g)
        g_copies = empty(shifted.shape, np.result_type(F, g))  # whole: in blocks it takes half as long again
        np.matmul(F.T, g.reshape(o, -1), out=g_copies.reshape(F.shape[1], -1))
        g_picture = _scatter(g_copies, picture.shape, stride)
        inside = slice(padding, -padding or None)
        return g_picture[:, inside, inside].transpose(3, 0, 1, 2)

    def pull_W(g: ndarray) -> ndarray:  # noqa: N802
        g = _batch_last(g)
        gF = np.zeros(F.T.shape, np.result_type(picture, g))
        for part, C in _copies(shifted):
            gF += C @ g[:, part].reshape(o, -1).T
        return gF.T.reshape(W.shape)

    def pull_b(g: ndarray) -> ndarray:
        g = _batch_last(g).reshape(o, -1)
        return g @ np.ones(g.shape[1], g.dtype)

    return Z.transpose(3, 0, 1, 2), (pull_x, pull_W, pull_b)


class Conv2d(Module):
    r"""Slide o filters of size k×k over pictures with c channels.

    Args:
        c: channels of the input.
        o: number of filters, the channels of the output.
        k: side of a filter, in pixels.
        stride: step between neighbouring outputs.
        padding: zeros added on each side; (k − 1)/2 keeps the size for odd k.
        rng: source of the starting weights (He normal).

    Example:
        >>> Conv2d(1, 6, 5, padding=2, rng=np.random.default_rng(0))(np.zeros((2, 1, 28, 28))).shape
        (2, 6, 28, 28)
    """

    def __init__(self, c: int, o: int, k: int, *, stride: int = 1, padding: int = 0, rng: np.random.Generator) -> None:
        self.stride, self.padding = stride, padding
        self.W = Tensor(he((o, c, k, k), c * k * k, rng=rng), needs_grad=True, name="W")
        self.b = Tensor(np.zeros(o, np.float32), needs_grad=True, name="b")

    def forward(self, x: Any) -> Tensor:
        """Return the feature maps, shape (n, o, rows, columns)."""
        return conv2d(x, self.W, self.b, stride=self.stride, padding=self.padding)


def _batch_last(a: ndarray) -> ndarray:
    return np.ascontiguousarray(a.transpose(1, 2, 3, 0))


def _correlated(F: ndarray, shifted: ndarray, b: ndarray) -> ndarray:
    """Z = FC + b, block by block: (o, rows, columns, n)."""
    o = len(F)
    Z = empty((o, *shifted.shape[3:]), np.result_type(F, shifted, b))
    for part, C in _copies(shifted):
        z = Z[:, part].reshape(o, -1)
        np.matmul(F, C, out=z)
        z += b[:, None]
    return Z


def _shifted(picture: ndarray, kh: int, kw: int, stride: int) -> ndarray:
    """The shifted copies as a view of the picture: (c, kh, kw, rows, columns, n)."""
    windows = np.lib.stride_tricks.sliding_window_view(picture, (kh, kw), axis=(1, 2))
    return windows[:, ::stride, ::stride].transpose(0, 4, 5, 1, 2, 3)


def _copies(shifted: ndarray) -> Iterator[tuple[slice, ndarray]]:
    """Ranges of output rows with their columns of the matrix C; each block lies over the one before."""
    c, kh, kw, rows, columns, n = shifted.shape
    row_size = c * kh * kw * columns * n
    height = max(1, min(rows, BLOCK_BYTES // max(1, row_size * shifted.itemsize)))
    memory = empty((row_size * height,), shifted.dtype)
    for top in range(0, rows, height):
        block = shifted[:, :, :, top : top + height]
        copies = memory[: block.size].reshape(block.shape)
        np.copyto(copies, block)
        yield slice(top, top + height), copies.reshape(c * kh * kw, -1)


def _scatter(copies: ndarray, shape: tuple[int, ...], stride: int) -> ndarray:
    """The transpose of copying: what was copied from one pixel is added there."""
    _, kh, kw, rows, columns, _ = copies.shape
    picture = empty(shape, copies.dtype)
    picture.fill(0)
    for u in range(kh):
        for v in range(kw):
            picture[:, u : u + stride * rows : stride, v : v + stride * columns : stride] += copies[:, u, v]
    return picture


def _padded(picture: ndarray, p: int) -> ndarray:
    if p == 0:
        return picture
    c, height, width, n = picture.shape
    larger = empty((c, height + 2 * p, width + 2 * p, n), picture.dtype)
    larger.fill(0)
    larger[:, p:-p, p:-p] = picture
    return larger


def _check(x: ndarray, W: ndarray, padding: int) -> None:
    if x.ndim != 4 or x.shape[1] != W.shape[1]:
        raise ShapeError(
            f"conv2d expected pictures of shape (n, {W.shape[1]}, height, width), got {x.shape}: "
            "the filters fix the number of channels; reshape the pictures or make the layer for them."
        )
    if min(x.shape[2] + 2 * padding - W.shape[2], x.shape[3] + 2 * padding - W.shape[3]) < 0:
        raise ShapeError(
            f"conv2d expected pictures of at least {W.shape[2]}×{W.shape[3]} pixels after padding {padding}, "
            f"got {x.shape[2]}×{x.shape[3]}: add padding or use a smaller filter."
        )
