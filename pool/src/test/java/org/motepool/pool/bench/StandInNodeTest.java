package org.motepool.pool.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.motepool.chain.block.RawBlock;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.chain.template.TemplateParser;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.time.PoolClock;
import org.motepool.core.work.Nbits;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

class StandInNodeTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int PATIENCE_MILLIS = 10_000;

    private StandInNode node;

    @BeforeEach
    void start() throws IOException {
        node = StandInNode.start(2_100, 0, 0, PoolClock.SYSTEM);
    }

    @AfterEach
    void stop() throws IOException {
        node.close();
    }

    /** As a C client writes it: lines without CR, the answer is one line. */
    private JsonNode call(String method, String params) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.rpcPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            String body = "{\"method\": \"" + method + "\", \"params\": " + params + "}\n";
            String request =
                    "POST / HTTP/1.1\nAuthorization: Basic YTpi\nContent-Length: " + body.length() + "\n\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(all).startsWith("HTTP/1.1 200 OK\r\n").endsWith("}\n");
            return JSON.readTree(all.substring(all.indexOf("\r\n\r\n")));
        }
    }

    private JsonNode result(String method, String params) throws IOException {
        return call(method, params).get("result");
    }

    @Test
    void givesATemplateAsLargeAndAsHardAsMainHasThem() throws Exception {
        JsonNode reply = result("getblocktemplate", "[{\"rules\": [\"segwit\"]}]");
        BlockTemplate template = TemplateParser.parse(reply);
        assertThat(template.branch()).hasSize(12);
        assertThat(template.transactions()).hasSize(2_100);
        assertThat(template.nbits().displayDifficulty()).isGreaterThan(1e14);
        assertThat(template.witnessCommitment()).isPresent();
        assertThat(reply.get("target").asText())
                .hasSize(64)
                .isEqualTo("%064x"
                        .formatted(
                                Nbits.ofHex(reply.get("bits").asText()).target().toNumber()));
        assertThat(template.prevHash().toDisplayHex())
                .isEqualTo(result("getbestblockhash", "[]").asText());
    }

    @Test
    void aTipComesWhenItIsAskedForAndIsABlock() throws Exception {
        int height = result("getblockcount", "[]").asInt();
        String before = result("getbestblockhash", "[]").asText();
        JsonNode tip = result("newtip", "[]");
        assertThat(tip.get("height").asInt()).isEqualTo(height + 1);
        assertThat(tip.get("hash").asText()).isNotEqualTo(before);
        assertThat(result("getblockhash", "[" + (height + 1) + "]")).isEqualTo(tip.get("hash"));
        RawBlock block = RawBlock.parse(
                Bytes.ofHex(result("getblock", "[" + tip.get("hash") + ", 0]").asText()));
        assertThat(block.hash().toDisplayHex()).isEqualTo(tip.get("hash").asText());
        assertThat(block.header().prevHash().toDisplayHex()).isEqualTo(before);
        assertThat(result("getblockheader", "[\"" + before + "\", true]")
                        .get("confirmations")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void tellsOfATipByZmqAndByLongPoll() throws Exception {
        String id = result("getblocktemplate", "[{}]").get("longpollid").asText();
        CompletableFuture<JsonNode> poll = CompletableFuture.supplyAsync(() -> {
            try {
                return result("getblocktemplate", "[{\"longpollid\": \"" + id + "\"}]");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        try (ZContext context = new ZContext(1)) {
            context.setLinger(0);
            ZMQ.Socket subscriber = context.createSocket(SocketType.SUB);
            subscriber.setReceiveTimeOut(100);
            // On a busy machine a handshake now and then hangs.
            subscriber.setHandshakeIvl(1_000);
            subscriber.subscribe("hashblock".getBytes(StandardCharsets.US_ASCII));
            subscriber.connect("tcp://127.0.0.1:" + node.zmqPort());
            byte[] topic = null;
            String newest = "";
            // Until the subscription has arrived.
            for (int i = 0; i < 100 && topic == null; i++) {
                newest = result("newtip", "[]").get("hash").asText();
                topic = subscriber.recv();
            }
            assertThat(topic).isEqualTo("hashblock".getBytes(StandardCharsets.US_ASCII));
            assertThat(Bytes.copyOf(subscriber.recv()).toHex()).isEqualTo(newest);
        }
        JsonNode other = poll.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        assertThat(other.get("longpollid").asText()).isNotEqualTo(id);
    }

    @Test
    void saysWhatItCannotAsAFullNodeDoes() throws Exception {
        assertThat(call("getrich", "[]").at("/error/code").asInt()).isEqualTo(-32601);
        assertThat(call("getblock", "[\"00\"]").at("/error/code").asInt()).isEqualTo(-5);
        assertThat(result("validateaddress", "[\"1BitcoinEaterAddressDontSendf59kuE\"]")
                        .get("isvalid")
                        .asBoolean())
                .isTrue();
        assertThat(result("validateaddress", "[\"nobody\"]").get("isvalid").asBoolean())
                .isFalse();
        assertThat(result("submitblock", "[\"00\"]").asText()).isEqualTo("high-hash");
    }
}
