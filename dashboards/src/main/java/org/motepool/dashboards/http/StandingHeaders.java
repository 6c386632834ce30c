package org.motepool.dashboards.http;

import java.util.Map;

/** The headers that every reply carries, whatever it is. */
final class StandingHeaders {
    static final Map<String, String> ALL = Map.of(
            ContentPolicy.HEADER,
            ContentPolicy.STANDING.toString(),
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            // Account pages have the address in their path: it stays here.
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()");

    private StandingHeaders() {}
}
