package org.motepool.devices;

/**
 * One simulated device.
 *
 * @param nominalHashesPerSecond of the real board; the twin hashes at this / 2^S
 * @param userName as typed into the board, {@code ADDRESS.worker}; printable, without quotes and backslashes
 * @param password may be empty
 * @param group under which a report counts it
 */
public record TwinSpec(TwinKind kind, double nominalHashesPerSecond, String userName, String password, String group) {
    /** LeafMiner builds its submit line in 256 bytes. */
    public static final int USER_NAME_CHARACTERS_MAX = 160;

    public TwinSpec {
        if (!(nominalHashesPerSecond > 0) || nominalHashesPerSecond > 1e18) {
            throw new IllegalArgumentException("a device hashes at more than 0 and at most 1e18 per second");
        }
        if (userName.isEmpty() || userName.length() > USER_NAME_CHARACTERS_MAX || !isPlain(userName)) {
            throw new IllegalArgumentException("not a user name that a board could hold: 1 to "
                    + USER_NAME_CHARACTERS_MAX + " printable ASCII characters without \" and \\");
        }
        if (password.length() > USER_NAME_CHARACTERS_MAX || !isPlain(password)) {
            throw new IllegalArgumentException("not a password that a board could hold");
        }
    }

    /** Counted under its kind's own name. */
    public TwinSpec(TwinKind kind, double nominalHashesPerSecond, String userName, String password) {
        this(kind, nominalHashesPerSecond, userName, password, kind.id());
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c >= 32 && c < 127 && c != '"' && c != '\\');
    }

    @Override
    public String toString() {
        return "%s at %.0f H/s for %s".formatted(kind.id(), nominalHashesPerSecond, userName);
    }
}
