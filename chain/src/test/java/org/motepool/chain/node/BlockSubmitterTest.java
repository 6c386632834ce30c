package org.motepool.chain.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.motepool.chain.Chain.SubmitOutcome;
import org.motepool.chain.ChainException;
import org.motepool.chain.ChainParameters;
import org.motepool.chain.template.Templates;
import org.motepool.core.address.Network;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.time.PoolClock;

/** A found block's way to the nodes, through the chain's door. */
@Timeout(30)
class BlockSubmitterTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Timing PATIENT = new Timing(HOUR, HOUR, HOUR, HOUR, HOUR, HOUR, Duration.ofMillis(20));

    private final List<AutoCloseable> open = new ArrayList<>();
    private FakeNode first;
    private FakeNode second;

    @BeforeEach
    void nodes() throws IOException {
        first = closing(new FakeNode());
        second = closing(new FakeNode());
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private <T extends AutoCloseable> T closing(T resource) {
        open.add(resource);
        return resource;
    }

    private NodeChain open(Timing timing, NodeSettings... settings) throws ChainException {
        return closing(NodeChain.open(
                ChainParameters.of(Network.REGTEST),
                List.of(settings),
                PoolClock.SYSTEM,
                new CollectorRegistry(),
                timing));
    }

    @Test
    void submitsToEveryNodeAndNeedsOneThatTakesIt() throws Exception {
        first.answer("submitblock", FakeNode.result("\"bad-cb-height\""));
        NodeChain chain = open(PATIENT, first.settings(), second.settings());
        SubmitOutcome outcome =
                chain.submit(Templates.hash(7), Bytes.ofHex("c0ffee")).get(10, TimeUnit.SECONDS);
        assertThat(outcome.accepted()).isTrue();
        assertThat(outcome.answers()).containsExactly(first.name() + ": bad-cb-height", second.name() + ": accepted");
        for (FakeNode node : List.of(first, second)) {
            assertThat(node.requests())
                    .anyMatch(request -> request.path("method").asText().equals("submitblock")
                            && request.path("params").toString().equals("[\"c0ffee\"]"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "duplicate, 3, true",
        "inconclusive, 3, true",
        "duplicate, -1, false",
        "inconclusive, -1, false",
        "rejected: duplicate, 3, true",
        "duplicate-invalid, 3, false",
        "rejected: high-hash, 3, false"
    })
    void looksForTheBlockWhereTheAnswerLeavesItOpen(String said, int confirmations, boolean accepted) throws Exception {
        Hash256 hash = Templates.hash(7);
        first.answer("submitblock", FakeNode.result("\"" + said + "\""));
        first.answer("getblockheader", FakeNode.result("{\"height\":99,\"confirmations\":" + confirmations + "}"));
        first.answer("getblockhash", FakeNode.result("\"" + hash.toDisplayHex() + "\""));
        NodeChain chain = open(PATIENT, first.settings());
        SubmitOutcome outcome = chain.submit(hash, Bytes.ofHex("00")).get(10, TimeUnit.SECONDS);
        assertThat(outcome.accepted()).isEqualTo(accepted);
        assertThat(outcome.answers().getFirst()).startsWith(first.name() + ": ");
    }

    @Test
    void doesNotBelieveANullForABlockBesideTheChain() throws Exception {
        first.answer("getblockheader", FakeNode.result("{\"height\":99,\"confirmations\":1}"));
        first.answer("getblockhash", FakeNode.result("\"" + Templates.hash(8).toDisplayHex() + "\""));
        NodeChain chain = open(PATIENT, first.settings());
        SubmitOutcome outcome =
                chain.submit(Templates.hash(7), Bytes.ofHex("00")).get(10, TimeUnit.SECONDS);
        assertThat(outcome.accepted()).isFalse();
        assertThat(outcome.answers()).containsExactly(first.name() + ": inconclusive");
    }

    @Test
    void givesUpANodeSoonWhenAnotherHasTheBlock() throws Exception {
        NodeChain chain = open(PATIENT, first.settings(), second.settings());
        first.answer("submitblock", FakeNode.text(500, "oops"));
        SubmitOutcome outcome =
                chain.submit(Templates.hash(7), Bytes.ofHex("00")).get(10, TimeUnit.SECONDS);
        assertThat(outcome.accepted()).isTrue();
        assertThat(outcome.answers().getFirst()).contains("HTTP 500");
        assertThat(first.asked("submitblock")).isEqualTo(4);
    }

    @Test
    void triesForLongWhileNoNodeHasTheBlock() throws Exception {
        NodeChain chain = open(PATIENT, first.settings());
        first.breakDown();
        CompletableFuture<SubmitOutcome> outcome = chain.submit(Templates.hash(7), Bytes.ofHex("00"));
        while (first.asked("submitblock") <= 6) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(outcome).isNotDone();
        first.mend();
        assertThat(outcome.get(10, TimeUnit.SECONDS).answers()).containsExactly(first.name() + ": accepted");
    }

    @Test
    void endsItsTriesWithTheReason() throws Exception {
        Timing hasty = new Timing(HOUR, HOUR, HOUR, HOUR, HOUR, HOUR, Duration.ofNanos(1));
        NodeChain chain = open(hasty, first.settings());
        first.answer("submitblock", FakeNode.text(500, "oops"));
        SubmitOutcome outcome =
                chain.submit(Templates.hash(7), Bytes.ofHex("00")).get(20, TimeUnit.SECONDS);
        assertThat(outcome.accepted()).isFalse();
        assertThat(outcome.answers().getFirst()).contains("HTTP 500");
        assertThat(first.asked("submitblock")).isEqualTo(125);
    }

    @Test
    void doesNotRepeatABlockThatTheNodeCannotRead() throws Exception {
        first.answer("submitblock", FakeNode.error(500, -22, "Block decode failed"));
        NodeChain chain = open(PATIENT, first.settings());
        SubmitOutcome outcome =
                chain.submit(Templates.hash(7), Bytes.ofHex("00")).get(10, TimeUnit.SECONDS);
        assertThat(outcome.answers()).containsExactly(first.name() + ": Block decode failed");
        assertThat(first.asked("submitblock")).isEqualTo(1);
    }
}
