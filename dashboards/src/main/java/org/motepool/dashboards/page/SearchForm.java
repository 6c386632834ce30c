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

    static Html empty(Visit visit) {
        return form(visit, "", Html.none());
    }

    /** With what was typed, and what to do about it. */
    static Html refused(Visit visit, String typed) {
        Html why = tag("p").cls("problem")
                .attr("id", "why")
                .attr("role", "alert")
                .with(tag("strong").with(visit.say("search.refused")), text(" " + visit.say("search.why")));
        return form(visit, OutsideText.plain(typed), why);
    }

    private static Html form(Visit visit, String typed, Html problem) {
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
                .attr("placeholder", visit.say("search.placeholder"));
        return tag("form")
                .cls("search")
                .attr("action", "/search")
                .attr("method", "get")
                .attr("role", "search")
                .with(
                        tag("label").attr("for", "address").with(visit.say("search.label")),
                        tag("div")
                                .with(
                                        typed.isEmpty() ? input : input.attr("aria-describedby", "why"),
                                        tag("button").attr("type", "submit").with(visit.say("search.button"))),
                        problem);
    }
}
