"""One encoder, many heads.

The encoder is a BERT with its token-type embedding widened to eight word shapes. Word labels are linear
on a word's first sub-token; attribution roles are decoded by a linear-chain conditional random field
(Lafferty et al. 2001); heads and relations are biaffine (Dozat and Manning 2017), and so is the link
from a source or content to its cue. One head has no labels: it keeps the meaning that the encoder had before
it learnt to label, as a student of the encoder it started from (Hinton et al. 2015). Entities and attribution roles
may be taught by a larger network besides (`training.taught`).
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from onrecord.annotate import labels
from training.corpora import HEADS, IGNORE, TAUGHT

_FORBIDDEN = -1e4
_TEMPERATURE = 2.0
"""By which the scores of a larger network are softened, so that what it holds for less likely teaches too."""


class Biaffine(nn.Module):
    """Scores of pairs of words, `classes` of them."""

    def __init__(self, hidden: int, size: int, classes: int) -> None:
        super().__init__()
        self.dependent = nn.Linear(hidden, size)
        self.governor = nn.Linear(hidden, size)
        self.weight = nn.Parameter(torch.randn(classes, size + 1, size + 1) * 0.02)

    def _project(self, words: Tensor) -> tuple[Tensor, Tensor]:
        one = torch.ones_like(words[..., :1])
        dependent = functional.gelu(self.dependent(words))
        governor = functional.gelu(self.governor(words))
        return torch.cat([dependent, one], -1), torch.cat([governor, one], -1)

    def all_pairs(self, words: Tensor) -> Tensor:
        """[B, W, W]: the score of each word (second axis) with each governor (third axis)."""
        dependent, governor = self._project(words)
        return (dependent @ self.weight[0]) @ governor.transpose(1, 2)

    def given(self, words: Tensor, head: Tensor) -> Tensor:
        """[B, W, classes]: scores of the classes between each word and its governor `head` [B, W]."""
        dependent, governor = self._project(words)
        governor = torch.gather(governor, 1, head.unsqueeze(-1).expand(-1, -1, governor.shape[-1]))
        classes, size = self.weight.shape[0], self.weight.shape[1]
        left = dependent @ self.weight.permute(1, 0, 2).reshape(size, classes * size)
        return (left.view(*left.shape[:2], classes, size) * governor.unsqueeze(2)).sum(-1)


class _Partition(torch.autograd.Function):
    """Log partition of a linear chain; its gradient are the marginals, found by one pass in each direction."""

    @staticmethod
    def forward(ctx: Any, scores: Tensor, matrix: Tensor, mask: Tensor) -> Tensor:
        peak = scores.max(2, keepdim=True).values
        emitted, moved = (scores - peak).exp(), matrix.exp()
        seen = mask.unsqueeze(2)
        steps = scores.shape[1]
        forward, log = [emitted[:, 0]], peak[:, 0, 0].clone()
        for t in range(1, steps):
            total = forward[-1].sum(1, keepdim=True)
            log += torch.where(mask[:, t], total.squeeze(1).log() + peak[:, t, 0], 0.0)
            step = (forward[-1] / total) @ moved * emitted[:, t]
            forward.append(torch.where(seen[:, t], step, forward[-1]))
        log += forward[-1].sum(1).log()
        backward = [torch.ones_like(emitted[:, 0])]
        for t in range(steps - 1, 0, -1):
            step = (backward[-1] * emitted[:, t]) @ moved.T
            step = step / step.sum(1, keepdim=True)
            backward.append(torch.where(seen[:, t], step, backward[-1]))
        alpha, beta = torch.stack(forward, 1), torch.stack(backward[::-1], 1)
        alone = alpha * beta
        pairs = torch.einsum("bti,btj->btij", alpha[:, :-1], emitted[:, 1:] * beta[:, 1:]) * moved
        pairs = pairs / pairs.sum((2, 3), keepdim=True).clamp(min=1e-30) * seen[:, 1:].unsqueeze(3)
        ctx.save_for_backward(alone / alone.sum(2, keepdim=True) * seen, pairs.sum(1))
        return log

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, Tensor, None]:
        alone, pairs = ctx.saved_tensors
        return alone * gradient[:, None, None], (pairs * gradient[:, None, None]).sum(0), None


class ConditionalRandomField(nn.Module):
    """Transitions between the labels of a begin-inside-outside sequence; forbidden ones stay forbidden."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__()
        allowed = torch.tensor(labels.sequence_allowed(names))
        self.register_buffer("forbidden", (~allowed).float() * _FORBIDDEN)
        self.transitions = nn.Parameter(torch.zeros(len(names), len(names)))

    def loss(self, scores: Tensor, gold: Tensor, mask: Tensor) -> Tensor:
        """Negative log-likelihood a word; `scores` [B, W, K], `gold` and `mask` [B, W], true words first."""
        matrix = self.transitions + self.forbidden
        own = scores.gather(2, gold.unsqueeze(2)).squeeze(2)
        path = (own * mask).sum(1) + (matrix[gold[:, :-1], gold[:, 1:]] * mask[:, 1:]).sum(1)
        return (_Partition.apply(scores, matrix, mask) - path).sum() / mask.sum()


