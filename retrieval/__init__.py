"""Retrieval over a collection of articles: sources in, cited verbatim excerpts out.

Knows nothing of Telegram and nothing of settings: plain values in, frozen dataclasses out.
"""
