package org.motepool.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Sha256;
import org.motepool.core.money.Money;
import org.motepool.core.sharelog.LogId;
import org.motepool.core.sharelog.LogShard;
import org.motepool.store.AccountantLease;
import org.motepool.store.Balances;
import org.motepool.store.Bans;
import org.motepool.store.Blocks.State;
import org.motepool.store.LiveStats.NodeReport;
import org.motepool.store.LiveStats.WorkerReport;
import org.motepool.store.Preferences.Standing;
import org.motepool.store.ReadModels.PayoutState;
import org.motepool.store.Requests.Outcome;
import org.motepool.store.Requests.Request;
import org.motepool.store.Store;
import org.motepool.store.StoreException;
import org.motepool.store.WorkStream;
import org.motepool.store.redis.RedisUsers.Role;

/**
 * All that doors promise, with each call made by the user of the role that makes it, on a server that has the ACL file;
 * then what each role is refused. Left out where no Redis of 7 or newer is installed.
 */
final class RedisUsersTest extends DoorsContract {
    private static final LogShard SOURCE = new LogShard(LogId.ofHex("11".repeat(16)), 0);
    private static @Nullable TestRedis redis;

    private @Nullable RoleStores roles;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("users.acl"), withNamesAsPasswords());
        redis = TestRedis.startInstalled("--aclfile", file.toString())
                .map(server -> server.as("operator", "operator"))
                .orElse(null);
        if (!"true".equalsIgnoreCase(System.getenv("CI"))) {
            Assumptions.assumeTrue(redis != null, "no redis-server is installed");
        }
    }

    @AfterAll
    static void end() {
        if (redis != null) {
            redis.close();
        }
    }

    /** The ACL file, with each user's name as its password. */
    static String withNamesAsPasswords() {
        Matcher place = Pattern.compile("@([A-Z]+)_SHA256@").matcher(RedisUsers.file());
        return place.replaceAll(found -> {
            byte[] password = found.group(1).toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
            return Sha256.once(Bytes.copyOf(password)).toHex();
        });
    }

    @Override
    TestRedis redis() {
        if (redis == null) {
            throw new IllegalStateException("not started");
        }
        return redis;
    }

    @Override
    Store open() throws StoreException {
        RoleStores opened = new RoleStores(redis(), clock);
        roles = opened;
        assertThat(redis().command("ACL LOG RESET")).isEqualTo("+OK");
        return opened;
    }

    @Override
    Store openOnAnotherNode() throws StoreException {
        return new RoleStores(redis(), clock);
    }

    @AfterEach
    void sayWhatWasRefused() {
        redis().as("operator", "operator");
        // A refusal that a door swallows would show nowhere else.
        if (!refusalsWanted) {
            assertThat(redis().answer("ACL LOG")).as("refused").startsWith("*0");
        }
    }

    private boolean refusalsWanted;

    private RedisStore as(Role role) {
        if (roles == null) {
            throw new IllegalStateException("not opened");
        }
        refusalsWanted = true;
        return roles.of(role);
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(StoreException.class).hasMessageContaining("lacks this right");
    }

    @Test
    void reportsOfNodesAndShareProofsGoFromStratumToThePage() throws StoreException {
        try (RoleStores all = new RoleStores(redis(), clock)) {
            NodeReport node = LiveStatsTest.node("n1", 1, clock);
            WorkerReport worker = LiveStatsTest.worker("desk", "n1", 1, 5, clock);
            all.liveStats().publish(node, List.of(worker, LiveStatsTest.worker("idle", "n1", 0, 0, clock)));
            assertThat(all.liveStats().nodes()).containsExactly(node);
            assertThat(all.liveStats().workers(LiveStatsTest.ACCOUNT)).containsExactly(worker);
            all.liveStats().withdraw("n1");
            assertThat(all.liveStats().nodes()).isEmpty();
        }
    }

    @Test
    void theLeaseIsTakenAndReleased() throws StoreException {
        try (RoleStores all = new RoleStores(redis(), clock)) {
            RedisStore payout = all.of(Role.PAYOUT);
            assertThat(payout.accountantLease().take("me", Duration.ofSeconds(5)))
                    .isInstanceOf(AccountantLease.Held.class);
            assertThat(payout.accountantLease().take("other", Duration.ofSeconds(5)))
                    .isInstanceOf(AccountantLease.Taken.class);
            payout.journalMarks().publish(Map.of(SOURCE, 1L));
            payout.accountantLease().release("me");
        }
    }

    @Test
    void stratumWritesNoMoneyAndReadsNoWork() {
        RedisStore store = as(Role.STRATUM);
        refused(() -> store.workStream().read(0, WorkStream.START, 1, Duration.ZERO));
        refused(() -> store.workStream().trimThrough(0, "5-0"));
        refused(() -> store.journalMarks().publish(Map.of(SOURCE, 1L)));
        refused(() -> store.accountantLease().take("me", Duration.ofSeconds(5)));
        refused(() -> store.balances().apply(Optional.empty(), FIRST, Map.of(account(1), Balances.Balance.ZERO)));
        refused(() -> store.balances().rebuild(FIRST, Map.of(account(1), Balances.Balance.ZERO)));
        refused(() -> store.blocks().put(block(1, State.MATURE, "me")));
        refused(() -> store.readModels().putCredits(List.of(credit(1, 1))));
        refused(() ->
                store.readModels().putPayoutState(new PayoutState("", 1, 1, "1", 1, Money.ZERO, Money.ZERO, 0, 1)));
        refused(() -> store.requests().waiting(1));
        refused(() -> store.preferences().read(account(1)));
    }

    @Test
    void payoutAppendsNoWorkAndOnlyLooksAtWorkers() {
        RedisStore store = as(Role.PAYOUT);
        refused(() -> store.workStream().append(0, entry(1)));
        refused(() -> store.bans().put(new Bans.Ban(Bans.Kind.ACCOUNT, "me", "", 0, Bans.FOR_EVER)));
        refused(() -> store.bans().all());
        refused(() -> store.liveStats().withdraw("node"));
        refused(() -> store.requests().append(request()));
    }

    @Test
    void theDashboardWritesNothingButRequests() throws StoreException {
        RedisStore store = as(Role.DASHBOARD);
        store.requests().append(request());
        refused(() -> store.requests().waiting(1));
        refused(() -> store.requests().settle(request(), new Outcome(true, "", 1)));
        refused(() -> store.workStream().append(0, entry(1)));
        refused(() -> store.workStream().length(0));
        refused(() -> store.journalMarks().publish(Map.of(SOURCE, 1L)));
        refused(() -> store.accountantLease().take("me", Duration.ofSeconds(5)));
        refused(() -> store.balances().apply(Optional.empty(), FIRST, Map.of(account(1), Balances.Balance.ZERO)));
        refused(() -> store.balances().rebuild(FIRST, Map.of()));
        refused(() -> store.blocks().put(block(1, State.MATURE, "me")));
        refused(() -> store.liveStats().withdraw("node"));
        refused(() -> store.bans().all());
        refused(() -> store.preferences().put(List.of(new Standing(account(1), 1, List.of(), List.of(), 1))));
    }

    private static Request request() {
        return new Request(account(1), "address 1", "text", "signature", 1);
    }

    @Test
    void theDashboardWaitsForAStoreThatOthersMake() throws StoreException {
        RedisStore store = as(Role.DASHBOARD);
        assertThat(redis().command("FLUSHALL")).isEqualTo("+OK");
        RedisSettings settings = redis().settings();
        RedisSettings own = settings.withUri(settings.uri().replace("://", "://dashboard:dashboard@"));
        assertThatThrownBy(() ->
                        RedisStore.connect(own, clock, new CollectorRegistry()).close())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("a stratum or payout process makes it");
        assertThat(store.connected()).isTrue();
    }

    @Test
    void noRoleRulesTheServerOrReadsBeyondItsKeys() {
        refusalsWanted = true;
        for (Role role : Role.values()) {
            String name = role.name().toLowerCase(Locale.ROOT);
            Stream.of(
                            "FLUSHALL",
                            "FLUSHDB",
                            "KEYS *",
                            "SCAN 0",
                            "CONFIG GET requirepass",
                            "ACL LIST",
                            "SHUTDOWN",
                            "CLUSTER RESET",
                            "CLUSTER FORGET 1",
                            "REPLICAOF NO ONE",
                            "CLIENT LIST",
                            "MONITOR",
                            "SCRIPT FLUSH",
                            "SAVE",
                            "GET other",
                            "SET other 1",
                            "HSET " + Keys.balances("0") + "x 1 1",
                            "DEL " + Keys.IDENTITY,
                            "DEL " + Keys.LEDGER_HEAD,
                            "DEL " + Keys.stream(0))
                    .filter(command -> !(role == Role.PAYOUT && command.startsWith("HSET")))
                    .forEach(command -> assertThat(redis().as(name, name).command(command))
                            .as("%s by %s", command, name)
                            .startsWith("-NOPERM"));
        }
    }

    @Test
    void whoHasNoLoginMayNothing() {
        TestRedis plain = redis().as("", "");
        refusalsWanted = true;
        assertThat(plain.command("PING")).startsWith("-NOAUTH");
        assertThat(plain.command("GET " + Keys.CHAIN)).startsWith("-NOAUTH");
        assertThat(plain.command("AUTH default x")).startsWith("-WRONGPASS");
        assertThat(plain.command("AUTH x")).startsWith("-WRONGPASS");
    }

    @Test
    void whatScriptsWroteIsThereAfterARestart(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("users.acl"), withNamesAsPasswords());
        try (TestRedis kept = TestRedis.startInstalled(
                        "--aclfile", file.toString(), "--appendonly", "yes", "--appendfsync", "always")
                .orElseThrow()) {
            try (RoleStores all = new RoleStores(kept, clock)) {
                all.journalMarks().publish(Map.of(SOURCE, 7L));
                all.blocks().put(block(1, State.IMMATURE, "me"));
            }
            kept.restart();
            try (RoleStores all = new RoleStores(kept, clock)) {
                assertThat(all.journalMarks().mark(SOURCE)).hasValue(7);
                assertThat(all.blocks().recentOf("me", 1)).containsExactly(block(1, State.IMMATURE, "me"));
            }
        }
    }

    @Test
    void asItIsMadeNobodyCanLogIn(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("users.acl"), RedisUsers.file());
        assertThatThrownBy(() -> TestRedis.startInstalled("--aclfile", file.toString()))
                .hasMessageContaining("Redis did not start")
                .hasMessageContaining("password hash");
    }
}
