"""The frozen types that pass between rooms."""
