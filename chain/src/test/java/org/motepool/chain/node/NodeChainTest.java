package org.motepool.chain.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motepool.chain.Chain.NodeStatus;
import org.motepool.chain.ChainException;
import org.motepool.chain.ChainParameters;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.chain.template.Templates;
import org.motepool.core.address.Network;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.time.PoolClock;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

@Timeout(30)
class NodeChainTest {
    private static final Duration HOUR = Duration.ofHours(1);
    /** Only long polls, bells and failures move anything. */
    private static final Timing PATIENT = new Timing(
            HOUR,
            HOUR,
            Duration.ofMillis(20),
            Duration.ofMillis(50),
            Duration.ofSeconds(20),
            Duration.ofMillis(20),
            Duration.ofMillis(20));

    private record Heard(BlockTemplate template, boolean newTip) {}

    private final CollectorRegistry registry = new CollectorRegistry();
    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private FakeNode first;
    private FakeNode second;

    @BeforeEach
    void nodes() throws IOException {
        first = closing(new FakeNode());
        second = closing(new FakeNode());
        first.quietlyNewTip(100, Templates.hash(100));
        second.quietlyNewTip(100, Templates.hash(100));
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

    private NodeChain start(Timing timing, NodeSettings... settings) throws ChainException {
        NodeChain chain = closing(NodeChain.open(
                ChainParameters.of(Network.REGTEST), List.of(settings), PoolClock.SYSTEM, registry, timing));
        chain.start((template, newTip) -> heard.add(new Heard(template, newTip)));
        return chain;
    }

    private Heard news() throws InterruptedException {
        return Objects.requireNonNull(heard.poll(10, TimeUnit.SECONDS), "no template in time");
    }

    /** Waits for the template of that height, and drops it with all before it: delivery has a thread of its own. */
    private void forgetUpTo(int height) throws InterruptedException {
        while (news().template().height() != height) {}
        assertThat(heard).isEmpty();
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time until the condition holds").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private double metric(String name, String... labels) {
        String[] names = labels.length == 0 ? new String[0] : new String[] {"node"};
        Double value = registry.getSampleValue(name, names, labels);
        return value == null ? Double.NaN : value;
    }

    @Test
    void tellsTheFirstTemplateAsNewTip() throws Exception {
        NodeChain chain = start(PATIENT, first.settings());
        Heard news = news();
        assertThat(news.newTip()).isTrue();
        assertThat(news.template().height()).isEqualTo(100);
        assertThat(chain.nodes()).containsExactly(new NodeStatus(first.name(), true, true, ""));
        assertThat(metric("mote_template_height")).isEqualTo(100);
        assertThat(metric("mote_template_last_success_timestamp_seconds"))
                .isBetween(System.currentTimeMillis() / 1000.0 - 60, System.currentTimeMillis() / 1000.0 + 1);
        assertThat(metric("mote_node_up", "0")).isEqualTo(1);
        assertThat(first.requests())
                .anyMatch(request ->
                        request.path("params").path(0).path("rules").toString().equals("[\"segwit\"]"));
    }

    @Test
    void hearsOfANewTipFromTheLongPollItself() throws Exception {
        NodeChain chain = start(PATIENT, first.settings());
        news();
        until(() -> first.polls() == 1);
        long asked = first.asked("getblocktemplate");

        first.newTip(101, Templates.hash(101));

        Heard news = news();
        assertThat(news.newTip()).isTrue();
        assertThat(news.template().prevHash()).isEqualTo(Templates.hash(101));
        assertThat(first.asked("getblocktemplate") - first.polls()).isEqualTo(asked - 1);
        assertThat(chain.nodes().getFirst().up()).isTrue();
    }

    @Test
    void asksAtAFasterPaceWhereTheNodeHasNoLongPoll() throws Exception {
        first.withoutLongPoll();
        start(new Timing(HOUR, Duration.ofMillis(30), HOUR, HOUR, HOUR, HOUR, HOUR), first.settings());
        news();
        first.quietlyNewTip(101, Templates.hash(101));
        assertThat(news().newTip()).isTrue();
    }

    @Test
    void marksARefreshOnTheSameTipAsNoNewTip() throws Exception {
        start(PATIENT, first.settings());
        news();
        first.answer(
                "getblocktemplate",
                (exchange, request) -> FakeNode.reply(
                        exchange,
                        request,
                        FakeNode.template(100, Templates.hash(100)).put("coinbasevalue", 5_000_000_777L)));
        first.newTip(100, Templates.hash(100));
        Heard news = news();
        assertThat(news.template().coinbaseValue()).isIn(5_000_000_000L, 5_000_000_777L);
        assertThat(news.newTip()).isFalse();
    }

    @Test
    void failsOverInOrderAndReturnsToTheFirst() throws Exception {
        NodeChain chain = start(PATIENT, first.settings(), second.settings());
        until(() -> chain.nodes().stream().allMatch(NodeStatus::up) && first.polls() == 1 && second.polls() == 1);
        forgetUpTo(100);
        second.newTip(101, Templates.hash(101));
        first.breakDown();
        until(() -> !chain.nodes().getFirst().up() && chain.nodes().getLast().inUse());
        Heard news = news();
        assertThat(news.newTip()).isTrue();
        assertThat(news.template().height()).isEqualTo(101);
        assertThat(chain.nodes().getFirst().trouble()).contains("HTTP 503");
        assertThat(metric("mote_node_up", "0")).isZero();

        first.newTip(101, Templates.hash(101));
        first.mend();

        until(() -> chain.nodes().getFirst().inUse());
        assertThat(chain.nodes().getLast().inUse()).isFalse();
        assertThat(heard).noneMatch(Heard::newTip);
    }

    @Test
    void doesNotGoBackToAnOlderHeightWhenTheOtherNodeIsLate() throws Exception {
        first.quietlyNewTip(102, Templates.hash(102));
        NodeChain chain = start(PATIENT, first.settings(), second.settings());
        until(() -> chain.nodes().stream().allMatch(NodeStatus::up)
                && chain.nodes().getFirst().inUse()
                && second.polls() == 1);
        forgetUpTo(102);
        first.breakDown();
        until(() -> !chain.nodes().getFirst().up());
        second.newTip(103, Templates.hash(103));
        assertThat(news().template().height()).isEqualTo(103);
        assertThat(heard).isEmpty();
    }

    @Test
    void comesUpWhenANodeThatWasAwayAtStartAnswers() throws Exception {
        first.breakDown();
        NodeChain chain = start(PATIENT, first.settings());
        assertThat(chain.nodes().getFirst().up()).isFalse();
        first.mend();
        assertThat(news().newTip()).isTrue();
    }

    @Test
    void refusesToStartOnAnotherChain() {
        first.answer("getblockchaininfo", FakeNode.result("{\"chain\":\"main\"}"));
        assertThatThrownBy(() -> start(PATIENT, second.settings(), first.settings()))
                .isInstanceOf(ChainException.class)
                .hasMessageContaining(first.name())
                .hasMessageContaining("\"main\"")
                .hasMessageContaining("\"regtest\"");
    }

    @Test
    void neverUsesANodeThatComesBackOnAnotherChain() throws Exception {
        NodeChain chain = start(PATIENT, first.settings());
        news();
        first.breakDown();
        until(() -> !chain.nodes().getFirst().up());
        first.answer("getblockchaininfo", FakeNode.result("{\"chain\":\"test\"}"));
        first.mend();
        until(() -> chain.nodes().getFirst().trouble().contains("testnet3"));
        assertThat(heard).isEmpty();
    }

    @Test
    void namesTheFieldOfAWrongTemplateInTheNodesTrouble() throws Exception {
        first.answer("getblocktemplate", FakeNode.result("{\"height\":\"high\",\"transactions\":[]}"));
        NodeChain chain = start(PATIENT, first.settings());
        until(() -> chain.nodes().getFirst().trouble().contains("getblocktemplate.height"));
    }

    @Test
    void asksTheNextNodeWhenOneCannotAnswer() throws Exception {
        first.breakDown();
        NodeChain chain = start(PATIENT, first.settings(), second.settings());
        assertThat(chain.tip().height()).isEqualTo(1);
        second.breakDown();
        assertThatThrownBy(chain::tip)
                .isInstanceOf(ChainException.class)
                .hasMessageContaining(first.name())
                .hasMessageContaining(second.name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"zz\"", "{}", "7", "null"})
    void refusesAWrongBlockHash(String answer) throws Exception {
        first.answer("getblockhash", FakeNode.result(answer));
        NodeChain chain = start(PATIENT, first.settings());
        assertThatThrownBy(() -> chain.hashAt(5)).isInstanceOf(ChainException.class);
    }

    @Test
    void saysEmptyForUnknownHeightsAndBlocksInEitherNodesWords() throws Exception {
        NodeChain chain = start(PATIENT, first.settings());
        first.answer("getblockhash", FakeNode.error(500, -8, "Block height out of range"));
        assertThat(chain.hashAt(5)).isEmpty();
        first.answer("getblockheader", FakeNode.error(500, -5, "Block not found"));
        assertThat(chain.block(Templates.hash(1))).isEmpty();
        first.answer("getblockheader", FakeNode.error(200, -1, "Block not found"));
        assertThat(chain.block(Templates.hash(1))).isEmpty();
        first.answer("getblockheader", FakeNode.error(200, -1, "something else"));
        assertThatThrownBy(() -> chain.block(Templates.hash(1))).isInstanceOf(ChainException.class);
    }

    @Test
    void refusesABlockThatIsAnother() throws Exception {
        NodeChain chain = start(PATIENT, first.settings());
        first.answer("getblockheader", FakeNode.result("{\"height\":5,\"confirmations\":-1}"));
        first.answer("getblock", FakeNode.result("\"" + "00".repeat(200) + "\""));
        assertThatThrownBy(() -> chain.block(Templates.hash(1)))
                .isInstanceOf(ChainException.class)
                .hasMessageContaining("getblock of");
    }

    @Test
    void asksAtOnceWhenZmqAnnouncesABlock() throws Exception {
        try (ZContext context = new ZContext(1)) {
            context.setLinger(0);
            ZMQ.Socket publisher = context.createSocket(SocketType.XPUB);
            int port = publisher.bindToRandomPort("tcp://127.0.0.1");
            publisher.setReceiveTimeOut(5_000);
            String url = "http://user:secret@" + first.name();
            first.withoutLongPoll();
            start(PATIENT, FakeNode.settings(url, Optional.of("tcp://127.0.0.1:" + port)));
            news();
            assertThat(publisher.recv()).as("the subscription").isNotNull();
            first.quietlyNewTip(101, Templates.hash(101));
            publisher.sendMore("hashblock");
            publisher.sendMore(Templates.hash(101).internal().toArray());
            publisher.send(new byte[4]);
            assertThat(news().template().height()).isEqualTo(101);
        }
    }

    @Test
    void countsRequestsAndFailures() throws Exception {
        NodeChain chain = start(PATIENT, first.settings());
        news();
        first.breakDown();
        until(() -> !chain.nodes().getFirst().up());
        Double failures = registry.getSampleValue(
                "mote_node_request_failures_total",
                new String[] {"method", "node"},
                new String[] {"getblocktemplate", "0"});
        assertThat(failures).isNotNull().isGreaterThanOrEqualTo(1);
        assertThat(registry.getSampleValue(
                        "mote_node_request_duration_seconds_count",
                        new String[] {"method"},
                        new String[] {"getblocktemplate"}))
                .isNotNull()
                .isGreaterThanOrEqualTo(1);
    }

    @Test
    void closesWhileALongPollWaits() throws Exception {
        NodeChain chain = start(PATIENT, first.settings());
        news();
        until(() -> first.polls() == 1);
        long begin = System.nanoTime();
        chain.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
        assertThat(chain.submit(Templates.hash(1), Bytes.ofHex("00"))
                        .get(5, TimeUnit.SECONDS)
                        .accepted())
                .isFalse();
    }
}
