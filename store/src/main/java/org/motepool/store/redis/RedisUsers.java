package org.motepool.store.redis;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.motepool.core.account.AccountId;
import org.motepool.store.History;

/**
 * What each role may do in Redis, as an ACL file of Redis 7 or newer: for each set of keys the commands that its doors
 * and their scripts use, and no others. Pure.
 *
 * <p>A script runs with the rights of who calls it, so one whose writing commands a role lacks only reads. EVAL itself
 * asks for reading and writing of the keys it is given; that gives nothing, as there is no other command to write with.
 *
 * @see "Redis, ACL: selectors and key permissions"
 */
public final class RedisUsers {
    private static final AccountId SOME_ACCOUNT = AccountId.ofCanonicalAddress("any");
    private static final String SCRIPT = "+eval +evalsha";

    /** The last three for a cluster: which server has what, which one this is, a key whose slot is being moved. */
    private static final String CONNECTION = "+ping +info +client|setname +cluster|nodes +cluster|myid +asking";

    private RedisUsers() {}

    /** A process that talks to the store. */
    public enum Role {
        STRATUM,
        PAYOUT,
        DASHBOARD
    }

    /**
     * The ACL file: a line for each user, none of them with a password. In place of each stands a word that Redis takes for
     * none, so that it refuses to start before {@code @NAME_SHA256@} is replaced by the SHA-256 of a password, in hex.
     */
    public static String file() {
        List<String> lines = List.of(
                // Nobody can be it; but Redis reads its append-only file as it, and drops what scripts wrote where it
                // may not.
                "user default off resetpass allkeys allchannels +@all",
                user("stratum", rules(Role.STRATUM)),
                user("payout", rules(Role.PAYOUT)),
                user("dashboard", rules(Role.DASHBOARD)),
                // As Redis's documentation has them for a replica, and for a Sentinel.
                user("replica", "+psync +replconf +ping"),
                user(
                        "sentinel",
                        "allchannels +multi +slaveof +ping +exec +subscribe +config|rewrite +role +publish +info"
                                + " +client|setname +client|kill +script|kill"),
                user("operator", "allkeys allchannels +@all"));
        return String.join("\n", lines) + "\n";
    }

    private static String user(String name, String rules) {
        return "user " + name + " on #@" + name.toUpperCase(Locale.ROOT) + "_SHA256@ resetchannels -@all " + rules;
    }

    /** Commands without keys, then a selector, in parentheses, for each set of keys. */
    static String rules(Role role) {
        Stream<String> selectors = switch (role) {
            case STRATUM -> stratum();
            case PAYOUT -> payout();
            case DASHBOARD -> dashboard();
        };
        return CONNECTION + " " + selectors.collect(Collectors.joining(" "));
    }

    /** Appends work, writes what devices do, reads what is journaled. */
    private static Stream<String> stratum() {
        return Stream.of(
                selector(SCRIPT + " +exists +hset +hmget", all(Keys.IDENTITY)),
                selector("+xadd +xlen", write(streams())),
                selector("+hget +get", read(Keys.MARKS), read(Keys.HEARTBEAT)),
                selector(
                        SCRIPT + " +zremrangebyscore +zscore +zcard +set +zadd +del +zrem +exists",
                        all(Keys.NODES),
                        all(Keys.node("*"))),
                selector(
                        SCRIPT + " +zrangebyscore +hdel +zrem +zcard +hexists +hset +zadd +pexpire +hgetall",
                        all(any(Keys.workers(SOME_ACCOUNT))),
                        all(any(Keys.workersSeen(SOME_ACCOUNT)))),
                selector(
                        SCRIPT + " +getrange +setrange +strlen +del +pexpire +zadd +zcard +zrange +zrem",
                        all(poolHistory()),
                        all(histories()),
                        all(any(Keys.historyWorkers(SOME_ACCOUNT)))),
                selector("+set", write(Keys.CHAIN), write(any(Keys.share(SOME_ACCOUNT)))),
                selector(
                        SCRIPT + " +zrangebyscore +hdel +zrem +hexists +hlen +hset +zadd +hgetall",
                        all(Keys.BANS),
                        all(Keys.BANS_END)),
                selector(
                        SCRIPT + " +hget +hdel +hset +zadd +zrem +zcard +zrange +zrangebyscore +zrangebylex +pexpire",
                        all(any(Keys.sessions(SOME_ACCOUNT))),
                        all(any(Keys.sessionsEnd(SOME_ACCOUNT))),
                        all(any(Keys.sessionsTrait(SOME_ACCOUNT)))),
                selector("+set +get", all(Keys.SESSIONS_KEY)),
                selector("+zrevrange +hmget", read(Keys.BLOCKS_NEWEST), read(Keys.BLOCK_VIEWS)));
    }

