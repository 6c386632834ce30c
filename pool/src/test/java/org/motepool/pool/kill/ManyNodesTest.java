package org.motepool.pool.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.devices.SwarmReport;
import org.motepool.pool.command.BanCommand;
import org.motepool.store.redis.TestRedis;
import org.motepool.store.redis.WatchedRedis;
import picocli.CommandLine;

/**
 * Three stratum nodes with directories of their own, an accountant, two pages and a chain, each a process, around a Redis
 * with a replica and a Sentinel. Each is killed in turn while twins mine; the primary dies together with entries that it
 * had acknowledged and its replica never saw. Mining goes on throughout, and in the end every sum is exact.
 */
class ManyNodesTest {
    private static final int NODES = 3;
    private static final int TWINS_FEW = 60;
    private static final int SECONDS_MAX = Roles.SECONDS_MAX;

    /** From the kill of the accountant to the next record in the journal, as promised. */
    private static final long PAYOUT_BACK_MILLIS = 10_000;

    /** What of that is left when the process is up: by then the killed one's lease is over, or nearly. */
    private static final long BACK_ONCE_UP_MILLIS = 5_000;

    private static final double MINING_MIN = 0.85;

    private static final String ACCOUNT = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
    private static final String BANNED = "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx";
    private static final Map<String, String> EASY =
            Map.of("MOTE_DEVNET_START_LEVEL", "34", "MOTE_DEVNET_BLOCK_SECONDS", "2");
    private static final String HEARTBEAT = "GET mote:1:{marks}:heartbeat";

    @TempDir
    private Path directory;

    private final List<NodeUnderLoad> nodes = new ArrayList<>();
    private final List<String> recoveries = new ArrayList<>();

    @Test
    void killingEachInTurnLosesNothing() throws Exception {
        run(TWINS_FEW, 1);
    }

    @Test
    @Tag("soak")
    void killingEachInTurnManyTimesUnderAThousandDevicesLosesNothing() throws Exception {
        run(1_000, 3);
    }

    private void run(int twins, int rounds) throws Exception {
        try (WatchedRedis redis = WatchedRedis.start(directory);
                Roles roles = new Roles(directory, redis.uri(), EASY)) {
            PoolChild payout = roles.payout();
            payout.port();
            for (int i = 1; i <= NODES; i++) {
                nodes.add(new NodeUnderLoad(roles, "node" + i, ACCOUNT));
            }
            PoolChild first = roles.page(nodes.getFirst().port());
            PoolChild second = roles.page(nodes.getFirst().port());
            for (NodeUnderLoad node : nodes) {
                node.awaitUp();
            }
            aShareOnTheLastNodeIsTold(second.port(), twins / NODES);
            aBanOnTheFirstNodeHoldsOnTheLast();
            roles.awaitJournaled(30);
            roles.awaitShown(first.port());
            for (int round = 0; round < rounds; round++) {
                killNode(nodes.get(round % NODES));
                payout = killPayout(roles, payout);
                first = killPage(roles, first);
            }
            NodeUnderLoad away = nodes.getLast();
            away.kill();
            killChain(roles);
            losePrimary(redis, roles);
            comeBack(away);
            settle(roles);
            assertThat(payout.stop(SECONDS_MAX)).isTrue();
            check(roles, redis.replica().uri());
        } finally {
            nodes.forEach(NodeUnderLoad::close);
        }
    }

