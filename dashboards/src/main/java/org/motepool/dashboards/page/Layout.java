package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;
import static org.motepool.dashboards.html.Html.text;

import org.motepool.dashboards.format.Times;
import org.motepool.dashboards.html.Html;

/** What is around the content of every page. */
final class Layout {
    private Layout() {}

    /**
     * A whole document.
     *
     * @param title of this page, in front of the pool's name
     * @param asOf moment that the numbers are of, 0 where there are none
     */
    static String page(String poolName, String title, long asOf, Html... content) {
        return tag("html")
                .attr("lang", "en")
                .with(head(poolName, title), body(poolName, asOf, content))
                .document();
    }

    private static Html head(String poolName, String title) {
        return tag("head")
                .with(
                        tag("meta").attr("charset", "utf-8"),
                        tag("meta").attr("name", "viewport").attr("content", "width=device-width, initial-scale=1"),
                        tag("meta").attr("name", "color-scheme").attr("content", "light dark"),
                        tag("title").with(title.isEmpty() ? poolName : title + " · " + poolName),
                        tag("link").attr("rel", "stylesheet").attr("href", Asset.STYLE.path()),
                        tag("link").attr("rel", "icon").attr("href", Asset.MARK.path()));
    }

    private static Html body(String poolName, long asOf, Html... content) {
        return tag("body")
                .with(
                        tag("a").cls("skip").attr("href", "#content").with("Skip to the content"),
                        header(poolName),
                        tag("main").attr("id", "content").with(content),
                        footer(poolName, asOf));
    }

    private static Html header(String poolName) {
        Html home = tag("a").cls("brand")
                .attr("href", "/")
                .with(
                        tag("img")
                                .attr("src", Asset.MARK.path())
                                .attr("alt", "")
                                .attr("width", "28")
                                .attr("height", "28"),
                        text(poolName));
        return tag("header")
                .with(
                        home,
                        tag("nav")
                                .attr("aria-label", "Pages")
                                .with(
                                        tag("a").attr("href", "/#connect").with("Connect"),
                                        tag("a").attr("href", "/blocks").with("Blocks")));
    }

    private static Html footer(String poolName, long asOf) {
        Html time = asOf == 0
                ? Html.none()
                : Html.all(
                        text("Numbers as of "),
                        tag("time").attr("datetime", Times.iso(asOf)).with(Times.readable(asOf)),
                        text("; load the page again for newer ones. "));
        return tag("footer")
                .with(tag("p").with(
                                time,
                                text(poolName
                                        + " is run with Motepool, free software for the smallest miners."
                                        + " Programs read the same numbers from "),
                                tag("a").attr("href", "/api/pool").with("/api/pool"),
                                text(".")));
    }
}
