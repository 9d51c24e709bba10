"""Pages over several apps, and the pages for what went wrong (named in the settings)."""

from .errors import bad_request, broken, forbidden, form_expired, not_found

__all__ = ["bad_request", "broken", "forbidden", "form_expired", "not_found"]
