package org.motepool.dashboards.svg;

import static org.motepool.dashboards.html.Html.tag;

import org.motepool.dashboards.html.Html;
import org.motepool.dashboards.view.Series;

/** Pictures that other sites show: a badge of one line, a card with the chart. They stand alone and hold no script. */
public final class Badge {
    private static final String NAMESPACE = "http://www.w3.org/2000/svg";
    private static final String FONT = "Verdana,DejaVu Sans,sans-serif";
    private static final int CHARACTER_WIDTH = 7;
    private static final int PADDING = 10;
    private static final int CARD_WIDTH = 480;
    private static final int CARD_HEIGHT = 200;
    private static final int CHART_HEIGHT = 90;

    private Badge() {}

    /** A label and what it says. */
    public static String line(String label, String message) {
        int left = label.length() * CHARACTER_WIDTH + 2 * PADDING;
        int right = message.length() * CHARACTER_WIDTH + 2 * PADDING;
        return svg(left + right, 20, label + ": " + message)
                .with(
                        rect(0, 0, left + right, 20, "#3a3027"),
                        rect(left, 0, right, 20, "#a34a08"),
                        words(left / 2, 14, 11, "#ffffff", "middle", label),
                        words(left + right / 2, 14, 11, "#ffffff", "middle", message))
                .written();
    }

    /** A rate, how its devices are, and its last day. */
    public static String card(String title, String rate, String below, Series day) {
        Html chart = new Chart(CARD_WIDTH - 40, CHART_HEIGHT).draw(day, "");
        return svg(CARD_WIDTH, CARD_HEIGHT, title + ": " + rate)
                .with(
                        rect(0, 0, CARD_WIDTH, CARD_HEIGHT, "#faf7f2"),
                        words(20, 32, 13, "#665c50", "start", title),
                        words(20, 66, 26, "#221d17", "start", rate),
                        words(CARD_WIDTH - 20, 66, 13, "#665c50", "end", below),
                        tag("svg")
                                .attr("x", "20")
                                .attr("y", "90")
                                .attr("width", Integer.toString(CARD_WIDTH - 40))
                                .attr("height", Integer.toString(CHART_HEIGHT))
                                .attr("fill", "none")
                                .attr("stroke", "#a34a08")
                                .attr("stroke-width", "1.5")
                                .with(chart))
                .written();
    }

    private static Html.Element svg(int width, int height, String label) {
        return tag("svg")
                .attr("xmlns", NAMESPACE)
                .attr("width", Integer.toString(width))
                .attr("height", Integer.toString(height))
                .attr("role", "img")
                .attr("aria-label", label)
                .with(tag("title").with(label));
    }

    private static Html rect(int x, int y, int width, int height, String fill) {
        return tag("rect")
                .attr("x", Integer.toString(x))
                .attr("y", Integer.toString(y))
                .attr("width", Integer.toString(width))
                .attr("height", Integer.toString(height))
                .attr("fill", fill);
    }

    private static Html words(int x, int y, int size, String fill, String anchor, String text) {
        return tag("text")
                .attr("x", Integer.toString(x))
                .attr("y", Integer.toString(y))
                .attr("font-family", FONT)
                .attr("font-size", Integer.toString(size))
                .attr("fill", fill)
                .attr("text-anchor", anchor)
                .with(text);
    }
}
