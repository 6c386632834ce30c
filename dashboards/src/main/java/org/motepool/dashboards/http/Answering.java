package org.motepool.dashboards.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.motepool.core.time.PoolClock;
import org.motepool.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request's way from the event loop to a virtual thread and back. Thread-safe. */
final class Answering {
    private static final Logger LOG = LoggerFactory.getLogger(Answering.class);

    /** Each waits at most for one look into the store; more than this at once is a flood. */
    private static final int IN_FLIGHT_MAX = 512;

    private static final String UNKNOWN_ROUTE = "unknown";
    private static final int NO_CONTENT = 204;
    private static final String READING = "GET, HEAD";

    private final ExecutorService threads;
    private final ProblemReplies problems;
    private final Optional<RequestMetrics> metrics;
    private final PoolClock clock;
    private final DefectLog defects;
    private final AtomicInteger inFlight = new AtomicInteger();

    Answering(ExecutorService threads, ProblemReplies problems, Optional<RequestMetrics> metrics, PoolClock clock) {
        this.threads = threads;
        this.problems = problems;
        this.metrics = metrics;
        this.clock = clock;
        this.defects = new DefectLog(clock);
    }

    /** @param routes of one template, for different methods */
    void answer(RoutingContext context, List<Route> routes) {
        long start = clock.nanos();
        String method = context.request().method().name();
        Question question = question(context);
        Optional<Route> fitting =
                routes.stream().filter(route -> route.action().takes(method)).findFirst();
        if (fitting.isEmpty()) {
            String allowed =
                    routes.stream().map(route -> route.action().methods()).collect(Collectors.joining(", "));
            send(context, routes.getFirst().template(), start, refuseMethod(question, allowed));
            return;
        }
        Route route = fitting.get();
        if (route.bodyBytesMax() == 0) {
            answer(context, route, question, start);
            return;
        }
        BodyReader.read(
                context.vertx(),
                context.request(),
                route.bodyBytesMax(),
                body -> answer(context, route, question.with(body), start),
                status -> {
                    // What is still on its way is not waited for.
                    context.addEndHandler(sent -> context.request().connection().close());
                    send(
                            context,
                            route.template(),
                            start,
                            problem(question, status).header("Connection", "close"));
                });
    }

    private void answer(RoutingContext context, Route route, Question question, long start) {
        if (inFlight.incrementAndGet() > IN_FLIGHT_MAX) {
            inFlight.decrementAndGet();
            send(context, route.template(), start, problem(question, 503));
            return;
        }
        Context loop = context.vertx().getOrCreateContext();
        try {
            threads.execute(() -> {
                Reply reply = reply(question, route);
                loop.runOnContext(none -> {
                    inFlight.decrementAndGet();
                    send(context, route.template(), start, reply);
                });
            });
        } catch (RejectedExecutionException e) {
            inFlight.decrementAndGet();
            send(context, route.template(), start, problem(question, 503));
        }
    }

    /** A stream of events: it lives on its loop and costs no thread. */
    void stream(RoutingContext context, EventRoute route) {
        HttpServerRequest request = context.request();
        Question question = question(context);
        long start = clock.nanos();
        if (!request.method().equals(HttpMethod.GET)) {
            send(context, route.template(), start, refuseMethod(question, READING));
            return;
        }
        EventStream stream = new EventStream(context.response(), context.vertx().getOrCreateContext(), clock);
        Optional<Reply> refused = route.opening().open(question, header(request, "Last-Event-ID"), stream);
        if (refused.isPresent()) {
            send(context, route.template(), start, refused.get());
            return;
        }
        HttpServerResponse response = context.response();
        StandingHeaders.ALL.forEach(response::putHeader);
        response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                .putHeader("Access-Control-Allow-Origin", "*")
                // A compressor's memory for each of thousands of streams, for events of a few hundred bytes.
                .putHeader("Content-Encoding", "identity")
                .putHeader("X-Accel-Buffering", "no")
                .write("retry: 5000\n\n");
        stream.opened();
    }

