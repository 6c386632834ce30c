package org.motepool.dashboards.http;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.motepool.core.time.PoolClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plain HTTP/1.1 server for GET and HEAD, and for POST where a route changes something; a body is read only where a route
 * takes one, up to its bound. Thread-safe.
 */
public final class WebServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

    /** Answers come from memory; a home router's worth of devices needs a handful of connections. */
    private static final int CONNECTIONS_MAX = 8_192;
    /** Request line: the longest path is an account's with a worker's name. */
    private static final int REQUEST_LINE_BYTES_MAX = 2_048;

    private static final int HEADER_BYTES_MAX = 8_192;
    /** Below this gzip costs more than it saves. */
    private static final int COMPRESS_FROM_BYTES = 1_024;

    private static final int IDLE_SECONDS_MAX = 30;
    private static final int EVENT_LOOPS = 2;
    private static final int START_SECONDS_MAX = 15;
    private static final int STOP_SECONDS_MAX = 5;

    private final Vertx vertx;
    private final ExecutorService answering;
    private final int port;

    private WebServer(Vertx vertx, ExecutorService answering, int port) {
        this.vertx = vertx;
        this.answering = answering;
        this.port = port;
    }

    /**
     * Starts to listen.
     *
     * @param name of the answering threads
     * @param port 0 for any free one
     * @throws PortInUseException when another program has the port
     * @throws IOException when it cannot listen for another reason, which the message names
     */
    public static WebServer start(
            String name,
            String host,
            int port,
            List<Route> routes,
            ProblemReplies problems,
            Optional<RequestMetrics> metrics,
            PoolClock clock)
            throws IOException {
        return start(name, host, port, routes, List.of(), false, problems, metrics, clock);
    }

    /**
     * The same with streams of events.
     *
     * @param plain for small readers: no compression, and each connection ends with its answer
     */
    public static WebServer start(
            String name,
            String host,
            int port,
            List<Route> routes,
            List<EventRoute> streams,
            boolean plain,
            ProblemReplies problems,
            Optional<RequestMetrics> metrics,
            PoolClock clock)
            throws IOException {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(EVENT_LOOPS)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        ExecutorService answering = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(name + "-", 0).factory());
        Answering answers = new Answering(answering, problems, metrics, clock);
        HttpServer server = vertx.createHttpServer(options(plain));
        ConnectionLimit limit = new ConnectionLimit(CONNECTIONS_MAX);
        server.connectionHandler(limit::opened);
        server.invalidRequestHandler(answers::malformed);
        server.requestHandler(router(vertx, routes, streams, plain, answers));
        try {
            server.listen(port, host)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(START_SECONDS_MAX, TimeUnit.SECONDS);
            return new WebServer(vertx, answering, server.actualPort());
        } catch (ExecutionException e) {
            stop(vertx, answering);
            throw cannotListen(host, port, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            stop(vertx, answering);
            throw new IOException("no answer from the system when asked to listen on " + host + ":" + port, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop(vertx, answering);
            throw new IOException("interrupted while starting to listen on " + host + ":" + port, e);
        }
    }

    /** The port that it listens on, also when any was asked for. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        stop(vertx, answering);
    }

    private static HttpServerOptions options(boolean plain) {
        return new HttpServerOptions()
                .setIdleTimeout(IDLE_SECONDS_MAX)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setMaxInitialLineLength(REQUEST_LINE_BYTES_MAX)
                .setMaxHeaderSize(HEADER_BYTES_MAX)
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(!plain)
                .setCompressionContentSizeThreshold(COMPRESS_FROM_BYTES);
    }

    private static Router router(
            Vertx vertx, List<Route> routes, List<EventRoute> streams, boolean plain, Answering answers) {
        Router router = Router.router(vertx);
        if (plain) {
            router.route().handler(context -> {
                context.response().putHeader("Connection", "close");
                context.addEndHandler(sent -> context.request().connection().close());
                context.next();
            });
        }
        for (EventRoute stream : streams) {
            router.route(stream.template())
                    .handler(context -> answers.stream(context, stream))
                    .failureHandler(answers::failed);
        }
        Map<String, List<Route>> byTemplate = new LinkedHashMap<>();
        routes.forEach(route -> byTemplate
                .computeIfAbsent(route.template(), template -> new ArrayList<>())
                .add(route));
        byTemplate.forEach((template, same) -> router.route(template)
                .handler(context -> answers.answer(context, same))
                .failureHandler(answers::failed));
        router.route().last().handler(answers::unknownPath).failureHandler(answers::failed);
        for (int status : new int[] {400, 404, 500}) {
            router.errorHandler(status, (RoutingContext context) -> answers.failed(context));
        }
        return router;
    }

    private static IOException cannotListen(String host, int port, Throwable cause) {
        if (cause instanceof BindException && String.valueOf(cause.getMessage()).contains("in use")) {
            return new PortInUseException(host, port, cause);
        }
        return new IOException("cannot listen on " + host + ":" + port + ": " + cause.getMessage(), cause);
    }

    private static void stop(Vertx vertx, ExecutorService answering) {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(STOP_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("the web server did not stop within {} s; its threads are abandoned", STOP_SECONDS_MAX, e);
        } finally {
            answering.shutdownNow();
        }
    }
}
