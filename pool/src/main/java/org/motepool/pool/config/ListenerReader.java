package org.motepool.pool.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.motepool.core.account.Scheme;
import org.motepool.core.work.Level;
import org.motepool.stratum.guard.IpNetwork;
import org.motepool.stratum.session.ListenerProfile;
import org.motepool.stratum.vardiff.DeviceClass;

/**
 * Reads one more listener from its one-line form, {@code name=screens port=2018 mode=solo}: a table of the file is brought
 * into the same. Collects findings.
 */
final class ListenerReader {
    /** Every key of a listener, with an example and what it means. */
    static final List<Part> PARTS = List.of(
            new Part("name", "\"screens\"", "in metrics; by default port-2018"),
            new Part("port", "2018", "required; 0 takes a free one"),
            new Part("class", "\"micro\"", "of devices that do not say what they are: micro, cpu or asic"),
            new Part("mode", "\"pplns\"", "or solo"),
            new Part("bind", "\"0.0.0.0\"", "by default the main port's"),
            new Part("floor-level", "20", "lowest level on this port, 16 to 66; 32 is difficulty 1"),
            new Part("tls", "\"any\"", "TLS or plain, or only"),
            new Part(
                    "proxy-from",
                    "[\"10.0.0.0/8\"]",
                    "networks of proxies, whose connections begin with a PROXY header"));

    private static final List<String> KEYS = PARTS.stream().map(Part::key).toList();

    /** @param example as it stands in the file */
    record Part(String key, String example, String meaning) {}

    private final String where;
    private final List<Finding> findings;
    private final Map<String, String> values = new LinkedHashMap<>();

    /** @param where the place that findings name */
    ListenerReader(String line, String where, List<Finding> findings) {
        this.where = where;
        this.findings = findings;
        for (String pair : line.strip().split("\\s+", -1)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (equals < 0 || !KEYS.contains(key)) {
                wrong("has '" + pair + "'", "Give KEY=VALUE with the keys " + String.join(", ", KEYS));
            } else if (values.putIfAbsent(key, pair.substring(equals + 1)) != null) {
                wrong("has " + key + " twice", "Give it once");
            }
        }
    }

    /** @param defaultBind where the main port listens */
    StratumPorts.Listener read(String defaultBind) {
        int port = port();
        String name = values.getOrDefault("name", "port-" + port);
        if (!ListenerProfile.isName(name) || name.equals(ListenerProfile.MAIN)) {
            wrong(
                    "has the name '" + name + "'",
                    "Use 1 to 20 lower-case letters, digits and dashes, the first a letter; not main");
        }
        return new StratumPorts.Listener(
                name,
                new PoolConfig.Endpoint(values.getOrDefault("bind", defaultBind), port),
                mode(),
                floor(),
                deviceClass(),
                tlsOnly(),
                networks(values.getOrDefault("proxy-from", "").split(",", -1), where, findings));
    }

    private int port() {
        String text = values.getOrDefault("port", "");
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        wrong(text.isEmpty() ? "has no port" : "has the port '" + text + "'", "Give port=0 to 65535");
        return 0;
    }

    private Scheme mode() {
        String text = values.getOrDefault("mode", "pplns");
        Optional<Scheme> scheme = scheme(text);
        if (scheme.isEmpty()) {
            wrong("has the mode '" + text + "'", "Use pplns or solo");
        }
        return scheme.orElse(Scheme.PPLNS);
    }

    static Optional<Scheme> scheme(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "pplns" -> Optional.of(Scheme.PPLNS);
            case "solo" -> Optional.of(Scheme.SOLO);
            default -> Optional.empty();
        };
    }

    private Optional<Level> floor() {
        String text = values.get("floor-level");
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Level(Integer.parseInt(text)));
        } catch (IllegalArgumentException e) {
            wrong(
                    "has the floor-level '" + text + "'",
                    "Give a level from " + Level.LOWEST + " to " + Level.HIGHEST + "; 32 is difficulty 1");
            return Optional.empty();
        }
    }

    private Optional<DeviceClass> deviceClass() {
        String text = values.get("class");
        if (text == null) {
            return Optional.empty();
        }
        for (DeviceClass one : DeviceClass.values()) {
            if (one != DeviceClass.UNKNOWN && one.label().equals(text)) {
                return Optional.of(one);
            }
        }
        wrong("has the class '" + text + "'", "Use micro, cpu or asic");
        return Optional.empty();
    }

    private boolean tlsOnly() {
        String text = values.getOrDefault("tls", "any");
        if (!text.equals("any") && !text.equals("only")) {
            wrong("has tls '" + text + "'", "Use any, which is TLS or plain, or only");
        }
        return text.equals("only");
    }

    static List<IpNetwork> networks(String[] texts, String where, List<Finding> findings) {
        List<IpNetwork> networks = new ArrayList<>();
        for (String text : texts) {
            try {
                if (!text.isBlank()) {
                    networks.add(IpNetwork.parse(text.strip()));
                }
            } catch (IllegalArgumentException e) {
                findings.add(new Finding(
                        where,
                        "has the proxy '" + text.strip() + "': " + e.getMessage(),
                        "Give addresses or networks like 10.0.0.0/8 that your proxies connect from"));
            }
        }
        return networks;
    }

    private void wrong(String what, String mend) {
        findings.add(new Finding(where, what, mend));
    }
}
