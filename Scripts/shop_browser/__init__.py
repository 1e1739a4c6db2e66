"""What check_shop_in_browser.py checks: a module for each part of the page."""
