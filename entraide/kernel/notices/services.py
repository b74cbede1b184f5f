"""Queues a notice in the present transaction; the job carries posts, never content."""

from uuid import UUID

from entraide.kernel.notices.tasks import send_notice


def notify(posts: list[UUID]) -> None:
    """Something awaits the people who hold these posts."""
    if posts:
        send_notice.defer(posts=[str(post) for post in posts])
