"""`{% load comments %}{% comment_thread subject post_url can_write %}`: the comments under a thing, and the form."""

from typing import Any

from django import template
from django.utils import timezone

from opentusk.comments.forms import CommentForm
from opentusk.comments.threads import count_of, thread_of

register = template.Library()


@register.inclusion_tag("comments/thread.html", takes_context=True)
def comment_thread(
    context: template.Context, subject: str, post_url: str, can_write: bool, form: CommentForm | None = None
) -> dict[str, Any]:
    """The thread of a thing; `post_url` is where its room takes a `CommentForm`, replies with their parent's number."""
    request = context["request"]
    user_id = request.user.pk if request.user.is_authenticated else None
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "thread": thread_of(subject, user_id=user_id),
        "count": count_of(subject),
        "post_url": post_url,
        "can_write": can_write,
        "form": form or CommentForm(),
        "now": timezone.now(),
    }
