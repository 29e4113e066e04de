"""The demonstration: real bodies of Puglia with invented datasets, always labelled "dati dimostrativi".

Bodies and their IPA codes are real; datasets, figures and files are made here, from `topics`, and say so in their
title page, in their keywords and in their files. Everything carries `is_demo`, so one command takes it away again.
Quality is uneven on purpose: a catalogue of perfect descriptions would teach nothing.

Words: topic (what a dataset may be about), sample file.
Events: none of its own.
"""
