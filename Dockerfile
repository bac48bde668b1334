# syntax=docker/dockerfile:1
# Skill Runner as a container; docs/operations.md says how it is built, run and kept. Registries that need a login or stand
# elsewhere: `--secret id=maven,src=settings.xml` and `--secret id=npm,src=.npmrc`, of which nothing stays in the image.

FROM node:22-bookworm-slim AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates curl git openjdk-17-jdk-headless unzip \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2/repository \
    --mount=type=cache,target=/root/.npm \
    --mount=type=secret,id=maven,target=/root/.m2/settings.xml,required=false \
    --mount=type=secret,id=npm,target=/root/.npmrc,required=false \
    ./mvnw -B -ntp -Pdistribution -pl app -am package

FROM node:22-bookworm-slim
# git and ripgrep are what agents ask for first; tini ends what they leave to the first process of the container.
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates curl git openjdk-17-jre-headless procps ripgrep tini unzip zip \
 && rm -rf /var/lib/apt/lists/* \
 && userdel --remove node \
 && groupadd --gid 10001 skill-runner \
 && useradd --uid 10001 --gid 10001 --home-dir /data/home --no-create-home --shell /usr/sbin/nologin skill-runner \
 && install -d -m 0700 -o skill-runner -g skill-runner /data
COPY --from=build /src/app/target/dist /opt/skill-runner
# The first start makes an archive of classes there, which halves the time of all others.
RUN install -d -o skill-runner -g skill-runner /opt/skill-runner/cds \
 && ln -s /opt/skill-runner/bin/skill-runner /usr/local/bin/skill-runner

USER skill-runner
ENV HOME=/data/home \
    HOST=0.0.0.0 \
    PORT=8000 \
    UI_BASIC_AUTH_ENABLED=true \
    UI_BASIC_AUTH_USERNAME=admin \
    SKILL_RUNNER_DATA_DIR=/data/skill-runner \
    SKILL_RUNNER_AGENT_CACHE_DIR=/data/agent-cache
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD curl -fsS -o /dev/null "http://127.0.0.1:${PORT}/healthz" || exit 1
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/bin/tini", "--", "skill-runner"]
CMD ["serve"]
