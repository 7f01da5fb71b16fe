"""The carrier's tokenizer as a standard `tokenizer.json`."""

import unicodedata
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from retrieval.embedding.bundled.carrier import Tokens


def write_tokenizer(tokens: Tokens, folder: Path) -> None:
    """Write `tokenizer.json` into `folder`."""
    build_tokenizer(tokens).save(str(folder / "tokenizer.json"), pretty=False)


def build_tokenizer(tokens: Tokens) -> Tokenizer:
    """A unigram tokenizer that gives the carrier's ids, but one `<unk>` for a run of unknown characters.

    The model was trained with such runs joined; the carrier's engine gives one `<unk>` a character.
    """
    vocabulary = list(zip(tokens.pieces, tokens.scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=tokens.unk, byte_fallback=False))
    tokenizer.normalizer = _normaliser(tokens)
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    bos, eos = tokens.pieces[tokens.bos], tokens.pieces[tokens.eos]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, tokens.bos), (eos, tokens.eos)],
    )
    special = (tokens.bos, tokens.pad, tokens.eos, tokens.unk)
    tokenizer.add_special_tokens([AddedToken(tokens.pieces[i], special=True) for i in special])
    return tokenizer


def _normaliser(tokens: Tokens) -> normalizers.Normalizer:
    """NFKC, after the characters that the carrier drops or turns into spaces and NFKC would keep.

    NFKC on the whole text also composes decomposed letters, as the model's original normaliser does. Of the
    rest of the carrier's map it differs in U+FF5E and in code points newer than the map.
    """
    dropped, spaced = _beyond_nfkc(tokens, ""), _beyond_nfkc(tokens, " ")
    return normalizers.Sequence([
        normalizers.Replace(Regex(f"[\\x{{0}}{dropped}]"), ""),
        normalizers.Replace(Regex(f"[{spaced}]"), " "),
        normalizers.NFKC(),
        normalizers.Replace(Regex(" {2,}"), " "),
    ])  # fmt: skip


def _beyond_nfkc(tokens: Tokens, replacement: str) -> str:
    """The characters so replaced that NFKC treats otherwise, as the inside of a regular expression."""
    found = (
        code_point
        for code_point, given in tokens.replacements.items()
        if given == replacement and unicodedata.normalize("NFKC", chr(code_point)) != replacement
    )
    return "".join(f"\\x{{{code_point:X}}}" for code_point in found)
