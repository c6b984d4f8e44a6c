"""The trained network as an ONNX graph of few operations: int8 matrices, one multiplication for query, key and value.

Written out by hand, since what an exporter makes of it takes half as long again to run. There is no mask: rows that are
run together must have one length.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Floats = NDArray[np.float32]
FUSED = "com.microsoft"
"""The operations that onnxruntime adds to ONNX's own."""


class Graph:
    """Nodes and constants as they are added; every method returns the name of what it makes."""

    def __init__(self, weights: Mapping[str, Floats], heads: int, *, epsilon: float = 1e-12) -> None:
        """``epsilon`` is what the encoder adds to a variance before it divides by it."""
        self._weights, self._heads, self._epsilon = weights, heads, epsilon
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}

    def network(
        self, layers: int, longest: int, tables: Mapping[str, str], near: Floats | None = None
    ) -> onnx.ModelProto:
        """The whole network, for rows of up to ``longest`` pieces.

        ``tables`` are the embeddings that are summed at its input, each with the name of the numbers that it is asked
        for. ``near`` (heads by 2 * ``longest`` - 1) is how much each head minds where a piece stands from another, from
        ``longest`` - 1 pieces behind it to as many before it; without it, not at all.
        """
        kept = self._weights["positions.weight"][:longest] + self._weights.get("types", np.float32(0))
        length = self._add("Shape", ["pieces"], "length", start=1, end=2)
        first = self._constant("first", np.array([0]))
        x = self._add("Slice", [self._constant("positions", kept), first, length, first], "position")
        for table, numbers in tables.items():
            x = self._add("Add", [x, self._looked_up(table, numbers)], f"{table}.added")
        x = self._normal(x, "norm")
        bias = None if near is None else self._bias(near, longest, length)
        width = kept.shape[1]
        self._constant("split", np.array([0, 0, 3, self._heads, width // self._heads]))
        size = self._add("Shape", ["pieces"], "size")
        self._add("Concat", [size, self._constant("width", np.array([width]))], "merged", axis=0)
        for number in range(layers):
            x = self._layer(x, f"layers.{number}", bias)
        self._add("MatMul", [x, self._constant("head", self._weights["head.weight"].T)], "head.product")
        self._add("Add", ["head.product", self._constant("head.shift", self._weights["head.bias"])], "scores")
        return self._model(len(self._weights["head.bias"]), tables.values())

    def _bias(self, near: Floats, longest: int, length: str) -> str:
        """A row for each piece: how much each head minds the others, by where they stand from it."""
        zero, one = self._constant("zero", np.array(0)), self._constant("one", np.array(1))
        size = self._add("Squeeze", [length], "pieces.length")
        places = self._add("Range", [zero, size, one], "places")
        column = self._add("Unsqueeze", [places, self._constant("last", np.array([1]))], "places.own")
        apart = self._add("Sub", [places, column], "apart")
        row = self._add("Add", [apart, self._constant("middle", np.array(longest - 1))], "apart.row")
        return self._add("Gather", [self._constant("near", near), row], "bias", axis=1)

    def _layer(self, x: str, layer: str, bias: str | None) -> str:
        mixed = self._attention(x, layer, bias)
        mixed = self._linear(mixed, f"{layer}.out", *self._matrix(f"{layer}.out"))
        x = self._normal(self._add("Add", [x, mixed], f"{layer}.first"), f"{layer}.attended")
        inner = self._linear(x, f"{layer}.up", *self._matrix(f"{layer}.up"))
        inner = self._add("Gelu", [inner], f"{layer}.gelu", domain=FUSED)
        inner = self._linear(inner, f"{layer}.down", *self._matrix(f"{layer}.down"))
        return self._normal(self._add("Add", [x, inner], f"{layer}.second"), f"{layer}.done")

    def _attention(self, x: str, layer: str, bias: str | None) -> str:
        parts = [self._matrix(f"{layer}.{part}") for part in ("query", "key", "value")]
        scale = np.float32((parts[0][0].shape[0] // self._heads) ** -0.5)
        parts[0] = (parts[0][0] * scale, parts[0][1] * scale)
        matrix, shift = (np.concatenate([part[i] for part in parts], axis=-1) for i in (0, 1))
        x = self._linear(x, f"{layer}.all", matrix, shift)
        x = self._add("Reshape", [x, "split"], f"{layer}.split")
        x = self._add("Transpose", [x], f"{layer}.apart", perm=[2, 0, 3, 1, 4])
        query, key, value = names = [f"{layer}.{part}" for part in ("query", "key", "value")]
        self._nodes.append(helper.make_node("Split", [x], names, axis=0))
        x = self._add("FusedMatMul", [query, key], f"{layer}.likeness", domain=FUSED, transB=1)
        x = x if bias is None else self._add("Add", [x, bias], f"{layer}.minded")
        x = self._add("Softmax", [x], f"{layer}.share", axis=-1)
        x = self._add("MatMul", [x, value], f"{layer}.mixed")
        x = self._add("Transpose", [x], f"{layer}.together", perm=[0, 1, 3, 2, 4])
        return self._add("Reshape", [x, "merged"], f"{layer}.merged")

    def _matrix(self, name: str) -> tuple[Floats, Floats]:
        return self._weights[f"{name}.weight"].T, self._weights[f"{name}.bias"]

    def _linear(self, x: str, name: str, matrix: Floats, shift: Floats) -> str:
        """``x`` times an int8 matrix with a scale for each column; ``x`` is made int8 as it comes."""
        scale = np.maximum(np.abs(matrix).max(axis=0) / 127, 1e-12)
        whole = np.clip(np.rint(matrix / scale), -127, 127).astype(np.int8)
        constants = [
            self._constant(f"{name}.int8", whole),
            self._constant(f"{name}.scale", scale),
            "",
            self._constant(f"{name}.shift", shift),
        ]
        return self._add("DynamicQuantizeMatMul", [x, *constants], f"{name}.product", domain=FUSED)

    def _looked_up(self, table: str, numbers: str) -> str:
        rows = self._weights[f"{table}.weight"]
        scale = np.array(np.abs(rows).max() / 127)
        whole = self._constant(f"{table}.int8", np.clip(np.rint(rows / scale), -127, 127).astype(np.int8))
        found = self._add("Gather", [whole, numbers], f"{table}.row")
        return self._add("DequantizeLinear", [found, self._constant(f"{table}.scale", scale)], f"{table}.found")

    def _normal(self, x: str, name: str) -> str:
        # Not fused with the sum before it: onnxruntime's fused operation is ten times as slow as the two.
        constants = [self._constant(f"{name}.{part}", self._weights[f"{name}.{part}"]) for part in ("weight", "bias")]
        return self._add("LayerNormalization", [x, *constants], f"{name}.normal", epsilon=self._epsilon, axis=-1)

    def _constant(self, name: str, values: NDArray[np.generic]) -> str:
        exact = values.astype(np.float32) if values.dtype == np.float64 else values
        # ascontiguousarray would make a row of a single number
        self._constants[name] = numpy_helper.from_array(exact.copy(order="C"), name)
        return name

    def _add(self, kind: str, inputs: Sequence[str], output: str, *, domain: str = "", **settings: object) -> str:
        self._nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **settings))
        return output

    def _model(self, scores: int, names: Iterable[str]) -> onnx.ModelProto:
        whole, real = TensorProto.INT64, TensorProto.FLOAT
        inputs = [helper.make_tensor_value_info(n, whole, ["rows", "length"]) for n in names]
        outputs = [helper.make_tensor_value_info("scores", real, ["rows", "length", scores])]
        graph = helper.make_graph(self._nodes, "network", inputs, outputs, list(self._constants.values()))
        versions = [helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)]
        return helper.make_model(graph, opset_imports=versions, ir_version=9)
