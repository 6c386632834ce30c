package org.motepool.core.account;

/**
 * The name of one device of an account, as its owner typed it behind the address; made safe to store and show.
 *
 * @param value 1 … 64 printable characters; {@code default} where none was given
 */
public record WorkerName(String value) implements Comparable<WorkerName> {
    public static final int CHARACTERS_MAX = 64;
    public static final WorkerName DEFAULT = new WorkerName("default");

    public WorkerName {
        if (!value.equals(clean(value)) || value.isEmpty()) {
            throw new IllegalArgumentException("not a clean worker name");
        }
    }

    /** Takes what a device sent: control and formatting characters go, every kind of space
     * becomes a plain one, the rest is cut to 64; empty gives the default. */
    public static WorkerName ofWire(String text) {
        String cleaned = clean(text);
        return cleaned.isEmpty() ? DEFAULT : new WorkerName(cleaned);
    }

    private static String clean(String text) {
        StringBuilder kept = new StringBuilder();
        text.codePoints()
                .filter(WorkerName::isShown)
                .map(c -> Character.getType(c) == Character.SPACE_SEPARATOR ? ' ' : c)
                .limit(CHARACTERS_MAX)
                .forEach(kept::appendCodePoint);
        return kept.toString().strip();
    }

    private static boolean isShown(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    @Override
    public int compareTo(WorkerName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
