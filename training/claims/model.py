"""The second reader's network: MiniLM's encoder with three more embeddings at its input, labels and speakers on top."""

from __future__ import annotations

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from geomap.claims.second.labels import LABELS
from geomap.claims.second.marks import ENTITIES, MARKS, VOICES
from training.model import HEADS, POSITIONS, VOCABULARY, WIDTH, Encoder, Layer

KEY = 96
"""How wide the vectors are by whose product a word finds its speaker."""


class Attentive(Layer):
    """A layer for long rows: no attention is dropped, so that torch's own fused attention can be used."""

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = x.shape

        def heads(y: Tensor) -> Tensor:
            return y.view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)

        mixed = F.scaled_dot_product_attention(
            heads(self.query(x)), heads(self.key(x)), heads(self.value(x)), attn_mask=mask
        )
        x = self.attended(x + self.dropout(self.out(mixed.transpose(1, 2).reshape(batch, length, WIDTH))))
        return self.done(x + self.dropout(self.down(F.gelu(self.up(x)))))


class SecondReader(Encoder):
    """Word pieces and the marks of their words -> for each piece, scores of the labels, a question and an answer."""

    def __init__(self, layers: int = 6, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.types = nn.Parameter(torch.zeros(WIDTH))
        self.entities = nn.Embedding(len(ENTITIES), WIDTH)
        self.marks = nn.Embedding(MARKS, WIDTH)
        self.voices = nn.Embedding(VOICES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Attentive(dropout) for _ in range(layers))
        self.head = nn.Linear(WIDTH, len(LABELS) + 2 * KEY)
        self.told = nn.Parameter(torch.tensor(2.0))
        """How much more likely the speaker is whom the rules name."""
        # few words have a label: without this the first steps go into learning that alone
        nn.init.constant_(self.head.bias[: len(LABELS)], -5.0)
        for extra in (self.entities, self.marks, self.voices):
            nn.init.normal_(extra.weight, std=0.02)

    def forward(self, pieces: Tensor, entities: Tensor, marks: Tensor, voices: Tensor) -> Tensor:
        length = pieces.shape[1]
        x = self.words(pieces) + self.positions(torch.arange(length)) + self.types
        x = self.dropout(self.norm(x + self.entities(entities) + self.marks(marks) + self.voices(voices)))
        mask = (pieces == 0)[:, None, None, :].to(x.dtype) * -10000.0
        for layer in self.layers:
            x = layer(x, mask)
        return self.head(x)
