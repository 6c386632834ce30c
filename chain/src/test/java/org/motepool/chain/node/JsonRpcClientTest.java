package org.motepool.chain.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class JsonRpcClientTest {
    private FakeNode node;
    private JsonRpcClient rpc;

    @BeforeEach
    void open() throws IOException {
        node = new FakeNode();
        rpc = new JsonRpcClient(node.settings());
    }

    @AfterEach
    void close() {
        rpc.close();
        node.close();
    }

    private NodeException.Unavailable unavailable() {
        return catchThrowableOfType(NodeException.Unavailable.class, () -> rpc.call("ask"));
    }

    @Test
    void sendsParametersAndReturnsTheResult() throws Exception {
        node.answer("ask", FakeNode.result("{\"deep\":[1,null]}"));
        assertThat(rpc.call("ask", "text", 7, true, List.of(1)).toString()).isEqualTo("{\"deep\":[1,null]}");
        assertThat(node.requests().getFirst().path("params").toString()).isEqualTo("[\"text\",7,true,[1]]");
    }

    @Test
    void tellsNullFromMissing() throws Exception {
        node.answer("ask", FakeNode.result("null"));
        assertThat(rpc.call("ask").isNull()).isTrue();
        node.answer("ask", FakeNode.text(200, "{\"id\":2}"));
        assertThat(unavailable()).hasMessageContaining("neither result nor error");
    }

    @ParameterizedTest
    @CsvSource({"200", "404", "500"})
    void givesTheNodesOwnErrorsWithCodeWhateverTheStatus(int status) {
        node.answer("ask", FakeNode.error(status, -8, "Block height\nout of range"));
        NodeException.Refused refused = catchThrowableOfType(NodeException.Refused.class, () -> rpc.call("ask"));
        assertThat(refused.code()).isEqualTo(-8);
        assertThat(refused.reason()).isEqualTo("Block height out of range");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            500 | ''                                      | HTTP 500
            503 | Work queue depth exceeded               | Work queue depth exceeded
            403 | ''                                      | rpcallowip
            401 | ''                                      | check user and password
            200 | <html><body>It works!</body></html>     | no JSON
            200 | {"result":{"height":1,                  | no JSON
            200 | ''                                      | no JSON object
            200 | [1]                                     | no JSON object
            200 | "text"                                  | no JSON object
            200 | {"result":1,"error":null,"id":"x"}      | another question
            200 | {"result":1,"error":null,"id":999}      | another question
            502 | {"result":1,"error":null,"id":1}        | HTTP 502
            """)
    void callsEveryStrangeAnswerUnavailableAndSaysWhy(int status, String body, String said) {
        node.answer("ask", FakeNode.text(status, body));
        assertThat(unavailable())
                .hasMessageContaining(said)
                .hasMessageContaining(node.name())
                .hasMessageContaining("ask");
    }

    @Test
    void keepsStrangeAnswersShortAndOnOneLineInErrors() {
        node.answer("ask", FakeNode.text(200, "\n\u0007<".repeat(5_000)));
        assertThat(unavailable().getMessage()).hasSizeLessThan(400).doesNotContain("\n", "\u0007");
    }

    @Test
    void survivesDeepNesting() {
        node.answer("ask", FakeNode.text(200, "[".repeat(100_000)));
        assertThat(unavailable()).hasMessageContaining("no JSON");
    }

    @Test
    void stopsReadingAnEndlessAnswer() {
        node.answer("ask", FakeNode.endless());
        assertThat(unavailable()).hasMessageContaining(node.name());
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void givesUpOnASlowAnswerInTime(boolean afterHeaders) {
        node.answer("ask", node.stalled(afterHeaders));
        long begin = System.nanoTime();
        assertThatThrownBy(() -> rpc.call("ask", List.of(), Duration.ofMillis(200)))
                .isInstanceOf(NodeException.Unavailable.class)
                .hasMessageContaining("no answer within 200 ms");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void saysThatNothingListens() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (JsonRpcClient nowhere =
                new JsonRpcClient(FakeNode.settings("http://u:p@127.0.0.1:" + port, Optional.empty()))) {
            assertThatThrownBy(() -> nowhere.call("ask"))
                    .isInstanceOf(NodeException.Unavailable.class)
                    .hasMessageContaining("connection refused; is the node running");
        }
    }

    @Test
    void readsTheCookieAgainWhenTheNodeMadeANewOne(@TempDir Path directory) throws Exception {
        Path cookie = directory.resolve(".cookie");
        Files.writeString(cookie, "__cookie__:first\n");
        node.login("__cookie__:first");
        node.answer("ask", FakeNode.result("1"));
        NodeSettings settings =
                NodeSettings.of("http://127.0.0.1:" + node.port(), Optional.of(cookie), Optional.empty());
        try (JsonRpcClient client = new JsonRpcClient(settings)) {
            assertThat(client.call("ask").asInt()).isEqualTo(1);
            node.login("__cookie__:second");
            Files.writeString(cookie, "__cookie__:second");
            assertThat(client.call("ask").asInt()).isEqualTo(1);
            node.login("__cookie__:third");
            assertThatThrownBy(() -> client.call("ask"))
                    .hasMessageContaining("login refused")
                    .hasMessageNotContaining("second");
            Files.delete(cookie);
            assertThatThrownBy(() -> client.call("ask")).hasMessageContaining("is the node running?");
            Files.writeString(cookie, "x".repeat(100_000));
            assertThatThrownBy(() -> client.call("ask")).hasMessageContaining("holds no login");
            Files.writeString(cookie, "__cookie__:third");
            assertThat(client.call("ask").asInt()).isEqualTo(1);
        }
    }
}
