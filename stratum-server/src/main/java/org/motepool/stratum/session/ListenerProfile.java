package org.motepool.stratum.session;

import java.util.Optional;
import java.util.regex.Pattern;
import org.motepool.core.account.Scheme;
import org.motepool.core.work.Level;
import org.motepool.stratum.vardiff.DeviceClass;

/**
 * How connections of one listener are served, whatever they are.
 *
 * @param name a metric label; the set of listeners is closed at start
 * @param scheme how their work is rewarded
 * @param floor lowest level that they get, the network's excepted
 * @param classHint what a device is that does not say it
 */
public record ListenerProfile(String name, Scheme scheme, Optional<Level> floor, Optional<DeviceClass> classHint) {
    /** The one that every pool has, and its name. */
    public static final String MAIN = "main";

    public static final int NAME_CHARACTERS_MAX = 20;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0," + (NAME_CHARACTERS_MAX - 1) + "}");

    public ListenerProfile {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "a listener's name has 1 to 20 lower-case letters, digits and dashes and begins with a letter, not '"
                            + name + "'");
        }
    }

    /** The usual one. */
    public static ListenerProfile main(Scheme scheme) {
        return new ListenerProfile(MAIN, scheme, Optional.empty(), Optional.empty());
    }

    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
