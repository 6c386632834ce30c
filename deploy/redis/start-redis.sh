#!/bin/sh
# Starts a Redis server or a Sentinel of compose.cluster.yml. Passwords come from /run/secrets; what is written here lies in
# the container's memory, but for the Sentinel's own file, which it has to keep.
set -eu
umask 077
name=$(hostname)
pool=motepool
first=redis1
sentinels="sentinel1 sentinel2 sentinel3"

secret() { cat "/run/secrets/redis-$1"; }

digest() { secret "$1" | tr -d '\n' | sha256sum | cut -d ' ' -f 1; }

# The primary that the Sentinels know, in the order of their names; empty where none answers.
primary() {
  for sentinel in $sentinels; do
    found=$(timeout 2 redis-cli -h "$sentinel" -p 26379 sentinel get-master-addr-by-name "$pool" 2>/dev/null | head -n 1) || found=
    case "$found" in redis*)
      echo "$found"
      return
      ;;
    esac
  done
}

server() {
  cp /etc/motepool/users.acl /tmp/users.acl
  for user in stratum payout dashboard replica sentinel operator; do
    upper=$(echo "$user" | tr '[:lower:]' '[:upper:]')
    sed -i "s/@${upper}_SHA256@/$(digest "$user")/" /tmp/users.acl
  done
  cat >/tmp/redis.conf <<CONF
dir /data
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
protected-mode no
aclfile /tmp/users.acl
masteruser replica
masterauth $(secret replica)
replica-announce-ip $name
CONF
  # One that was away follows whoever was promoted meanwhile, from its first moment.
  primary=$(primary)
  if [ -z "$primary" ]; then primary=$first; fi
  if [ "$primary" != "$name" ]; then echo "replicaof $primary 6379" >>/tmp/redis.conf; fi
  exec redis-server /tmp/redis.conf
}

sentinel() {
  if [ ! -s /data/sentinel.conf ]; then
    until redis-cli -h "$first" ping >/dev/null 2>&1; do sleep 1; done
    cat >/data/sentinel.conf.new <<CONF
port 26379
dir /data
protected-mode no
sentinel resolve-hostnames yes
sentinel announce-hostnames yes
sentinel announce-ip $name
sentinel monitor $pool $first 6379 2
sentinel down-after-milliseconds $pool 5000
sentinel failover-timeout $pool 10000
CONF
    mv /data/sentinel.conf.new /data/sentinel.conf
  fi
  # Anew at each start, so that a changed password is taken over.
  grep -v '^sentinel auth-' /data/sentinel.conf >/data/sentinel.conf.new
  printf 'sentinel auth-user %s sentinel\nsentinel auth-pass %s %s\n' "$pool" "$pool" "$(secret sentinel)" >>/data/sentinel.conf.new
  mv /data/sentinel.conf.new /data/sentinel.conf
  exec redis-sentinel /data/sentinel.conf
}

case "${1:-}" in
server) server ;;
sentinel) sentinel ;;
*)
  echo "start-redis.sh: server or sentinel?" >&2
  exit 2
  ;;
esac
