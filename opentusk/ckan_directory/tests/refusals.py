"""What CKAN's refusals look like, for tables of cases."""

import pytest

EVERYBODY = ("nobody", "bruno", "ada", "eva", "carla", "diego")


def wrong(**fields):
    return 409, {"__type": "Validation Error", **fields}


def missing(field):
    return wrong(**{field: ["Missing value"]})


def not_found(text=""):
    return 404, {"__type": "Not Found Error", "message": f"Not found: {text}" if text else "Not found"}


def denied(text):
    return 403, {"__type": "Authorization Error", "message": f"Access denied: {text}"}


def anonymous(action):
    return denied(f"Action {action} requires an authenticated user")


def check(client, action, data, expected):
    """The envelope of a refusal, whole: an unexpected key fails."""
    answer = client.post(action, **data)

    assert answer.json() == {
        "help": f"http://localhost:8000/api/3/action/help_show?name={action}",
        "success": False,
        "error": expected[1],
    }
    assert answer.status_code == expected[0]


def allowed_to(action, data, *callers):
    """Cases of one action for every caller: True for those who may."""
    return [pytest.param(action, data, who, who in callers, id=f"{action}-{who}") for who in EVERYBODY]
