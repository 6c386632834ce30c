package org.motepool.payout.notice;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.motepool.core.time.PoolClock;
import org.motepool.payout.outside.OutsideServers;

/** Puts notices into the words of those who take them. Thread-safe; calls block for a bounded time. */
public final class NoticePost {
    private static final long MILLIS = 1_000;

    private final OutsideServers servers;
    private final NoticeKey key;
    private final PoolClock clock;

    public NoticePost(OutsideServers servers, NoticeKey key, PoolClock clock) {
        this.servers = servers;
        this.key = key;
        this.clock = clock;
    }

    /** By which way. */
    public enum Channel {
        WEBHOOK,
        NTFY
    }

    /** Delivers once; throws when the other side did not take it. */
    void deliver(Channel channel, String url, Notice notice) throws IOException {
        URI to;
        try {
            to = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IOException("the destination is no URL", e);
        }
        switch (channel) {
            case WEBHOOK -> webhook(to, notice);
            case NTFY -> ntfy(to, notice);
        }
    }

    /** @see "Standard Webhooks 1.0" */
    private void webhook(URI to, Notice notice) throws IOException {
        String body = notice.json();
        long seconds = Math.floorDiv(clock.epochMillis(), MILLIS);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("webhook-id", notice.id());
        headers.put("webhook-timestamp", Long.toString(seconds));
        headers.put("webhook-signature", key.sign(notice.id(), seconds, body));
        servers.post(to, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    /** @see "docs.ntfy.sh, publishing" */
    private void ntfy(URI to, Notice notice) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "text/plain; charset=utf-8");
        headers.put("Title", notice.title());
        headers.put(
                "Tags",
                switch (notice.type()) {
                    case "worker.silent" -> "warning";
                    case "worker.back" -> "white_check_mark";
                    case "block" -> "tada";
                    case "best" -> "dart";
                    case "payout.sent", "payout.confirmed" -> "moneybag";
                    default -> "key";
                });
        headers.put("Priority", notice.type().equals(Notice.PREFERENCE) ? "high" : "default");
        servers.post(to, headers, notice.text().getBytes(StandardCharsets.UTF_8));
    }
}
