"""Other systems over the same passages and vectors: question -> ids, for benchmarks/speed.py."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np

from retrieval.embedding.protocol import Vectors
from retrieval.index.embedded.generation import Generation
from retrieval.indexing.passage_text import embedding_text
from retrieval.text.forms import tokens

DEPTH = 10
Search = Callable[[str], Sequence[str]]
Embed = Callable[[Sequence[str]], Vectors]
"""Questions -> vectors."""


@dataclass(frozen=True)
class Collection:
    """What every system gets: ids, texts with their titles, and vectors of shape (passages, dimensions)."""

    ids: list[str]
    texts: list[str]
    vectors: Vectors

    @classmethod
    def of(cls, generation: Generation) -> Self:
        found = generation.passages(range(generation.facts.passages))
        pairs = [found[row] for row in range(len(found))]
        return cls(
            [passage.id for passage, _ in pairs],
            [embedding_text(article, passage) for passage, article in pairs],
            generation.dense.vectors(np.arange(len(pairs))),
        )


def by_torch(folder: Path) -> Embed:
    """sentence-transformers as it comes."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder))
    return lambda texts: model.encode(["query: " + text for text in texts], normalize_embeddings=True)


def folded_words(text: str) -> str:
    return " ".join(token.folded for token in tokens(text))


def as_it_is(text: str) -> str:
    return text


def txtai_hybrid(given: Collection, embed: Embed, *, folded: bool) -> Search:
    from txtai import Embeddings

    prepare = folded_words if folded else as_it_is
    known = {prepare(text): vector for text, vector in zip(given.texts, given.vectors, strict=True)}
    asked: dict[str, str] = {}

    def transform(batch: Sequence[str]) -> Vectors:
        if all(text in known for text in batch):
            return np.stack([known[text] for text in batch])
        return embed([asked[text] for text in batch])

    embeddings = Embeddings(method="external", transform=transform, hybrid=True)
    embeddings.index([(n, prepare(text), None) for n, text in zip(given.ids, given.texts, strict=True)])

    def search(question: str) -> list[str]:
        query = prepare(question)
        asked[query] = question
        return [found for found, _ in embeddings.search(query, DEPTH)]

    return search


def haystack_hybrid(given: Collection, embed: Embed, *, folded: bool) -> Search:
    from haystack import Document
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    prepare = folded_words if folded else as_it_is
    store = InMemoryDocumentStore(embedding_similarity_function="cosine")
    store.write_documents([
        Document(id=n, content=prepare(text), embedding=vector.tolist())
        for n, text, vector in zip(given.ids, given.texts, given.vectors, strict=True)
    ])  # fmt: skip
    words = InMemoryBM25Retriever(store, top_k=DEPTH)
    dense = InMemoryEmbeddingRetriever(store, top_k=DEPTH)
    joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion")

    def search(question: str) -> list[str]:
        lists = [
            words.run(query=prepare(question))["documents"],
            dense.run(query_embedding=embed([question])[0].tolist())["documents"],
        ]
        return [document.id for document in joiner.run(documents=lists)["documents"]]

    return search


def llama_index_faiss(given: Collection, embed: Embed, *, folded: bool) -> Search:
    import faiss
    from llama_index.core import MockEmbedding, StorageContext, VectorStoreIndex
    from llama_index.core.schema import QueryBundle, TextNode
    from llama_index.vector_stores.faiss import FaissVectorStore

    dimensions = given.vectors.shape[1]
    store = FaissVectorStore(faiss_index=faiss.IndexFlatIP(dimensions))
    nodes: Any = [
        TextNode(id_=n, text=text, embedding=vector.tolist())
        for n, text, vector in zip(given.ids, given.texts, given.vectors, strict=True)
    ]
    context = StorageContext.from_defaults(vector_store=store)
    index = VectorStoreIndex(nodes, storage_context=context, embed_model=MockEmbedding(dimensions))
    retriever = index.as_retriever(similarity_top_k=DEPTH)

    def search(question: str) -> list[str]:
        bundle = QueryBundle(question, embedding=embed([question])[0].tolist())
        return [found.node.node_id for found in retriever.retrieve(bundle)]

    return search


def sentence_transformers_search(given: Collection, embed: Embed, *, folded: bool) -> Search:
    import torch
    from sentence_transformers.util import semantic_search

    vectors = torch.from_numpy(given.vectors)

    def search(question: str) -> list[str]:
        (hits,) = semantic_search(torch.from_numpy(embed([question])), vectors, top_k=DEPTH)
        return [given.ids[int(hit["corpus_id"])] for hit in hits]

    return search


PEERS: dict[str, Callable[..., Search]] = {
    "txtai hybrid": txtai_hybrid,
    "Haystack BM25 + vectors": haystack_hybrid,
    "LlamaIndex with FAISS": llama_index_faiss,
    "sentence-transformers": sentence_transformers_search,
}
