"""A trained network in, an 8-bit ONNX file out: weights per column, activations per window; the table of words apart, as all share it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from extractor.model.word_table import WordTable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray
    from torch.nn import Embedding

    from training.encoder import Encoder
    from training.relation_network import RelationNetwork

_CONTRIB = "com.microsoft"
_BITS = 127.0
_PROBE = 64  # rows, columns and terms of the product that tells whether sums overflow


class Graph:
    """Nodes and weights in the making."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, values: NDArray[np.generic]) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def add(self, kind: str, inputs: list[str], output: str, *, domain: str = "", **options: object) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **options))
        return output

    def linear(self, x: str, name: str, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        """Add x·W+b with W in 8 bits, a scale for each column."""
        whole, scale = quantised(weight.T, axis=0)
        inputs = [x, self.weight(f"{name}.w", whole), self.weight(f"{name}.s", scale), "", self.weight(f"{name}.b", bias)]
        return self.add("DynamicQuantizeMatMul", inputs, f"{name}.out", domain=_CONTRIB)


def quantised(values: NDArray[np.float32], axis: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return whole numbers and the scale along `axis` that brings them back."""
    scale = np.maximum(np.abs(values).max(axis=axis, keepdims=True), 1e-8) / _BITS
    return np.rint(values / scale).astype(np.int8), scale.squeeze(axis).astype(np.float32)


def _array(parameter: object) -> NDArray[np.float32]:
    return parameter.detach().float().numpy()  # type: ignore[attr-defined,no-any-return]


def build(encoder: Encoder) -> onnx.ModelProto:
    """Return the network as an ONNX model: words [n, width], features [n] and firsts [w] in, log probabilities [w, tags] out."""
    graph = Graph()
    x = _embedded(graph, encoder, {"features": encoder.cases})
    for number, layer in enumerate(encoder.layers):
        x = _layer(graph, x, layer, f"l{number}", encoder.shape.heads)
    picked = graph.add("Gather", [x, "firsts"], "picked", axis=1)
    tags = graph.add("MatMul", [picked, graph.weight("tags.w", _array(encoder.tags.weight).T)], "tags.raw")
    tags = graph.add("Add", [tags, graph.weight("tags.b", _array(encoder.tags.bias))], "tags.sum")
    flat = graph.add("Squeeze", [tags, graph.weight("zero", np.array([0]))], "tags.flat")
    graph.add("LogSoftmax", [flat], "scores", axis=-1)
    outputs = [("scores", ["w", int(encoder.tags.out_features)])]
    return _model(graph, encoder, {"features": "n", "firsts": "w"}, outputs)


def build_relations(network: RelationNetwork) -> onnx.ModelProto:
    """Return the relation network: words [n, width], labels, entities, parents and publisher [n] in, heads, query and key [n, …] out."""
    graph, encoder = Graph(), network.encoder
    tables = {"labels": network.labels, "entities": network.entities, "parents": network.parents, "publisher": network.publisher}
    x = _embedded(graph, encoder, tables)
    for number, layer in enumerate(encoder.layers):
        x = _layer(graph, x, layer, f"l{number}", encoder.shape.heads)
    flat = graph.add("Squeeze", [x, graph.weight("zero", np.array([0]))], "flat")
    outputs = []
    for name, part in (("heads", network.heads), ("query", network.query), ("key", network.key)):
        raw = graph.add("MatMul", [flat, graph.weight(f"{name}.w", _array(part.weight).T)], f"{name}.raw")
        graph.add("Add", [raw, graph.weight(f"{name}.b", _array(part.bias))], name)
        outputs.append((name, ["n", int(part.out_features)]))
    return _model(graph, encoder, dict.fromkeys(tables, "n"), outputs)


def _model(graph: Graph, encoder: Encoder, sizes: dict[str, str], outputs: list[tuple[str, list[str | int]]]) -> onnx.ModelProto:
    real = TensorProto.FLOAT
    inputs = [helper.make_tensor_value_info("words", real, ["n", encoder.shape.width])]
    inputs += [helper.make_tensor_value_info(name, TensorProto.INT64, [size]) for name, size in sizes.items()]
    made = helper.make_graph(
        graph.nodes, "extractor", inputs, [helper.make_tensor_value_info(name, real, shape) for name, shape in outputs], graph.weights
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(_CONTRIB, 1)]
    return helper.make_model(made, opset_imports=opsets, ir_version=8, producer_name="extractor")


def _embedded(graph: Graph, encoder: Encoder, tables: Mapping[str, Embedding]) -> str:
    """Add the vectors of words, of places and of each table, of which the inputs of its name give the rows; and normalise."""
    size = graph.add("Slice", [graph.add("Shape", ["words"], "shape"), *(graph.weight(f"cut{n}", np.array([n])) for n in (0, 1))], "size")
    zero = graph.weight("first", np.array([0]))
    places = graph.add(
        "Slice",
        [graph.weight("places", _array(encoder.places.weight)[:512]), zero, size, graph.weight("axis", np.array([0]))],
        "places.out",
    )
    summed = graph.add("Add", ["words", places], "words.placed")
    for name, table in tables.items():
        rows = graph.add("Gather", [graph.weight(f"{name}.rows", _array(table.weight)), name], f"{name}.out")
        summed = graph.add("Add", [summed, rows], f"{name}.added")
    batch = graph.add("Unsqueeze", [summed, graph.weight("front", np.array([0]))], "words.batch")
    norm = [graph.weight("norm.w", _array(encoder.norm.weight)), graph.weight("norm.b", _array(encoder.norm.bias))]
    return graph.add("LayerNormalization", [batch, *norm], "embedded", axis=-1, epsilon=1e-12)


def _layer(graph: Graph, x: str, layer: object, name: str, heads: int) -> str:
    all_three = graph.linear(x, f"{name}.attend", _array(layer.attend.weight), _array(layer.attend.bias))
    width = layer.merge.weight.shape[0]
    sizes = graph.weight(f"{name}.sizes", np.array([width] * 3))
    parts = [f"{name}.{part}" for part in "qkv"]
    graph.nodes.append(helper.make_node("Split", [all_three, sizes], parts, name=f"{name}.split", axis=-1))
    mixed = graph.add("MultiHeadAttention", parts, f"{name}.mixed", domain=_CONTRIB, num_heads=heads)
    merged = graph.linear(mixed, f"{name}.merge", _array(layer.merge.weight), _array(layer.merge.bias))
    x = _normed(graph, merged, x, layer.norm1, f"{name}.norm1")
    wide = graph.linear(x, f"{name}.widen", _array(layer.widen.weight), _array(layer.widen.bias))
    bent = graph.add("Gelu", [wide], f"{name}.bent", domain=_CONTRIB)
    return _normed(
        graph, graph.linear(bent, f"{name}.narrow", _array(layer.narrow.weight), _array(layer.narrow.bias)), x, layer.norm2, f"{name}.norm2"
    )


def _normed(graph: Graph, x: str, skip: str, norm: object, name: str) -> str:
    # onnxruntime's SkipLayerNormalization takes five times as long on a CPU
    summed = graph.add("Add", [x, skip], f"{name}.sum")
    weights = [graph.weight(f"{name}.w", _array(norm.weight)), graph.weight(f"{name}.b", _array(norm.bias))]
    return graph.add("LayerNormalization", [summed, *weights], f"{name}.out", axis=-1, epsilon=1e-12)


def export(encoder: Encoder, path: Path) -> None:
    """Write the network as 8-bit ONNX, and the table of words beside its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(build(encoder.eval()).SerializeToString())
    WordTable(*quantised(_array(encoder.words.weight), axis=1)).write(path.parent.parent)


def export_relations(network: RelationNetwork, folder: Path) -> None:
    """Write the relation network as 8-bit ONNX, with the weights of its pairs in 16 bits."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(build_relations(network.eval()).SerializeToString())
    parts = {
        "distance": network.distance.weight,
        "sum.w": network.sum.weight.T,
        "sum.b": network.sum.bias,
        "product.w": network.product.weight.T,
        "product.b": network.product.bias,
    }
    np.savez(folder / "pairs.npz", **{name: _array(part).astype(np.float16) for name, part in parts.items()})


def export_probe(path: Path) -> None:
    """Write one product of the largest 8-bit numbers, by which a processor shows whether its sums of such products overflow."""
    graph = Graph()
    graph.linear("x", "product", np.full((_PROBE, _PROBE), _BITS, dtype=np.float32), np.zeros(_PROBE, dtype=np.float32))
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [_PROBE, _PROBE]) for name in ("x", "product.out")]
    made = helper.make_graph(graph.nodes, "probe", ends[:1], ends[1:], graph.weights)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(_CONTRIB, 1)]
    path.write_bytes(helper.make_model(made, opset_imports=opsets, ir_version=8, producer_name="extractor").SerializeToString())
