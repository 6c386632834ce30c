package org.motepool.pool.wiring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.motepool.core.address.AddressException;
import org.motepool.core.address.Network;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.time.PoolClock;
import org.motepool.dashboards.management.AdminAction;
import org.motepool.dashboards.management.AdminAction.Refusal;
import org.motepool.store.Bans;
import org.motepool.store.Bans.Ban;
import org.motepool.store.Bans.Kind;
import org.motepool.store.StoreException;
import org.motepool.stratum.StratumServer;
import org.motepool.stratum.guard.IpNetwork;

/** What operators can do to a running pool: who may not mine, and a planned stop. Thread-safe. */
final class AdminApi {
    private static final long DRAIN_SECONDS_DEFAULT = 60;
    private static final long DRAIN_SECONDS_MAX = 86_400;
    /** After the last wave devices have this long to go; then the process stops all the same. */
    private static final Duration DRAIN_GRACE = Duration.ofSeconds(30);

    private static final Duration DRAIN_LOOK_EVERY = Duration.ofMillis(200);
    private static final long BAN_SECONDS_MAX = 10L * 365 * 86_400;

    private final Network network;
    private final Bans bans;
    private final StratumServer stratum;
    private final PoolClock clock;
    private final Runnable stop;

    /** @param stop ends this process in order */
    AdminApi(Network network, Bans bans, StratumServer stratum, PoolClock clock, Runnable stop) {
        this.network = network;
        this.bans = bans;
        this.stratum = stratum;
        this.clock = clock;
        this.stop = stop;
    }

    List<AdminAction> actions() {
        return List.of(
                AdminAction.reading("bans", parameters -> list()),
                AdminAction.changing("ban", this::ban),
                AdminAction.changing("unban", this::unban),
                AdminAction.changing("drain", this::drain));
    }

    private JsonNode list() throws StoreException {
        ArrayNode out = JsonNodeFactory.instance.arrayNode();
        bans.all().stream().sorted(Comparator.comparing(Ban::subject)).forEach(ban -> out.add(json(ban)));
        return out;
    }

    private JsonNode ban(Map<String, String> parameters) throws Refusal, StoreException {
        Subject subject = subject(parameters);
        long seconds = number(parameters, "seconds", 0, BAN_SECONDS_MAX);
        String reason = parameters.getOrDefault("reason", "").strip();
        if (reason.length() > Bans.REASON_CHARACTERS_MAX || !reason.chars().allMatch(c -> c >= ' ' && c != 0x7f)) {
            throw new Refusal("a reason is one line of at most " + Bans.REASON_CHARACTERS_MAX + " characters");
        }
        long now = clock.epochMillis();
        long until =
                seconds == 0 ? Bans.FOR_EVER : now + Duration.ofSeconds(seconds).toMillis();
        Ban ban = new Ban(subject.kind(), subject.text(), reason, now, until);
        if (!bans.put(ban)) {
            throw new Refusal(
                    "there are " + Bans.BANS_MAX + " bans already; lift some, or ban a network that holds them");
        }
        stratum.readBans();
        return json(ban);
    }

    private JsonNode unban(Map<String, String> parameters) throws Refusal, StoreException {
        Subject subject = subject(parameters);
        if (!bans.remove(subject.kind(), subject.text())) {
            throw new Refusal("there is no ban of " + subject.text() + "; mote bans lists them");
        }
        stratum.readBans();
        return JsonNodeFactory.instance.objectNode().put("unbanned", subject.text());
    }

    private JsonNode drain(Map<String, String> parameters) throws Refusal {
        long seconds = number(parameters, "seconds", DRAIN_SECONDS_DEFAULT, DRAIN_SECONDS_MAX);
        Duration over = Duration.ofSeconds(seconds);
        stratum.drain(over);
        if (parameters.getOrDefault("stop", "").equals("true")) {
            var _ = Thread.ofVirtual().name("stop-when-drained").start(() -> stopWhenDrained(over));
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("draining", true)
                .put("connections", stratum.snapshot().connections());
    }

    private void stopWhenDrained(Duration over) {
        long end = clock.nanos() + over.plus(DRAIN_GRACE).toNanos();
        try {
            while (stratum.snapshot().connections() > 0 && clock.nanos() < end) {
                Thread.sleep(DRAIN_LOOK_EVERY);
            }
            stop.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Subject subject(Map<String, String> parameters) throws Refusal {
        String text = parameters.getOrDefault("subject", "").strip();
        if (text.isEmpty()) {
            throw new Refusal("name whom: a payout address, an IP address or a network");
        }
        try {
            return new Subject(Kind.ACCOUNT, PayoutAddress.parse(text, network).canonical());
        } catch (AddressException notAnAddress) {
            // A payout address has neither: whoever typed them meant a network.
            if (text.indexOf('.') < 0 && text.indexOf(':') < 0) {
                throw new Refusal(notAnAddress.getMessage() + "; nor is it an IP address or network");
            }
        }
        try {
            return new Subject(Kind.NETWORK, IpNetwork.parse(text).toString());
        } catch (IllegalArgumentException e) {
            throw new Refusal(String.valueOf(e.getMessage()));
        }
    }

    private static long number(Map<String, String> parameters, String name, long otherwise, long max) throws Refusal {
        String text = parameters.getOrDefault(name, "");
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.matches("[0-9]{1,12}") || Long.parseLong(text) > max) {
            throw new Refusal(name + " is a whole number from 0 to " + max);
        }
        return Long.parseLong(text);
    }

    private static ObjectNode json(Ban ban) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("subject", ban.subject())
                .put("kind", ban.kind() == Kind.ACCOUNT ? "address" : "network")
                .put("reason", ban.reason())
                .put("since", Instant.ofEpochMilli(ban.since()).toString())
                .put(
                        "until",
                        ban.until() == Bans.FOR_EVER
                                ? "for ever"
                                : Instant.ofEpochMilli(ban.until()).toString());
    }

    private record Subject(Kind kind, String text) {}
}
