// The one script of the pages: renews what is marked as live, copies, and fills in settings. Without it all still reads.
const main = document.querySelector('main');
const lamp = document.getElementById('link');

// --- Live: one stream for all pages of a browser. The leader holds it and tells the others; it is whoever renews the
// lease in local storage, so it needs neither locks nor workers, which plain-http pages on a phone do not have.
const path = main.dataset.events;
const me = Math.random().toString(36).slice(2);
const LEASE = 'mote.live', LEASE_MS = 4000, AT_LEAST_MS = 1500;
let channel = null, stream = null, wanted = new Map(), lastId = +main.dataset.since || 0, opened = false, renewing = false, again = false, renewedAt = 0, timer = 0;

const address = () => path ? new URL(path, location.href).searchParams.get('address') || '' : '';

function show(on) {
  if (!path || !lamp) return;
  lamp.textContent = on ? lamp.dataset.on : lamp.dataset.off;
  lamp.className = on ? 'on' : 'off';
}

// The server draws; the page takes over the marked pieces that differ. So every language and number is as without script.
async function renew() {
  clearTimeout(timer);
  const wait = renewedAt + AT_LEAST_MS - Date.now();
  if (renewing || wait > 0) {
    again = renewing;
    if (!renewing) timer = setTimeout(renew, wait);
    return;
  }
  renewing = true;
  renewedAt = Date.now();
  try {
    const reply = await fetch(location.href, { headers: { Accept: 'text/html' }, cache: 'no-cache' });
    if (reply.ok) {
      const fresh = new DOMParser().parseFromString(await reply.text(), 'text/html');
      for (const now of document.querySelectorAll('[data-live]')) {
        const next = fresh.querySelector(`[data-live="${now.dataset.live}"]`);
        if (next) patch(now, next);
      }
    }
  } catch { /* the stream tells when the server is back */ }
  renewing = false;
  if (again) { again = false; renew(); }
}

// Keeps what stands: only texts and attributes that differ change, so nothing loses focus, selection or its place.
function patch(now, next) {
  if (now.nodeType !== next.nodeType || now.nodeName !== next.nodeName) { now.replaceWith(next.cloneNode(true)); return; }
  if (now.nodeType === 3) { if (now.data !== next.data) now.data = next.data; return; }
  if (now.isEqualNode(next)) return;
  for (const { name, value } of next.attributes) if (now.getAttribute(name) !== value) now.setAttribute(name, value);
  for (const { name } of [...now.attributes]) {
    if (!next.hasAttribute(name) && !(name === 'open' && now.nodeName === 'DETAILS')) now.removeAttribute(name);
  }
  const have = [...now.childNodes], want = [...next.childNodes];
  want.forEach((child, i) => have[i] ? patch(have[i], child) : now.append(child.cloneNode(true)));
  have.slice(want.length).forEach(child => child.remove());
}

function heard(id, of) {
  lastId = Math.max(lastId, +id || 0);
  show(true);
  if (!of || of === address()) renew();
}

function open() {
  close();
  for (const [of, at] of wanted) if (Date.now() - at > 10000) wanted.delete(of);
  const all = [...new Set([address(), ...wanted.keys()])].filter(Boolean).slice(0, 8);
  stream = new EventSource(`/api/events?after=${lastId}${all.length ? '&address=' + all.join(',') : ''}`);
  stream.onopen = () => {
    show(true);
    // Ids are times: what changed since this page was drawn comes by itself. Only after a loss is all in doubt.
    if (opened) renew();
    tell({ kind: opened ? 'open' : 'hello' });
    opened = true;
  };
  stream.onerror = () => { show(false); tell({ kind: 'lost' }); if (stream && stream.readyState === 2) setTimeout(lead, 5000); };
  for (const kind of ['pool', 'block', 'job', 'worker', 'share-best']) {
    stream.addEventListener(kind, event => {
      const of = JSON.parse(event.data).address || '';
      heard(event.lastEventId, of);
      tell({ kind: 'event', id: event.lastEventId, of });
    });
  }
}
function close() { if (stream) stream.close(); stream = null; }
function tell(message) { if (channel) channel.postMessage({ from: me, ...message }); }
function lease() { try { return JSON.parse(localStorage.getItem(LEASE)) || {}; } catch { return {}; } }

