package org.motepool.pool.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.motepool.pool.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prepares a planned stop: sends the devices of a running pool away in waves, and waits until they are gone. */
@Command(
        name = "drain",
        mixinStandardHelpOptions = true,
        description = {
            "Prepares a planned stop: the pool is no longer ready, takes no new connections, and sends those it has away",
            "in waves. What they still send counts. Ends when the last is gone; then stop the pool, or let --stop do it."
        })
public final class DrainCommand implements Callable<Integer> {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** After the last wave, devices have this long to go. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "Over how long the waves are spread (default: ${DEFAULT-VALUE}).")
    private long seconds = 60;

    @Option(names = "--stop", description = "The process stops by itself when the last device is gone.")
    private boolean stop;

    @Mixin
    private RunningPool pool = new RunningPool();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        PrintWriter out = spec.commandLine().getOut();
        ManagementClient client = pool.client();
        int left = connections(client.tellAsOwner("/admin/drain?seconds=" + seconds + "&stop=" + stop));
        out.printf("draining %d connections over %d s%n", left, seconds);
        out.flush();
        long end = System.nanoTime() + Duration.ofSeconds(seconds).plus(GRACE).toNanos();
        while (left > 0) {
            if (System.nanoTime() >= end) {
                throw new Failure(Failure.FAILED, left + " connections are still open; stopping the pool closes them");
            }
            pause();
            left = left(client, left);
        }
        out.println(stop ? "drained; the process stops" : "drained");
        return 0;
    }

    /** @param before how many there were at the last look */
    private int left(ManagementClient client, int before) throws Failure {
        try {
            return connections(client.askAsOwner("/admin/status"));
        } catch (Failure e) {
            if (stop && e.getCause() instanceof ConnectException) {
                // It has stopped already.
                return 0;
            }
            if (stop && e.getCause() instanceof IOException) {
                // It may be stopping: the next look tells.
                return before;
            }
            throw e;
        }
    }

    private static void pause() throws Failure {
        try {
            Thread.sleep(LOOK_EVERY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(Failure.FAILED, "interrupted; the pool goes on draining", e);
        }
    }

    private static int connections(String reply) throws Failure {
        try {
            return new JsonMapper().readTree(reply).path("connections").asInt();
        } catch (IOException e) {
            throw new Failure(Failure.FAILED, "the pool's answer is not JSON: " + e.getMessage(), e);
        }
    }
}
