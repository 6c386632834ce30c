// The hashing side of "Mine with this device": builds the headers of a job, looks for nonces, and rests as told. It knows no
// page and no network; the page talks to it in messages. A classic script, since some old browsers have no module workers.
'use strict';

const K = Int32Array.of(
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2);
const INITIAL = Int32Array.of(
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19);
const END = 0x80000000 | 0;

// --- SHA-256 in plain JavaScript: for building headers, for proving what the WebAssembly finds, and where there is none.
const w = new Int32Array(64);

// One block, w[0] to w[15], from a state into another.
function compress(from, to) {
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15], y = w[i - 2];
    w[i] = w[i - 16] + ((x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ x >>> 3)
      + w[i - 7] + ((y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ y >>> 10) | 0;
  }
  let a = from[0], b = from[1], c = from[2], d = from[3], e = from[4], f = from[5], g = from[6], h = from[7];
  for (let i = 0; i < 64; i++) {
    const t = h + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + (g ^ e & (f ^ g)) + K[i] + w[i] | 0;
    h = g; g = f; f = e; e = d + t | 0;
    d = t + ((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + (a & b ^ c & (a ^ b)) | 0;
    const last = c; c = b; b = a; a = d; d = last;
  }
  to[0] = from[0] + a; to[1] = from[1] + b; to[2] = from[2] + c; to[3] = from[3] + d;
  to[4] = from[4] + e; to[5] = from[5] + f; to[6] = from[6] + g; to[7] = from[7] + h;
}

function sha256(bytes) {
  const padded = new Uint8Array(bytes.length + 72 >> 6 << 6);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer), state = Int32Array.from(INITIAL);
  view.setUint32(padded.length - 4, bytes.length * 8);
  for (let at = 0; at < padded.length; at += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + 4 * i);
    compress(state, state);
  }
  const hash = new DataView(new ArrayBuffer(32));
  state.forEach((word, i) => hash.setInt32(4 * i, word));
  return new Uint8Array(hash.buffer);
}
const twice = bytes => sha256(sha256(bytes));
const swapped = x => x << 24 | x << 8 & 0xff0000 | x >>> 8 & 0xff00 | x >>> 24;

const midstate = new Int32Array(8), tail = new Int32Array(3), state = new Int32Array(8);

// The hash of the header with this nonce, as words in `state`.
function hash(nonce) {
  w[0] = tail[0]; w[1] = tail[1]; w[2] = tail[2]; w[3] = swapped(nonce); w[4] = END;
  w.fill(0, 5, 15);
  w[15] = 640;
  compress(midstate, state);
  w.set(state);
  w[8] = END;
  w.fill(0, 9, 15);
  w[15] = 256;
  compress(INITIAL, state);
}

const plain = {
  name: 'script', lanes: 1,
  begin() {},
  scan(nonce, count, ceiling) {
    for (let done = 0; done < count; done++) {
      hash(nonce + done | 0);
      if (swapped(state[7]) >>> 0 <= ceiling) return done;
    }
    return count;
  },
};

// --- The same in WebAssembly; HashModule.java of the pool writes the modules and says where what lies.
function compiled(bytes, name, lanes) {
  const { memory, scan } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
  const view = new DataView(memory.buffer);
  return {
    name, lanes,
    begin() {
      midstate.forEach((word, i) => view.setInt32(288 + 4 * i, word, true));
      tail.forEach((word, i) => view.setInt32(320 + 4 * i, word, true));
    },
    scan: (nonce, count, ceiling) => scan(nonce, count, ceiling | 0) >>> 0,
  };
}

// The fastest that this browser takes; a policy or an old engine may refuse.
function choose(modules) {
  for (const { bytes, name, lanes } of modules) {
    try { return compiled(bytes, name, lanes); } catch { /* the next one, then */ }
  }
  return plain;
}

// --- A job as it came in mining.notify, all fields hex text.
const NONCES = 2 ** 32, ONE = 0xffff / 2 ** 48; // the target of difficulty 1, as a part of all hashes
let engine = plain, job = null, power = 0.1, on = false, turning = false, waiting = 0, hashes = 0, told = 0, chunk = 256;
let nonce = 0, counter = 0, extranonce2 = '';

