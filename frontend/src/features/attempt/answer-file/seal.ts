import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { x25519 } from "@noble/curves/ed25519.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";

/** What every answer file, and every part of its text, begins with. */
const MAGIC = "EXSANSW1";
const INFO = new TextEncoder().encode("exam-system answer file 1");
/** Bytes in front of what is sealed. */
const HEADER_BYTES = 72;
const EPHEMERAL_AT = 16;
/** Characters of the file in one part: a QR code of them is read from a telephone's screen. */
export const PART_CHARS = 700;

/** The two chances that sealing takes. */
export interface Chance {
  secret: Uint8Array;
  nonce: Uint8Array;
}

const chance = (): Chance => ({
  secret: crypto.getRandomValues(new Uint8Array(32)),
  nonce: crypto.getRandomValues(new Uint8Array(24)),
});

/**
 * Seals `content` for the installation with this public key; nobody else can read it or change it unnoticed. Byte by byte
 * in docs/reference/answer-file.md. In a library and not the browser's own cryptography, which a hall's plain HTTP address
 * doesn't have.
 */
export function seal(
  content: Uint8Array,
  publicKey: Uint8Array,
  { secret, nonce }: Chance = chance(),
): Uint8Array {
  const ephemeral = x25519.getPublicKey(secret);
  const header = new Uint8Array(HEADER_BYTES);
  header.set(new TextEncoder().encode(MAGIC), 0);
  header.set(sha256(publicKey).subarray(0, 8), 8);
  header.set(ephemeral, EPHEMERAL_AT);
  header.set(nonce, 48);
  const salt = new Uint8Array([...ephemeral, ...publicKey]);
  const key = hkdf(sha256, x25519.getSharedSecret(secret, publicKey), salt, INFO, 32);
  const sealed = xchacha20poly1305(key, nonce, header).encrypt(content);
  const file = new Uint8Array(HEADER_BYTES + sealed.length);
  file.set(header, 0);
  file.set(sealed, HEADER_BYTES);
  return file;
}

/** The file as texts of what QR codes hold most densely; together, in any order, they are the file. */
export function partsOf(file: Uint8Array, chars: number = PART_CHARS): string[] {
  const text = base32(file);
  const name = [...file.subarray(EPHEMERAL_AT, EPHEMERAL_AT + 4)]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .toUpperCase();
  const count = Math.ceil(text.length / chars);
  return Array.from({ length: count }, (_, index) => {
    const data = text.slice(index * chars, (index + 1) * chars);
    return `${MAGIC}/${index + 1}/${count}/${name}/${data}`;
  });
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Base32 without padding (RFC 4648). */
function base32(bytes: Uint8Array): string {
  let text = "";
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += DIGITS[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + DIGITS[(held << (5 - bits)) & 31] : text;
}
