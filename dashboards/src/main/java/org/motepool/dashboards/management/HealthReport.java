package org.motepool.dashboards.management;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.motepool.dashboards.management.HealthChecks.Trouble;

/** Asks all checks at once, each for a bounded time. Thread-safe. */
final class HealthReport {
    /** For all checks together: a prober gives up soon after. */
    private static final long WAIT_NANOS_MAX = TimeUnit.SECONDS.toNanos(2);

    private final HealthChecks checks;
    private final ExecutorService threads;

    HealthReport(HealthChecks checks, ExecutorService threads) {
        this.checks = checks;
        this.threads = threads;
    }

    /** Every check with its trouble or none. */
    Map<String, Optional<Trouble>> ask() {
        Map<String, Future<Optional<Trouble>>> asked = new LinkedHashMap<>();
        checks.checks().forEach((name, check) -> asked.put(name, threads.submit(check::get)));
        long end = System.nanoTime() + WAIT_NANOS_MAX;
        Map<String, Optional<Trouble>> found = new LinkedHashMap<>();
        asked.forEach((name, answer) -> found.put(name, answerOf(answer, end - System.nanoTime())));
        return found;
    }

    static ObjectNode json(Map<String, Optional<Trouble>> found) {
        boolean ready = found.values().stream().allMatch(Optional::isEmpty);
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.put("status", ready ? "ready" : "not ready");
        ObjectNode all = out.putObject("checks");
        found.forEach((name, trouble) -> {
            ObjectNode one = all.putObject(name).put("ok", trouble.isEmpty());
            trouble.ifPresent(t -> one.put("trouble", t.what()).put("mend", t.mend()));
        });
        return out;
    }

    private static Optional<Trouble> answerOf(Future<Optional<Trouble>> answer, long nanos) {
        try {
            return answer.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            return Optional.of(new Trouble(
                    "the check did not answer within 2 s", "see the log; a thread dump shows what it waits for"));
        } catch (ExecutionException e) {
            return Optional.of(new Trouble("the check failed: " + e.getCause(), "see the log; this is a defect"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(new Trouble("the check was interrupted", "the process is closing"));
        }
    }
}
