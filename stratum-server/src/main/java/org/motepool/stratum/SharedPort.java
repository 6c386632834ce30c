package org.motepool.stratum;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.RawUnixChannelOption;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port on which two processes listen, of which one takes over from the other (Linux, {@code SO_REUSEPORT}; socket(7)). The
 * system deals new connections out to both; whoever stands in a listener's line when it is closed is reset. So one that is
 * to be closed first has all new ones dealt to the other, by a classic BPF program that names a place among the listeners.
 * Thread-safe.
 */
final class SharedPort {
    /** Places are given in the order in which the listeners came; of any two, one is not that of the listener itself. */
    static final int[] PLACES = {1, 0};

    private static final Logger LOG = LoggerFactory.getLogger(SharedPort.class);

    /** From asm-generic/socket.h, which x86-64 and AArch64 use. */
    private static final int SOL_SOCKET = 1;

    private static final int SO_ATTACH_REUSEPORT_CBPF = 51;
    private static final int SO_DETACH_REUSEPORT_BPF = 68;

    /** A {@code sock_fprog}: the number of instructions in 16 bits, their address in the second 64. */
    private static final int PROGRAM_BYTES = 16;

    private static final int PROGRAM_ADDRESS_AT = 8;

    /** A {@code sock_filter}: the code in 16 bits, two jumps of 8, a constant of 32. */
    private static final int INSTRUCTION_BYTES = 8;

    private static final int CONSTANT_AT = 4;
    private static final short BPF_RET_K = 0x06;

    private static final RawUnixChannelOption ATTACH =
            new RawUnixChannelOption("SO_ATTACH_REUSEPORT_CBPF", SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, PROGRAM_BYTES);
    private static final IntegerUnixChannelOption DETACH =
            new IntegerUnixChannelOption("SO_DETACH_REUSEPORT_BPF", SOL_SOCKET, SO_DETACH_REUSEPORT_BPF);

    private SharedPort() {}

    /**
     * Lets another process listen on the same port.
     *
     * @throws IOException where the system has no such thing
     */
    static void share(Transport transport, ServerBootstrap bootstrap) throws IOException {
        if (transport != Transport.EPOLL) {
            throw new IOException("two processes can share a port on Linux alone (epoll is not available here: "
                    + Epoll.unavailabilityCause() + "); set stratum.reuse-port to false");
        }
        bootstrap.option(EpollChannelOption.SO_REUSEPORT, true);
    }

    /** Has new connections dealt out evenly, whatever a listener that is gone had asked for. */
    static void dealToAll(Channel acceptor) {
        try {
            acceptor.config().setOption(DETACH, 0);
        } catch (ChannelException e) {
            // Nobody had asked for anything.
            LOG.debug("nothing to take back on {}: {}", acceptor.localAddress(), e.getMessage());
        }
    }

    /** Has new connections dealt to the listener at that place; to any of them where there is none. */
    static void dealTo(int place, Channel acceptor) {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment instruction = arena.allocate(INSTRUCTION_BYTES, Long.BYTES);
            instruction.set(ValueLayout.JAVA_SHORT, 0, BPF_RET_K);
            instruction.set(ValueLayout.JAVA_INT, CONSTANT_AT, place);
            MemorySegment program = arena.allocate(PROGRAM_BYTES, Long.BYTES);
            program.set(ValueLayout.JAVA_SHORT, 0, (short) 1);
            program.set(ValueLayout.JAVA_LONG, PROGRAM_ADDRESS_AT, instruction.address());
            // Netty takes the address of a buffer of its own alone.
            ByteBuffer direct = ByteBuffer.allocateDirect(PROGRAM_BYTES).put(program.asByteBuffer());
            acceptor.config().setOption(ATTACH, direct.flip());
        } catch (ChannelException e) {
            LOG.warn(
                    "those who come to {} while it is closed are reset, and have to dial again: {}",
                    acceptor.localAddress(),
                    e.getMessage());
        }
    }
}
