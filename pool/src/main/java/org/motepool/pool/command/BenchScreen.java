package org.motepool.pool.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import org.motepool.validator.bench.Shape;
import org.motepool.validator.bench.Speed;
import org.motepool.validator.bench.ValidatorReport;
import org.motepool.validator.hash.HasherRace;

/** A bench's result for people and for scripts. Stateless. */
final class BenchScreen {
    private BenchScreen() {}

    /** One object; what there is no vector hasher for is null. */
    static ObjectNode json(ValidatorReport report) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("path", report.path());
        json.put(
                "warmup_s",
                report.warmUpSeconds().map(seconds -> rounded(seconds, 1e3)).orElse(null));
        report.speeds().forEach((shape, speed) -> json.set(shape.key(), json(speed)));
        json.put("reason", report.reason());
        json.put("allocated_bytes_per_share", rounded(report.allocatedPerShare(), 1e3));
        json.put("java", Runtime.version().toString());
        return json;
    }

    private static ObjectNode json(Speed speed) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("scalar_per_s", Math.round(speed.scalarPerSecond()));
        if (speed.lanes().isPresent()) {
            HasherRace.Result lanes = speed.lanes().get();
            json.put("vector_per_s", Math.round(lanes.vectorPerSecond()));
            json.put("ratio", rounded(lanes.ratio(), 1e2));
            json.put("ratio_low", rounded(lanes.low(), 1e2));
            json.put("ratio_high", rounded(lanes.high(), 1e2));
        } else {
            json.putNull("vector_per_s");
            json.putNull("ratio");
        }
        return json;
    }

    private static double rounded(double value, double scale) {
        return Math.round(value * scale) / scale;
    }

    static void print(ValidatorReport report, PrintWriter out) {
        out.println("  shares are hashed by  " + report.path() + ": " + report.reason());
        report.warmUpSeconds()
                .ifPresentOrElse(
                        seconds -> out.printf(
                                Locale.ROOT,
                                "  warm-up               %.2f s to nine tenths of the speed at K = 12%n",
                                seconds),
                        () -> out.println(
                                "  No vector hasher here: shares are hashed one by one, which always works."));
        out.printf(Locale.ROOT, "  heap                  %.2f bytes a share%n%n", report.allocatedPerShare());
        out.println("  one thread    one by one/s      in lanes/s   ratio (8 of 10 rounds)");
        for (Map.Entry<Shape, Speed> entry : report.speeds().entrySet()) {
            print(entry.getKey(), entry.getValue(), out);
        }
        out.println();
        out.println(
                "  K is the length of the merkle branch; the time is the thread's own, medians of rounds by turns.");
    }

    private static void print(Shape shape, Speed speed, PrintWriter out) {
        String lanes = speed.lanes()
                .map(race -> String.format(
                        Locale.ROOT,
                        "%,14.0f    %.2f (%.2f to %.2f)",
                        race.vectorPerSecond(),
                        race.ratio(),
                        race.low(),
                        race.high()))
                .orElse("             -    -");
        out.printf(Locale.ROOT, "  %-12s%,14.0f  %s%n", shape.title(), speed.scalarPerSecond(), lanes);
    }
}
