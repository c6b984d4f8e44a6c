"""The second reader's network: MPNet's encoder with three more embeddings at its input, labels and speakers on top."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from safetensors.torch import load_file
from torch import Tensor, nn

from geomap.claims.second.labels import LABELS
from geomap.claims.second.marks import ENTITIES, MARKS, VOICES
from geomap.claims.second.network import FILL
from training.model import Layer

WIDTH, HEADS, INNER, VOCABULARY, POSITIONS, BUCKETS = 768, 12, 3072, 30527, 512, 32
EPSILON = 1e-5
KEY = 96
"""How wide the vectors are by whose product a word finds its speaker."""


class Attentive(Layer):
    """A layer for long rows: no attention is dropped, so that torch's own fused attention can be used."""

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, length, _ = x.shape

        def heads(y: Tensor) -> Tensor:
            return y.view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)

        mixed = F.scaled_dot_product_attention(
            heads(self.query(x)), heads(self.key(x)), heads(self.value(x)), attn_mask=bias
        )
        x = self.attended(x + self.dropout(self.out(mixed.transpose(1, 2).reshape(batch, length, WIDTH))))
        return self.done(x + self.dropout(self.down(F.gelu(self.up(x)))))


class SecondReader(nn.Module):
    """Word pieces and the marks of their words -> for each piece, scores of the labels, two questions and an answer."""

    def __init__(self, layers: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.entities = nn.Embedding(len(ENTITIES), WIDTH)
        self.marks = nn.Embedding(MARKS, WIDTH)
        self.voices = nn.Embedding(VOICES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.dropout = nn.Dropout(dropout)
        self.distances = nn.Embedding(BUCKETS, HEADS)
        """How much each head minds how far a piece is from another, by :func:`bucket`; one table for all layers."""
        self.layers = nn.ModuleList(Attentive(dropout, WIDTH, INNER, EPSILON) for _ in range(layers))
        self.head = nn.Linear(WIDTH, len(LABELS) + 3 * KEY)
        self.told = nn.Parameter(torch.tensor(2.0))
        """How much more likely the speaker is whom the rules name."""
        # few words have a label: without this the first steps go into learning that alone
        nn.init.constant_(self.head.bias[: len(LABELS)], -5.0)
        for extra in (self.entities, self.marks, self.voices):
            nn.init.normal_(extra.weight, std=0.02)
        places = np.arange(POSITIONS)
        far = torch.from_numpy(bucket(places[None] - places[:, None]))
        self.register_buffer("far", far, persistent=False)

    def forward(self, pieces: Tensor, entities: Tensor, marks: Tensor, voices: Tensor) -> Tensor:
        length = pieces.shape[1]
        x = self.words(pieces) + self.positions.weight[:length]
        x = self.dropout(self.norm(x + self.entities(entities) + self.marks(marks) + self.voices(voices)))
        near = self.distances(self.far[:length, :length]).permute(2, 0, 1)[None]
        bias = (near + (pieces == FILL)[:, None, None, :] * -10000.0).to(torch.bfloat16)
        for layer in self.layers:
            x = layer(x, bias)
        return self.head(x)

    def load_encoder(self, path: Path) -> None:
        """The pretrained weights at ``path`` (safetensors), as many of its layers as there are here, from the first."""
        weights = load_file(path)
        self.words.weight.data.copy_(weights["embeddings.word_embeddings.weight"])
        # MPNet counts places from after its piece for filling up
        self.positions.weight.data.copy_(weights["embeddings.position_embeddings.weight"][FILL + 1 :])
        self.distances.weight.data.copy_(weights["encoder.relative_attention_bias.weight"])
        parts = {
            "query": "attention.attn.q", "key": "attention.attn.k", "value": "attention.attn.v",
            "out": "attention.attn.o", "attended": "attention.LayerNorm",
            "up": "intermediate.dense", "down": "output.dense", "done": "output.LayerNorm",
        }  # fmt: skip
        for number, layer in enumerate(self.layers):
            layer.load(weights, f"encoder.layer.{number}", parts)
        for kind in ("weight", "bias"):
            getattr(self.norm, kind).data.copy_(weights[f"embeddings.LayerNorm.{kind}"])


def bucket(distance: np.ndarray) -> np.ndarray:
    """The row of :attr:`SecondReader.distances` for how many pieces a key stands after its query, as MPNet has them.

    Half of the rows are for keys behind; of each half, the first half is exact, the rest goes by the logarithm up to
    128 pieces (Raffel et al. 2020, https://jmlr.org/papers/v21/20-074.html, section 2.1).
    """
    half, exact, longest = BUCKETS // 2, BUCKETS // 4, 128
    behind, apart = np.where(distance > 0, half, 0), np.abs(distance)
    share = np.log(np.maximum(apart, 1) / exact) / np.log(longest / exact)
    coarse = np.minimum(exact + (share * (half - exact)).astype(np.int64), half - 1)
    return behind + np.where(apart < exact, apart, coarse)
