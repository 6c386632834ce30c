package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;
import static org.motepool.dashboards.html.Html.text;

import java.util.ArrayList;
import java.util.List;
import org.motepool.dashboards.format.Times;
import org.motepool.dashboards.html.Html;
import org.motepool.dashboards.language.Language;

/** What is around the content of every page. */
final class Layout {
    private static final List<String> PAGES = List.of("connect", "mine", "devices", "blocks", "payouts", "rewards");

    private Layout() {}

    /**
     * A whole document.
     *
     * @param title of this page, in front of the pool's name
     * @param asOf moment that the numbers are of, 0 where there are none
     * @param events path of the events that renew the page, empty for none
     */
    static String page(Site site, Visit visit, String title, long asOf, String events, Html... content) {
        return page(site, visit, title, asOf, events, List.of(), content);
    }

    /**
     * The same of a page that needs more than the common style and module.
     *
     * @param more what its head has beside them
     */
    static String page(
            Site site, Visit visit, String title, long asOf, String events, List<Html> more, Html... content) {
        return tag("html")
                .attr("lang", visit.words().language().code())
                .with(head(site, title).with(more), body(site, visit, asOf, events, content))
                .document();
    }

    /** A reference to a style sheet. */
    static Html sheet(Asset style) {
        return tag("link").attr("rel", "stylesheet").attr("href", style.path());
    }

    private static Html.Element head(Site site, String title) {
        return tag("head")
                .with(
                        tag("meta").attr("charset", "utf-8"),
                        tag("meta").attr("name", "viewport").attr("content", "width=device-width, initial-scale=1"),
                        tag("meta").attr("name", "color-scheme").attr("content", "light dark"),
                        tag("title").with(title.isEmpty() ? site.poolName() : title + " · " + site.poolName()),
                        sheet(Asset.STYLE),
                        tag("link").attr("rel", "icon").attr("href", Asset.MARK.path()),
                        Html.module(Asset.LIVE.path()));
    }

    private static Html body(Site site, Visit visit, long asOf, String events, Html... content) {
        Html.Element main = tag("main").attr("id", "content").attr("tabindex", "-1");
        return tag("body")
                .with(
                        tag("a").cls("skip").attr("href", "#content").with(visit.say("layout.skip")),
                        header(site, visit),
                        (events.isEmpty()
                                        ? main
                                        : main.attr("data-events", events).attr("data-since", Long.toString(asOf)))
                                .with(content),
                        footer(site, visit, asOf));
    }

    private static Html header(Site site, Visit visit) {
        Html home = tag("a").cls("brand")
                .attr("href", "/")
                .with(
                        tag("img")
                                .attr("src", Asset.MARK.path())
                                .attr("alt", "")
                                .attr("width", "28")
                                .attr("height", "28"),
                        text(site.poolName()));
        List<Html> links = new ArrayList<>();
        for (String page : PAGES) {
            if (page.equals("mine") && MinePage.port(site).isEmpty()) {
                continue;
            }
            Html.Element link = tag("a").attr("href", "/" + page);
            links.add((visit.path().equals("/" + page) ? link.attr("aria-current", "page") : link)
                    .with(visit.say("nav." + page)));
        }
        return tag("header")
                .with(
                        home,
                        tag("nav").attr("aria-label", visit.say("layout.pages")).with(links));
    }

    private static Html footer(Site site, Visit visit, long asOf) {
        Html time = asOf == 0
                ? Html.none()
                : Html.all(visit.words()
                        .html(
                                "layout.as-of",
                                tag("time")
                                        .attr("datetime", Times.iso(asOf))
                                        .with(visit.words().time(asOf))));
        return tag("footer")
                .with(
                        tag("p").with(
                                        Parts.live("as-of").cls("inline").with(time),
                                        text(" "),
                                        tag("span")
                                                .attr("id", "link")
                                                .attr("data-on", visit.say("layout.live"))
                                                .attr("data-off", visit.say("layout.lost"))
                                                .with("")),
                        tag("p").with(visit.words()
                                .html(
                                        "layout.about",
                                        text(site.poolName()),
                                        Parts.link("/api/v1/openapi.json", "API"))),
                        languages(visit));
    }

    private static Html languages(Visit visit) {
        List<Html> all = new ArrayList<>();
        for (Language language : Language.values()) {
            if (language != visit.words().language()) {
                all.add(tag("a").attr("href", visit.path() + "?lang=" + language.code())
                        .attr("lang", language.code())
                        .attr("hreflang", language.code())
                        .attr("rel", "alternate")
                        .with(language.ownName()));
            }
        }
        return tag("p").with(all);
    }
}
