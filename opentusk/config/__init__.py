"""The roof: settings, addresses, reactions and schedule. Wiring only, no logic."""
