#!/usr/bin/env bash
# Builds the image by the unmodified Dockerfile and runs the compose files: up, simulated devices by the published port, page,
# health, down, up again with everything there; the cluster too, with killed nodes, accountant and Redis. Works with Docker and
# its compose, or with podman and docker-compose. Not a part of `mote test`: it takes some ten minutes.
#   deploy/verify-containers.sh [--stand-ins] [--no-build] [--keep] [single] [cluster]
# --stand-ins first makes the base images out of Debian packages (verify/stand-ins.sh); --no-build takes motepool:latest as it
# is; --keep leaves what runs running when a check fails.
# shellcheck disable=SC2016,SC2317 # texts for a container's shell; functions that `within` calls
set -euo pipefail
here=$(cd -- "$(dirname -- "$0")/.." && pwd -P)
stand_ins=no build=yes keep=no parts=()
for option in "$@"; do
  case "$option" in
  --stand-ins) stand_ins=yes ;;
  --no-build) build=no ;;
  --keep) keep=yes ;;
  single | cluster) parts+=("$option") ;;
  *) sed -n '2,8s/^# *//p' "$0" >&2; exit 2 ;;
  esac
done
[ ${#parts[@]} -gt 0 ] || parts=(single cluster)

work=$(mktemp -d)
project=motepool-verify-$$
service=0 passed=0 files=()
# Of the profile observability, which is started where there are images of it.
prometheus=docker.io/prom/prometheus:v3.5.0 grafana=docker.io/grafana/grafana:12.1.1
# Nothing of the settings around is to take part.
for name in $(compgen -e MOTE_) REDIS_PASSWORD CLUSTER_SUBNET JOURNAL_MIRROR COMPOSE_FILE; do unset "$name"; done

end() {
  status=$?
  if [ "$status" -ne 0 ]; then
    echo "FAILED after $passed checks" >&2
    [ ${#files[@]} -eq 0 ] || { compose ps || true; compose logs --tail 15 || true; } >&2
  fi
  if [ "$status" -eq 0 ] || [ "$keep" = no ]; then
    [ ${#files[@]} -eq 0 ] || compose down --volumes --timeout 20 >/dev/null 2>&1 || true
    [ "$service" = 0 ] || kill "$service" 2>/dev/null || true
    rm -rf "$work"
  else
    echo "left running: project $project, files in $work, DOCKER_HOST=${DOCKER_HOST:-}" >&2
  fi
}
trap end EXIT

ok() { passed=$((passed + 1)); echo "ok $passed - $*"; }
fail() { echo "not ok - $*" >&2; exit 1; }

# --- the engine -------------------------------------------------------------------------------------------------------------

if docker info >/dev/null 2>&1 && docker compose version >/dev/null 2>&1; then
  engine=docker build_flags=()
  compose() { docker compose -p "$project" "${files[@]}" "${profiles[@]}" "$@"; }
elif command -v podman >/dev/null && command -v docker-compose >/dev/null; then
  engine=podman build_flags=(--network host --format docker)
  if [ -z "${CONTAINERS_CONF:-}" ]; then
    printf '[containers]\ndefault_ulimits = ["nofile=%s:%s","nproc=%s:%s"]\n[engine]\nruntime = "%s"\n' \
      "$(ulimit -Hn)" "$(ulimit -Hn)" 4096 4096 "$(command -v runc >/dev/null && echo runc || echo crun)" >"$work/containers.conf"
    export CONTAINERS_CONF=$work/containers.conf
  fi
  podman system service --time=0 "unix://$work/podman.sock" 2>"$work/service.log" &
  service=$!
  export DOCKER_HOST=unix://$work/podman.sock
  for _ in $(seq 100); do [ -S "$work/podman.sock" ] && break; sleep 0.1; done
  compose() { docker-compose -p "$project" "${files[@]}" "${profiles[@]}" "$@"; }
else
  fail "neither docker with its compose nor podman with docker-compose is here"
fi
profiles=()
echo "engine: $engine, $($engine --version)"

# --- helpers ----------------------------------------------------------------------------------------------------------------

free_port() { # prints a port from $1 on that nobody listens on
  local port=$1
  while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
  echo "$port"
}

within() { # seconds, what, command: repeats it until it succeeds
  local until=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$until" ] || fail "in vain waited that $what"
    sleep 1
  done
}

number() { # prints the first number that the JSON on standard input has for the key $1
  tr -d '\n' | sed -n "s/.*\"$1\":\"\{0,1\}\([0-9]*\).*/\1/p"
}

container() { compose ps -q "$1" | head -n 1; }

# Podman runs health checks by systemd alone; asked like this it runs one now.
healthy() {
  local id
  id=$(container "$1")
  if [ "$engine" = podman ]; then podman healthcheck run "$id"; else
    [ "$(docker inspect -f '{{.State.Health.Status}}' "$id")" = healthy ]
  fi
}

await_healthy() {
  local name
  for name in "$@"; do within 180 "$name is healthy" healthy "$name"; done
  ok "healthy: $*"
}

page() { curl -fsS --max-time 10 "http://127.0.0.1:$HTTP_PORT$1"; }

swarm() { # seconds, seed: prints the devices' own count
  $engine run --rm --network host motepool:latest swarm --host 127.0.0.1 --port "$STRATUM_PORT" \
    --devices nerdminer=24,bitaxe=6 --seconds "$1" --seed "$2" --json | sed 's/.*"total"//'
}

status_of() { compose exec -T "$1" mote status --json 2>/dev/null; }

within_network() { # runs busybox's shell beside the services
  $engine run --rm --network "${project}_cluster" --entrypoint /busybox/sh motepool:latest -c "$1"
}

on_volume() { # volume, command...: what mote says of it while nothing runs
  local volume=$1
  shift
  $engine run --rm --network none -v "${project}_$volume:/var/lib/motepool" motepool:latest "$@"
}

begin() { # compose file
  rm -rf "$work/deploy"
  cp -r "$here/deploy" "$work/deploy"
  rm -rf "$work/deploy/secrets" "$work/deploy/.env"
  mkdir -p "$work/deploy/secrets/lightning"
  # Blocks within seconds.
  printf 'MOTE_DEVNET_START_LEVEL=36\nMOTE_DEVNET_BLOCK_SECONDS=5\n' >>"$work/deploy/mote.env"
  files=(-f "$work/deploy/$1")
  local limit
  limit=$(ulimit -Hn)
  if [ "$engine" = podman ] && [ "$limit" != unlimited ] && [ "$limit" -lt 262144 ]; then
    # A container cannot have more open files than this shell may.
    {
      echo "services:"
      for name in $(compose config --services 2>/dev/null); do
        echo "  $name: {ulimits: {nofile: $limit, nproc: 4096}}"
      done
    } >"$work/deploy/limits.yml"
    files+=(-f "$work/deploy/limits.yml")
  fi
  STRATUM_PORT=$(free_port 23333) HTTP_PORT=$(free_port 28080) DEVICE_PORT=$(free_port 22019)
  export STRATUM_PORT HTTP_PORT DEVICE_PORT
}

finish() {
  compose down --volumes --timeout 20 >/dev/null 2>&1
  files=() profiles=()
}

audit() { # volume: prints how many shares its logs prove
  local report
  report=$(on_volume "$1" audit --data /var/lib/motepool --json) || fail "audit of $1: $report"
  [ "$(number bad <<<"$report")" = 0 ] || fail "audit of $1 finds bad records: $report"
  number shares <<<"$report"
}

verify_ledger() { # volume, shares that have to be in it at least
  local report shares
  report=$(on_volume "$1" ledger verify --data /var/lib/motepool --json) || fail "the ledger of $1: $report"
  shares=$(number shares <<<"$report")
  [ "$shares" -ge "$2" ] || fail "the journal has $shares shares of $2: $report"
  ok "ledger verify holds, with $shares shares in $(number entries <<<"$report") records"
}

# --- the image --------------------------------------------------------------------------------------------------------------

[ "$stand_ins" = no ] || "$here/deploy/verify/stand-ins.sh"
if [ "$build" = yes ]; then
  began=$SECONDS
  $engine build "${build_flags[@]}" -f "$here/deploy/Dockerfile" -t motepool:latest "$here" \
    >"$work/build.log" 2>&1 || { tail -n 30 "$work/build.log" >&2; fail "the image cannot be built"; }
  ok "the image is built in $((SECONDS - began)) s"
fi
echo "image: $($engine image inspect -f '{{.Size}}' motepool:latest) bytes"
[ "$($engine image inspect -f '{{.Config.User}}' motepool:latest)" = 10001:10001 ] || fail "the image runs as root"
ok "the image runs as user 10001"
$engine run --rm --network none --read-only --cap-drop ALL motepool:latest --version >/dev/null || fail "mote --version in the image"
ok "mote answers in a container without network, capabilities or anything to write to"

# --- one pool ---------------------------------------------------------------------------------------------------------------

single() {
  echo "# compose.yml"
  begin compose.yml
  profiles=(--profile observability)
  start redis pool
  await_healthy redis pool
  local told accepted sum
  told=$(swarm 25 1)
  accepted=$(number accepted <<<"$told")
  [ "${accepted:-0}" -gt 0 ] || fail "no share was accepted: $told"
  [ "$(number unanswered <<<"$told")" = 0 ] || fail "shares without an answer: $told"
  ok "$(number devices <<<"$told") devices mined by the published port: $accepted shares accepted"
  journaled() { [ "$(status_of pool | number shares_journaled)" -ge "$accepted" ]; }
  within 90 "all shares are journaled" journaled
  page / | grep -q Motepool || fail "the page does not answer"
  within 30 "the page shows the shares" test "$(page /api/v1/pool | number acceptedShares)" -ge 1
  ok "the page answers and shows $(page /api/v1/pool | number acceptedShares) shares"
  curl -sS --max-time 5 -o /dev/null "http://127.0.0.1:$DEVICE_PORT/" || fail "the boards' port does not answer"
  ok "the boards' port answers"
  compose exec -T pool mote health >/dev/null || fail "mote health in the container"
  ok "mote health in the container"
  if compose exec -T pool touch /usr/local/written 2>/dev/null; then fail "the root file system can be written"; fi
  ok "the root file system cannot be written"

  local began=$SECONDS
  compose down --timeout 120 >"$work/down.log" 2>&1 || fail "down"
  ok "down in $((SECONDS - began)) s"
  sum=$(audit pool)
  [ "$sum" -ge "$accepted" ] || fail "the logs have $sum of $accepted shares"
  ok "audit proves $sum shares, none bad, of $accepted answered"
  verify_ledger pool "$accepted"

  start redis pool
  await_healthy redis pool
  within 60 "the shares are there again" journaled
  told=$(swarm 12 2)
  accepted=$((accepted + $(number accepted <<<"$told")))
  within 90 "old and new shares are journaled" journaled
  ok "up again: everything is there and devices mine on, $accepted shares by now"
  observed prometheus.yml 1
  finish
}

have_image() { $engine image inspect "$1" >/dev/null 2>&1 || $engine pull -q "$1" >/dev/null 2>&1; }

# Starts the services that are named, and of the profile observability what there are images of.
start() {
  local all=("$@")
  if have_image "$prometheus"; then all+=(prometheus); fi
  if have_image "$grafana"; then all+=(grafana); fi
  compose up -d --no-build "${all[@]}" >"$work/up.log" 2>&1 || { cat "$work/up.log" >&2; fail "up of ${all[*]}"; }
}

observed() { # configuration, how many targets
  local targets
  if have_image "$prometheus"; then
    up() {
      targets=$($engine exec "$(container prometheus)" wget -q -O - http://127.0.0.1:9090/api/v1/targets) || return 1
      [ "$(grep -o '"health":"up"' <<<"$targets" | wc -l)" = "$1" ]
    }
    within 60 "Prometheus reaches all targets" up "$2"
    ok "Prometheus reaches $2 targets by $1"
  else
    echo "skipped: Prometheus, of which there is no image here"
  fi
  if have_image "$grafana"; then
    within 90 "Grafana has the dashboards" curl -fsS -u "admin:${GRAFANA_PASSWORD:-change-me}" \
      "http://127.0.0.1:${GRAFANA_PORT:-3000}/api/dashboards/uid/motepool-overview"
    ok "Grafana has its data source and dashboards"
  else
    echo "skipped: Grafana, of which there is no image here; mote test holds its files against Prometheus and the metrics"
  fi
}

# --- the cluster ------------------------------------------------------------------------------------------------------------

nodes=(stratum1 stratum2 stratum3)
everything=(balancer "${nodes[@]}" payout dashboard1 dashboard2 redis1 redis2 sentinel1 sentinel2 sentinel3 devnet)

redis() { # server, command...: as the operator
  local server=$1
  shift
  compose exec -T "$server" sh -c 'REDISCLI_AUTH=$(cat /run/secrets/redis-operator) redis-cli --user operator --no-auth-warning "$@"' sh "$@" 2>/dev/null
}

cluster() {
  echo "# compose.cluster.yml"
  begin compose.cluster.yml
  profiles=(--profile devnet --profile observability)
  "$work/deploy/make-secrets" >/dev/null
  start "${everything[@]}"
  await_healthy redis1 redis2 sentinel1 sentinel2 sentinel3 "${nodes[@]}" payout dashboard1 dashboard2 balancer
  ready() { within_network "wget -q -O /dev/null http://$1:9333/readyz"; }
  local node total=0 told rest
  for node in "${nodes[@]}" payout dashboard1 dashboard2; do within 60 "$node is ready" ready "$node"; done
  ok "every role is ready"
  redis redis1 ACL LOG RESET >/dev/null

  told=$(swarm 25 1)
  total=$(number accepted <<<"$told")
  [ "${total:-0}" -gt 0 ] || fail "no share was accepted: $told"
  for node in "${nodes[@]}"; do
    [ "$(status_of "$node" | number shares_accepted)" -gt 0 ] || fail "$node got no device"
  done
  ok "$(number devices <<<"$told") devices mined through the balancer on all three nodes: $total shares accepted"

  local hello='{"id":1,"method":"mining.subscribe","params":["verify"]}'
  within_network "(echo '$hello'; sleep 2) | nc -w 3 balancer 3333" | grep -q '"result"' || fail "no answer through the balancer"
  if within_network "(echo '$hello'; sleep 2) | nc -w 3 stratum1 3333" | grep -q '"result"'; then
    fail "a node answers without a PROXY header"
  fi
  ok "nodes answer to the balancer's PROXY header and to nobody without one"
  local gateway
  gateway=$($engine network inspect "${project}_cluster" | tr -d ' \n' | sed -n 's/.*"[Gg]ateway":"\([0-9.]*\)".*/\1/p')
  compose exec -T stratum1 mote ban "$gateway" --for 1h >/dev/null 2>&1 || fail "ban"
  refused() { ! (exec 3<>"/dev/tcp/127.0.0.1/$STRATUM_PORT" && echo "$hello" >&3 && read -r -t 3 line <&3 && grep -q '"result":\[' <<<"$line"); }
  within 60 "the ban of the device's own address holds behind the balancer" refused
  compose exec -T stratum1 mote unban "$gateway" >/dev/null 2>&1 || fail "unban"
  within 60 "the ban is lifted" eval '! refused'
  ok "nodes know a device by its own address: a ban of it holds behind the balancer, and is lifted"

  echo "# one stratum node and the accountant die"
  swarm 45 2 >"$work/swarm" &
  local mining=$! answered=0
  sleep 8
  compose kill -s SIGKILL stratum2 payout >/dev/null 2>&1 || fail "kill"
  for _ in $(seq 10); do page / >/dev/null && answered=$((answered + 1)); sleep 1; done
  [ "$answered" = 10 ] || fail "the page answered $answered of 10 times"
  ok "the page lives while they are dead"
  compose start stratum2 payout >"$work/up.log" 2>&1 || { cat "$work/up.log" >&2; fail "start of the dead"; }
  wait "$mining" || fail "the swarm"
  total=$((total + $(number accepted <"$work/swarm")))
  await_healthy stratum2 payout
  journaled() { [ "$(status_of payout | number shares_journaled)" -ge "$total" ]; }
  within 180 "every answered share is journaled" journaled
  ok "devices mined on, and each of $total answered shares is journaled"

  echo "# the Redis primary dies"
  compose kill -s SIGKILL redis1 >/dev/null 2>&1 || fail "kill"
  promoted() { redis redis2 ROLE | head -n 1 | grep -q master; }
  within 120 "the Sentinels promote redis2" promoted
  told=$(swarm 15 3)
  rest=$(number accepted <<<"$told")
  [ "${rest:-0}" -gt 0 ] || fail "no share was accepted after the failover: $told"
  total=$((total + rest))
  within 180 "every answered share is journaled after the failover" journaled
  ok "redis2 was promoted, devices mined on, and each of $total answered shares is journaled"
  compose start redis1 >"$work/up.log" 2>&1 || { cat "$work/up.log" >&2; fail "start of redis1"; }
  follows() { redis redis1 ROLE | head -n 1 | grep -q slave; }
  within 60 "redis1 comes back as a replica" follows
  ok "redis1 comes back as a replica"
  [ -z "$(redis redis2 ACL LOG | tr -d '[:space:]')" ] || fail "a role was refused: $(redis redis2 ACL LOG)"
  ok "no role asked for a right that it lacks"
  for node in "${nodes[@]}"; do within 60 "$node is ready" ready "$node"; done
  observed cluster.yml 6

  local began=$SECONDS sum=0 one
  compose down --timeout 120 >"$work/down.log" 2>&1 || fail "down"
  ok "down in $((SECONDS - began)) s"
  for node in "${nodes[@]}"; do
    one=$(audit "$node")
    sum=$((sum + one))
  done
  [ "$sum" -ge "$total" ] || fail "the logs have $sum of $total shares"
  ok "audit of the three nodes proves $sum shares, none bad, of $total answered"
  verify_ledger payout "$total"

  echo "# the accountant's disk is lost: runbooks/LostPayoutDisk.md, with its own commands"
  $engine volume rm "${project}_payout" >/dev/null || fail "the volume cannot be removed"
  local line commands
  commands=$(sed -n '/^```container$/,/^```$/p' "$here/deploy/runbooks/LostPayoutDisk.md" | grep '^docker compose ' | grep -v ' up -d ')
  [ "$(wc -l <<<"$commands")" = 2 ] || fail "the runbook's commands: $commands"
  while read -r line; do
    line=${line#docker compose -f deploy/compose.cluster.yml }
    eval "compose $line" >"$work/line.log" 2>&1 </dev/null || { cat "$work/line.log" >&2; fail "the runbook's command: $line"; }
    # docker-compose would make podman's network anew, and cannot.
    compose down --timeout 5 >/dev/null 2>&1
  done <<<"$commands"
  verify_ledger payout "$total"
  start "${everything[@]}"
  await_healthy redis1 redis2 "${nodes[@]}" payout dashboard1 dashboard2 balancer
  within 90 "the shares are there again" journaled
  within 60 "the page answers" page /
  ok "up again: everything is there"
  finish
}

for part in "${parts[@]}"; do "$part"; done
echo "$passed passed, 0 failed"
