"""What is embedded and indexed for a passage: its text, and title and sub-heading beside it, in one spelling."""

from retrieval.article import Article, Passage
from retrieval.text.forms import Token, respelled, tokens
from retrieval.text.sentences import sentences


def context_of(article: Article, passage: Passage) -> str:
    """Title and sub-heading: they inform the match without being part of the excerpt."""
    return ". ".join(part for part in (article.title, passage.heading) if part)


def embedding_text(article: Article, passage: Passage) -> str:
    """What is embedded for a passage: its context, a line break, its text."""
    return respelled("\n".join(part for part in (context_of(article, passage), passage.text) if part))


def sentence_texts(passage: Passage) -> list[str]:
    """What is embedded for each sentence of a passage, in order."""
    return [respelled(passage.text[start:end]) for start, end in sentences(passage.text)]


def passage_tokens(article: Article, passage: Passage) -> list[Token]:
    """What the lexical index holds for a passage: the tokens of its context and of its text."""
    return [*tokens(context_of(article, passage)), *tokens(passage.text)]
