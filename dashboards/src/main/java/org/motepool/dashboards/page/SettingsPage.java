package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;
import static org.motepool.dashboards.html.Html.text;

import java.util.ArrayList;
import java.util.List;
import org.motepool.core.preference.PreferenceField;
import org.motepool.core.preference.PreferenceValue;
import org.motepool.dashboards.format.ShortAddress;
import org.motepool.dashboards.html.Html;
import org.motepool.dashboards.language.Words;
import org.motepool.dashboards.view.SettingsView;

/** What the owner of an address has decided, and the first step to decide more: a form that works without script. */
public final class SettingsPage {
    private final Site site;

    public SettingsPage(Site site) {
        this.site = site;
    }

    /** Nothing was typed yet. */
    public String html(Visit visit, SettingsView view) {
        return html(visit, view, "", "", "");
    }

    /** @param reason why what was typed is not taken, empty where nothing is wrong */
    public String html(Visit visit, SettingsView view, String field, String typed, String reason) {
        Words words = visit.words();
        String address = view.address().canonical();
        return Layout.page(
                site,
                visit,
                words.say("settings.title") + " " + ShortAddress.of(address),
                view.readAt(),
                "",
                List.of(Layout.sheet(Asset.SETTINGS_STYLE)),
                tag("h1").with(words.say("settings.title")),
                SettingsParts.address(address),
                tag("p").cls("lead").with(words.say("settings.lead")),
                SettingsParts.notices(words, address, view.waiting()),
                Parts.section("holds", words.say("settings.holds")).with(SettingsParts.holds(words, view)),
                Parts.section("change", words.say("settings.change"))
                        .with(view.canSign() ? form(words, view, field, typed, reason) : cannot(words)));
    }

    private static Html cannot(Words words) {
        return tag("p").cls("empty").with(words.say("settings.cannot"));
    }

    private static Html form(Words words, SettingsView view, String field, String typed, String reason) {
        List<PreferenceField> offered = new ArrayList<>(SettingsParts.fields(view));
        if (!view.waiting().isEmpty()) {
            offered.add(PreferenceField.CANCEL);
        }
        List<Html> options = new ArrayList<>();
        List<Html> forms = new ArrayList<>();
        for (PreferenceField each : offered) {
            Html.Element option = tag("option").attr("value", each.id());
            options.add((each.id().equals(field) ? option.attr("selected", "") : option)
                    .with(SettingsParts.name(words, each)));
            forms.add(tag("li")
                    .with(
                            tag("strong").with(SettingsParts.name(words, each)),
                            text(": " + words.say("settings.form." + each.id()))));
        }
        Html.Element input = tag("input")
                .attr("type", "text")
                .attr("id", "value")
                .attr("name", "value")
                .attr("value", typed.substring(0, Math.min(typed.length(), PreferenceValue.CHARACTERS_MAX)))
                .attr("required", "")
                .attr("maxlength", Integer.toString(PreferenceValue.CHARACTERS_MAX))
                .attr("autocomplete", "off")
                .attr("autocapitalize", "none")
                .attr("spellcheck", "false");
        return Html.all(
                tag("form")
                        .cls("decide")
                        .attr("action", SettingsParts.path(view.address().canonical()))
                        .attr("method", "post")
                        .with(
                                tag("div")
                                        .with(
                                                tag("label")
                                                        .attr("for", "field")
                                                        .with(words.say("settings.what")),
                                                tag("select")
                                                        .attr("id", "field")
                                                        .attr("name", "field")
                                                        .with(options)),
                                tag("div")
                                        .with(
                                                tag("label")
                                                        .attr("for", "value")
                                                        .with(words.say("settings.to")),
                                                reason.isEmpty() ? input : input.attr("aria-describedby", "why")),
                                tag("button").attr("type", "submit").with(words.say("settings.next"))),
                reason.isEmpty() ? Html.none() : SettingsParts.problem(words, reason),
                tag("ul").cls("rules").with(forms),
                view.noticeKey()
                        .<Html>map(key -> tag("p").cls("quiet")
                                .with(words.html(
                                        "settings.notice-key", tag("code").with(key))))
                        .orElse(Html.none()));
    }
}
