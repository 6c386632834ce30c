package org.motepool.dashboards;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.motepool.core.address.AddressException;
import org.motepool.core.address.PayoutAddress;
import org.motepool.dashboards.api.JsonText;
import org.motepool.dashboards.api.PreferencesJson;
import org.motepool.dashboards.http.FormBody;
import org.motepool.dashboards.http.Question;
import org.motepool.dashboards.http.Reply;
import org.motepool.dashboards.http.Route;
import org.motepool.dashboards.preference.PreferenceCounter;
import org.motepool.dashboards.preference.RefusedException;
import org.motepool.dashboards.preference.RequestState;
import org.motepool.dashboards.view.Views;
import org.motepool.store.StoreException;

/**
 * {@code /api/v1/accounts/ADDRESS/preferences}: what holds, the text to sign, and the door for signed ones. Any site may send
 * here: nobody is logged in, and a signed text is the only right there is. Thread-safe.
 */
final class PreferenceRoutes {
    /** A text of 600 characters and a signature of 200, in the escapes of a form or of JSON. */
    static final int BODY_BYTES_MAX = 4_096;

    private static final String BASE = "/api/v1/accounts/:address/preferences";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ApiRoutes api;
    private final Views views;
    private final PreferenceCounter counter;

    PreferenceRoutes(ApiRoutes api, Views views, PreferenceCounter counter) {
        this.api = api;
        this.views = views;
        this.counter = counter;
    }

    /** An answer about one account's preferences. */
    @FunctionalInterface
    private interface OfAccount {
        Reply answer(Question question, PayoutAddress address) throws StoreException, RefusedException;
    }

    List<Route> all() {
        return List.of(
                new Route(BASE, account((q, address) -> json(200, PreferencesJson.standing(views.settings(address))))),
                Route.taking(BASE, BODY_BYTES_MAX, account(this::leave)),
                new Route(BASE, Route.Action.PREFLIGHT, 0, question -> preflight()),
                new Route(BASE + "/text", account(this::text)),
                new Route(BASE + "/requests/:id", account(this::request)));
    }

    private Route.Answerer account(OfAccount answer) {
        return question -> {
            try {
                PayoutAddress address = api.parse(question.parameter(ApiRoutes.ADDRESS));
                return api.allowed(question, address) ? answer.answer(question, address) : ApiRoutes.tooMany();
            } catch (AddressException e) {
                return ApiRoutes.problem(400, "not an address: " + e.getMessage());
            } catch (RefusedException e) {
                return refused(e);
            }
        };
    }

    private Reply text(Question question, PayoutAddress address) throws StoreException, RefusedException {
        var view = views.settings(address);
        var text = counter.text(view, question.parameter("field"), question.parameter("value"));
        return json(200, PreferencesJson.text(view, text));
    }

    private Reply leave(Question question, PayoutAddress address) throws StoreException, RefusedException {
        Optional<Map<String, String>> sent = fields(question);
        if (sent.isEmpty()) {
            return ApiRoutes.problem(
                    415, "send {\"text\": …, \"signature\": …} as application/json, or the same fields as a form");
        }
        String text = sent.get().getOrDefault("text", "");
        String signature = sent.get().getOrDefault("signature", "");
        String id = counter.leave(views.settings(address), question.caller(), text, signature);
        RequestState state = counter.state(id).orElse(new RequestState(id, RequestState.State.WAITING, "", 0));
        ObjectNode json = PreferencesJson.request(address.canonical(), state);
        return json(202, json).header("Location", json.get("outcome").textValue());
    }

    /** Empty when the body is in no form that is taken. */
    private static Optional<Map<String, String>> fields(Question question) {
        if (question.contentType().equals(FormBody.TYPE)) {
            return Optional.of(FormBody.fields(question.body()));
        }
        if (!question.contentType().equals("application/json")) {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(question.body());
            return json.isObject()
                    ? Optional.of(Map.of(
                            "text", json.path("text").asText(""),
                            "signature", json.path("signature").asText("")))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private Reply request(Question question, PayoutAddress address) throws StoreException {
        Optional<RequestState> state = counter.state(question.parameter("id"));
        return state.isEmpty()
                ? ApiRoutes.problem(404, "no such request; what became of one is kept for an hour")
                : json(200, PreferencesJson.request(address.canonical(), state.get()));
    }

    private static Reply refused(RefusedException e) {
        Reply reply = ApiRoutes.problem(e.status(), e.reason());
        return e.status() == 429 || e.status() == 503 ? reply.header("Retry-After", "60") : reply;
    }

    private static Reply preflight() {
        return Reply.of(204, "text/plain", "")
                .header("Access-Control-Allow-Origin", "*")
                .header("Access-Control-Allow-Methods", "GET, POST")
                .header("Access-Control-Allow-Headers", "Content-Type")
                .header("Access-Control-Max-Age", "600");
    }

    private static Reply json(int status, ObjectNode json) {
        return ApiRoutes.text(status, Reply.JSON, JsonText.of(json), "no-store");
    }
}
