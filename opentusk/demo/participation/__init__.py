"""The programme in the demonstration: what is known of it, and invented rows around it, each labelled as such."""

from opentusk.demo.participation.community import load_community, remove_community
from opentusk.demo.participation.loading import load_programme, remove_programme

__all__ = ["load_community", "load_programme", "remove_community", "remove_programme"]
