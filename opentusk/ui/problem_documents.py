"""Errors for programs as problem documents (RFC 9457), in one shape for every door of the portal."""

from django.http import JsonResponse

MEDIA_TYPE = "application/problem+json"


def problem_answer(status: int, title: str, detail: str = "", **more: object) -> JsonResponse:
    """What went wrong (`title`), the way out (`detail`), and whatever helps a program to react."""
    document: dict[str, object] = {"type": "about:blank", "title": title, "status": status}
    if detail:
        document["detail"] = detail
    return JsonResponse(
        document | more, status=status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False}
    )
