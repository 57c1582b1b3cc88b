"""The council over HTTP: health, the read API and the command API."""
