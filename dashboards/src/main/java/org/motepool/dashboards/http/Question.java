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
 * @param contentType of the body, in lower case and without parameters; empty when absent
 * @param body read as UTF-8; empty where the route takes none
 */
public record Question(
        String path,
        Map<String, String> parameters,
        String host,
        String authorization,
        String remote,
        String accept,
        String acceptLanguage,
        String cookie,
        String contentType,
        String body) {
    public Question {
        parameters = Map.copyOf(parameters);
    }

    /** A parameter's value, empty when absent. */
    public String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** The same with a body. */
    Question with(String received) {
        return new Question(
                path, parameters, host, authorization, remote, accept, acceptLanguage, cookie, contentType, received);
    }

    /** The other end's address without its port. */
    public String caller() {
        int port = remote.lastIndexOf(':');
        return port < 0 ? remote : remote.substring(0, port);
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
