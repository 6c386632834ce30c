package org.motepool.dashboards.svg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.motepool.dashboards.view.Series;
import org.motepool.store.History.Point;
import org.motepool.store.History.Resolution;
import org.motepool.store.LiveStats.FamilyReport;

class ChartTest {
    private static final long SLOT = Resolution.MINUTE.millis();

    private static Series series(int slots, Point... points) {
        return new Series(Resolution.MINUTE, 0, slots * SLOT, List.of(points));
    }

    private static Point point(int slot, long work, long shares) {
        return new Point(slot * SLOT, work, shares);
    }

    @Test
    void drawsALineWithItsBand() {
        String svg = new Chart(100, 50)
                .draw(series(4, point(0, 1, 4), point(1, 2, 4), point(2, 1, 4), point(3, 1, 4)), "a & b")
                .written();

        // 2 units a minute are 2,184 hashes a second, below the round 3,000 at the top.
        assertThat(svg)
                .contains("d=\"M12.5 31.8L37.5 13.6L62.5 31.8L87.5 31.8\"")
                .contains("d=\"M12.5 22.7L37.5 0L62.5 22.7L87.5 22.7L87.5 40.9L62.5 40.9L37.5 31.8L12.5 40.9Z\"")
                .contains("aria-label=\"a &amp; b\"");
    }

    @Test
    void leavesAGapWhereNobodyReported() {
        Series broken = series(10, point(0, 1, 1), point(1, 1, 1), point(5, 0, 0), point(8, 1, 1), point(9, 1, 1));

        assertThat(Chart.runs(broken)).extracting(List::size).containsExactly(2, 1, 2);
        assertThat(new Chart(100, 50).draw(broken, "").written().split("class=\"line\"", -1))
                .as("a line for each run")
                .hasSize(4);
    }

    @Test
    void standsForAnythingWithoutLeavingThePicture() {
        long seed = 20_260_103;
        Random random = new Random(seed);
        for (int run = 0; run < 300; run++) {
            List<Point> points = new ArrayList<>();
            for (int slot = 0; slot < 50; slot++) {
                if (random.nextInt(4) > 0) {
                    points.add(point(slot, random.nextLong(1L << random.nextInt(1, 60)), random.nextInt(100)));
                }
            }
            Series series = series(50, points.toArray(new Point[0]));
            String svg = new Chart(720, 200).draw(series, "").written();
            assertThat(svg).as("seed %d run %d", seed, run).doesNotContain("NaN", "Infinity");
            for (String pair : svg.replaceAll("(?s).*?d=\"([^\"]*)\"", "$1 ").split("[MLZHh ]+", -1)) {
                if (pair.matches("-?[0-9.]+")) {
                    assertThat(Double.parseDouble(pair))
                            .as("seed %d run %d", seed, run)
                            .isBetween(0.0, 720.0);
                }
            }
        }
    }

    @Test
    void theUpperEdgeIsRoundAndAboveAll() {
        assertThat(Chart.top(series(2, point(0, 0, 0)))).isEqualTo(1);
        assertThat(Chart.top(series(2, point(0, 2, 4)))).isEqualTo(3_000);
        assertThat(Chart.top(series(2, point(0, 8_000, 4)))).isEqualTo(1e7);
    }

    @Test
    void aMoteForEachDeviceUpToABound() {
        assertThat(Motes.draw(List.of(new FamilyReport("a", "micro", 24, 1e6, 10, 1)), "24")
                        .written()
                        .split("M", -1))
                .hasSize(24 + 3);
        String crowd = Motes.draw(
                        List.of(
                                new FamilyReport("a", "micro", 100_000, 1e9, 10, 1),
                                new FamilyReport("b", "asic", 1, 1e12, 10, 1)),
                        "")
                .written();
        assertThat(crowd.split("M", -1).length).isLessThanOrEqualTo(Motes.DOTS_MAX + 4);
        assertThat(crowd).hasSizeLessThan(12_000);
    }
}
