package org.motepool.dashboards.svg;

import static org.motepool.dashboards.html.Html.tag;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.motepool.dashboards.html.Html;
import org.motepool.dashboards.view.Series;
import org.motepool.store.History.Point;

/**
 * Draws a series of hash rates: a line with its ± 1/√n band for each unbroken run of slots, nothing where there was no
 * report. Colours come from the page's style by class. Pure.
 *
 * @param width and {@code height}: of the picture's own coordinates; a page stretches it
 */
public record Chart(int width, int height) {
    /** The line is not drawn at the very edge. */
    private static final double HEADROOM = 1.08;

    private static final int GRID_LINES = 2;

    /** The picture, with a text for those who do not see it. */
    public Html.Element draw(Series series, String label) {
        List<Html> shapes = new ArrayList<>();
        shapes.add(path("grid", grid()));
        for (List<Point> run : runs(series)) {
            shapes.add(path("band", outline(series, run)));
            shapes.add(path("line", line(series, run)));
        }
        return tag("svg")
                .attr("xmlns", "http://www.w3.org/2000/svg")
                .attr("viewBox", "0 0 " + width + " " + height)
                .attr("preserveAspectRatio", "none")
                .attr("role", "img")
                .attr("aria-label", label)
                .with(shapes);
    }

    /** Value at the upper edge: a round number that the highest point stays below; 1 where all is zero. */
    public static double top(Series series) {
        double highest = series.points().stream()
                .mapToDouble(point -> point.hashRate(series.resolution()))
                .max()
                .orElse(0);
        if (highest <= 0) {
            return 1;
        }
        double wanted = highest * HEADROOM;
        double unit = Math.pow(10, Math.floor(Math.log10(wanted)));
        for (double step : new double[] {1, 1.5, 2, 3, 4, 5, 6, 8}) {
            if (step * unit >= wanted) {
                return step * unit;
            }
        }
        return 10 * unit;
    }

    /** Points in unbroken runs: between two of them there is at least one slot without a report. */
    static List<List<Point>> runs(Series series) {
        List<List<Point>> runs = new ArrayList<>();
        List<Point> run = new ArrayList<>();
        long next = 0;
        for (Point point : series.points()) {
            if (!run.isEmpty() && point.start() != next) {
                runs.add(run);
                run = new ArrayList<>();
            }
            run.add(point);
            next = point.start() + series.resolution().millis();
        }
        if (!run.isEmpty()) {
            runs.add(run);
        }
        return runs;
    }

    private String grid() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i <= GRID_LINES; i++) {
            double y = Math.clamp(height * i / (double) GRID_LINES, 0.5, height - 0.5);
            lines.append("M0 ").append(number(y)).append('H').append(width);
        }
        return lines.toString();
    }

    private String line(Series series, List<Point> run) {
        StringBuilder line = new StringBuilder();
        for (Point point : run) {
            line.append(line.isEmpty() ? 'M' : 'L').append(at(series, point, point.hashRate(series.resolution())));
        }
        // One slot alone is a dash as long as the slot.
        return run.size() == 1 ? line + "h" + number(slotWidth(series)) : line.toString();
    }

    /** The band of a run: along its upper edge and back along the lower one. */
    private String outline(Series series, List<Point> run) {
        StringBuilder there = new StringBuilder();
        StringBuilder back = new StringBuilder();
        for (Point point : run) {
            double rate = point.hashRate(series.resolution());
            double spread = point.shares() == 0 ? 0 : rate / Math.sqrt((double) point.shares());
            there.append(there.isEmpty() ? 'M' : 'L').append(at(series, point, rate + spread));
            back.insert(0, "L" + at(series, point, rate - spread));
        }
        return there.append(back).append('Z').toString();
    }

    private String at(Series series, Point point, double rate) {
        double x = (point.start() - series.from()) * width / (double) (series.to() - series.from())
                + slotWidth(series) / 2;
        double y = height * (1 - Math.clamp(rate / top(series), 0, 1));
        return number(x) + " " + number(y);
    }

    private double slotWidth(Series series) {
        return series.resolution().millis() * (double) width / (series.to() - series.from());
    }

    private static Html path(String kind, String data) {
        return tag("path").cls(kind).attr("d", data);
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
