"""Fill the holes in this process's heaps, so that what a child allocates lies close together, in few pages to be copied.

A heap that has been used is full of small free places, one here and one there. A child would write into each of them, and
the kernel would copy a page for each. Filled once in the zygote, they cost nothing after a fork.
"""

import ctypes

__all__ = ["fill_holes"]

_POOL = 2**14
_FIRST_BLOCK = 48
"""CPython's small objects lie in pools of 16 kB behind a header of 48 bytes."""
_OBJECT_SIZES = range(48, 513, 16)
_C_SIZES = (32768, 16384, 8192, 4096, 2048, *range(1024, 15, -16))
_MOST_BYTES = 2**23


def fill_holes() -> list[bytes]:
    """Fill the holes; what is returned must be kept, what the C heap gave is never given back."""
    kept = [b""]
    for size in _OBJECT_SIZES:
        for _ in range(_MOST_BYTES // (size * len(_OBJECT_SIZES))):
            kept.append(bytes(size - 33))
            before, last = id(kept[-2]), id(kept[-1])
            if before % _POOL == _FIRST_BLOCK and last == before + size:  # a new pool: no other had a place left
                break
    _fill_c_heap()
    return kept


def _fill_c_heap() -> None:
    malloc = ctypes.CDLL(None).malloc
    malloc.restype, malloc.argtypes = ctypes.c_void_p, (ctypes.c_size_t,)
    top, left = malloc(100_000) or 0, _MOST_BYTES
    for size in _C_SIZES:
        place = 0
        while place < top and left > 0:  # beyond the top there are no holes
            place, left = malloc(size) or 0, left - size
        top = max(top, place)
