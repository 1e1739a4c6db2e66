"""Keeps a server under reads and changes, stops and kills it, and checks that nothing acknowledged is lost."""
