/** Quiet time after a change before it is sent, in milliseconds. */
export const DEBOUNCE_MS = 1_000;
/** The longest that steady typing puts off sending. */
export const UNSENT_MS_MAX = 5_000;
/** A response above this size is sent at most every `LARGE_EVERY_MS`, and when its field is left. */
export const LARGE_RESPONSE_BYTES = 2_048;
export const LARGE_EVERY_MS = 5_000;
/** Entries and bytes in one request. */
export const BATCH_ENTRIES_MAX = 50;
export const BATCH_BYTES_MAX = 256 * 1_024;
/** Browsers allow 64 KiB in flight for requests that outlive their page. */
export const KEEPALIVE_BYTES_MAX = 60_000;
/** The wait after the first failure; doubles with each further one. */
export const RETRY_FIRST_MS = 1_000;
export const RETRY_MAX_MS = 30_000;
/** After the network came back a hall's devices don't all speak at once. */
export const BACK_ONLINE_SPREAD_MS = 1_500;
/** How long the device may take to keep something before we go on without. */
export const DEVICE_WAIT_MS = 3_000;
/** Left free when numbers have to be given out anew. */
export const RENUMBER_GAP = 1_000;
