"""Who and what stands around the packages for CKAN's clients: organizations, groups, tags, licences, users, followers.

Organizations are the bodies, groups the European themes; members, keys and followers are those of the portal.

Words: organization, group, member, tag, vocabulary, activity.
"""
