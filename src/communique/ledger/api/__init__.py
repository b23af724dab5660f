"""The API: everything that the pages show and do, under /api/."""
