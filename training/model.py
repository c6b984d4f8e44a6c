"""The tagger's network: MiniLM's encoder with two more embeddings at its input, and a linear layer on top."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812
from safetensors.torch import load_file
from torch import Tensor, nn

from geomap.geoparse.features import CASES, MEMBERS

TAGS = ("O", "B-LOC", "I-LOC", "B-ORG", "I-ORG", "B-PER", "I-PER", "B-OTH", "I-OTH")
WIDTH, HEADS, INNER, VOCABULARY, POSITIONS = 384, 12, 1536, 30522, 512


class Layer(nn.Module):
    """One transformer layer, as BERT has it (normalised after each block)."""

    def __init__(self, dropout: float, width: int = WIDTH, inner: int = INNER, epsilon: float = 1e-12) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(width, width) for _ in range(4))
        self.attended, self.done = nn.LayerNorm(width, eps=epsilon), nn.LayerNorm(width, eps=epsilon)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = x.shape

        def heads(y: Tensor) -> Tensor:
            return y.view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)

        scores = heads(self.query(x)) @ heads(self.key(x)).transpose(-1, -2) / (WIDTH // HEADS) ** 0.5 + mask
        mixed = (self.dropout(scores.softmax(-1)) @ heads(self.value(x))).transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.attended(x + self.dropout(self.out(mixed)))
        return self.done(x + self.dropout(self.down(F.gelu(self.up(x)))))

    def load(self, weights: Mapping[str, Tensor], under: str, parts: Mapping[str, str]) -> None:
        """Take pretrained ``weights``: ``parts`` says how each part of ours is named there, behind ``under``."""
        for name, source in parts.items():
            for kind in ("weight", "bias"):
                getattr(getattr(self, name), kind).data.copy_(weights[f"{under}.{source}.{kind}"])


class Encoder(nn.Module):
    """What takes the pretrained encoder's weights: a network with its embeddings and its layers."""

    words: nn.Embedding
    positions: nn.Embedding
    types: nn.Parameter
    norm: nn.LayerNorm
    layers: nn.ModuleList

    def load_encoder(self, path: Path, keep: list[int]) -> None:
        """The pretrained weights at ``path`` (safetensors); ``keep`` names the layers that are taken."""
        weights = load_file(path)
        self.words.weight.data.copy_(weights["embeddings.word_embeddings.weight"])
        self.positions.weight.data.copy_(weights["embeddings.position_embeddings.weight"])
        self.types.data.copy_(weights["embeddings.token_type_embeddings.weight"][0])
        parts = {
            "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
            "out": "attention.output.dense", "attended": "attention.output.LayerNorm",
            "up": "intermediate.dense", "down": "output.dense", "done": "output.LayerNorm",
        }  # fmt: skip
        for ours, theirs in zip(self.layers, keep, strict=True):
            ours.load(weights, f"encoder.layer.{theirs}", parts)
        for kind in ("weight", "bias"):
            getattr(self.norm, kind).data.copy_(weights[f"embeddings.LayerNorm.{kind}"])


class Tagger(Encoder):
    """Word pieces, how their words are written and whether they name places -> one score a tag and piece."""

    def __init__(self, layers: int = 6, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.types = nn.Parameter(torch.zeros(WIDTH))
        self.cases = nn.Embedding(CASES + 1, WIDTH)
        self.members = nn.Embedding(MEMBERS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))
        self.head = nn.Linear(WIDTH, len(TAGS))
        for extra in (self.cases, self.members):
            nn.init.normal_(extra.weight, std=0.02)

    def forward(self, pieces: Tensor, cases: Tensor, members: Tensor) -> Tensor:
        length = pieces.shape[1]
        x = self.words(pieces) + self.positions(torch.arange(length)) + self.types
        x = self.dropout(self.norm(x + self.cases(cases) + self.members(members)))
        mask = (pieces == 0)[:, None, None, :].to(x.dtype) * -10000.0
        for layer in self.layers:
            x = layer(x, mask)
        return self.head(x)
