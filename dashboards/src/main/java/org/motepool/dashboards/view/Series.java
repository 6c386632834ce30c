package org.motepool.dashboards.view;

import java.util.List;
import org.motepool.store.History.Point;
import org.motepool.store.History.Resolution;

/**
 * Closed slots of one subject, up to the beginning of the open one, which is left out.
 *
 * @param from beginning of the first slot, milliseconds since 1970
 * @param to end of the last
 * @param points oldest first; a slot without one is a gap
 */
public record Series(Resolution resolution, long from, long to, List<Point> points) {
    private static final double HASHES_PER_WORK_UNIT = 65_536;

    public Series {
        points = List.copyOf(points);
    }

    /** The same from the first report on, but of {@code least} slots or more: a young pool does not vanish at the edge. */
    public Series withoutEmptyBeginning(int least) {
        long first = points.isEmpty() ? from : points.getFirst().start();
        long begin = Math.max(from, Math.min(first, to - least * resolution.millis()));
        return new Series(resolution, begin, to, points);
    }

    /** Hashes a second over the last {@code slots} slots, gaps counted as nothing: a statistic. */
    public double rateOfLast(int slots) {
        long since = to - (long) slots * resolution.millis();
        double work = points.stream()
                .filter(point -> point.start() >= since)
                .mapToDouble(Point::work)
                .sum();
        return work * HASHES_PER_WORK_UNIT * 1_000 / (slots * (double) resolution.millis());
    }
}
