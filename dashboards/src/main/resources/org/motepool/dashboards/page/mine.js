// "Mine with this device": talks Stratum V1 over WebSocket to the pool, lets a worker hash, and shows both. It starts by a
// press alone. What it says stands in the page, so it knows no language.
const $ = id => document.getElementById(id);
const panel = $('mine'), status = $('state'), press = $('press'), field = $('address'), slider = $('power');
const site = panel.dataset;
const language = document.documentElement.lang;

let wanted = false, worker = null, socket = null, timer = 0, attempts = 0, opened = false;
let address = '', speed = 0, authorized = false, working = false, refusal = '', battery = null;
let extranonce1 = '', extranonce2Bytes = 4, difficulty = 1, jobs = 0, current = '';
let accepted = 0, rejected = 0, heard = 0, counts = [], asked = 0, shares = new Map(), fresh = false;

// --- What is said: each state is a sentence of the page; it is read out when it changes, numbers are not.
function say(key, value = '') {
  const text = status.dataset[key].replace('{0}', value);
  if (status.textContent !== text) status.textContent = text;
  panel.dataset.now = key;
}
function show(id, text) { if ($(id).textContent !== text) $(id).textContent = text; }
const number = (value, options) => value.toLocaleString(language, options);

function rate(perSecond) {
  const units = ['H/s', 'kH/s', 'MH/s', 'GH/s'];
  let unit = 0, value = perSecond;
  while (value >= 1000 && unit < units.length - 1) { value /= 1000; unit++; }
  return number(value, { maximumSignificantDigits: 3 }) + '\u00a0' + units[unit];
}

// --- Whether to work now. A reason to rest lets the worker rest; the connection stays while it can.
const resting = () => document.hidden && !$('hidden').checked ? 'hidden'
  : battery && !battery.charging && !$('battery').checked ? 'battery' : '';

function decide() {
  const rest = resting();
  working = wanted && !rest && authorized && jobs > 0;
  if (worker) worker.postMessage({ kind: 'on', on: working });
  panel.classList.toggle('on', wanted);
  panel.classList.toggle('busy', working);
  press.textContent = wanted ? press.dataset.stop : press.dataset.start;
  if (!wanted) say(refusal ? 'refused' : 'idle', refusal);
  else if (rest) say(rest);
  else if (working) say('working');
  else if (!socket && !timer && speed) connect();
}

// --- The connection.
function connect() {
  const secure = location.protocol === 'https:' || site.tls === 'only';
  say('connecting');
  try {
    socket = new WebSocket(`${secure ? 'wss' : 'ws'}://${site.host}:${site.port}/`, 'stratum');
  } catch {
    lost();
    return;
  }
  opened = authorized = false;
  jobs = 0;
  fresh = true;
  shares = new Map();
  socket.onopen = () => {
    opened = true;
    heard = Date.now();
    send('subscribe', 'mining.subscribe', [site.agent]);
    // About a share in five seconds, from the first on; else a slow device would wait for long.
    send('suggest', 'mining.suggest_difficulty', [speed * slider.value / 100 * 5 / 2 ** 32]);
    send('authorize', 'mining.authorize', [address + '.' + site.name, 'x']);
  };
  socket.onmessage = ({ data }) => {
    heard = Date.now();
    for (const line of data.split('\n')) if (line.trim()) receive(JSON.parse(line));
  };
  socket.onclose = lost;
}

function send(id, method, params) {
  if (socket && socket.readyState === 1) socket.send(JSON.stringify({ id, method, params }));
}

function receive({ id, method, params, result, error }) {
  if (method === 'mining.notify') notify(params);
  else if (method === 'mining.set_difficulty') difficulty = params[0]; // of the jobs that follow
  else if (method === 'client.reconnect') hangUp();
  else if (id === 'subscribe' && result) [, extranonce1, extranonce2Bytes] = result;
  else if (id === 'authorize') {
    authorized = result === true;
    if (authorized) { if (!jobs) say('waiting'); decide(); credit(); } else give(error ? error[1] : '');
  } else if (shares.has(id)) answered(id, result, error);
}

function notify([job, previous, coinbase1, coinbase2, branches, version, nbits, ntime]) {
  jobs++;
  attempts = 0;
  current = job;
  worker.postMessage({ kind: 'job', job: {
    id: job, previous, coinbase1, coinbase2, branches, version, nbits, ntime, extranonce1, extranonce2Bytes, difficulty, fresh,
  } });
  fresh = false;
  decide();
}

function submit({ job, extranonce2, ntime, nonce }) {
  const id = ++asked;
  shares.set(id, job);
  send(id, 'mining.submit', [address + '.' + site.name, job, extranonce2, ntime, nonce]);
}

function answered(id, result, error) {
  const job = shares.get(id), code = error ? error[0] : 0;
  shares.delete(id);
  worker.postMessage({ kind: 'answered' });
  if (result === true) {
    accepted++;
    panel.classList.remove('shared');
    requestAnimationFrame(() => panel.classList.add('shared'));
  } else {
    rejected++;
  }
  numbers();
  if (code === 24) give(error[1]); // no longer welcome
  else if (code === 25 || code === 21 && job === current) hangUp(); // out of step with the pool: begin anew
}

function hangUp() { if (socket) socket.close(); }

