# Trichdan with its model and an index of the five articles. Build: docker build -t trichdan .
# What it keeps is in /data: give it a volume.

FROM python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
# PyTorch for processors alone takes some gigabytes less than the one that comes by default:
# docker build --build-arg PIP_EXTRA_INDEX_URL=(the address of PyTorch's index of CPU wheels)
ARG PIP_EXTRA_INDEX_URL
WORKDIR /src
RUN python -m venv /opt/trichdan
COPY requirements.lock pyproject.toml README.md LICENSE ./
COPY bot bot
COPY config config
COPY retrieval retrieval
# The lock has what tests need as well: here it says which versions, and the project what is needed.
RUN /opt/trichdan/bin/pip install --constraint requirements.lock setuptools wheel \
    && /opt/trichdan/bin/pip install --constraint requirements.lock ".[postgres]"
COPY seeds /srv/trichdan/seeds
WORKDIR /srv/trichdan
RUN /opt/trichdan/bin/trichdan --data-dir /data reindex seeds

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin trichdan
COPY --from=build /opt/trichdan /opt/trichdan
COPY --from=build /srv/trichdan /srv/trichdan
COPY --from=build --chown=trichdan:trichdan /data /data
ENV PATH=/opt/trichdan/bin:$PATH TRICHDAN_DATA_DIR=/data TRICHDAN_LISTEN=0.0.0.0:8080
WORKDIR /srv/trichdan
USER 10001
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
# `--alone`: whatever runs the container starts it again.
CMD ["trichdan", "bot", "--alone"]
