// Counts up until Argon2id(t=1, m=1 MiB) of "token.number" begins with as many zeros as were asked for: spean/collect/toll.py.
import { argon2id } from "@noble/hashes/argon2.js";

const COST = { t: 1, m: 1024, p: 1, dkLen: 32 };

function zeros(digest) {
  const at = digest.findIndex((byte) => byte);
  return at < 0 ? digest.length * 8 : at * 8 + Math.clz32(digest[at]) - 24;
}

onmessage = ({ data: { token, bits } }) => {
  const salt = Uint8Array.from(token.split(".")[3].match(/../g), (pair) => parseInt(pair, 16));
  let number = 0;
  while (zeros(argon2id(`${token}.${number}`, salt, COST)) < bits) number += 1;
  postMessage(`${token}.${number}`);
};
