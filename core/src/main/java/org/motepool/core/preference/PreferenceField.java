package org.motepool.core.preference;

import java.util.Locale;
import java.util.Optional;

/** One thing that the owner of an address may decide. Codes stand in the journal and never change their meaning. */
public enum PreferenceField {
    /** What has to be available before it is paid: {@code default}, or satoshis. */
    THRESHOLD(1, true),
    /** Where small amounts go over Lightning: {@code off}, a Lightning address or an LNURL. */
    LIGHTNING(2, true),
    /** What part of each payment the owner leaves to the pool, in percent. */
    DONATE(3, true),
    /** Where notices are posted, signed: {@code off} or an https URL. */
    WEBHOOK(4, false),
    /** To which topic of an ntfy server notices go: {@code off} or its https URL. */
    NTFY(5, false),
    /** Of what notices tell. */
    EVENTS(6, false),
    /** Takes back a change that waits; the value names its field. */
    CANCEL(7, false);

    private final int code;
    private final boolean aboutMoney;

    PreferenceField(int code, boolean aboutMoney) {
        this.code = code;
        this.aboutMoney = aboutMoney;
    }

    public int code() {
        return code;
    }

    /** Throws IllegalArgumentException for a code that none has. */
    public static PreferenceField ofCode(int code) {
        for (PreferenceField each : values()) {
            if (each.code == code) {
                return each;
            }
        }
        throw new IllegalArgumentException("no preference has the code " + code);
    }

    /** The name in texts, APIs and forms. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<PreferenceField> ofId(String id) {
        for (PreferenceField each : values()) {
            if (each.id().equals(id)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** Where money goes: a change waits before it holds, so that a thief of the key is seen in time. */
    public boolean isAboutMoney() {
        return aboutMoney;
    }

    /** What holds while nothing was decided. */
    public String initial() {
        return switch (this) {
            case THRESHOLD -> PreferenceValue.DEFAULT;
            case LIGHTNING, WEBHOOK, NTFY -> PreferenceValue.OFF;
            case DONATE -> "0%";
            case EVENTS -> NoticeKind.all();
            case CANCEL -> "";
        };
    }
}
