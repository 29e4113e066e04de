"""The actions of this room, by their CKAN names."""

from collections.abc import Mapping
from types import ModuleType

from opentusk.ckan.protocol import Action
from opentusk.ckan_directory import refusing as _refusing  # noqa: F401 - makes its refusals known
from opentusk.ckan_directory.api import (
    activities,
    arranging,
    followers,
    groups,
    housekeeping,
    licences,
    members,
    organization_writes,
    organizations,
    tags,
    tokens,
    user_writes,
    users,
)

_READS: Mapping[ModuleType, str] = {
    activities: (
        "package_activity_list organization_activity_list group_activity_list user_activity_list "
        "recently_changed_packages_activity_list dashboard_activity_list dashboard_new_activities_count "
        "activity_show activity_data_show activity_diff"
    ),
    arranging: "package_collaborator_list package_collaborator_list_for_user package_relationships_list",
    followers: (
        "am_following_dataset am_following_group am_following_user dataset_follower_count group_follower_count "
        "organization_follower_count user_follower_count dataset_follower_list group_follower_list "
        "organization_follower_list user_follower_list followee_list followee_count dataset_followee_list "
        "dataset_followee_count group_followee_list group_followee_count organization_followee_list "
        "organization_followee_count user_followee_list user_followee_count"
    ),
    groups: "group_list group_show group_package_show group_autocomplete group_list_authz",
    housekeeping: (
        "config_option_list config_option_show job_list job_show task_status_show term_translation_show get_site_user"
    ),
    licences: "license_list",
    members: "member_list member_roles_list",
    organizations: "organization_list organization_show organization_autocomplete organization_list_for_user",
    tags: "tag_list tag_show tag_search tag_autocomplete vocabulary_list vocabulary_show",
    tokens: "api_token_list",
    users: "user_list user_show user_autocomplete",
}
_WRITES: Mapping[ModuleType, str] = {
    activities: "activity_create dashboard_mark_activities_old",
    arranging: (
        "bulk_update_delete bulk_update_private bulk_update_public package_collaborator_create "
        "package_collaborator_delete package_owner_org_update package_relationship_create package_relationship_delete "
        "package_resource_reorder"
    ),
    followers: "follow_dataset follow_group follow_user unfollow_dataset unfollow_group unfollow_user",
    groups: "group_create group_update group_patch group_delete group_purge",
    members: (
        "member_create member_delete organization_member_create organization_member_delete group_member_create "
        "group_member_delete"
    ),
    housekeeping: (
        "config_option_update job_cancel job_clear task_status_update task_status_update_many task_status_delete "
        "term_translation_update term_translation_update_many"
    ),
    organization_writes: (
        "organization_create organization_update organization_patch organization_delete organization_purge"
    ),
    tags: "tag_create tag_delete vocabulary_create vocabulary_update vocabulary_delete",
    tokens: "api_token_create api_token_revoke",
    user_writes: "user_create user_update user_patch user_delete user_invite",
}


def _table(modules: Mapping[ModuleType, str], *, writes: bool) -> Mapping[str, Action]:
    return {
        name: Action(getattr(module, name), writes=writes)
        for module, names in modules.items()
        for name in names.split()
    }


ACTIONS: Mapping[str, Action] = {
    **_table(_READS, writes=False),
    **_table(_WRITES, writes=True),
}
