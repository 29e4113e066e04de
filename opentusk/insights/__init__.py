"""Insights: indicators of the programme as pages, CSV and dataset; statistics by world; the path of one wish.

Words: indicator, snapshot, milestone, world, line of custody (the path from a card on a table to what was made of it).
It stands above every room of the programme and only reads them.
"""
