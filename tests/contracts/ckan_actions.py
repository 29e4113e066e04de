"""The contract of CKAN's Action API, action by action: what is sent, who may, what is refused and in which words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from opentusk.ckan.tests.test_writing import FULL

ALL = frozenset({"nobody", "bruno", "ada", "eva", "carla", "diego"})
SIGNED_IN = ALL - {"nobody"}
WRITERS = SIGNED_IN - {"bruno"}  # who writes for the body, the desk, who runs the portal
BODY = WRITERS - {"ada"}  # who answers for the body
DESK = frozenset({"carla", "diego"})
ADMIN = frozenset({"diego"})
ADA = frozenset({"ada"})
ONESELF = ADA | ADMIN
ORG = "comune-di-lecce"
# Names that the portal has always; `gone` puts one that nothing has in their place.
STANDING = frozenset({ORG, "envi", "tran", "frequency", "user-2000000000", "vuoto"})


@dataclass(frozen=True)
class Case:
    """One action. `{thing}` in `data` is a thing of the portal of the test.

    `may` are the callers who get an answer of the status `answer`; it is no 200 where this portal refuses everybody.
    `lacks` is the parameter that is told to be missing when none is given, or the whole refusal; `gone` what is told
    not to be found when nothing has the names that are given ("" for CKAN's bare words). None where nothing is.
    """

    data: Mapping[str, Any]
    may: frozenset[str]
    lacks: str | Mapping[str, Any] | None = None
    gone: str | None = None
    answer: int = 200


CASES: Mapping[str, Case] = {
    "activity_create": Case(
        {"user_id": "{user}", "object_id": "{package}", "activity_type": "changed package"},
        ADMIN,
        lacks="user_id",
        answer=409,
    ),
    "activity_data_show": Case({"id": "{activity}"}, ALL, lacks="id", gone="Activity"),
    "activity_diff": Case({"id": "{activity}", "object_type": "package"}, ALL, lacks="object_type", gone="Activity"),
    "activity_show": Case({"id": "{activity}"}, ALL, lacks="id", gone="Activity"),
    "am_following_dataset": Case({"id": "{package}"}, SIGNED_IN, lacks="id", gone=""),
    "am_following_group": Case({"id": "envi"}, SIGNED_IN, lacks="id", gone="Group"),
    "am_following_user": Case({"id": "{user}"}, SIGNED_IN, lacks="id", gone="User"),
    "api_token_create": Case({"user": "{user}", "name": "script"}, ADA, lacks="user"),
    "api_token_list": Case({"user_id": "{user}"}, ONESELF, lacks="user_id", gone="User"),
    "api_token_revoke": Case({"jti": "{key}"}, ONESELF, lacks="jti", gone="API Token"),
    "bulk_update_delete": Case(
        {"datasets": ["{package}"], "org_id": ORG}, WRITERS, lacks="org_id", gone="Organization"
    ),
    "bulk_update_private": Case(
        {"datasets": ["{private}"], "org_id": ORG}, WRITERS, lacks="org_id", gone="Organization"
    ),
    "bulk_update_public": Case(
        {"datasets": ["{package}"], "org_id": ORG}, WRITERS, lacks="org_id", gone="Organization"
    ),
    "config_option_list": Case({}, ADMIN),
    "config_option_show": Case({"key": "ckan.site_title"}, ADMIN, lacks="key"),
    "config_option_update": Case({"ckan.site_title": "Altro"}, ADMIN, answer=409),
    "current_package_list_with_resources": Case({}, ALL),
    "dashboard_activity_list": Case({}, SIGNED_IN),
    "dashboard_mark_activities_old": Case({}, SIGNED_IN),
    "dashboard_new_activities_count": Case({}, SIGNED_IN),
    "dataset_followee_count": Case({"id": "{user}"}, ONESELF, lacks="id", gone="User"),
    "dataset_followee_list": Case({"id": "{user}"}, ONESELF, lacks="id", gone="User"),
    "dataset_follower_count": Case({"id": "{package}"}, ALL, lacks="id", gone=""),
    "dataset_follower_list": Case({"id": "{package}"}, ADMIN, lacks="id", gone=""),
    "dataset_purge": Case({"id": "{private}"}, ADMIN, lacks="id", gone="Package"),
    "datastore_create": Case(
        {"resource_id": "{store}", "records": [{"codice": "071060"}], "force": True},
        WRITERS,
        lacks={"resource_id": ["resource_id or resource required"]},
        gone='Resource "{unknown}"',
    ),
    "datastore_delete": Case(
        {"resource_id": "{store}", "filters": {"codice": "071057"}, "force": True},
        WRITERS,
        lacks="resource_id",
        gone='Resource "{unknown}"',
    ),
    "datastore_function_create": Case({"name": "f", "definition": "x"}, ALL, answer=409),
    "datastore_function_delete": Case({"name": "f"}, ALL, lacks="name", answer=404),
    "datastore_info": Case({"id": "{store}"}, ALL, lacks="resource_id", gone='Resource/Alias "{unknown}"'),
    "datastore_records_delete": Case(
        {"resource_id": "{store}", "filters": {}, "force": True}, WRITERS, lacks="filters", gone='Resource "{unknown}"'
    ),
    "datastore_run_triggers": Case({"resource_id": "{store}"}, ALL, answer=409),
    "datastore_search": Case({"resource_id": "{store}"}, ALL, lacks="resource_id", gone='Resource "{unknown}"'),
    "datastore_search_sql": Case({"sql": 'SELECT codice FROM "{store}"'}, ALL, lacks="sql"),
    "datastore_upsert": Case(
        {"resource_id": "{store}", "records": [{"codice": "071060"}], "method": "insert", "force": True},
        WRITERS,
        lacks="resource_id",
        gone='Resource "{unknown}"',
    ),
    "follow_dataset": Case({"id": "{other}"}, SIGNED_IN, lacks="id", gone=""),
    "follow_group": Case({"id": "tran"}, SIGNED_IN, lacks="id", gone="Group"),
    "follow_user": Case({"id": "{user}"}, SIGNED_IN, lacks="id", gone="User", answer=409),
    "followee_count": Case({"id": "{user}"}, ONESELF, lacks="id", gone="User"),
    "followee_list": Case({"id": "{user}"}, ONESELF, lacks="id", gone="User"),
    "format_autocomplete": Case({"q": "cs"}, ALL, lacks="q"),
    "get_site_user": Case({}, ADMIN, answer=404),
    "group_activity_list": Case({"id": "envi"}, ALL, lacks="id", gone="Group"),
    "group_autocomplete": Case({"q": "amb"}, ALL),
    "group_create": Case({"name": "envi"}, ADMIN, lacks="name"),
    "group_delete": Case({"id": "envi"}, ADMIN, lacks="id", gone="Group", answer=409),
    "group_followee_count": Case({"id": "{user}"}, ONESELF, lacks="id", gone="User"),
    "group_followee_list": Case({"id": "{user}"}, ONESELF, lacks="id", gone="User"),
    "group_follower_count": Case({"id": "envi"}, ALL, lacks="id", gone="Group"),
    "group_follower_list": Case({"id": "envi"}, ADMIN, lacks="id", gone="Group"),
    "group_list": Case({}, ALL),
    "group_list_authz": Case({}, ALL),
    "group_member_create": Case(
        {"id": "envi", "username": "{user}", "role": "editor"}, SIGNED_IN, lacks="id", gone="Group", answer=409
    ),
    "group_member_delete": Case({"id": "envi", "username": "{user}"}, SIGNED_IN, lacks="id", gone="Group", answer=409),
    "group_package_show": Case({"id": "envi"}, ALL, lacks="id", gone="Group"),
    "group_patch": Case({"id": "envi"}, ADMIN, lacks="id", gone="Group"),
    "group_purge": Case({"id": "envi"}, ADMIN, lacks="id", gone="Group", answer=409),
    "group_show": Case({"id": "envi"}, ALL, lacks="id", gone="Group"),
    "group_update": Case({"id": "envi"}, ADMIN, lacks="id", gone="Group"),
    "help_show": Case({"name": "package_show"}, ALL, lacks="name"),
    "job_cancel": Case({"id": "{job}"}, ADMIN, lacks="id", gone="Job", answer=409),
    "job_clear": Case({}, ADMIN, answer=409),
    "job_list": Case({}, ADMIN),
    "job_show": Case({"id": "{job}"}, ADMIN, lacks="id", gone="Job"),
    "license_list": Case({}, ALL),
    "member_create": Case(
        {"id": ORG, "object": "user-2000000000", "object_type": "user", "capacity": "editor"},
        BODY,
        lacks="object",
        gone="Organization",
    ),
    "member_delete": Case(
        {"id": ORG, "object": "user-2000000000", "object_type": "user"}, BODY, lacks="object", gone="Organization"
    ),
    "member_list": Case({"id": ORG, "object_type": "user"}, WRITERS, lacks="id", gone="Group"),
    "member_roles_list": Case({}, ALL),
    "opentusk_datastore_version_create": Case(
        {"resource_id": "{store}"}, WRITERS, lacks="resource_id", gone='Resource "{unknown}"'
    ),
    "organization_activity_list": Case({"id": ORG}, ALL, lacks="id", gone="Organization"),
    "organization_autocomplete": Case({"q": "lecce"}, ALL),
    "organization_create": Case({"name": "comune-di-galatina", "title": "Comune di Galatina"}, DESK, lacks="name"),
    "organization_delete": Case({"id": ORG}, DESK, lacks="id", gone="Organization"),
    "organization_followee_count": Case({"id": "{user}"}, ONESELF, lacks="id", gone="User"),
    "organization_followee_list": Case({"id": "{user}"}, ONESELF, lacks="id", gone="User"),
    "organization_follower_count": Case({"id": ORG}, ALL, lacks="id", gone="Organization"),
    "organization_follower_list": Case({"id": ORG}, ADMIN, lacks="id", gone="Organization"),
    "organization_list": Case({}, ALL),
    "organization_list_for_user": Case({}, ALL),
    "organization_member_create": Case(
        {"id": ORG, "username": "user-2000000000", "role": "editor"}, BODY, lacks="username", gone="Organization"
    ),
    "organization_member_delete": Case(
        {"id": ORG, "username": "user-2000000000"}, BODY, lacks="username", gone="Organization"
    ),
    "organization_patch": Case({"id": ORG, "title": "Città di Lecce"}, BODY, lacks="id", gone="Organization"),
    "organization_purge": Case({"id": "vuoto"}, ADMIN, lacks="id"),
    "organization_show": Case({"id": ORG}, ALL, lacks="id", gone="Organization"),
    "organization_update": Case({"id": ORG, "title": "Città di Lecce"}, BODY, lacks="id", gone="Organization"),
    "package_activity_list": Case({"id": "{package}"}, ALL, lacks="id", gone=""),
    "package_autocomplete": Case({"q": "alberi"}, ALL, lacks="q"),
    "package_collaborator_create": Case(
        {"id": "{package}", "user_id": "{user}", "capacity": "editor"}, WRITERS, lacks="id", gone="Package", answer=409
    ),
    "package_collaborator_delete": Case(
        {"id": "{package}", "user_id": "{user}"}, WRITERS, lacks="id", gone="Package", answer=409
    ),
    "package_collaborator_list": Case({"id": "{package}"}, WRITERS, lacks="id", gone="Package"),
    "package_collaborator_list_for_user": Case({"id": "{user}"}, ALL, lacks="id"),
    "package_create": Case(
        FULL | {"name": "alberi-nuovi"},
        WRITERS,
        lacks={"name": ["Missing value"], "owner_org": ["An organization must be provided"]},
    ),
    "package_create_default_resource_views": Case(
        {"package": {"id": "{package}"}}, WRITERS, lacks="package", gone="Package"
    ),
    "package_delete": Case({"id": "{package}"}, WRITERS, lacks="id", gone="Package"),
    "package_list": Case({}, ALL),
    "package_owner_org_update": Case({"id": "{package}", "organization_id": ORG}, WRITERS, lacks="id", gone="Package"),
    "package_patch": Case({"id": "{package}", "title": "Altro"}, WRITERS, lacks="id", gone="Package"),
    "package_relationship_create": Case(
        {"subject": "{package}", "object": "{private}", "type": "child_of"},
        WRITERS,
        lacks="subject",
        gone="Package",
        answer=409,
    ),
    "package_relationship_delete": Case(
        {"subject": "{package}", "object": "{private}", "type": "child_of"},
        WRITERS,
        lacks="subject",
        gone="Package",
        answer=404,
    ),
    "package_relationships_list": Case({"id": "{package}"}, ALL, lacks="id", gone=""),
    "package_resource_reorder": Case({"id": "{package}", "order": []}, WRITERS, lacks="id", gone="Package"),
    "package_revise": Case(
        {"match": {"id": "{package}"}, "update": {"title": "Altro"}},
        WRITERS,
        lacks={"match": ["At least one of id or name required"]},
        gone="Package",
    ),
    "package_search": Case({"q": "alberi"}, ALL),
    "package_show": Case({"id": "{package}"}, ALL, lacks="name_or_id", gone=""),
    "package_update": Case(FULL | {"id": "{package}", "title": "Altro"}, WRITERS, lacks="id", gone="Package"),
    "recently_changed_packages_activity_list": Case({}, ALL),
    "resource_create": Case(
        {"package_id": "{package}", "url": "https://dati.example.org/tre.csv"},
        WRITERS,
        lacks="package_id",
        gone="Package",
    ),
    "resource_create_default_resource_views": Case(
        {"resource": {"id": "{resource}"}}, WRITERS, lacks="resource", gone="Resource"
    ),
    "resource_delete": Case({"id": "{resource}"}, WRITERS, lacks="id", gone="Resource"),
    "resource_patch": Case({"id": "{resource}", "name": "Altro"}, WRITERS, lacks="id", gone="Resource"),
    "resource_search": Case({"query": "format:CSV"}, ALL, lacks="query"),
    "resource_show": Case({"id": "{resource}"}, ALL, lacks="id", gone=""),
    "resource_update": Case(
        {"id": "{resource}", "url": "https://dati.example.org/altro.csv"}, WRITERS, lacks="id", gone="Resource"
    ),
    "resource_view_clear": Case({}, ADMIN),
    "resource_view_create": Case(
        {"resource_id": "{resource}", "title": "x", "view_type": "y"}, WRITERS, lacks="resource_id", gone="Resource"
    ),
    "resource_view_delete": Case({"id": "{view}"}, WRITERS, lacks="id", gone=""),
    "resource_view_list": Case({"id": "{resource}"}, ALL, lacks="id", gone=""),
    "resource_view_reorder": Case({"id": "{resource}", "order": ["{view}"]}, WRITERS, lacks="id", gone="Resource"),
    "resource_view_show": Case({"id": "{view}"}, ALL, lacks="id", gone=""),
    "resource_view_update": Case({"id": "{view}", "title": "x"}, WRITERS, lacks="id", gone=""),
    "site_read": Case({}, ALL),
    "status_show": Case({}, ALL),
    "tag_autocomplete": Case({"query": "alb"}, ALL),
    "tag_create": Case(
        {"name": "nuovo", "vocabulary_id": "frequency"}, ADMIN, lacks="name", gone="Vocabulary", answer=409
    ),
    "tag_delete": Case(
        {"id": "ANNUAL", "vocabulary_id": "frequency"}, ADMIN, lacks="vocabulary_id", gone="Vocabulary", answer=409
    ),
    "tag_list": Case({}, ALL),
    "tag_search": Case({"query": "alb"}, ALL),
    "tag_show": Case({"id": "alberi"}, ALL, lacks="id"),
    "task_status_delete": Case({"id": "x"}, ADMIN, answer=409),
    "task_status_show": Case({"id": "x"}, ALL, lacks="id", answer=404),
    "task_status_update": Case({"id": "x"}, ADMIN, answer=409),
    "task_status_update_many": Case({"data": []}, ADMIN, answer=409),
    "term_translation_show": Case({"terms": ["Ambiente"]}, ALL, lacks="terms"),
    "term_translation_update": Case({"term": "a", "term_translation": "b", "lang_code": "en"}, ADMIN, answer=409),
    "term_translation_update_many": Case({"data": []}, ADMIN, answer=409),
    "unfollow_dataset": Case({"id": "{package}"}, SIGNED_IN, lacks="id", gone=""),
    "unfollow_group": Case({"id": "envi"}, SIGNED_IN, lacks="id", gone="Group"),
    "unfollow_user": Case({"id": "{user}"}, SIGNED_IN, lacks="id", gone="User", answer=404),
    "user_activity_list": Case({"id": "{user}"}, WRITERS, lacks="id", gone="User"),
    "user_autocomplete": Case({"q": "user"}, SIGNED_IN, lacks="q"),
    "user_create": Case(
        {"name": "gino", "email": "gino@example.org", "password": "una frase abbastanza lunga"}, ADMIN, lacks="name"
    ),
    "user_delete": Case({"id": "user-2000000000"}, ADMIN, lacks="id", gone="User"),
    "user_followee_count": Case({"id": "{user}"}, ONESELF, lacks="id", gone="User"),
    "user_followee_list": Case({"id": "{user}"}, ONESELF, lacks="id", gone="User"),
    "user_follower_count": Case({"id": "{user}"}, SIGNED_IN, lacks="id", gone="User"),
    "user_follower_list": Case({"id": "{user}"}, ADMIN, lacks="id", gone="User"),
    "user_invite": Case(
        {"email": "nuova@example.org", "group_id": ORG, "role": "editor"}, BODY, lacks="email", gone="Organization"
    ),
    "user_list": Case({}, SIGNED_IN),
    "user_patch": Case({"id": "{user}", "about": "Dati"}, ONESELF, lacks="id", gone="User"),
    "user_show": Case({"id": "{user}"}, SIGNED_IN, gone="User"),
    "user_update": Case({"id": "{user}", "about": "Dati"}, ONESELF, lacks="id", gone="User"),
    "vocabulary_create": Case({"name": "nuovo"}, ADMIN, lacks="name", answer=409),
    "vocabulary_delete": Case({"id": "frequency"}, ADMIN, lacks="id", gone="Vocabulary", answer=409),
    "vocabulary_list": Case({}, ALL),
    "vocabulary_show": Case({"id": "frequency"}, ALL, lacks="id", gone="Vocabulary"),
    "vocabulary_update": Case({"id": "frequency"}, ADMIN, lacks="id", gone="Vocabulary", answer=409),
}
# What every reader of public things may ask of a draft of Lecce only as one of its people: action -> what is sent.
OF_A_DRAFT: Mapping[str, Mapping[str, Any]] = {
    "datastore_info": {"id": "{hidden}"},
    "datastore_search": {"resource_id": "{hidden}"},
    "datastore_search_sql": {"sql": 'SELECT * FROM "{hidden}"'},
    "dataset_follower_count": {"id": "{private}"},
    "package_activity_list": {"id": "{private}"},
    "package_relationships_list": {"id": "{private}"},
    "package_show": {"id": "{private}"},
    "resource_show": {"id": "{hidden}"},
    "resource_view_list": {"id": "{hidden}"},
}
