"""The doors: public (anyone, no session) and desk (staff). Urls, views, forms, templates, static files."""
