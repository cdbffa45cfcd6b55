import { fromBase64Url } from "@/shared/lib/base64";

/** Bytes of the nonce in front of what is sealed. */
const NONCE_BYTES = 24;
/** What every sealed file belongs to. */
const PURPOSE = new TextEncoder().encode("exam-system sealed 1");

/**
 * Opens a sealed file (XChaCha20-Poly1305); rejects when the key is another file's, or the file was changed. In a library
 * and not the browser's own cryptography, which a hall's plain HTTP address doesn't have.
 */
export async function unseal(sealed: Uint8Array, key: string): Promise<Uint8Array> {
  const { xchacha20poly1305 } = await import("@noble/ciphers/chacha.js");
  const nonce = sealed.subarray(0, NONCE_BYTES);
  return xchacha20poly1305(fromBase64Url(key), nonce, PURPOSE).decrypt(
    sealed.subarray(NONCE_BYTES),
  );
}

/** Fetches what {@link unseal} needs, so that it is there when the start's answer comes. */
export async function prepareUnsealing(): Promise<void> {
  await import("@noble/ciphers/chacha.js").catch(() => undefined);
}