const fromHex = hex => Uint8Array.from(hex.match(/../g) || [], byte => parseInt(byte, 16));

// The header's first block goes into the midstate, the rest but the nonce into the tail.
function beginHeader() {
  extranonce2 = (counter++).toString(16).padStart(2 * job.extranonce2Bytes, '0').slice(-2 * job.extranonce2Bytes);
  let root = twice(fromHex(job.coinbase1 + job.extranonce1 + extranonce2 + job.coinbase2));
  for (const branch of job.branches) {
    const pair = new Uint8Array(64);
    pair.set(root);
    pair.set(fromHex(branch), 32);
    root = twice(pair);
  }
  const number = hex => swapped(parseInt(hex, 16));
  const roots = new DataView(root.buffer);
  w[0] = number(job.version);
  for (let i = 0; i < 8; i++) w[1 + i] = number(job.previous.slice(8 * i, 8 * i + 8));
  for (let i = 0; i < 7; i++) w[9 + i] = roots.getInt32(4 * i);
  compress(INITIAL, midstate);
  tail[0] = roots.getInt32(28);
  tail[1] = number(job.ntime);
  tail[2] = number(job.nbits);
  nonce = 0;
  engine.begin();
}

// Hashes a chunk; hands over what is proven to meet the target.
function search() {
  if (nonce >= NONCES) beginHeader();
  const part = ONE / job.difficulty, ceiling = Math.min(NONCES - 1, Math.floor(part * NONCES));
  const count = Math.min(chunk, NONCES - nonce), done = engine.scan(nonce, count, ceiling);
  if (done < count) {
    for (let at = nonce + done; at < nonce + done + engine.lanes; at++) {
      hash(at | 0);
      if ((swapped(state[7]) >>> 0) / NONCES + (swapped(state[6]) >>> 0) / NONCES / NONCES <= part) found(at);
    }
  }
  const hashed = done < count ? done + engine.lanes : count;
  nonce += hashed;
  hashes += hashed;
}

function found(at) {
  waiting++;
  postMessage({
    kind: 'share', job: job.id, extranonce2, ntime: job.ntime, nonce: at.toString(16).padStart(8, '0'),
  });
}

// --- Work and rest: of each turn so much is rest that work is the part of it that the power says.
const WORK_MS = 40, TELL_MS = 500, WAITING_MAX = 8; // so many shares without an answer, and it waits for one
const again = new MessageChannel();
again.port1.onmessage = turn;

function turn() {
  turning = on && job !== null && waiting < WAITING_MAX;
  if (!turning) { tell(); return; }
  const start = performance.now();
  let spent = 0;
  while (spent < WORK_MS && waiting < WAITING_MAX) {
    search();
    spent = performance.now() - start;
  }
  if (performance.now() - told > TELL_MS) tell();
  const rest = spent * (1 / power - 1);
  if (rest < 1) again.port2.postMessage(0); else setTimeout(turn, rest);
}
function tell() {
  told = performance.now();
  postMessage({ kind: 'hashes', hashes });
}
function wake() { if (!turning) { turning = true; again.port2.postMessage(0); } }

// What it could do at full power, hashes a second: a short race over a header of zeros.
function speed() {
  engine.begin();
  let done = 0, spent = 0;
  for (const start = performance.now(); spent < 60; spent = performance.now() - start) done += engine.scan(done, 512, 0) || 512;
  return done / spent * 1000;
}

onmessage = ({ data }) => {
  if (data.kind === 'modules') {
    engine = choose(data.modules);
    speed(); // the compiler of the browser wakes up
    const full = speed();
    chunk = Math.max(64, Math.floor(full / 1000 * 4 / 4) * 4);
    postMessage({ kind: 'ready', engine: engine.name, speed: full });
  } else if (data.kind === 'job') {
    job = data.job;
    if (job) { counter = 0; beginHeader(); waiting = job.fresh ? 0 : waiting; wake(); }
  } else if (data.kind === 'answered') {
    waiting = Math.max(0, waiting - 1);
    wake();
  } else if (data.kind === 'power') {
    power = data.power;
  } else if (data.kind === 'on') {
    on = data.on;
    wake();
  }
};
