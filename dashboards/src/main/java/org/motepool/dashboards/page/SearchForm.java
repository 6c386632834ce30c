package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;
import static org.motepool.dashboards.html.Html.text;

import org.motepool.dashboards.html.Html;
import org.motepool.dashboards.html.OutsideText;

/** The way to one's own account: a form that works without script. */
final class SearchForm {
    /** The longest address has 90 characters; a worker's name may hang on. */
    private static final int INPUT_CHARACTERS_MAX = 160;

    private SearchForm() {}

    static Html empty() {
        return form("", Html.none());
    }

    /** With what was typed, and why it is no address. */
    static Html refused(String typed, String reason) {
        Html why = tag("p").cls("problem")
                .attr("id", "why")
                .attr("role", "alert")
                .with(
                        tag("strong").with("That is not an address this pool can pay: "),
                        text(reason + ". Copy it from your wallet in one piece; nothing was lost."));
        return form(OutsideText.plain(typed), why);
    }

    private static Html form(String typed, Html problem) {
        Html.Element input = tag("input")
                .attr("type", "text")
                .attr("id", "address")
                .attr("name", "address")
                .attr("value", typed)
                .attr("required", "")
                .attr("maxlength", Integer.toString(INPUT_CHARACTERS_MAX))
                .attr("autocomplete", "off")
                .attr("autocapitalize", "none")
                .attr("spellcheck", "false")
                .attr("placeholder", "your payout address");
        return tag("form")
                .cls("search")
                .attr("action", "/search")
                .attr("method", "get")
                .attr("role", "search")
                .with(
                        tag("label").attr("for", "address").with("See what your devices do"),
                        tag("div")
                                .with(
                                        typed.isEmpty() ? input : input.attr("aria-describedby", "why"),
                                        tag("button").attr("type", "submit").with("Look up")),
                        problem);
    }
}
