"""The pages of the public door. No session, no cookie, no account: a view may touch none of them."""

from spean.surfaces.public.views.failures import bad_request, csrf_failure, not_found, server_error

__all__ = ["bad_request", "csrf_failure", "not_found", "server_error"]
