package org.motepool.pool.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import org.motepool.devices.SwarmReport;

/** A swarm's report for scripts. */
final class SwarmJson {
    private SwarmJson() {}

    static ObjectNode of(SwarmReport report) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode kinds = json.putObject("kinds");
        report.byGroup().forEach((group, counts) -> kinds.set(group, counts(counts)));
        json.set("total", counts(report.total()));
        json.put("unexpected_disconnects", report.total().unexpectedDisconnects());
        return json;
    }

    private static ObjectNode counts(SwarmReport.Counts counts) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("devices", counts.devices());
        json.put("connected", counts.connected());
        json.put("mining", counts.mining());
        json.put("with_share", counts.withAcceptedShare());
        json.put("first_share_p50_s", counts.firstShareSeconds(0.5));
        json.put("first_share_p99_s", counts.firstShareSeconds(0.99));
        json.put("first_share_late", counts.late());
        json.put("submitted", counts.submitted());
        json.put("accepted", counts.accepted());
        ObjectNode rejected = json.putObject("rejected");
        rejected(counts).forEach(rejected::put);
        json.put("own_duplicates", counts.ownDuplicates());
        json.put("unanswered", counts.unanswered());
        json.put("outstanding", counts.outstanding());
        json.put("reconnects", counts.reconnects());
        json.put("unexpected_disconnects", counts.unexpectedDisconnects());
        json.put("notifies", counts.notifies());
        json.put("notifies_over_budget", counts.notifiesOverBudget());
        json.put("bytes_per_device_hour", counts.bytesDownPerDeviceHour());
        json.put("bytes_up_per_device_hour", counts.bytesUpPerDeviceHour());
        json.put("nominal_hashes_per_second", counts.nominalHashesPerSecond());
        return json;
    }

    /** By what the codes mean; pools choose their own texts. */
    private static Map<String, Long> rejected(SwarmReport.Counts counts) {
        Map<String, Long> byName = new TreeMap<>();
        counts.rejectedByReason().forEach((reason, count) -> byName.merge(name(reason), count, Long::sum));
        return byName;
    }

    static String name(String reason) {
        int space = reason.indexOf(' ');
        return switch (space < 0 ? reason : reason.substring(0, space)) {
            case "20" -> "other";
            case "21" -> "stale";
            case "22" -> "duplicate";
            case "23" -> "low_difficulty";
            case "24" -> "unauthorized";
            case "25" -> "not_subscribed";
            default -> reason;
        };
    }
}
