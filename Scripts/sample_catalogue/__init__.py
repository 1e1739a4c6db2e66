"""Draws the product pictures of the sample catalogue with Pillow."""
