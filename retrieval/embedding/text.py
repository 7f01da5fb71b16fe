"""Text as a tokenizer can take it."""


def encodable(text: str) -> str:
    """The text with lone surrogates, which no tokenizer can encode, replaced by question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")
