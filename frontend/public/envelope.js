// SE1: an envelope that only the team can open. The format is told in spean/privacy/envelopes.py; this side only seals.
import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { hsalsa, xsalsa20poly1305 } from "@noble/ciphers/salsa.js";
import { x25519 } from "@noble/curves/ed25519.js";
import { blake2b } from "@noble/hashes/blake2.js";

const SMALLEST = 256;
const text = new TextEncoder();
const words = (bytes) => new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
const random = (size) => crypto.getRandomValues(new Uint8Array(size));
const hex = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
const fromHex = (digits) => Uint8Array.from(digits.match(/../g) || [], (pair) => parseInt(pair, 16));

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** BLAKE2b with a personal string, zeros to its 16 bytes as in libsodium. */
function hash(data, person, size, key) {
  const personalization = new Uint8Array(16);
  personalization.set(text.encode(person));
  return blake2b(data, { dkLen: size, personalization, ...(key && { key }) });
}

/** As spean/privacy/sealing.py: 256 bytes, then the next Padme length, at most 12% more. */
function paddedSize(size) {
  const total = size + 1;
  if (total <= SMALLEST) return SMALLEST;
  const exponent = 31 - Math.clz32(total);
  const free = exponent - (32 - Math.clz32(exponent));
  const step = 2 ** free;
  return Math.ceil(total / step) * step;
}

function padded(data) {
  const whole = new Uint8Array(paddedSize(data.length));
  whole.set(data);
  whole[data.length] = 0x80;
  return whole;
}

/** A sealed box of libsodium: X25519, HSalsa20, XSalsa20-Poly1305, the nonce from both public keys. */
function sealedBox(secret, publicKey, ephemeral) {
  const own = x25519.getPublicKey(ephemeral);
  const shared = x25519.getSharedSecret(ephemeral, publicKey);
  const key = new Uint32Array(8);
  hsalsa(words(text.encode("expand 32-byte k")), words(shared), new Uint32Array(4), key);
  const nonce = blake2b(joined(own, publicKey), { dkLen: 24 });
  return joined(own, xsalsa20poly1305(new Uint8Array(key.buffer), nonce).encrypt(secret));
}

/** What names one sending, and from which its id does not follow. */
export const markOf = (sentId) => hex(hash(fromHex(sentId.replace(/-/g, "")), "sm-env-mark-v1", 16));

/** `content` sealed to an offer {org, team, key} as `cls`; base64. The last argument is for known answers only. */
export function seal(offer, cls, sentId, content, chance = { key: random(32), ephemeral: random(32), nonce: random(24) }) {
  const publicKey = fromHex(offer.key);
  if (publicKey.length !== 32) throw new Error("offer");
  const aad = text.encode(`se1|${cls}|${offer.org}|${offer.team}|${markOf(sentId)}`);
  const sorted = Object.fromEntries(Object.entries(content).sort(([a], [b]) => (a < b ? -1 : 1)));
  const plain = padded(text.encode(JSON.stringify(sorted)));
  const empty = new Uint8Array(0);
  const whole = joined(
    text.encode("SE1"),
    hash(publicKey, "sm-pub-id-v1", 16),
    sealedBox(chance.key, publicKey, chance.ephemeral),
    text.encode("SM1"),
    Uint8Array.of(4),
    hash(empty, "sm-key-id-v1", 16, chance.key),
    hash(empty, "sm-commit-v1", 16, chance.key),
    chance.nonce,
    xchacha20poly1305(chance.key, chance.nonce, aad).encrypt(plain),
  );
  let binary = "";
  for (const byte of whole) binary += String.fromCharCode(byte);
  return btoa(binary);
}