    /** Before anybody mines: what the page on the second dashboard is sent comes from the last node. */
    private void aShareOnTheLastNodeIsTold(int page, int twins) throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        URI events = URI.create("http://127.0.0.1:" + page + "/api/events?address=" + ACCOUNT);
        try (HttpClient browser = HttpClient.newHttpClient()) {
            var stream = browser.sendAsync(
                    HttpRequest.newBuilder(events).build(),
                    HttpResponse.BodyHandlers.fromLineSubscriber(new LineWatch("node" + NODES + "-0", told)));
            nodes.getLast().load(twins, NODES);
            long began = System.nanoTime();
            assertThat(told.await(SECONDS_MAX, TimeUnit.SECONDS))
                    .as("the page is told")
                    .isTrue();
            System.out.printf(
                    "many nodes: %d ms from a device's first word on node %d to the event on the second page%n",
                    millisSince(began), NODES);
            stream.cancel(true);
            browser.shutdownNow();
        }
        for (int i = 1; i < NODES; i++) {
            nodes.get(i - 1).load(twins, i);
        }
    }

    private void aBanOnTheFirstNodeHoldsOnTheLast() throws Exception {
        NodeUnderLoad node = nodes.getFirst();
        StringWriter said = new StringWriter();
        int code = new CommandLine(new BanCommand())
                .setOut(new PrintWriter(said))
                .execute(
                        BANNED,
                        "--data",
                        node.data().toString(),
                        "--at",
                        "127.0.0.1:" + node.process().managementPort());
        assertThat(code).as("%s", said).isZero();
        long began = System.nanoTime();
        KillTest.await(SECONDS_MAX, () -> isRefused(nodes.getLast().port()), "the ban holds on the last node");
        recovered("a ban holds on another node", began);
    }

    private static boolean isRefused(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(5_000);
            String login = "{\"id\":1,\"method\":\"mining.authorize\",\"params\":[\"" + BANNED + ".x\",\"x\"]}\n";
            socket.getOutputStream().write(login.getBytes(StandardCharsets.UTF_8));
            String reply = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            return reply != null && reply.contains("banned by the pool's operator");
        } catch (IOException e) {
            return false;
        }
    }

    private void killNode(NodeUnderLoad node) throws Exception {
        long others = twins(SwarmReport.Counts::accepted) - node.twins().accepted();
        node.kill();
        long began = System.nanoTime();
        KillTest.await(
                SECONDS_MAX,
                () -> twins(SwarmReport.Counts::accepted) - node.twins().accepted() > others,
                "the other nodes' devices mine on");
        node.startAgain();
        long accepted = node.twins().accepted();
        KillTest.await(SECONDS_MAX, () -> node.twins().accepted() > accepted, "its twins are back");
        recovered("a stratum node killed and started again: a twin's share accepted", began);
    }

    /** All that come back by themselves; one firmware does not subscribe again on its new link. */
    private void awaitDevicesMining() throws Exception {
        KillTest.await(
                SECONDS_MAX,
                () -> twins(SwarmReport.Counts::mining) >= MINING_MIN * twins(SwarmReport.Counts::devices),
                "the devices mine again");
    }

    /** There is no other: it waits for the lease of the killed one, which lives 5 s. */
    private PoolChild killPayout(Roles roles, PoolChild payout) throws Exception {
        awaitDevicesMining();
        payout.kill();
        long began = System.nanoTime();
        PoolChild again = roles.payout();
        again.port();
        long up = millisSince(began);
        roles.awaitReady(again);
        long back = millisSince(began);
        // A machine that takes long to start any process says nothing of ours.
        assertThat(back)
                .as("ms until payout is the accountant again, up after %d", up)
                .isLessThanOrEqualTo(Math.max(PAYOUT_BACK_MILLIS, up + BACK_ONCE_UP_MILLIS));
        roles.awaitJournaled(roles.journaled() + 1);
        recovered(
                "payout killed and started again (up after " + up + " ms, the accountant after " + back
                        + "): it writes the journal",
                began);
        return again;
    }

    private PoolChild killPage(Roles roles, PoolChild page) throws Exception {
        page.kill();
        long began = System.nanoTime();
        PoolChild again = roles.page(nodes.getFirst().port());
        roles.awaitShown(again.port());
        recovered("a page killed and started again: it shows shares", began);
        return again;
    }

    private void killChain(Roles roles) throws Exception {
        roles.killChain();
        long began = System.nanoTime();
        long accepted = twins(SwarmReport.Counts::accepted);
        KillTest.await(
                SECONDS_MAX, () -> twins(SwarmReport.Counts::accepted) > accepted, "mining goes on without a node");
        roles.chain().port();
        long notifies = twins(SwarmReport.Counts::notifies);
        KillTest.await(SECONDS_MAX, () -> twins(SwarmReport.Counts::notifies) > notifies, "there are new jobs");
        recovered("the chain killed and started again: a new job", began);
    }

    /** The replica's link is cut first: what the primary acknowledges from then on is gone with it. */
    private void losePrimary(WatchedRedis redis, Roles roles) throws Exception {
        redis.replica().freeze();
        assertThat(redis.primary().command("CLIENT KILL TYPE replica")).startsWith(":");
        roles.awaitJournaled(roles.journaled() + 20);
        KillTest.await(
                SECONDS_MAX, () -> number(redis.primary()) > 1, "the accountant has told the primary how far it is");
        long acknowledged = number(redis.primary());
        redis.primary().kill();
        long began = System.nanoTime();
        long accepted = twins(SwarmReport.Counts::accepted);
        redis.replica().thaw();
        KillTest.await(
                SECONDS_MAX, () -> twins(SwarmReport.Counts::accepted) > accepted, "mining goes on without Redis");
        WatchedRedis.until("the replica is promoted", () -> isPrimary(redis.replica()));
        long found = number(redis.replica());
        long promoted = millisSince(began);
        roles.awaitJournaled(roles.journaled() + 20);
        recovered("the primary lost: journaled again (promoted after " + promoted + " ms)", began);
        System.out.printf(
                "many nodes: heartbeat %d acknowledged by the dead primary, its successor began at %d%n",
                acknowledged, found);
    }

    /** Sentinel ends all connections of a server that it promotes, ours too. */
    private static boolean isPrimary(TestRedis redis) {
        try {
            return redis.answer("INFO replication").contains("role:master");
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Its logs end where it was killed; a Redis that never saw them takes them once. */
    private void comeBack(NodeUnderLoad node) throws Exception {
        List<Path> dead = Witnesses.logDirectories(node.data());
        long began = System.nanoTime();
        node.startAgain();
        KillTest.await(
                SECONDS_MAX,
                () -> dead.stream().allMatch(log -> Files.exists(log.resolve("finished"))),
                "the logs of the node that was away are drained");
        recovered("a node that was away through all of that, started again: its logs are journaled", began);
    }

    private static long number(TestRedis redis) {
        String[] lines = redis.answer(HEARTBEAT).split("\r\n", -1);
        return lines.length > 1 && lines[1].matches("[0-9]+") ? Long.parseLong(lines[1]) : 0;
    }

    private void settle(Roles roles) throws Exception {
        for (NodeUnderLoad node : nodes) {
            node.quieten();
        }
        for (NodeUnderLoad node : nodes) {
            assertThat(node.process().stop(SECONDS_MAX)).isTrue();
        }
        long logged = 0;
        for (NodeUnderLoad node : nodes) {
            logged += Witnesses.logged(node.data()).size();
        }
        roles.awaitJournaled(logged);
    }

    private void check(Roles roles, String redis) throws Exception {
        recoveries.forEach(line -> System.out.println("many nodes: " + line));
        Witnesses.assertNothingIsLost(
                "many nodes",
                nodes.stream()
                        .map(node -> new Witnesses.Node(node.data(), node.witnesses()))
                        .toList(),
                new Witnesses.Twins(twins(SwarmReport.Counts::accepted), twins(SwarmReport.Counts::submitted)),
                roles.data());
        List<Path> logs = nodes.stream().flatMap(node -> logs(node.data())).toList();
        SoundBooks.require("many nodes", roles.data(), logs, Optional.of(redis));
    }

    private static Stream<Path> logs(Path data) {
        try {
            return Witnesses.logDirectories(data).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long twins(ToLongFunction<SwarmReport.Counts> count) {
        return nodes.stream().mapToLong(node -> count.applyAsLong(node.twins())).sum();
    }

    private long recovered(String what, long began) {
        long millis = millisSince(began);
        recoveries.add(what + ": " + millis + " ms");
        return millis;
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }
}
