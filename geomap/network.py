"""A small network in ONNX with its word pieces: opened once, run with onnxruntime and tokenizers alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geomap.errors import GeomapError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession  # type: ignore[import-untyped]
    from tokenizers import Tokenizer

BEGIN, END = 101, 102
"""The pieces that stand round every row."""


def open_network(folder: Path, name: str, what: str) -> tuple[InferenceSession, Tokenizer]:
    """The network ``name`` of a folder, ready to run on one thread, and the tokenizer beside it.

    Raises :class:`~geomap.errors.GeomapError` where a file is missing or damaged; ``what`` is what the network is
    called then.
    """
    import onnxruntime
    from onnxruntime.capi import onnxruntime_pybind11_state as refusals  # type: ignore[import-untyped]
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # The graph is made of the operations that run fastest; further fusing makes it slower.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    try:
        tokenizer = Tokenizer.from_str((folder / "tokenizer.json").read_text(encoding="utf-8"))
        session = onnxruntime.InferenceSession(str(folder / name), options, ["CPUExecutionProvider"])
    except (OSError, ValueError, refusals.NoSuchFile, refusals.InvalidProtobuf, refusals.Fail) as error:
        raise unreadable(folder, what) from error
    return session, tokenizer


def unreadable(folder: Path, what: str) -> GeomapError:
    """The error of a folder whose files are missing or damaged."""
    return GeomapError(f"{what} in {folder} cannot be read: install geomap again")
