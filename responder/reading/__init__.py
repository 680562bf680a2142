"""What a post says: language, sentiment, anger, topics, wants, risks, personal data, facts. Pure and offline."""

from responder.reading.reader import read, warm_up

__all__ = ["read", "warm_up"]
