package org.motepool.dashboards.http;

import java.util.Map;

/** The headers that every reply carries, whatever it is. */
final class StandingHeaders {
    /** One module of our own, nothing from elsewhere and nothing inline. Nobody may frame the pages, forms lead only here. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; object-src 'none';" + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    static final Map<String, String> ALL = Map.of(
            "Content-Security-Policy", CONTENT_SECURITY_POLICY,
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            // Account pages have the address in their path: it stays here.
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");

    private StandingHeaders() {}
}
