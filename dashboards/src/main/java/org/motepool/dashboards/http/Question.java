package org.motepool.dashboards.http;

import java.util.Map;

/**
 * One request, as far as an answer may depend on it. Everything in it was chosen by a stranger.
 *
 * @param path decoded, without query
 * @param parameters of path and query by name, decoded; the path wins, and of a repeated name the first
 * @param host what the reader typed to get here, without port; empty when it is not a plain host name or address
 * @param authorization the header's value, empty when absent
 * @param remote the other end's address, for logs of the management server only
 * @param accept {@code acceptLanguage} and {@code cookie}: the headers' values, empty when absent
 */
public record Question(
        String path,
        Map<String, String> parameters,
        String host,
        String authorization,
        String remote,
        String accept,
        String acceptLanguage,
        String cookie) {
    public Question {
        parameters = Map.copyOf(parameters);
    }

    /** A parameter's value, empty when absent. */
    public String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** Whether the reader is a browser that wants a page, where programs get data under the same path. */
    public boolean wantsPage() {
        return accept.contains("text/html");
    }

    /** A cookie's value, empty when absent. */
    public String cookieNamed(String name) {
        for (String pair : cookie.split(";", -1)) {
            String stripped = pair.strip();
            if (stripped.startsWith(name + "=")) {
                return stripped.substring(name.length() + 1);
            }
        }
        return "";
    }

    /** Keeps tokens and addresses out of logs. */
    @Override
    public String toString() {
        return "Question of " + path.length() + " characters";
    }
}
