"""Layers around every request, from the outside in: headers, session, crash guard, limits."""