function lead() {
  if (document.hidden) return;
  const holder = lease();
  if (holder.id && holder.id !== me && holder.until > Date.now()) {
    close();
    tell({ kind: 'want', address: address() });
    return;
  }
  try { localStorage.setItem(LEASE, JSON.stringify({ id: me, until: Date.now() + LEASE_MS })); } catch { /* alone then */ }
  if (!stream || stream.readyState === 2) open();
}

function rest() {
  const mine = lease().id === me;
  close();
  if (mine) { try { localStorage.removeItem(LEASE); } catch { /* it runs out */ } tell({ kind: 'free' }); }
}

if (path && window.EventSource) {
  if (window.BroadcastChannel) {
    channel = new BroadcastChannel(LEASE);
    channel.onmessage = ({ data }) => {
      if (data.kind === 'event') heard(data.id, data.of);
      else if (data.kind === 'open') { show(true); renew(); }
      else if (data.kind === 'hello') show(true);
      else if (data.kind === 'lost') show(false);
      else if (data.kind === 'free') lead();
      else if (data.kind === 'want' && stream) {
        const isNew = data.address && data.address !== address() && !wanted.has(data.address);
        if (data.address) wanted.set(data.address, Date.now());
        if (isNew) open(); else tell({ kind: 'hello' });
      }
    };
  }
  document.addEventListener('visibilitychange', () => document.hidden ? rest() : (lead(), renew()));
  addEventListener('pagehide', rest);
  addEventListener('pageshow', event => { if (event.persisted) lead(); });
  setInterval(lead, 2000);
  lead();
}

// --- Copy buttons: shown only here, for they need the script.
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = Object.assign(document.createElement('textarea'), { value: text });
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}
function done(button) {
  const was = button.textContent;
  button.textContent = button.dataset.done;
  setTimeout(() => { button.textContent = was; }, 1500);
}
for (const button of document.querySelectorAll('[data-copy],[data-copy-recipe],[data-save]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const code = button.closest('article')?.querySelector('code');
    if (button.dataset.save) {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([code.textContent + '\n'], { type: 'application/octet-stream' }));
      link.download = button.dataset.save;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
      return;
    }
    const before = document.activeElement;
    await copy(button.dataset.copy ?? code.textContent);
    before?.focus();
    done(button);
  });
}

// --- Settings: filled in here and nowhere else.
const fields = document.getElementById('fields');
if (fields) {
  fields.hidden = false;
  const value = name => document.getElementById('fill-' + name).value.trim();
  const recipes = [...document.querySelectorAll('[data-fill]')].map(code => [code, code.textContent]);
  const given = value('address');
  const fill = () => {
    for (const [code, raw] of recipes) {
      const json = raw.startsWith('{');
      const put = text => json ? JSON.stringify(text).slice(1, -1) : text;
      let text = given ? raw.split(given).join('ADDRESS') : raw;
      const parts = {
        ADDRESS: value('address'), WORKER: value('worker') || 'worker', SITE: location.origin.replace(/^https:/, 'http:'),
        WIFI_NAME: value('ssid'), WIFI_PASSWORD: value('wifi'),
      };
      // In one pass, so that what a reader typed is never taken for a place to fill; names of keys stay as they are.
      text = text.replace(/\b(ADDRESS|WORKER|SITE|WIFI_NAME|WIFI_PASSWORD)\b(?!=)/g, name => parts[name] ? put(parts[name]) : name);
      code.textContent = text;
    }
  };
  fields.addEventListener('input', fill);
  fill();
}
