package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;

import org.motepool.dashboards.html.Html;

/** What a reader sees when there is nothing to show, in plain words. */
public final class ProblemPage {
    private final Site site;

    public ProblemPage(Site site) {
        this.site = site;
    }

    /** @param status of the reply */
    public String html(Visit visit, int status) {
        String key = key(status);
        return Layout.page(
                site,
                visit,
                visit.say("problem." + key),
                0,
                "",
                tag("section")
                        .cls("hero alone")
                        .with(tag("div")
                                .with(
                                        tag("h1").with(visit.say("problem." + key)),
                                        tag("p").cls("lead").with(visit.say("problem." + key + ".next")),
                                        status == 404 || status == 400 ? SearchForm.empty(visit) : Html.none())));
    }

    /** An address that is none. */
    public String notAnAddress(Visit visit, String typed) {
        return Layout.page(
                site,
                visit,
                visit.say("problem.address"),
                0,
                "",
                tag("section")
                        .cls("hero alone")
                        .with(tag("div")
                                .with(tag("h1").with(visit.say("problem.address")), SearchForm.refused(visit, typed))));
    }

    /** One sentence for programs. */
    public static String title(int status) {
        return switch (status) {
            case 400 -> "This request could not be understood";
            case 404 -> "There is nothing here";
            case 405 -> "This page can only be read";
            case 408 -> "The request did not come in whole in time";
            case 413 -> "That is more than is taken here";
            case 429 -> "Too many requests for this address from one place";
            case 503 -> "Statistics are not reachable right now, mining goes on";
            default -> "Something went wrong on our side";
        };
    }

    private static String key(int status) {
        return switch (status) {
            case 400, 408, 413 -> "400";
            case 404 -> "404";
            case 405 -> "405";
            case 503 -> "503";
            default -> "500";
        };
    }
}
