"""The council over HTTP: health, metrics, the read API and the command API."""
