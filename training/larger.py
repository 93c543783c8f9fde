"""A larger encoder, too slow to ship, that is trained to teach the small one: MPNet (Song et al. 2020).

It reads what the small one reads, so that both can be compared word by word: sub-tokens by the numbers of BERT's
vocabulary, of which MPNet's is a copy with other marks, and word shapes.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn

_VOCABULARY = 30_522
_MOVED = 4
"""By how much MPNet numbers its sub-tokens higher than BERT."""
_MARKS = {0: 1, 101: 0, 102: 2, 103: 30_526}
"""Padding, begin, end and hidden sub-token."""


class _Kinds(nn.Module):
    """What `network.Annotator` widens to word shapes; MPNet has no such table of its own."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.token_type_embeddings = nn.Embedding(1, hidden)
        nn.init.zeros_(self.token_type_embeddings.weight)


class LargerEncoder(nn.Module):
    """MPNet in the place of a `transformers.BertModel`; of the lowest `frozen` layers nothing is trained."""

    def __init__(self, folder: Path, frozen: int = 3) -> None:
        from transformers import MPNetModel

        super().__init__()
        self.inner = MPNetModel.from_pretrained(folder, attn_implementation="eager", add_pooling_layer=False)
        self.config = self.inner.config
        self.embeddings = _Kinds(self.config.hidden_size)
        table = torch.arange(_VOCABULARY) + _MOVED
        for mark, moved in _MARKS.items():
            table[mark] = moved
        self.register_buffer("table", table, persistent=False)
        for part in (self.inner.embeddings, *self.inner.encoder.layer[:frozen]):
            part.requires_grad_(False)

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> object:
        """As `BertModel`: `last_hidden_state` is [B, L, hidden]."""
        words = self.inner.embeddings.word_embeddings(self.table[input_ids])
        words = words + self.embeddings.token_type_embeddings(token_type_ids)
        return self.inner(inputs_embeds=words, attention_mask=attention_mask)
