package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;
import static org.motepool.dashboards.html.Html.text;

import org.motepool.dashboards.format.Quantities;
import org.motepool.dashboards.html.Html;

/** An estimated rate, its band in smaller type behind it. */
final class HashRate {
    private HashRate() {}

    static Html html(double hashesPerSecond, long shares) {
        String band = Quantities.band(hashesPerSecond, shares);
        Html rate = text(Quantities.hashRate(hashesPerSecond, shares));
        return band.isEmpty()
                ? rate
                : tag("span").cls("rate").with(rate, text(" "), tag("small").with(band));
    }
}
