package org.motepool.dashboards.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.motepool.core.preference.PreferenceField;
import org.motepool.core.preference.SignedText;
import org.motepool.dashboards.format.Times;
import org.motepool.dashboards.preference.RequestState;
import org.motepool.dashboards.view.SettingsView;

/** What the owner of an address has decided, and what a program needs to have more decided. Pure functions. */
public final class PreferencesJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final long MILLIS = 1_000;

    private PreferencesJson() {}

    /** Path of an account's preferences. */
    public static String path(String address) {
        return "/api/v1/accounts/" + address + "/preferences";
    }

    /** {@code …/preferences}. */
    public static ObjectNode standing(SettingsView view) {
        ObjectNode out = JSON.objectNode();
        out.put("address", view.address().canonical());
        out.put("network", view.network().id());
        out.put("at", Times.iso(view.readAt()));
        view.ledger().ifPresent(ledger -> out.put("ledger", ledger));
        view.noticeKey().ifPresent(key -> out.put("noticeKey", key));
        out.put("canSign", view.canSign());
        out.put("lastNonce", view.lastNonce());
        ArrayNode values = out.putArray("values");
        view.values()
                .forEach(value -> values.addObject()
                        .put("field", value.field())
                        .put("value", value.value())
                        .put("since", Times.iso(value.since())));
        ArrayNode waiting = out.putArray("waiting");
        view.waiting()
                .forEach(change -> waiting.addObject()
                        .put("field", change.field())
                        .put("value", change.value())
                        .put("askedAt", Times.iso(change.asked()))
                        .put("holdsFrom", Times.iso(change.from())));
        ArrayNode fields = out.putArray("fields");
        for (PreferenceField field : PreferenceField.values()) {
            fields.addObject()
                    .put("field", field.id())
                    .put("form", form(field))
                    .put("initial", field.initial())
                    .put("delaySeconds", view.delayMillis(field) / MILLIS);
        }
        return out;
    }

    /** {@code …/preferences/text}. */
    public static ObjectNode text(SettingsView view, SignedText text) {
        return JSON.objectNode()
                .put("text", text.text())
                .put("field", text.field().id())
                .put("value", text.value())
                .put("nonce", text.nonce())
                .put("until", Times.iso(text.untilSeconds() * MILLIS))
                .put("delaySeconds", view.delayMillis(text.field()) / MILLIS);
    }

    /** {@code …/preferences/requests/ID}. */
    public static ObjectNode request(String address, RequestState request) {
        ObjectNode out = JSON.objectNode()
                .put("id", request.id())
                .put("state", request.state().word())
                .put("outcome", path(address) + "/requests/" + request.id());
        if (!request.reason().isEmpty()) {
            out.put("reason", request.reason());
        }
        if (request.at() > 0) {
            out.put("at", Times.iso(request.at()));
        }
        return out;
    }

    private static String form(PreferenceField field) {
        return switch (field) {
            case THRESHOLD -> "satoshis from 1 on, or default";
            case LIGHTNING -> "off, a Lightning address or an LNURL";
            case DONATE -> "0% to 99%, with two decimals at most";
            case WEBHOOK -> "off, or an https URL";
            case NTFY -> "off, or the https URL of an ntfy topic";
            case EVENTS -> "some of silent+best+block+payout, or all";
            case CANCEL -> "threshold, lightning or donate: the change of it that waits is taken back";
        };
    }
}
