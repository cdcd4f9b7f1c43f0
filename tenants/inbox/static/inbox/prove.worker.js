/* Tries one counter after the other until the derived key begins as asked for (ALTCHA, PoW v2 with PBKDF2). */
"use strict";

const SAY_EVERY = 25;
const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
const hexOf = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

function password(nonce, counter) {
  const buffer = new Uint8Array(nonce.length + 4);
  buffer.set(nonce);
  new DataView(buffer.buffer).setUint32(nonce.length, counter);
  return buffer;
}

async function derive({ algorithm, cost, keyLength }, nonce, salt, counter) {
  const key = await crypto.subtle.importKey("raw", password(nonce, counter), "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", salt, iterations: cost, hash: algorithm.split("/")[1] };
  return hexOf(await crypto.subtle.deriveBits(how, key, keyLength * 8));
}

async function solve({ parameters, most }) {
  const nonce = bytes(parameters.nonce);
  const salt = bytes(parameters.salt);
  for (let counter = 0; counter <= most; counter += 1) {
    const derivedKey = await derive(parameters, nonce, salt, counter);
    if (derivedKey.startsWith(parameters.keyPrefix)) return { counter, derivedKey };
    if (counter % SAY_EVERY === 0) self.postMessage({ tried: counter });
  }
  return null;
}

self.addEventListener("message", async (event) => {
  const solution = await solve(event.data).catch(() => null);
  self.postMessage({ done: true, solution });
});
