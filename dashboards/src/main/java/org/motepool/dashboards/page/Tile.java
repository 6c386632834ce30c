package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;

import org.motepool.dashboards.html.Html;

/** One number that matters, with its name above and its meaning below. */
final class Tile {
    private Tile() {}

    static Html of(String name, Html value, String meaning) {
        return tag("div")
                .with(
                        tag("dt").with(name),
                        tag("dd").cls("value").with(value),
                        tag("dd").cls("quiet").with(meaning));
    }
}
