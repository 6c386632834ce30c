package org.motepool.pool.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.motepool.devices.load.Arrival;
import org.motepool.devices.load.FanOut;
import org.motepool.devices.load.Replies;
import org.motepool.pool.bench.StratumReport;
import org.motepool.pool.bench.TipTimes;

/** What a loaded pool did, for people and for scripts. Stateless. */
final class BenchStratumScreen {
    private BenchStratumScreen() {}

    /** One object; what this system does not tell is null. */
    static ObjectNode json(String mode, StratumReport report) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("mode", mode);
        json.put("connections", report.connections());
        json.put("storm_s", rounded(report.arrivals().getFirst().nanos() / 1e9));
        if (report.arrivals().size() > 1) {
            ArrayNode again = json.putArray("storms_again_s");
            report.arrivals().stream().skip(1).forEach(arrival -> again.add(rounded(arrival.nanos() / 1e9)));
        }
        json.put("lost", report.arrivals().stream().mapToInt(Arrival::lost).sum());
        put(json, "resident_bytes_before", report.residentBefore());
        put(json, "resident_bytes_idle", report.residentIdle());
        put(json, "bytes_per_idle_connection", report.bytesPerIdleConnection());
        report.startNanos().ifPresent(nanos -> json.put("start_s", rounded(nanos / 1e9)));
        report.opening().ifPresent(replies -> json.set("opening", json(replies)));
        report.traffic().ifPresent(traffic -> {
            json.put("bytes_per_device_hour", Math.round(traffic.bytesPerHour()));
            json.put("traffic_s", rounded(traffic.nanos() / 1e9));
        });
        json.set("closed_loop", report.closed().map(BenchStratumScreen::json).orElse(null));
        json.set("open_loop", report.open().map(BenchStratumScreen::json).orElse(null));
        report.http().ifPresent(http -> {
            ObjectNode asked = json.putObject("http");
            asked.put("answered_per_s", Math.round(http.perSecond()));
            asked.put("failed", http.failed());
            asked.put("p50_ms", rounded(http.latencyMillis(0.5)));
            asked.put("p99_ms", rounded(http.latencyMillis(0.99)));
        });
        ArrayNode fanOuts = json.putArray("fan_out_ms");
        for (FanOut fanOut : report.fanOuts()) {
            fanOuts.add(rounded(fanOut.nanos() / 1e6));
        }
        if (!report.tips().isEmpty()) {
            ArrayNode firstToLast = json.putArray("tip_first_to_last_ms");
            ArrayNode knownToLast = json.putArray("tip_known_to_last_ms");
            for (TipTimes tip : report.tips()) {
                firstToLast.add(rounded(tip.firstToLast() / 1e6));
                knownToLast.add(rounded(tip.knownToLast() / 1e6));
            }
        }
        return json;
    }

    private static void put(ObjectNode json, String name, OptionalLong value) {
        if (value.isPresent()) {
            json.put(name, value.getAsLong());
        } else {
            json.putNull(name);
        }
    }

    private static ObjectNode json(Replies replies) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("answered_per_s", Math.round(replies.answeredPerSecond()));
        json.put("accepted", replies.accepted());
        json.put("answered", replies.answered());
        json.put("server_cpu_us_per_submit", rounded(replies.cpuMicrosPerReply()));
        if (replies.heapBytesPerReply() > 0) {
            json.put("event_loop_heap_bytes_per_submit", Math.round(replies.heapBytesPerReply()));
        }
        json.put("p50_ms", rounded(replies.latencyMillis(0.5)));
        json.put("p99_ms", rounded(replies.latencyMillis(0.99)));
        json.put("p999_ms", rounded(replies.latencyMillis(0.999)));
        return json;
    }

    private static double rounded(double value) {
        return Math.round(value * 1e3) / 1e3;
    }

    static void print(String mode, StratumReport report, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "  %s shares, %d connections, all authorized after %s s%n",
                mode,
                report.connections(),
                report.arrivals().stream()
                        .map(arrival -> String.format(Locale.ROOT, "%.2f", arrival.nanos() / 1e9))
                        .collect(Collectors.joining(", ")));
        report.bytesPerIdleConnection()
                .ifPresent(bytes -> out.printf(Locale.ROOT, "  idle         %,d bytes a connection%n", bytes));
        report.startNanos()
                .ifPresent(
                        nanos -> out.printf(Locale.ROOT, "  start        %.2f s until the first job%n", nanos / 1e9));
        out.println();
        out.println("               answered/s   CPU us each   p50 ms    p99 ms   p99.9 ms   accepted   heap B each");
        report.opening().ifPresent(opening -> print("first 10 s", opening, out));
        report.closed().ifPresent(closed -> print("closed loop", closed, out));
        report.open().ifPresent(open -> print("open loop", open, out));
        for (FanOut fanOut : report.fanOuts()) {
            out.printf(
                    Locale.ROOT,
                    "  a new tip reached %d connections within %.1f ms%n",
                    fanOut.connections(),
                    fanOut.nanos() / 1e6);
        }
        for (TipTimes tip : report.tips()) {
            out.printf(
                    Locale.ROOT,
                    "  a new tip: %.1f ms from the first connection to the last, %.1f ms since the node knew it%n",
                    tip.firstToLast() / 1e6,
                    tip.knownToLast() / 1e6);
        }
        report.http()
                .ifPresent(http -> out.printf(
                        Locale.ROOT,
                        "  API          %,.0f answers/s beside the open loop, %d failed, p50 %.2f ms, p99 %.2f ms%n",
                        http.perSecond(),
                        http.failed(),
                        http.latencyMillis(0.5),
                        http.latencyMillis(0.99)));
        report.traffic()
                .ifPresent(traffic -> out.printf(
                        Locale.ROOT,
                        "  a connection with a share in 10 s: %,.0f bytes an hour, seen for %.0f s%n",
                        traffic.bytesPerHour(),
                        traffic.nanos() / 1e9));
        out.println();
        out.println(
                "  CPU is the server's process alone, by the system; latency counts from when a share was due; heap is that of a pool"
                        + "\n  of ours, its event loops'.");
    }

    private static void print(String name, Replies replies, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "  %-11s %,11.0f %13.1f %8.2f %9.2f %10.2f %9.1f%% %13.0f%n",
                name,
                replies.answeredPerSecond(),
                replies.cpuMicrosPerReply(),
                replies.latencyMillis(0.5),
                replies.latencyMillis(0.99),
                replies.latencyMillis(0.999),
                100.0 * replies.accepted() / Math.max(1, replies.answered()),
                replies.heapBytesPerReply());
    }
}