    void unknownPath(RoutingContext context) {
        HttpMethod method = context.request().method();
        Question question = question(context);
        Reply reply = isReading(method) ? problem(question, 404) : refuseMethod(question, READING);
        send(context, UNKNOWN_ROUTE, clock.nanos(), reply);
    }

    private static boolean isReading(HttpMethod method) {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    /** What the router itself refuses, as a path that cannot be decoded or a missing host; else a defect of ours. */
    void failed(RoutingContext context) {
        Throwable failure = context.failure();
        boolean refused = failure == null || failure instanceof IllegalArgumentException || context.statusCode() == 400;
        if (!refused) {
            defects.log(UNKNOWN_ROUTE, failure);
        }
        int status = context.statusCode() == 404 ? 404 : refused ? 400 : 500;
        Question question = new Question(pathOf(context.request()), Map.of(), "", "", "", "", "", "", "", "");
        send(context, UNKNOWN_ROUTE, clock.nanos(), problem(question, status));
    }

    /** Bytes that are no HTTP request, or one that is too long. */
    void malformed(HttpServerRequest request) {
        HttpServerResponse response = request.response().setStatusCode(400);
        StandingHeaders.ALL.forEach(response::putHeader);
        response.putHeader("Connection", "close").end();
    }

    private Reply reply(Question question, Route route) {
        try {
            return route.answerer().answer(question);
        } catch (StoreException e) {
            LOG.debug("{} answered 503: the store is away", route.template(), e);
            return problem(question, 503);
        } catch (RuntimeException e) {
            defects.log(route.template(), e);
            return problem(question, 500);
        }
    }

    private Reply problem(Question question, int status) {
        Reply reply = problems.problem(question, status);
        return status == 503 ? reply.header("Retry-After", "5") : reply;
    }

    private Reply refuseMethod(Question question, String allowed) {
        return problem(question, 405).header("Allow", allowed).header("Connection", "close");
    }

    private void send(RoutingContext context, String route, long start, Reply reply) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        String tag = EntityTag.of(reply.body());
        boolean unchanged =
                reply.status() == 200 && EntityTag.matches(context.request().getHeader("If-None-Match"), tag);
        StandingHeaders.ALL.forEach(response::putHeader);
        reply.headers().forEach(response::putHeader);
        if (reply.status() == 200) {
            response.putHeader("ETag", tag);
        }
        int status = unchanged ? 304 : reply.status();
        response.setStatusCode(status);
        if (unchanged || status == NO_CONTENT) {
            response.end();
        } else {
            response.putHeader("Content-Type", reply.contentType());
            response.putHeader("Content-Length", Integer.toString(reply.body().size()));
            if (context.request().method().equals(HttpMethod.HEAD)) {
                response.end();
            } else {
                response.end(Buffer.buffer(reply.body().toArray()));
            }
        }
        metrics.ifPresent(m -> m.observe(route, context.request().method().name(), status, clock.nanos() - start));
    }

    static Question question(RoutingContext context) {
        Map<String, String> parameters = new HashMap<>(context.pathParams());
        context.queryParams().forEach(entry -> parameters.putIfAbsent(entry.getKey(), entry.getValue()));
        HttpServerRequest request = context.request();
        return new Question(
                pathOf(request),
                parameters,
                plainHost(request.authority()),
                header(request, "Authorization"),
                String.valueOf(request.remoteAddress()),
                header(request, "Accept"),
                header(request, "Accept-Language"),
                header(request, "Cookie"),
                mediaType(header(request, "Content-Type")),
                "");
    }

    private static String mediaType(String contentType) {
        return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static String header(HttpServerRequest request, String name) {
        String value = request.getHeader(name);
        return value == null ? "" : value;
    }

    private static String pathOf(HttpServerRequest request) {
        String path = request.path();
        return path == null ? "" : path;
    }

    private static String plainHost(@Nullable HostAndPort authority) {
        if (authority == null) {
            return "";
        }
        return authority.host().matches("[A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}]") ? authority.host() : "";
    }
}
