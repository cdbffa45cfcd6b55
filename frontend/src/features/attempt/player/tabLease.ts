/**
 * One tab of this browser at a time has the attempt: two would show different answers. Web Locks hold it where they
 * exist (secure origins); elsewhere the tabs talk it over.
 */
export interface TabLease {
  /** Takes the attempt for this tab; false when another tab has it. With `force` the other one gives way. */
  claim(force: boolean): Promise<boolean>;
}

/** How long other tabs have to say that they have the attempt. */
const ANSWER_WAIT_MS = 250;

/** What this page holds; kept for as long as the page lives, so that coming back to the exam finds it. */
const held = new Map<string, { lease: TabLease; lost: () => void }>();

export function tabLease(attempt: string, lost: () => void): TabLease {
  const name = `exam-system.attempt.${attempt}`;
  const known = held.get(name);
  if (known !== undefined) {
    known.lost = lost;
    return known.lease;
  }
  const notify = () => held.get(name)?.lost();
  const lease =
    "locks" in navigator && navigator.locks !== undefined
      ? lockLease(navigator.locks, name, notify)
      : channelLease(new BroadcastChannel(name), notify);
  held.set(name, { lease, lost });
  return lease;
}

/** By a lock that the browser keeps. */
export function lockLease(locks: LockManager, name: string, lost: () => void): TabLease {
  let mine = false;
  return {
    claim: (force) =>
      mine
        ? Promise.resolve(true)
        : new Promise((resolve) => {
            locks
              .request(name, force ? { steal: true } : { ifAvailable: true }, (lock) => {
                mine = lock !== null;
                resolve(mine);
                // Held until the page goes or another tab takes it by force.
                return mine ? new Promise<void>(() => undefined) : undefined;
              })
              .catch(() => {
                resolve(false);
                if (mine) lost();
                mine = false;
              });
          }),
  };
}

/** By asking the other tabs. */
export function channelLease(channel: BroadcastChannel, lost: () => void): TabLease {
  let mine = false;
  let taken = () => {};
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (data === "who has it?" && mine) channel.postMessage("I have it");
    if (data === "I have it") taken();
    if (data === "I take it" && mine) {
      mine = false;
      lost();
    }
  };
  return {
    claim: async (force) => {
      if (mine) return true;
      if (force) channel.postMessage("I take it");
      else {
        const free = await new Promise<boolean>((resolve) => {
          const timer = setTimeout(() => resolve(true), ANSWER_WAIT_MS);
          taken = () => {
            clearTimeout(timer);
            resolve(false);
          };
          channel.postMessage("who has it?");
        });
        if (!free) return false;
      }
      mine = true;
      return true;
    },
  };
}
