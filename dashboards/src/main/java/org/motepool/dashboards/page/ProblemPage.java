package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;

import org.motepool.dashboards.html.Html;

/** What a reader sees when there is nothing to show, in plain words. */
public final class ProblemPage {
    private final String poolName;

    public ProblemPage(String poolName) {
        this.poolName = poolName;
    }

    /** @param status of the reply */
    public String html(int status) {
        return Layout.page(
                poolName,
                title(status),
                0,
                tag("section")
                        .cls("hero")
                        .with(
                                tag("h1").with(title(status)),
                                tag("p").cls("lead").with(advice(status))),
                status == 404 || status == 400 ? SearchForm.empty() : Html.none());
    }

    /** An address that is none. */
    public String notAnAddress(String typed, String reason) {
        return Layout.page(
                poolName,
                "No such address",
                0,
                tag("section").cls("hero").with(tag("h1").with("No such address"), SearchForm.refused(typed, reason)));
    }

    /** One sentence for people, also for programs. */
    public static String title(int status) {
        return switch (status) {
            case 400 -> "This request could not be understood";
            case 404 -> "There is nothing here";
            case 405 -> "This page can only be read";
            case 503 -> "Statistics are not reachable right now, mining goes on";
            default -> "Something went wrong on our side";
        };
    }

    private static String advice(int status) {
        return switch (status) {
            case 400, 404 -> "Look up your address, or begin at the home page.";
            case 405 -> "Ask for it with GET.";
            case 503 ->
                "Your devices keep their connection, and every accepted share is safe on disk."
                        + " Load this page again in a few seconds.";
            default -> "It has been noted. Mining is not affected; load the page again in a moment.";
        };
    }
}
