package org.motepool.dashboards.svg;

import static org.motepool.dashboards.html.Html.tag;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.motepool.dashboards.html.Html;
import org.motepool.store.LiveStats.FamilyReport;

/**
 * The pool as specks of dust: a dot for each connected device, the larger the faster, laid out as a sunflower lays out its
 * seeds. A large pool shows a sample of the same mixture. Pure.
 */
public final class Motes {
    /** More dots are neither told apart nor cheap to send. */
    static final int DOTS_MAX = 160;

    private static final int SIZE = 320;
    private static final double GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
    private static final double RADIUS_LEAST = 2.4;
    private static final double RADIUS_PER_DECADE = 1.15;
    /** Dots of an empty pool: a hint of what will be there. */
    private static final int DOTS_IN_WAITING = 60;

    private Motes() {}

    /** @param label for those who do not see it */
    public static Html draw(List<FamilyReport> families, String label) {
        List<Double> radii = radii(families);
        boolean waiting = radii.isEmpty();
        if (waiting) {
            for (int i = 0; i < DOTS_IN_WAITING; i++) {
                radii.add(RADIUS_LEAST);
            }
        }
        double spread = (SIZE / 2.0 - 16) / Math.sqrt((double) radii.size());
        StringBuilder large = new StringBuilder();
        StringBuilder small = new StringBuilder();
        for (int i = 0; i < radii.size(); i++) {
            double distance = Math.min(spread, 26) * Math.sqrt(i + 0.5);
            double x = SIZE / 2.0 + distance * Math.cos(i * GOLDEN_ANGLE);
            double y = SIZE / 2.0 + distance * Math.sin(i * GOLDEN_ANGLE);
            (radii.get(i) > 2 * RADIUS_LEAST ? large : small).append(dot(x, y, Math.min(radii.get(i), spread * 0.62)));
        }
        return tag("svg")
                .cls(waiting ? "motes waiting" : "motes")
                .attr("viewBox", "0 0 " + SIZE + " " + SIZE)
                .attr("width", Integer.toString(SIZE))
                .attr("height", Integer.toString(SIZE))
                .attr("role", "img")
                .attr("aria-label", label)
                .with(
                        tag("path").cls("fast").attr("d", "M0 0" + large),
                        tag("path").attr("d", "M0 0" + small));
    }

    /** One for each dot, the largest first. */
    private static List<Double> radii(List<FamilyReport> families) {
        long devices = families.stream().mapToLong(FamilyReport::workers).sum();
        double scale = Math.min(1, DOTS_MAX / (double) Math.max(1, devices));
        List<Double> radii = new ArrayList<>();
        for (FamilyReport family : families) {
            double each = family.workers() == 0 ? 0 : family.hashRate() / family.workers();
            double radius = RADIUS_LEAST + RADIUS_PER_DECADE * Math.max(0, Math.log10(Math.max(1, each / 1_000)));
            long dots = Math.max(1, Math.round(family.workers() * scale));
            for (long i = 0; i < dots && radii.size() < DOTS_MAX; i++) {
                radii.add(radius);
            }
        }
        radii.sort(Comparator.reverseOrder());
        return radii;
    }

    /** A circle as two arcs, in one path with all others: a tenth of the bytes of an element each. */
    private static String dot(double x, double y, double r) {
        return String.format(
                Locale.ROOT,
                "M%.0f %.0fa%.1f %.1f 0 1 1 0 %.1fa%.1f %.1f 0 1 1 0-%.1f",
                x,
                y - r,
                r,
                r,
                2 * r,
                r,
                r,
                2 * r);
    }
}
