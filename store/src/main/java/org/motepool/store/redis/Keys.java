package org.motepool.store.redis;

import java.util.Locale;
import org.motepool.core.account.AccountId;
import org.motepool.store.History;

/**
 * Every key name. Keys that one script touches share a hash tag, the part in braces, so that they stay together when the
 * store is spread over a cluster.
 */
final class Keys {
    /** Layout of all keys and values; a change that old code cannot read counts it up. */
    static final String SCHEMA = "1";

    private static final String PREFIX = "mote:" + SCHEMA + ":";

    static final String IDENTITY = PREFIX + "{pool}:identity";
    static final String MARKS = PREFIX + "{marks}:offsets";
    static final String HEARTBEAT = PREFIX + "{marks}:heartbeat";
    static final String LEASE = PREFIX + "{marks}:lease";
    static final String LEASE_TOKEN = PREFIX + "{marks}:lease-token";
    static final String LEDGER_HEAD = PREFIX + "{ledger}:head";
    static final String BLOCK_VIEWS = PREFIX + "{blocks}:views";
    static final String BLOCK_FINDERS = PREFIX + "{blocks}:finders";
    static final String BLOCKS_NEWEST = PREFIX + "{blocks}:newest";
    static final String NODES = PREFIX + "{live}:nodes";
    static final String CHAIN = PREFIX + "{chain}:view";
    static final String BANS = PREFIX + "{bans}:all";
    static final String BANS_END = PREFIX + "{bans}:end";
    static final String SESSIONS_KEY = PREFIX + "{sessions}:key";
    static final String REQUESTS = PREFIX + "{requests}:waiting";
    static final String REQUESTS_ORDER = PREFIX + "{requests}:order";
    static final String REQUESTS_OF = PREFIX + "{requests}:of";
    static final String PAYOUT = PREFIX + "{payout}:state";
    static final String NOTICE_KEY = PREFIX + "{payout}:notice-key";
    static final String PAYMENTS = PREFIX + "{payout}:payments";
    static final String PAYMENTS_NEWEST = PREFIX + "{payout}:payments-newest";

    private Keys() {}

    static String stream(int shard) {
        return PREFIX + "{w" + shard + "}:stream";
    }

    static String balances(String generation) {
        return PREFIX + "{ledger}:balances:" + generation;
    }

    static String blocksOf(String finder) {
        return PREFIX + "{blocks}:of:" + finder;
    }

    static String blocksIn(String state) {
        return PREFIX + "{blocks}:in:" + state;
    }

    static String node(String nodeId) {
        return PREFIX + "{live}:node:" + nodeId;
    }

    static String workers(AccountId account) {
        return PREFIX + "{a" + account + "}:workers";
    }

    static String workersSeen(AccountId account) {
        return PREFIX + "{a" + account + "}:seen";
    }

    static String sessions(AccountId account) {
        return PREFIX + "{a" + account + "}:sessions";
    }

    static String sessionsEnd(AccountId account) {
        return PREFIX + "{a" + account + "}:sessions-end";
    }

    static String sessionsTrait(AccountId account) {
        return PREFIX + "{a" + account + "}:sessions-trait";
    }

    static String history(History.Subject subject, History.Resolution resolution) {
        String tag = subject.account().map(account -> "{a" + account + "}").orElse("{pool}");
        String kind = resolution.name().toLowerCase(Locale.ROOT);
        return PREFIX + tag + ":history:" + kind + (subject.worker().isEmpty() ? "" : ":" + subject.worker());
    }

    static String historyWorkers(AccountId account) {
        return PREFIX + "{a" + account + "}:history";
    }

    static String plan(String blockHash) {
        return PREFIX + "{blocks}:plan:" + blockHash;
    }

    static String credits(AccountId account) {
        return PREFIX + "{a" + account + "}:credits";
    }

    static String statement(AccountId account) {
        return PREFIX + "{a" + account + "}:statement";
    }

    static String statementNewest(AccountId account) {
        return PREFIX + "{a" + account + "}:statement-newest";
    }

    static String payments(AccountId account) {
        return PREFIX + "{a" + account + "}:payments";
    }

    static String paymentsNewest(AccountId account) {
        return PREFIX + "{a" + account + "}:payments-newest";
    }

    static String share(AccountId account) {
        return PREFIX + "{a" + account + "}:share";
    }

    static String requestOutcome(String id) {
        return PREFIX + "{requests}:outcome:" + id;
    }

    static String preferences(AccountId account) {
        return PREFIX + "{a" + account + "}:preferences";
    }

    static String creditsNewest(AccountId account) {
        return PREFIX + "{a" + account + "}:newest";
    }
}