    /** Reads and trims work, writes marks, the copy of the ledger and what is shown of it. */
    private static Stream<String> payout() {
        return Stream.of(
                selector(SCRIPT + " +exists +hset +hmget", all(Keys.IDENTITY)),
                selector("+xread +xtrim +xlen", all(streams())),
                selector(
                        SCRIPT + " +get +set +del +hset +incr +pexpire +pttl +time",
                        all(Keys.MARKS),
                        all(Keys.HEARTBEAT),
                        all(Keys.LEASE),
                        all(Keys.LEASE_TOKEN)),
                selector(
                        SCRIPT + " +hget +hmget +hset +hlen +hscan +persist +pexpire +unlink",
                        all(Keys.LEDGER_HEAD),
                        all(Keys.balances("*"))),
                selector(
                        SCRIPT + " +hget +hset +zadd +zrem +sadd +srem",
                        all(Keys.BLOCK_VIEWS),
                        all(Keys.BLOCK_FINDERS),
                        all(Keys.BLOCKS_NEWEST),
                        all(Keys.blocksOf("*")),
                        all(Keys.blocksIn("*"))),
                selector(
                        SCRIPT + " +hset +hdel +zadd +zrange +zrem",
                        all(any(Keys.credits(SOME_ACCOUNT))),
                        all(any(Keys.creditsNewest(SOME_ACCOUNT))),
                        all(any(Keys.statement(SOME_ACCOUNT))),
                        all(any(Keys.statementNewest(SOME_ACCOUNT))),
                        all(any(Keys.payments(SOME_ACCOUNT))),
                        all(any(Keys.paymentsNewest(SOME_ACCOUNT)))),
                selector(
                        SCRIPT + " +hset +hdel +zadd +zrange +zrem +zrevrange +hmget",
                        all(Keys.PAYMENTS),
                        all(Keys.PAYMENTS_NEWEST)),
                selector("+set", write(Keys.plan("*")), write(Keys.PAYOUT), write(Keys.NOTICE_KEY)),
                // Whose workers have fallen silent.
                selector(
                        "+zrange +mget +exists +hgetall",
                        read(Keys.NODES),
                        read(Keys.node("*")),
                        read(any(Keys.workers(SOME_ACCOUNT)))),
                selector("+set +get", all(any(Keys.preferences(SOME_ACCOUNT)))),
                selector(
                        SCRIPT + " +zrange +hmget +hdel +zrem +hincrby +set",
                        all(Keys.REQUESTS),
                        all(Keys.REQUESTS_ORDER),
                        all(Keys.REQUESTS_OF),
                        all(Keys.requestOutcome("*"))));
    }

    /** Reads, and leaves requests. */
    private static Stream<String> dashboard() {
        return Stream.of(
                // It never makes the store: it waits until a node or the accountant has.
                selector(SCRIPT + " +exists +hmget", all(Keys.IDENTITY)),
                selector(
                        "+zrange +mget +exists +hgetall",
                        read(Keys.NODES),
                        read(Keys.node("*")),
                        read(any(Keys.workers(SOME_ACCOUNT)))),
                selector(
                        "+get",
                        read(poolHistory()),
                        read(histories()),
                        read(Keys.CHAIN),
                        read(Keys.PAYOUT),
                        read(Keys.NOTICE_KEY),
                        read(Keys.plan("*")),
                        read(any(Keys.share(SOME_ACCOUNT))),
                        read(any(Keys.preferences(SOME_ACCOUNT))),
                        read(Keys.requestOutcome("*"))),
                selector(
                        "+zrevrange +zcard +hmget",
                        read(Keys.BLOCKS_NEWEST),
                        read(Keys.BLOCK_VIEWS),
                        read(Keys.blocksOf("*")),
                        read(any(Keys.credits(SOME_ACCOUNT))),
                        read(any(Keys.creditsNewest(SOME_ACCOUNT))),
                        read(any(Keys.statement(SOME_ACCOUNT))),
                        read(any(Keys.statementNewest(SOME_ACCOUNT))),
                        read(Keys.PAYMENTS),
                        read(Keys.PAYMENTS_NEWEST),
                        read(any(Keys.payments(SOME_ACCOUNT))),
                        read(any(Keys.paymentsNewest(SOME_ACCOUNT)))),
                selector("+scard", read(Keys.blocksIn("*"))),
                selector(SCRIPT + " +hget +hmget +hscan", all(Keys.LEDGER_HEAD), all(Keys.balances("*"))),
                selector(
                        SCRIPT + " +hexists +hlen +hget +hset +hincrby +zadd",
                        all(Keys.REQUESTS),
                        all(Keys.REQUESTS_ORDER),
                        all(Keys.REQUESTS_OF)));
    }

    private static String streams() {
        return Keys.stream(0).replace("{w0}", "{w*}");
    }

    private static String poolHistory() {
        return historyOf(History.Subject.POOL);
    }

    private static String histories() {
        return any(historyOf(History.Subject.of(SOME_ACCOUNT)));
    }

    /** Of all resolutions, and of an account's workers behind it. */
    private static String historyOf(History.Subject subject) {
        String minutes = Keys.history(subject, History.Resolution.MINUTE);
        return minutes.substring(0, minutes.lastIndexOf(':') + 1) + "*";
    }

    private static String any(String key) {
        return key.replace(SOME_ACCOUNT.toString(), "*");
    }

    private static String selector(String commands, String... keys) {
        return "(-@all " + String.join(" ", keys) + " " + commands + ")";
    }

    private static String all(String key) {
        return "~" + key;
    }

    private static String read(String key) {
        return "%R~" + key;
    }

    private static String write(String key) {
        return "%W~" + key;
    }
}
