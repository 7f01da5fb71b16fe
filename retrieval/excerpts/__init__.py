"""Ranked passages -> cited, verbatim excerpts."""
