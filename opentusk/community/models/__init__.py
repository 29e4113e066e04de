"""Rows of the community room."""

from opentusk.community.models.documents import Document, DocumentVersion
from opentusk.community.models.newsletters import Mailing, Newsletter
from opentusk.community.models.threads import DigestChoice, Thread, ThreadFollower

__all__ = ["DigestChoice", "Document", "DocumentVersion", "Mailing", "Newsletter", "Thread", "ThreadFollower"]
