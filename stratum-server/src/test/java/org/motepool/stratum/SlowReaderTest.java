package org.motepool.stratum;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.motepool.chain.template.BlockTemplate;
import org.motepool.core.block.Job;
import org.motepool.core.bytes.Bytes;
import org.motepool.core.hash.Hash256;
import org.motepool.core.time.PoolClock;
import org.motepool.core.work.Nbits;
import org.motepool.stratum.job.JobBuilder;

/** Devices that stop reading for a while, on real sockets. */
class SlowReaderTest {
    /** So that few of them fill what systems keep for a connection. */
    private static final int JOB_BYTES = 40_000;

    private static final int JOBS = 150;
    private static final int RECEIVE_BUFFER = 4_096;

    @Test
    void oneThatReadsOnGetsTheNewestJobAndHoldsUpNobody() throws Exception {
        FakeChain chain = ServerFixture.chain();
        WorkSource work = new WorkSource(longJobs(), ServerFixture.JOB_NUMBER, ServerFixture.EXTRANONCE1);
        StratumParts parts = ServerFixture.parts(chain, new FakeShareLog(), PoolClock.SYSTEM);
        List<Miner> slow = new ArrayList<>();
        try (StratumServer server = StratumServer.start(ServerFixture.settings(), parts, work);
                Miner quick = new Miner(server.port())) {
            quick.logIn("a device that reads");
            // More than there are event loops.
            for (int i = 0; i < 4; i++) {
                slow.add(new Miner(littleRoom(server.port())));
                slow.getLast().logIn("a device that does not");
            }
            String newest = "";
            for (int i = 1; i <= JOBS; i++) {
                chain.template(template(i), true);
                newest = job(quick);
            }
            int read = 0;
            for (Miner miner : slow) {
                String last;
                int jobs = 0;
                do {
                    last = job(miner);
                    jobs++;
                } while (!last.equals(newest));
                assertThat(jobs)
                        .as("jobs, without those that grew old meanwhile")
                        .isLessThan(JOBS);
                read += jobs;
            }
            System.out.println("slow readers: " + read + " of " + JOBS * slow.size() + " jobs were sent");
            chain.template(template(JOBS + 1), true);
            for (Miner miner : slow) {
                assertThat(job(miner)).isNotEqualTo(newest);
            }
            assertThat(job(quick)).isNotEqualTo(newest);
        } finally {
            for (Miner miner : slow) {
                miner.close();
            }
        }
    }

    private static Socket littleRoom(int port) throws Exception {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(RECEIVE_BUFFER);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    private static String job(Miner miner) throws Exception {
        String line = miner.line();
        while (!line.contains("mining.notify")) {
            assertThat(line).isNotEqualTo(Transcript.CLOSED);
            line = miner.line();
        }
        return line;
    }

    private static BlockTemplate template(int number) {
        byte[] tip = ByteBuffer.allocate(32).putInt(number).array();
        return ServerFixture.template(Hash256.ofInternal(tip), Nbits.ofHex("17034219"), ServerFixture.SECOND);
    }

    private static JobBuilder longJobs() {
        JobBuilder usual = ServerFixture.recordedJobs();
        return (template, number, ntime) -> {
            Job job = usual.build(template, number, ntime);
            return new Job(
                    job.number(),
                    job.height(),
                    template.prevHash(),
                    job.coinbase1(),
                    Bytes.ofHex("00".repeat(JOB_BYTES / 2)),
                    job.extranonceBytes(),
                    job.branch(),
                    job.version(),
                    job.nbits(),
                    job.ntime(),
                    job.scheme());
        };
    }
}
