// SHA-256 (FIPS 180-4) for pages that are served over plain http, where the browser
// withholds crypto.subtle. sidikBerkas(buffer) gives a promise of 64 hex digits.
(() => {
  "use strict";
  const K = new Uint32Array(64);
  const START = new Uint32Array(8);

  // The constants are the first 32 bits of the fractional parts of the cube and
  // square roots of the first primes.
  (() => {
    const isPrime = (n) => {
      for (let d = 2; d * d <= n; d += 1) if (n % d === 0) return false;
      return true;
    };
    const fraction = (x) => Math.floor((x - Math.floor(x)) * 4294967296);
    let found = 0;
    for (let n = 2; found < 64; n += 1) {
      if (!isPrime(n)) continue;
      if (found < 8) START[found] = fraction(Math.sqrt(n));
      K[found] = fraction(Math.cbrt(n));
      found += 1;
    }
  })();

  const turn = (x, n) => (x >>> n) | (x << (32 - n));

  function block(state, view, offset, w) {
    for (let i = 0; i < 16; i += 1) w[i] = view.getUint32(offset + 4 * i);
    for (let i = 16; i < 64; i += 1) {
      const a = w[i - 15];
      const b = w[i - 2];
      const s0 = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
      const s1 = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i += 1) {
      const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
      const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + t1) | 0;
      d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((x, i) => { state[i] += x; });
  }

  function sha256(buffer) {
    const size = buffer.byteLength;
    const whole = size - (size % 64);
    const tail = new Uint8Array(size % 64 < 56 ? 64 : 128);
    tail.set(new Uint8Array(buffer, whole));
    tail[size % 64] = 0x80;
    const end = new DataView(tail.buffer);
    end.setUint32(tail.length - 8, Math.floor(size / 536870912));
    end.setUint32(tail.length - 4, (size << 3) >>> 0);
    const state = Uint32Array.from(START);
    const w = new Int32Array(64);
    const view = new DataView(buffer);
    for (let at = 0; at < whole; at += 64) block(state, view, at, w);
    for (let at = 0; at < tail.length; at += 64) block(state, end, at, w);
    return Array.from(state, (x) => x.toString(16).padStart(8, "0")).join("");
  }

  const hex = (bytes) =>
    Array.from(new Uint8Array(bytes), (x) => x.toString(16).padStart(2, "0")).join("");

  window.sidikBerkas = async (buffer, own = !(window.crypto && crypto.subtle)) =>
    own ? sha256(buffer) : hex(await crypto.subtle.digest("SHA-256", buffer));
})();
