package org.motepool.chain.node;

/** A call to a node did not succeed; the message names node and method, never a password. */
public abstract sealed class NodeException extends Exception {
    private NodeException(String message) {
        super(message);
    }

    private NodeException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The node answered, with an error of its own. */
    public static final class Refused extends NodeException {
        private final int code;
        private final String reason;

        public Refused(String where, int code, String reason) {
            super(where + ": " + reason + " (code " + code + ")");
            this.code = code;
            this.reason = reason;
        }

        /** As Bitcoin Core numbers its RPC errors. */
        public int code() {
            return code;
        }

        /** In the node's words. */
        public String reason() {
            return reason;
        }
    }

    /** No usable answer: not reachable, too slow, login refused, or not what a node would say. */
    public static final class Unavailable extends NodeException {
        private final boolean dropped;

        public Unavailable(String message) {
            super(message);
            this.dropped = false;
        }

        public Unavailable(String message, boolean dropped, Throwable cause) {
            super(message, cause);
            this.dropped = dropped;
        }

        /** The connection broke under way; a node closes idle ones, so one more try is worth it at once. */
        public boolean dropped() {
            return dropped;
        }
    }
}
