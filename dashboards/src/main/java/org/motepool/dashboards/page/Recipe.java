package org.motepool.dashboards.page;

import static org.motepool.dashboards.html.Html.tag;
import static org.motepool.dashboards.html.Html.text;

import java.util.List;
import org.motepool.dashboards.html.Html;

/**
 * How to point a device at this pool.
 *
 * @param host by which devices reach the pool
 * @param port of Stratum
 */
record Recipe(String host, int port) {
    /** What stands for the reader's own address until it is known. */
    static final String ANY_ADDRESS = "ADDRESS";

    /** @param address the reader's own, or {@link #ANY_ADDRESS} */
    Html section(String address) {
        return tag("section")
                .attr("id", "connect")
                .attr("aria-labelledby", "connect-title")
                .with(
                        tag("h2").attr("id", "connect-title").with("Connect a device"),
                        tag("p").with("Any Stratum miner will do, from an ESP8266 to a Bitaxe; all use the same port."
                                + " No account, no sign-up: your payout address is your user name."),
                        tag("dl")
                                .cls("facts")
                                .with(
                                        fact("Host", code(host)),
                                        fact("Port", code(Integer.toString(port))),
                                        fact("User", code(address + ".worker")),
                                        fact("Password", text("anything"))),
                        hint(address),
                        tag("div").cls("recipes").with(ready(address)));
    }

    private static Html hint(String address) {
        return address.equals(ANY_ADDRESS)
                ? tag("p").cls("quiet")
                        .with("Put your own payout address in place of ADDRESS, and any name for the device in place"
                                + " of worker.")
                : tag("p").cls("quiet").with("Put any name for the device in place of worker.");
    }

    private List<Html> ready(String address) {
        return List.of(
                device(
                        "NerdMiner",
                        "In its Wi-Fi setup page, or as config.json on the SD card:",
                        "\"PoolUrl\": \"%s\",\n\"PoolPort\": %d,\n\"BtcWallet\": \"%s.worker\",\n\"PoolPassword\": \"x\""
                                .formatted(host, port, address)),
                device(
                        "Bitaxe",
                        "In AxeOS under Settings, Pool:",
                        "Stratum URL:  %s\nStratum Port: %d\nUser:         %s.worker".formatted(host, port, address)),
                device(
                        "Computer or phone",
                        "With minerd or another cpuminer:",
                        "minerd -a sha256d -p x \\\n  -u %s.worker \\\n  -o stratum+tcp://%s:%d"
                                .formatted(address, host, port)));
    }

    private static Html device(String name, String where, String lines) {
        return tag("article")
                .with(
                        tag("h3").with(name),
                        tag("p").with(where),
                        tag("pre").with(tag("code").with(lines)));
    }

    private static Html fact(String name, Html value) {
        return tag("div").with(tag("dt").with(name), tag("dd").with(value));
    }

    private static Html code(String value) {
        return tag("code").with(value);
    }
}
