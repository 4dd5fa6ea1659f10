# The whole application in one image; PostgreSQL, PgBouncer and Caddy stand beside it.
FROM rust:1.95-bookworm AS build
RUN apt-get update && apt-get install --yes --no-install-recommends nodejs npm && rm -rf /var/lib/apt/lists/*
WORKDIR /rbo
COPY . .
RUN cargo build --release --locked

FROM debian:bookworm-slim
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --home-dir /rbo rbo
WORKDIR /rbo
COPY --from=build /rbo/target/release/rbo /usr/local/bin/rbo
COPY --from=build /rbo/config config
USER rbo
ENV LOCO_ENV=production
EXPOSE 5150
CMD ["rbo", "start", "--all"]
