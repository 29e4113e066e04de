"""What CKAN lets whoever runs a site look into: options, work under way, translations. Nothing is changed from here."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings

from opentusk.ckan.errors import NotFoundFault, ValidationFault
from opentusk.ckan.protocol import Call
from opentusk.ckan_directory.permissions import require_sysadmin
from opentusk.journal.models import Task
from opentusk.kit.ckan_packages.spelling import moment
from opentusk.ui.speech import VOCABULARIES

_ELSEWHERE = "The settings of the portal are read from its environment: see docs/reference/settings.md"
_WORKER = "The worker does its work by itself: nothing is cancelled from here"
_NO_STATUS = "The state of uploads and tables is on the desk: none is kept for programs"
_FIXED = "Terms are translated by the controlled vocabularies, which are fixed"
_MOST_JOBS = 1000


def config_option_list(call: Call) -> Any:
    """Return the names of the options that `config_option_show` tells: for whoever runs the portal."""
    require_sysadmin(call, "config_option_list", "read configuration")
    return sorted(_options())


def config_option_show(call: Call) -> Any:
    """Return the value of the option `key`: for whoever runs the portal."""
    require_sysadmin(call, "config_option_show", "read configuration")
    key = call.required("key")
    if key not in _options():
        raise ValidationFault({"key": [f"Configuration option '{key}' can not be shown"]})
    return _options()[key]


def config_option_update(call: Call) -> Any:
    """Refuse: the portal reads its settings from its environment."""
    require_sysadmin(call, "config_option_update", "change configuration")
    raise ValidationFault({"message": _ELSEWHERE})


def job_list(call: Call) -> Any:
    """Return the work that waits for the worker, the next first: for whoever runs the portal."""
    require_sysadmin(call, "job_list", "list jobs")
    limit = call.natural("limit", _MOST_JOBS, _MOST_JOBS)
    waiting = Task.objects.filter(status=Task.Status.WAITING).order_by("next_attempt_at", "pk")[:limit]
    return [_number(task) for task in waiting] if call.boolean("ids_only", False) else list(map(_job, waiting))


def job_show(call: Call) -> Any:
    """Return one piece of work that waits, by the `id` that `job_list` gives: for whoever runs the portal."""
    require_sysadmin(call, "job_show", "show jobs")
    return _job(_waiting(call.required("id")))


def job_cancel(call: Call) -> Any:
    """Refuse: the worker does its work by itself."""
    require_sysadmin(call, "job_cancel", "cancel jobs")
    _waiting(call.required("id"))
    raise ValidationFault({"id": [_WORKER]})


def job_clear(call: Call) -> Any:
    """Refuse: the worker does its work by itself."""
    require_sysadmin(call, "job_clear", "clear jobs")
    raise ValidationFault({"queues": [_WORKER]})


def task_status_show(call: Call) -> Any:
    """Say that there is none: the state of uploads and tables is on the desk."""
    if not call.text("id"):
        for name in ("entity_id", "task_type", "key"):
            call.required(name, "id" if name == "entity_id" else name)
    raise NotFoundFault("No task status is kept here.")


def task_status_update(call: Call) -> Any:
    """Refuse: no status of other programs' work is kept."""
    _refuse_status(call, "task_status_update")


def task_status_update_many(call: Call) -> Any:
    """Refuse: no status of other programs' work is kept."""
    _refuse_status(call, "task_status_update_many")


def task_status_delete(call: Call) -> Any:
    """Refuse: no status of other programs' work is kept."""
    _refuse_status(call, "task_status_delete")


def term_translation_show(call: Call) -> Any:
    """Return the translations of `terms` that the controlled vocabularies know, in the languages of `lang_codes`."""
    if not (terms := call.words("terms")):
        raise ValidationFault({"terms": ["Missing value"]})
    languages = set(call.words("lang_codes") or ("it", "en"))
    found = [(term, _translations(term)) for term in dict.fromkeys(terms)]
    return [
        {"term": term, "term_translation": text, "lang_code": language}
        for term, texts in found
        for language, text in texts.items()
        if language in languages
    ]


def term_translation_update(call: Call) -> Any:
    """Refuse: the vocabularies that translate are fixed."""
    _refuse_translation(call, "term_translation_update")


def term_translation_update_many(call: Call) -> Any:
    """Refuse: the vocabularies that translate are fixed."""
    _refuse_translation(call, "term_translation_update_many")


def get_site_user(call: Call) -> Any:
    """Refuse: the portal acts for itself without an account that anybody could use."""
    require_sysadmin(call, "get_site_user", "get the site user")
    raise NotFoundFault("The portal has no account of its own.")


def _options() -> dict[str, str]:
    return {
        "ckan.site_title": settings.PORTAL_TITLE,
        "ckan.site_description": settings.PORTAL_DESCRIPTION,
        "ckan.site_url": settings.SITE_URL,
        "ckan.locale_default": "it",
        "ckan.max_resource_size": str(settings.MAX_UPLOAD // (1024 * 1024)),
    }


def _refuse_status(call: Call, action: str) -> None:
    require_sysadmin(call, action, "change task status")
    raise ValidationFault({"message": _NO_STATUS})


def _refuse_translation(call: Call, action: str) -> None:
    require_sysadmin(call, action, "translate terms")
    raise ValidationFault({"message": _FIXED})


def _translations(text: str) -> dict[str, str]:
    for vocabulary in VOCABULARIES.values():
        if term := vocabulary.find(text):
            return {"it": term.it, "en": term.en}
    return {}


def _number(task: Task) -> str:
    return str(uuid5(NAMESPACE_URL, f"urn:x-ckan:job:{task.pk}"))


def _waiting(ref: str) -> Task:
    waiting = Task.objects.filter(status=Task.Status.WAITING).order_by("next_attempt_at", "pk")[:_MOST_JOBS]
    found = next((task for task in waiting if _number(task) == ref), None)
    if found is None:
        raise NotFoundFault("Job was not found.")
    return found


def _job(task: Task) -> dict[str, str]:
    return {
        "id": _number(task),
        "title": task.function.rpartition(".")[2],
        "created": moment(task.next_attempt_at),
        "queue": "default",
    }
