package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;
import static org.motepool.dashboards.html.Html.text;

import java.util.List;
import java.util.Optional;
import org.motepool.dashboards.html.Html;
import org.motepool.dashboards.language.Words;
import org.motepool.dashboards.preference.RequestState;
import org.motepool.dashboards.preference.RequestState.State;
import org.motepool.dashboards.view.SettingsView;

/** The third step: what became of a signed text. While it waits the page loads itself again, script or not. */
public final class OutcomePage {
    private static final String REFRESH_SECONDS = "3";

    private final Site site;

    public OutcomePage(Site site) {
        this.site = site;
    }

    /** Path of one request's outcome. */
    public static String path(String address, String id) {
        return SettingsParts.path(address) + "/" + id;
    }

    /** @param request empty where nobody knows it any more */
    public String html(Visit visit, SettingsView view, Optional<RequestState> request) {
        Words words = visit.words();
        String address = view.address().canonical();
        boolean waits =
                request.map(RequestState::state).filter(State.WAITING::equals).isPresent();
        List<Html> refresh =
                waits ? List.of(tag("meta").attr("http-equiv", "refresh").attr("content", REFRESH_SECONDS)) : List.of();
        return Layout.page(
                site,
                visit,
                words.say("outcome.title"),
                view.readAt(),
                "",
                refresh,
                tag("h1").with(words.say("outcome.title")),
                SettingsParts.address(address),
                request.map(known -> told(words, known)).orElse(unknown(words)),
                SettingsParts.notices(words, address, view.waiting()),
                Parts.section("holds", words.say("settings.holds")).with(SettingsParts.holds(words, view)),
                tag("p").with(Parts.link(SettingsParts.path(address), words.say("outcome.more"))));
    }

    private static Html told(Words words, RequestState request) {
        return switch (request.state()) {
            case WAITING -> said("watch", words, "waiting", Html.none());
            case ACCEPTED -> said("open", words, "accepted", Html.none());
            case REFUSED ->
                said(
                        "degraded",
                        words,
                        "refused",
                        tag("span").attr("lang", "en").with(request.reason() + "."));
        };
    }

    private static Html unknown(Words words) {
        return said("watch", words, "unknown", Html.none());
    }

    private static Html said(String kind, Words words, String what, Html reason) {
        return tag("p").cls("status " + kind)
                .attr("role", "status")
                .with(
                        tag("strong").with(words.say("outcome." + what)),
                        text(" "),
                        reason,
                        text(" " + words.say("outcome." + what + ".next")));
    }
}
