package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;
import static org.motepool.dashboards.html.Html.text;

import org.motepool.dashboards.format.Quantities;
import org.motepool.dashboards.html.Html;
import org.motepool.dashboards.language.Words;

/** Small pieces that several pages are made of. */
final class Parts {
    private Parts() {}

    /** One number that matters, with its name above and its meaning below. */
    static Html tile(String name, Html value, String meaning) {
        return tag("div")
                .with(
                        tag("dt").with(name),
                        tag("dd").cls("value").with(value),
                        tag("dd").cls("quiet").with(meaning));
    }

    /**
     * What a best share means.
     *
     * @param today the best of the day, 0 without a share
     */
    static String best(Words words, double today) {
        return today > 0 ? words.say("tile.best-today", words.difficulty(today)) : words.say("tile.best-meaning");
    }

    /** A name and what goes with it. */
    static Html fact(String name, Html value) {
        return tag("div").with(tag("dt").with(name), tag("dd").with(value));
    }

    /** An estimated rate, its band in smaller type behind it. */
    static Html hashRate(Words words, double hashesPerSecond, long shares) {
        String band = words.number(Quantities.band(hashesPerSecond, shares));
        Html rate = text(words.hashRate(hashesPerSecond, shares));
        return band.isEmpty()
                ? rate
                : tag("span").cls("rate").with(rate, text(" "), tag("small").with(band));
    }

    /** A headed part of a page. */
    static Html.Element section(String id, String title) {
        return tag("section")
                .attr("id", id)
                .attr("aria-labelledby", id + "-title")
                .with(tag("h2").attr("id", id + "-title").with(title));
    }

    /** A part whose content is renewed while the page is open. */
    static Html.Element live(String id) {
        return tag("div").attr("data-live", id);
    }

    static Html link(String path, String text) {
        return tag("a").attr("href", path).with(text);
    }

    static Html linkTo(String path, Html content) {
        return tag("a").attr("href", path).with(content);
    }

    static Html quiet(String text) {
        return tag("p").cls("quiet").with(text);
    }
}
