package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;
import static org.motepool.dashboards.html.Html.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.motepool.core.money.Money;
import org.motepool.core.preference.PreferenceField;
import org.motepool.core.preference.PreferenceValue;
import org.motepool.dashboards.html.Html;
import org.motepool.dashboards.language.Words;
import org.motepool.dashboards.view.SettingsView;
import org.motepool.store.Preferences.Change;
import org.motepool.store.Preferences.Value;

/** What the pages about an owner's decisions have in common. */
final class SettingsParts {
    private static final List<PreferenceField> MONEY =
            List.of(PreferenceField.THRESHOLD, PreferenceField.LIGHTNING, PreferenceField.DONATE);

    private static final List<PreferenceField> NOTICES =
            List.of(PreferenceField.WEBHOOK, PreferenceField.NTFY, PreferenceField.EVENTS);

    private SettingsParts() {}

    /** What can be decided here, in the order of the form. */
    static List<PreferenceField> fields(SettingsView view) {
        return view.noticeKey().isEmpty()
                ? MONEY
                : Stream.concat(MONEY.stream(), NOTICES.stream()).toList();
    }

    /** Path of an account's settings. */
    static String path(String address) {
        return "/settings/" + address;
    }

    /** Path of the text that takes a change back. */
    private static String takeBack(String address, String field) {
        return path(address) + "?field=" + PreferenceField.CANCEL.id() + "&value=" + field;
    }

    static String name(Words words, PreferenceField field) {
        return words.say("settings.field." + field.id());
    }

    /** The address that it is all about, on the way back to its page. */
    static Html address(String address) {
        return tag("p").cls("address")
                .with(Parts.linkTo("/users/" + address, tag("code").with(address)));
    }

    /** Why something was not taken, in the words of the books, which speak English. */
    static Html problem(Words words, String reason) {
        return tag("p").cls("problem")
                .attr("id", "why")
                .attr("role", "alert")
                .with(
                        tag("strong").with(words.say("settings.not-taken")),
                        text(" "),
                        tag("span").attr("lang", "en").with(reason + "."));
    }

    /** What holds now. */
    static Html holds(Words words, SettingsView view) {
        List<Html> facts = new ArrayList<>();
        for (PreferenceField field : fields(view)) {
            facts.add(Parts.fact(name(words, field), held(words, view, field)));
        }
        return tag("dl").cls("money").with(facts);
    }

    private static Html held(Words words, SettingsView view, PreferenceField field) {
        Optional<Value> decided = view.value(field);
        String value = decided.map(Value::value).orElse(field.initial());
        Html shown = value.equals(PreferenceValue.DEFAULT) && view.minimumPayout() > 0
                ? words.html("settings.own-minimum", words.sats(Money.ofSatoshis(view.minimumPayout())))
                : tag("code").with(value);
        return decided.isEmpty()
                ? shown
                : Html.all(
                        shown,
                        text(" "),
                        tag("small")
                                .cls("quiet")
                                .with(words.say(
                                        "settings.since",
                                        words.time(decided.get().since()))));
    }

    /** A change that waits, and what to do about one that its owner knows nothing of. */
    static Html notice(Words words, String address, Change change) {
        String field = PreferenceField.ofId(change.field())
                .map(known -> name(words, known))
                .orElse(change.field());
        return tag("p").cls("notice")
                .with(
                        tag("strong").with(words.say("settings.waits", field)),
                        text(" "),
                        words.html(
                                "settings.waits.what",
                                tag("code").with(change.value()),
                                words.time(change.asked()),
                                words.time(change.from())),
                        text(" "),
                        words.html(
                                "settings.waits.not-you",
                                Parts.link(takeBack(address, change.field()), words.say("settings.take-back"))));
    }

    /** All changes that wait. */
    static Html notices(Words words, String address, List<Change> waiting) {
        return Html.all(
                waiting.stream().map(change -> notice(words, address, change)).toList());
    }
}
