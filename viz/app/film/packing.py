"""Arrays into one buffer with a table of contents, as client/src/reel.js reads them."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

KINDS: Final = {"uint8": "Uint8Array", "uint16": "Uint16Array", "uint32": "Uint32Array", "float32": "Float32Array"}
ALIGNED: Final = 4  # bytes: every array of these kinds may begin there


def packed(arrays: Mapping[str, NDArray[Any]]) -> tuple[bytes, dict[str, list[Any]]]:
    """One buffer, little-endian, and for each array its kind, where it begins, and how many items it has.

    Raises KeyError for an array of another kind than KINDS.

    >>> packed({"a": np.array([1, 2, 3], dtype=np.uint8), "b": np.array([7], dtype=np.uint16)})
    (b'\\x01\\x02\\x03\\x00\\x07\\x00\\x00\\x00', {'a': ['Uint8Array', 0, 3], 'b': ['Uint16Array', 4, 1]})
    """
    parts, contents, at = [], {}, 0
    for name, array in arrays.items():
        raw = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<")).tobytes()
        contents[name] = [KINDS[array.dtype.name], at, array.size]
        padded = raw + bytes(-len(raw) % ALIGNED)
        parts.append(padded)
        at += len(padded)
    return b"".join(parts), contents
