#!/usr/bin/env bash
# Makes stand-ins for the images that the Dockerfile and the compose files name, out of Debian packages and this machine's
# JDK, for machines that reach no image registry. Needs root, podman and debootstrap. They carry the same tags, so that the
# files are used unmodified; Debian's versions of Redis, HAProxy and Prometheus differ from the pinned ones. There is none for
# Grafana, Bitcoin Core and Core Lightning, which Debian does not have.
set -euo pipefail
cd -- "$(dirname -- "$0")/../.."
jdk=$(./mote jdk)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
debian=localhost/motepool-stand-in-debian:12

build() { # tag, Dockerfile on standard input; $work is the context
  podman build --quiet --network host --format docker -t "$1" -f - "$work"
}

if ! podman image exists "$debian"; then
  debootstrap --variant=minbase --include=ca-certificates bookworm "$work/debian" >"$work/debootstrap.log" ||
    { tail -n 20 "$work/debootstrap.log" >&2; exit 1; }
  tar -C "$work/debian" -c . | podman import --quiet - "$debian"
  rm -rf "$work/debian"
fi

# The JDK, and Maven where this machine has it: the wrapper's address may not be reachable here.
mkdir -p "$work/jdk" "$work/maven/bin"
cp -RL "$jdk/." "$work/jdk"
if [ -x /usr/share/maven/bin/mvn ]; then cp -RL /usr/share/maven/. "$work/maven"; fi
build docker.io/library/eclipse-temurin:25.0.3_9-jdk-noble <<'FILE'
FROM localhost/motepool-stand-in-debian:12
COPY jdk /opt/java/openjdk
COPY maven /usr/share/maven
RUN ln -sf /usr/share/maven/bin/mvn /usr/local/bin/mvn
ENV JAVA_HOME=/opt/java/openjdk PATH=/opt/java/openjdk/bin:/usr/local/bin:/usr/bin:/bin
FILE
rm -rf "$work/jdk" "$work/maven"

# As distroless's base: C library, OpenSSL, certificates, and busybox beside them.
build gcr.io/distroless/base-debian12:debug <<'FILE'
FROM localhost/motepool-stand-in-debian:12 AS from
RUN apt-get update -qq && mkdir /packages && cd /packages \
 && apt-get download -qq base-files netbase tzdata libc6 libssl3 busybox-static \
 && mkdir /base && for package in *.deb; do dpkg-deb --extract "$package" /base; done \
 && mkdir -p /base/busybox /base/tmp /base/etc/ssl/certs /base/root && chmod 1777 /base/tmp \
 && cp /etc/ssl/certs/ca-certificates.crt /base/etc/ssl/certs/ \
 && printf 'root:x:0:0:root:/root:/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin\n' >/base/etc/passwd \
 && printf 'root:x:0:\nnobody:x:65534:\n' >/base/etc/group \
 && for name in $(/base/bin/busybox --list); do ln -s /bin/busybox /base/busybox/"$name"; done \
 && rm -rf /base/usr/share/doc /base/usr/share/man
FROM scratch
COPY --from=from /base /
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/busybox SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
FILE

cat >"$work/entrypoint" <<'FILE'
#!/bin/sh
# What the image of Redis does: settings alone mean the server, and root gives itself up.
set -e
if [ "${1#-}" != "$1" ] || [ "${1%.conf}" != "$1" ]; then set -- redis-server "$@"; fi
if [ "$(id -u)" = 0 ]; then
  find . ! -user redis -exec chown redis '{}' +
  exec setpriv --reuid=redis --regid=redis --clear-groups "$0" "$@"
fi
exec "$@"
FILE
chmod 755 "$work/entrypoint"
build docker.io/library/redis:7.2.11-bookworm <<'FILE'
FROM localhost/motepool-stand-in-debian:12
RUN groupadd --system --gid 999 redis && useradd --system --uid 999 --gid redis --home-dir /data redis \
 && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends redis-server redis-sentinel \
 && rm -rf /var/lib/apt/lists/* && mkdir -p /data && chown redis:redis /data
COPY entrypoint /usr/local/bin/docker-entrypoint.sh
WORKDIR /data
VOLUME /data
EXPOSE 6379
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["redis-server"]
FILE

build docker.io/library/haproxy:3.2.24-alpine <<'FILE'
FROM localhost/motepool-stand-in-debian:12
RUN apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends haproxy busybox-static \
 && rm -rf /var/lib/apt/lists/* && ln -s /bin/busybox /usr/local/bin/wget
USER haproxy
STOPSIGNAL SIGUSR1
CMD ["haproxy", "-W", "-db", "-f", "/usr/local/etc/haproxy/haproxy.cfg"]
FILE

build docker.io/prom/prometheus:v3.5.0 <<'FILE'
FROM localhost/motepool-stand-in-debian:12
RUN apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends prometheus busybox-static \
 && rm -rf /var/lib/apt/lists/* && mkdir -p /prometheus && chown nobody:nogroup /prometheus && ln -s /bin/busybox /usr/local/bin/wget
USER nobody
WORKDIR /prometheus
VOLUME /prometheus
EXPOSE 9090
ENTRYPOINT ["prometheus"]
FILE
