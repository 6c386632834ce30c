package org.motepool.pool.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motepool.pool.Failure;

class ManagementClientTest {
    @TempDir
    private Path data;

    private HttpServer server;
    private int status = 200;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/livez", exchange -> {
            byte[] body = "live".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void writeAddress(String host) throws IOException {
        Files.writeString(
                data.resolve("management.address"),
                host + ":" + server.getAddress().getPort() + "\n");
    }

    @Test
    void asksThePoolOfTheDataDirectory() throws Exception {
        writeAddress("127.0.0.1");
        assertThat(new ManagementClient(data).ask("/livez")).isEqualTo("live");
    }

    @Test
    void asksAServerThatListensEverywhereOnLoopback() throws Exception {
        writeAddress("0.0.0.0");
        assertThat(new ManagementClient(data).ask("/livez")).isEqualTo("live");
    }

    @Test
    void failsWhereThePoolIsIll() throws Exception {
        writeAddress("127.0.0.1");
        status = 503;
        assertThatThrownBy(() -> new ManagementClient(data).ask("/livez"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("503");
    }

    @Test
    void failsWhereNoPoolRuns() {
        assertThatThrownBy(() -> new ManagementClient(data).ask("/livez"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("no pool runs on " + data);
    }

    @Test
    void failsWhereNoPoolAnswers() throws Exception {
        writeAddress("127.0.0.1");
        server.stop(0);
        assertThatThrownBy(() -> new ManagementClient(data).ask("/livez"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("no pool answers");
    }

    @Test
    void sendsNothingWithoutTheToken() throws Exception {
        writeAddress("127.0.0.1");
        assertThatThrownBy(() -> new ManagementClient(data).askAsOwner("/livez"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("run as the pool's user");
    }
}
