package org.motepool.dashboards;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.motepool.core.address.AddressException;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.preference.PreferenceException;
import org.motepool.core.preference.SignedText;
import org.motepool.dashboards.http.FormBody;
import org.motepool.dashboards.http.Question;
import org.motepool.dashboards.http.Reply;
import org.motepool.dashboards.http.Route;
import org.motepool.dashboards.page.OutcomePage;
import org.motepool.dashboards.page.SettingsPage;
import org.motepool.dashboards.page.SignPage;
import org.motepool.dashboards.page.Site;
import org.motepool.dashboards.preference.PreferenceCounter;
import org.motepool.dashboards.preference.RefusedException;
import org.motepool.dashboards.preference.RequestState;
import org.motepool.dashboards.view.SettingsView;
import org.motepool.dashboards.view.Views;
import org.motepool.store.StoreException;

/** {@code /settings/ADDRESS}: the pages on which the owner of an address decides, in three steps. Thread-safe. */
final class SettingsRoutes {
    private static final String BASE = "/settings/:address";

    private final PageRoutes pages;
    private final ApiRoutes api;
    private final Views views;
    private final PreferenceCounter counter;
    private final SettingsPage settings;
    private final SignPage sign;
    private final OutcomePage outcome;

    SettingsRoutes(PageRoutes pages, ApiRoutes api, Views views, PreferenceCounter counter, Site site) {
        this.pages = pages;
        this.api = api;
        this.views = views;
        this.counter = counter;
        this.settings = new SettingsPage(site);
        this.sign = new SignPage(site);
        this.outcome = new OutcomePage(site);
    }

    /** A page about one account's settings. */
    @FunctionalInterface
    private interface OfAccount {
        Reply answer(Question question, SettingsView view) throws StoreException;
    }

    List<Route> all() {
        return List.of(
                new Route(BASE, account((q, view) -> step(q, view, q.parameter("field"), q.parameter("value")))),
                Route.taking(BASE, PreferenceRoutes.BODY_BYTES_MAX, account(this::posted)),
                new Route(BASE + "/:id", account(this::outcome)));
    }

    private Route.Answerer account(OfAccount answer) {
        return question -> {
            String typed = question.parameter(ApiRoutes.ADDRESS);
            try {
                PayoutAddress address = api.parse(typed);
                return api.allowed(question, address)
                        ? answer.answer(question, views.settings(address)).header("Cache-Control", "no-store")
                        : ApiRoutes.tooMany();
            } catch (AddressException e) {
                return pages.notAnAddress(question, typed);
            }
        };
    }

    /** The first step, or the second where a wish is known. */
    private Reply step(Question question, SettingsView view, String field, String typed) {
        if (field.isEmpty()) {
            return PageRoutes.page(question, settings.html(pages.visit(question), view));
        }
        try {
            SignedText wish = counter.text(view, field, typed);
            return PageRoutes.page(question, sign.html(pages.visit(question), view, wish, "", ""));
        } catch (RefusedException e) {
            return Reply.html(e.status(), settings.html(pages.visit(question), view, field, typed, e.reason()));
        }
    }

    private Reply posted(Question question, SettingsView view) throws StoreException {
        Map<String, String> sent =
                question.contentType().equals(FormBody.TYPE) ? FormBody.fields(question.body()) : Map.of();
        String text = sent.getOrDefault("text", "");
        if (text.isEmpty()) {
            return step(question, view, sent.getOrDefault("field", ""), sent.getOrDefault("value", ""));
        }
        String signature = sent.getOrDefault("signature", "");
        try {
            String id = counter.leave(view, question.caller(), text, signature);
            return Reply.seeOther(OutcomePage.path(view.address().canonical(), id));
        } catch (RefusedException e) {
            return Reply.html(e.status(), again(question, view, text, signature, e.reason()));
        }
    }

    /** The second step once more, or the first where the text itself is not one of ours. */
    private String again(Question question, SettingsView view, String text, String signature, String reason) {
        try {
            SignedText wish = SignedText.parse(text.strip());
            boolean own = wish.address().equals(view.address().canonical());
            return own
                    ? sign.html(pages.visit(question), view, wish, signature.strip(), reason)
                    : settings.html(pages.visit(question), view, "", "", reason);
        } catch (PreferenceException e) {
            return settings.html(pages.visit(question), view, "", "", reason);
        }
    }

    private Reply outcome(Question question, SettingsView view) throws StoreException {
        Optional<RequestState> state = counter.state(question.parameter("id"));
        Reply page = PageRoutes.page(question, outcome.html(pages.visit(question), view, state));
        return state.isEmpty() ? new Reply(404, page.contentType(), page.body(), page.headers()) : page;
    }
}