function lost() {
  if (socket) socket.onclose = null;
  socket = null;
  authorized = false;
  jobs = 0;
  if (!wanted) return;
  const seconds = Math.min(60, 2 ** attempts++) * (0.75 + Math.random() / 2);
  timer = setTimeout(() => { timer = 0; decide(); }, seconds * 1000);
  decide();
  if (!resting()) say(!opened && location.protocol === 'https:' && attempts > 2 ? 'insecure' : 'lost', number(Math.ceil(seconds)));
}

// The pool does not want this address: only the visitor can do something about it.
function give(reason) {
  refusal = reason || '?';
  stop();
}

// --- Start and stop.
function start() {
  const typed = field.value.trim().replace(/^[a-z]+:/i, '').split(/[.?]/)[0];
  if (!/^[a-zA-Z0-9]{14,90}$/.test(typed)) {
    field.setAttribute('aria-invalid', 'true');
    say('address');
    field.focus();
    return;
  }
  field.removeAttribute('aria-invalid');
  address = field.value = typed;
  try { localStorage.setItem('mote.address', address); } catch { /* not remembered, then */ }
  $('account').href = '/users/' + address;
  $('account').hidden = false;
  refusal = '';
  wanted = true;
  say('starting');
  field.readOnly = true;
  counts = [];
  if (worker) decide(); else begin();
}

function stop() {
  wanted = false;
  clearTimeout(timer);
  timer = 0;
  field.readOnly = false;
  decide();
  if (socket) { socket.onclose = null; socket.close(); }
  socket = null;
  authorized = false;
  numbers();
}

async function begin() {
  const modules = [];
  if (window.WebAssembly) {
    for (const [name, path, lanes] of [['simd', site.simd, 4], ['wasm', site.wasm, 1]]) {
      try { modules.push({ name, lanes, bytes: await (await fetch(path)).arrayBuffer() }); } catch { /* without it, then */ }
    }
  }
  if (worker) return;
  worker = new Worker(site.worker);
  worker.onerror = () => give(status.dataset.broken);
  worker.onmessage = ({ data }) => {
    if (data.kind === 'ready') {
      speed = data.speed;
      panel.dataset.engine = data.engine;
      panel.dataset.speed = Math.round(speed);
      show('engine', $('engine').dataset[data.engine].replace('{0}', rate(speed)));
      power();
      decide();
    } else if (data.kind === 'share') submit(data);
    else if (data.kind === 'hashes') counts.push([Date.now(), data.hashes]);
  };
  worker.postMessage({ kind: 'modules', modules });
}

function power() {
  const percent = +slider.value;
  show('percent', number(percent / 100, { style: 'percent' }));
  slider.setAttribute('aria-valuetext', $('percent').textContent);
  panel.style.setProperty('--power', percent);
  if (worker) worker.postMessage({ kind: 'power', power: percent / 100 });
}

// --- Numbers: the rate of the last ten seconds, the shares as answered, the credit as the pool's books have it.
const RATE_MS = 10000, SILENCE_MS = 240000;

function numbers() {
  const now = Date.now();
  counts = counts.filter(([at], i) => now - at < RATE_MS || i === counts.length - 1);
  const first = counts[0], last = counts[counts.length - 1];
  show('rate', working && first && last[1] > first[1] ? rate((last[1] - first[1]) / (last[0] - first[0]) * 1000) : '–');
  if (last) show('hashes', number(last[1]));
  show('accepted', number(accepted));
  show('rejected', number(rejected));
}

const digits = text => BigInt(text.replace('.', '')); // 10^-12 satoshi: amounts come with all 12 decimals

async function credit() {
  if (!authorized || document.hidden) return; // before, the address may be none
  try {
    const reply = await fetch('/api/v1/accounts/' + address, { headers: { Accept: 'application/json' } });
    if (!reply.ok) return;
    const { balance } = await reply.json();
    const all = String(['immature', 'available', 'paying', 'paid'].reduce((sum, part) => sum + digits(balance[part]), 0n));
    const padded = all.padStart(13, '0');
    const point = number(0.5).replace(/[05]/g, '');
    show('whole', number(BigInt(padded.slice(0, -12))));
    show('parts', point + padded.slice(-12).replace(/(...)(?=.)/g, '$1\u2009'));
  } catch { /* the next look tells */ }
}

setInterval(() => {
  if (!wanted) return;
  numbers();
  if (socket && Date.now() - heard > SILENCE_MS) hangUp();
}, 1000);
setInterval(() => { if (wanted) credit(); }, 5000);

// --- The page comes to life; it does not start.
$('needs').hidden = true;
panel.hidden = false;
try { field.value = localStorage.getItem('mote.address') || ''; } catch { /* nothing is kept here */ }
if ($('spare')) $('spare').addEventListener('click', () => { field.value = $('spare').dataset.address; press.focus(); });
$('form').addEventListener('submit', event => { event.preventDefault(); if (wanted) stop(); else start(); });
slider.addEventListener('input', power);
for (const box of ['hidden', 'battery']) $(box).addEventListener('change', decide);
document.addEventListener('visibilitychange', decide);
addEventListener('pagehide', () => { if (wanted) stop(); });
if (navigator.getBattery) {
  navigator.getBattery().then(found => {
    battery = found;
    battery.addEventListener('chargingchange', decide);
    decide();
  }, () => {});
} else {
  $('battery').closest('label').hidden = true;
}
power();
decide();
