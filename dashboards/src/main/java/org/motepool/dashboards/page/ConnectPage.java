package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;
import static org.motepool.dashboards.html.Html.text;

import java.util.ArrayList;
import java.util.List;
import org.motepool.core.work.ProofOfWork;
import org.motepool.dashboards.PoolPort;
import org.motepool.dashboards.html.Html;
import org.motepool.dashboards.language.Words;

/**
 * How to point each kind of device at this pool. The files are filled in by the reader's browser alone: the fields have no
 * name and belong to no form, so what is typed there, the Wi-Fi password too, never leaves it.
 */
public final class ConnectPage {
    /** What stands for the reader's own until it is known; the script puts the fields' values there. */
    static final String ANY_ADDRESS = "ADDRESS";

    private static final String ANY_WORKER = "WORKER";

    private final Site site;

    public ConnectPage(Site site) {
        this.site = site;
    }

    /** @param address the reader's own where it is known, else empty */
    public String html(Visit visit, String address) {
        Words words = visit.words();
        return Layout.page(
                site,
                visit,
                words.say("connect.title"),
                0,
                "",
                tag("h1").with(words.say("connect.title")),
                tag("p").cls("lead").with(words.say("connect.lead")),
                access(visit, site),
                browser(words),
                fields(words, address),
                recipes(visit, address));
    }

    /** The recipe of those who have no board: the device in their hand. */
    private Html browser(Words words) {
        return MinePage.port(site).isEmpty()
                ? Html.none()
                : tag("p").with(text(words.say("mine.invitation") + " "), MinePage.link(words, site));
    }

    /** Host, ports and user, to be copied. */
    static Html access(Visit visit, Site site) {
        Words words = visit.words();
        List<Html> facts = new ArrayList<>(List.of(Parts.fact(words.say("access.host"), copied(words, visit.host()))));
        for (PoolPort port : site.ports()) {
            String name = switch (port.kind()) {
                case PLAIN -> words.say("access.port");
                case SCREEN -> words.say("access.port-screen");
                case TLS -> words.say("access.port-tls");
                case SOLO -> words.say("access.port-solo");
            };
            facts.add(Parts.fact(name, copied(words, Integer.toString(port.port()))));
        }
        facts.add(Parts.fact(words.say("access.user"), tag("code").with(words.say("access.user-value"))));
        facts.add(Parts.fact(words.say("access.password"), text(words.say("access.anything"))));
        return tag("dl").cls("facts access").with(facts);
    }

    /** A value with a button that copies it; the button is there only where the script is. */
    private static Html copied(Words words, String value) {
        return Html.all(
                tag("code").with(value),
                tag("button")
                        .cls("copy")
                        .attr("type", "button")
                        .attr("hidden", "")
                        .attr("data-copy", value)
                        .attr("aria-label", words.say("copy.value", value))
                        .attr("data-done", words.say("copy.done"))
                        .with(words.say("copy.copy")));
    }

    private static Html fields(Words words, String address) {
        return tag("div")
                .cls("fields")
                .attr("id", "fields")
                .attr("hidden", "")
                .with(
                        Parts.quiet(words.say("fields.private")),
                        field(words, "address", address, "text"),
                        field(words, "worker", "", "text"),
                        field(words, "ssid", "", "text"),
                        field(words, "wifi", "", "password"));
    }

    private static Html field(Words words, String name, String value, String type) {
        return tag("div")
                .with(
                        tag("label").attr("for", "fill-" + name).with(words.say("fields." + name)),
                        tag("input")
                                .attr("type", type)
                                .attr("id", "fill-" + name)
                                .attr("value", value)
                                .attr("autocomplete", "off")
                                .attr("autocapitalize", "none")
                                .attr("spellcheck", "false")
                                .attr("maxlength", "160"));
    }

    private Html recipes(Visit visit, String address) {
        Words words = visit.words();
        String shown = address.isEmpty() ? ANY_ADDRESS : address;
        String host = visit.host();
        int port = site.usualPort();
        int screen = site.ports().stream()
                .filter(other -> other.kind() == PoolPort.Kind.SCREEN)
                .mapToInt(PoolPort::port)
                .findFirst()
                .orElse(port);
        ProofOfWork proof = site.network().proofOfWork();
        Html cpu = recipe(words, "cpu", "mine.sh", """
                        #!/bin/sh
                        minerd -a %s -p x \\
                          -u %s.%s \\
                          -o stratum+tcp://%s:%d""".formatted(proof.id(), shown, ANY_WORKER, host, port));
        Html asic = recipe(words, "asic", "", """
                        cgminer -o stratum+tcp://%s:%d \\
                          -u %s.%s -p x""".formatted(host, port, shown, ANY_WORKER));
        if (proof != ProofOfWork.SHA256D) {
            // The boards know nothing else.
            return Parts.section("recipes", words.say("recipes.title"))
                    .with(tag("div").cls("recipes").with(List.of(cpu, asic)));
        }
        List<Html> all = List.of(
                recipe(words, "nerdminer", "config.json", """
                        {
                          "SSID": "WIFI_NAME",
                          "WifiPW": "WIFI_PASSWORD",
                          "PoolUrl": "%s",
                          "PoolPort": %d,
                          "PoolPassword": "x",
                          "BtcWallet": "%s.%s",
                          "Timezone": 0,
                          "SaveStats": false
                        }""".formatted(host, screen, shown, ANY_WORKER)),
                recipe(words, "sparkminer", "config.json", """
                        {
                          "ssid": "WIFI_NAME",
                          "wifi_password": "WIFI_PASSWORD",
                          "pool_url": "%s",
                          "pool_port": %d,
                          "wallet": "%s",
                          "worker_name": "%s",
                          "pool_password": "x",
                          "stats_api_url": "SITE/api/device/%s"
                        }""".formatted(host, port, shown, ANY_WORKER, shown)),
                recipe(words, "bitaxe", "", """
                        Stratum URL:  %s
                        Stratum Port: %d
                        Stratum User: %s.%s
                        Password:     x""".formatted(host, port, shown, ANY_WORKER)),
                recipe(words, "leafminer", "", """
                        WIFI_SSID=WIFI_NAME
                        WIFI_PASSWORD=WIFI_PASSWORD
                        WALLET_ADDRESS=%s.%s
                        POOL_URL=%s
                        POOL_PORT=%d
                        POOL_PASSWORD=x""".formatted(shown, ANY_WORKER, host, port)),
                cpu,
                asic);
        return Parts.section("recipes", words.say("recipes.title"))
                .with(tag("div").cls("recipes").with(all));
    }

    /** @param file under which it can be saved, empty where it is typed in */
    private static Html recipe(Words words, String device, String file, String lines) {
        Html.Element article = tag("article")
                .attr("id", device)
                .with(
                        tag("h3").with(words.say("recipe." + device)),
                        tag("p").with(words.say("recipe." + device + ".where")),
                        tag("pre")
                                .attr("tabindex", "0")
                                .with(tag("code").attr("data-fill", "").with(lines)));
        Html.Element buttons = tag("p").cls("buttons")
                .with(tag("button")
                        .cls("copy")
                        .attr("type", "button")
                        .attr("hidden", "")
                        .attr("data-copy-recipe", "")
                        .attr("data-done", words.say("copy.done"))
                        .with(words.say("copy.settings")));
        if (!file.isEmpty()) {
            buttons = buttons.with(tag("button")
                    .cls("copy")
                    .attr("type", "button")
                    .attr("hidden", "")
                    .attr("data-save", file)
                    .with(words.say("copy.save", file)));
        }
        return article.with(buttons);
    }
}
