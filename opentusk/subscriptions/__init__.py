"""Following: somebody wants to hear of something, on a channel, in a rhythm; and what becomes of it.

A *subscription* is who × scope × families × channel × rhythm; a confirmed e-mail address is enough to have one. Events
of the room `notices` are matched to subscriptions by scope, in sets: a subscription remembers from which number to
which it has something to hear. When its time comes everything that one person waits for on one channel becomes one
*delivery*; its events are read again just before it goes out, so that what is no longer public is not told.

Words: subscriber, subscription, scope (what is followed), rhythm, delivery, part, channel, inbox (posta), saved query.
Events: none of its own.
"""