class Annotator(nn.Module):
    """The encoder with all its heads; `encoder` is a `transformers.BertModel`."""

    def __init__(self, encoder: nn.Module, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        hidden = encoder.config.hidden_size
        kinds = nn.Embedding(labels.SHAPES, hidden)
        old = encoder.embeddings.token_type_embeddings.weight.data
        kinds.weight.data = old[:1].repeat(labels.SHAPES, 1) + torch.randn(labels.SHAPES, hidden) * 0.005
        encoder.embeddings.token_type_embeddings = kinds
        encoder.config.type_vocab_size = labels.SHAPES
        self.dropout = nn.Dropout(dropout)
        self.taggers = nn.ModuleDict({name: nn.Linear(hidden, len(names)) for name, names in HEADS.items()})
        self.factuality = nn.Linear(hidden, 1)
        self.field = ConditionalRandomField(labels.ATTRIBUTION)
        self.arc = Biaffine(hidden, 128, 1)
        self.relation = Biaffine(hidden, 48, len(labels.RELATIONS))
        self.link = Biaffine(hidden, 128, 1)
        self.meaning = nn.Linear(hidden, hidden)

    def words(self, ids: Tensor, mask: Tensor, shapes: Tensor, first: Tensor) -> Tensor:
        """[B, W, hidden]: each word as its first sub-token."""
        states = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=shapes).last_hidden_state
        return torch.gather(states, 1, first.unsqueeze(-1).expand(-1, -1, states.shape[-1]))

    def losses(self, batch: dict[str, Tensor]) -> dict[str, Tensor]:
        """The loss of each head that the batch teaches."""
        words = self.dropout(self.words(batch["ids"], batch["mask"], batch["shapes"], batch["first"]))
        out: dict[str, Tensor] = {}
        for name, tagger in self.taggers.items():
            if name not in batch or not (batch[name] != IGNORE).any():
                continue
            scores = tagger(words).float()
            if name == "attribution":
                known = batch[name] != IGNORE
                out[name] = self.field.loss(scores, batch[name].clamp(min=0), known)
            else:
                out[name] = functional.cross_entropy(scores.flatten(0, 1), batch[name].flatten(), ignore_index=IGNORE)
        if "factuality" in batch:
            known = ~torch.isnan(batch["factuality"])
            guess = self.factuality(words).float().squeeze(-1)
            out["factuality"] = functional.smooth_l1_loss(guess[known], batch["factuality"][known])
        if "head" in batch:
            out |= self._tree_losses(words, batch)
        if "link" in batch and (batch["link"] >= 0).any():
            out["link"] = 0.3 * self._link_loss(words, batch)
        if "taught" in batch:
            out["taught"] = self._taught_loss(words, batch)
        if "meaning" in batch:
            out["meaning"] = self._meaning_loss(words, batch)
        return out

    def _tree_losses(self, words: Tensor, batch: dict[str, Tensor]) -> dict[str, Tensor]:
        sentence = batch["sentence"]
        same = (sentence.unsqueeze(1) == sentence.unsqueeze(2)) & (sentence >= 0).unsqueeze(1)
        arcs = self.arc.all_pairs(words).float().masked_fill(~same, _FORBIDDEN)
        known = batch["head"] >= 0
        relations = self.relation.given(words, batch["head"].clamp(min=0)).float()
        return {
            "arc": functional.cross_entropy(arcs[known], batch["head"][known]),
            "relation": functional.cross_entropy(relations[known], batch["relation"][known]),
        }

    def _meaning_loss(self, words: Tensor, batch: dict[str, Tensor]) -> Tensor:
        known = batch["sentence"] >= 0
        guess, taught = self.meaning(words).float()[known], batch["meaning"].float()[known]
        return (1 - functional.cosine_similarity(guess, taught, dim=-1)).mean()

    def told(self, words: Tensor) -> Tensor:
        """[B, W, labels of all `TAUGHT` heads]: the scores that one network teaches another."""
        return torch.cat([self.taggers[name](words).float() for name in TAUGHT], -1)

    def _taught_loss(self, words: Tensor, batch: dict[str, Tensor]) -> Tensor:
        """Divergence from what a larger network says of each word (Hinton et al. 2015), the sum over its heads."""
        known = batch["sentence"] >= 0
        sizes = [len(HEADS[name]) for name in TAUGHT]
        guess = (self.told(words)[known] / _TEMPERATURE).split(sizes, -1)
        taught = (batch["taught"][known] / _TEMPERATURE).split(sizes, -1)
        return _TEMPERATURE**2 * sum(
            functional.kl_div(g.log_softmax(-1), t.log_softmax(-1), reduction="batchmean", log_target=True)
            for g, t in zip(guess, taught, strict=True)
        )

    def _link_loss(self, words: Tensor, batch: dict[str, Tensor]) -> Tensor:
        cue = batch["attribution"] == labels.ATTRIBUTION.index("B-cue")
        known = batch["link"] >= 0
        scores = self.link.all_pairs(words).float().masked_fill(~cue.unsqueeze(1), _FORBIDDEN)
        return functional.cross_entropy(scores[known], batch["link"][known])
