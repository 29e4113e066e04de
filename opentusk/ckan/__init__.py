"""The CKAN door: every client of CKAN's Action API works here unchanged.

It has no rules of its own: each action of the contract is a call of the actions of the other rooms, with the rights
of whoever calls, told in CKAN's words (package = dataset, resource = distribution, organization = body).

Words: action, call, package, resource, envelope.
"""
