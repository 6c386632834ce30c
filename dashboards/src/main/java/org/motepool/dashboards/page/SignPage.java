package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;
import static org.motepool.dashboards.html.Html.text;

import java.util.ArrayList;
import java.util.List;
import org.motepool.core.address.PayoutAddress;
import org.motepool.core.address.ScriptType;
import org.motepool.core.preference.PreferenceField;
import org.motepool.core.preference.SignedText;
import org.motepool.core.work.ProofOfWork;
import org.motepool.dashboards.html.Html;
import org.motepool.dashboards.language.Words;
import org.motepool.dashboards.view.SettingsView;
import org.motepool.store.Requests;

/** The second step: the text to sign, how it is signed, and where the signature goes. */
public final class SignPage {
    private static final long MILLIS = 1_000;

    private final Site site;

    public SignPage(Site site) {
        this.site = site;
    }

    /**
     * @param signature as it was typed, empty where nothing was yet
     * @param reason why it is not taken, empty where nothing is wrong
     */
    public String html(Visit visit, SettingsView view, SignedText wish, String signature, String reason) {
        Words words = visit.words();
        String address = view.address().canonical();
        return Layout.page(
                site,
                visit,
                words.say("sign.title"),
                view.readAt(),
                "",
                List.of(Layout.sheet(Asset.SETTINGS_STYLE)),
                tag("h1").with(words.say("sign.title")),
                SettingsParts.address(address),
                tag("p").cls("lead")
                        .with(words.html("sign.wish", summary(words, wish), text(delay(words, view, wish)))),
                Parts.section("text", words.say("sign.text")).with(toSign(words, wish)),
                Parts.section("how", words.say("sign.how")).with(how(words, view.address(), wish)),
                Parts.section("send", words.say("sign.send-title"))
                        .with(
                                form(words, address, wish, signature, reason),
                                reason.isEmpty() ? Html.none() : SettingsParts.problem(words, reason),
                                tag("p").with(Parts.link(SettingsParts.path(address), words.say("sign.back")))));
    }

    private static Html summary(Words words, SignedText wish) {
        return Html.all(
                text(SettingsParts.name(words, wish.field()) + ": "),
                tag("code").with(wish.value()));
    }

    private static String delay(Words words, SettingsView view, SignedText wish) {
        PreferenceField field = wish.field();
        return field.isAboutMoney()
                ? words.say("sign.delay", words.span(view.delayMillis(field)))
                : words.say("sign.at-once");
    }

    private static Html toSign(Words words, SignedText wish) {
        return tag("article")
                .with(
                        tag("p").with(words.say("sign.one-line")),
                        tag("pre").attr("tabindex", "0").with(tag("code").with(wish.text())),
                        tag("p").cls("buttons")
                                .with(tag("button")
                                        .cls("copy")
                                        .attr("type", "button")
                                        .attr("hidden", "")
                                        .attr("data-copy-recipe", "")
                                        .attr("data-done", words.say("copy.done"))
                                        .with(words.say("copy.copy"))),
                        Parts.quiet(words.say("sign.until", words.time(wish.untilSeconds() * MILLIS))));
    }

    private static Html how(Words words, PayoutAddress address, SignedText wish) {
        boolean litecoin = address.network().proofOfWork() == ProofOfWork.SCRYPT;
        List<Html> ways = new ArrayList<>();
        ways.add(tag("li")
                .with(words.html("sign.electrum", tag("strong").with(litecoin ? "Electrum-LTC" : "Electrum"))));
        if (!litecoin) {
            ways.add(tag("li").with(words.html("sign.sparrow", tag("strong").with("Sparrow"))));
        }
        Html core = tag("strong").with(litecoin ? "Litecoin Core" : "Bitcoin Core");
        ways.add(
                address.type() == ScriptType.P2PKH
                        ? tag("li")
                                .with(
                                        words.html("sign.core", core),
                                        tag("pre")
                                                .attr("tabindex", "0")
                                                .with(tag("code").with(command(litecoin, wish))))
                        : tag("li").with(words.html("sign.core-not", core)));
        return Html.all(tag("ul").cls("rules").with(ways), Parts.quiet(words.say("sign.others")));
    }

    /** No text holds a quote, so that these need no escape. */
    private static String command(boolean litecoin, SignedText wish) {
        return (litecoin ? "litecoin-cli" : "bitcoin-cli") + " signmessage '" + wish.address() + "' '" + wish.text()
                + "'";
    }

    private static Html form(Words words, String address, SignedText wish, String signature, String reason) {
        Html.Element area = tag("textarea")
                .attr("id", "signature")
                .attr("name", "signature")
                .attr("rows", "3")
                .attr("required", "")
                .attr("maxlength", Integer.toString(Requests.SIGNATURE_CHARACTERS_MAX + 2))
                .attr("autocomplete", "off")
                .attr("autocapitalize", "none")
                .attr("spellcheck", "false");
        return tag("form")
                .cls("decide signed")
                .attr("action", SettingsParts.path(address))
                .attr("method", "post")
                .with(
                        tag("input").attr("type", "hidden").attr("name", "text").attr("value", wish.text()),
                        tag("div")
                                .with(
                                        tag("label").attr("for", "signature").with(words.say("sign.signature")),
                                        (reason.isEmpty() ? area : area.attr("aria-describedby", "why"))
                                                .with(signature)),
                        tag("button").attr("type", "submit").with(words.say("sign.send")));
    }
}
