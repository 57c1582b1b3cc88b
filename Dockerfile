# Built in two steps, so that the image holds Python, the locked packages and the council alone.
FROM python:3.13-slim AS build
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
COPY requirements.lock ./
RUN pip install --require-hashes --only-binary :all: --requirement requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY council council
COPY migrations migrations
RUN pip install --no-deps --no-build-isolation . \
    && pip check \
    && pip uninstall --yes pip

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /app council \
    && install --directory --owner council --group council /app /app/var
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    COUNCIL_HOST=0.0.0.0 \
    COUNCIL_PORT=8000
WORKDIR /app
USER council
VOLUME /app/var
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=15s --retries=3 CMD ["python", "-c", \
    "import os, urllib.request as web; web.urlopen(f'http://127.0.0.1:{os.environ[\"COUNCIL_PORT\"]}/healthz', timeout=4)"]
CMD ["council", "serve"]
