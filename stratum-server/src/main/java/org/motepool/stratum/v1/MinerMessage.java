package org.motepool.stratum.v1;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.motepool.core.work.Level;

/** One line from a miner, decoded. A new kind fails to compile until every switch handles it. */
public sealed interface MinerMessage {
    RequestId id();

    Method method();

    /** @param session the id of an earlier session, where it is one of ours */
    record Subscribe(RequestId id, UserAgent userAgent, Optional<SessionId> session) implements MinerMessage {
        @Override
        public Method method() {
            return Method.SUBSCRIBE;
        }
    }

    /** @param user as typed: an address, alone or with a worker name; the password is not even read */
    record Authorize(RequestId id, String user) implements MinerMessage {
        @Override
        public Method method() {
            return Method.AUTHORIZE;
        }
    }

    /**
     * @param extensions asked for, in the miner's order, without those that cannot be echoed
     * @param mask version bits that it can roll; all when it did not say
     */
    record Configure(RequestId id, List<String> extensions, int mask) implements MinerMessage {
        public Configure {
            extensions = List.copyOf(extensions);
        }

        @Override
        public Method method() {
            return Method.CONFIGURE;
        }
    }

    /**
     * A wish for a difficulty or a target.
     *
     * @param level rounded down; empty where it made no sense
     */
    record Suggest(RequestId id, Method method, Optional<Level> level) implements MinerMessage {}

    /**
     * @param job number, or {@link #UNKNOWN_JOB} for a text that names no job of ours
     * @param extranonce2 its 4 bytes, big-endian
     * @param ntime seconds since 1970, unsigned
     * @param versionBits sixth parameter where there is one
     */
    record Submit(RequestId id, String user, long job, int extranonce2, int ntime, int nonce, OptionalInt versionBits)
            implements MinerMessage {
        public static final long UNKNOWN_JOB = -1;

        @Override
        public Method method() {
            return Method.SUBMIT;
        }
    }

    record ExtranonceSubscribe(RequestId id) implements MinerMessage {
        @Override
        public Method method() {
            return Method.EXTRANONCE_SUBSCRIBE;
        }
    }

    /** A well-formed request that the pool does not serve. */
    record Unsupported(RequestId id, Method method) implements MinerMessage {}

    /**
     * A known request whose parameters cannot be read.
     *
     * @param text for the reply, one of {@link ErrorCode}'s texts of code 20
     */
    record Invalid(RequestId id, Method method, String text) implements MinerMessage {}

    /** A reply to something the pool sent, or a pong: nothing to do. */
    record ClientReply() implements MinerMessage {
        @Override
        public RequestId id() {
            return RequestId.NONE;
        }

        @Override
        public Method method() {
            return Method.PONG;
        }
    }

    /** A line that is not a request at all: no id to answer to. */
    record Malformed(String reason) implements MinerMessage {
        @Override
        public RequestId id() {
            return RequestId.NONE;
        }

        @Override
        public Method method() {
            return Method.OTHER;
        }
    }
}
