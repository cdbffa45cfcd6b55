import { describe, expect, it, vi } from "vitest";
import { channelLease, lockLease, type TabLease } from "./tabLease";

/** Tabs of one browser that hear one another, as BroadcastChannel lets them. */
function channels() {
  const tabs: { onmessage: ((event: MessageEvent) => void) | null }[] = [];
  return () => {
    const tab = {
      onmessage: null as ((event: MessageEvent) => void) | null,
      postMessage: (data: unknown) => {
        for (const other of tabs)
          if (other !== tab) other.onmessage?.(new MessageEvent("message", { data }));
      },
      close: () => undefined,
    };
    tabs.push(tab);
    return tab as unknown as BroadcastChannel;
  };
}

/** The part of the browser's lock manager that is used. */
function locks() {
  let holder: ((reason: unknown) => void) | null = null;
  return {
    request: (
      _name: string,
      options: { steal?: boolean; ifAvailable?: boolean },
      act: (lock: object | null) => Promise<void> | undefined,
    ) => {
      if (holder !== null && options.steal !== true) return Promise.resolve(act(null));
      holder?.(new DOMException("stolen", "AbortError"));
      return new Promise((_resolve, reject) => {
        holder = reject;
        act({});
      });
    },
  } as unknown as LockManager;
}

function browser(kind: "locks" | "channel"): (lost: () => void) => TabLease {
  const manager = locks();
  const channel = channels();
  return (lost) =>
    kind === "locks" ? lockLease(manager, "a1", lost) : channelLease(channel(), lost);
}

describe.each(["locks", "channel"] as const)(
  "with %s, one tab at a time has the attempt",
  (kind) => {
    it("the first one that asks", async () => {
      const tab = browser(kind);
      expect(await tab(vi.fn()).claim(false)).toBe(true);
      expect(await tab(vi.fn()).claim(false)).toBe(false);
    });

    it("until another one takes it by force; then it is told", async () => {
      const tab = browser(kind);
      const lost = vi.fn();
      const first = tab(lost);
      const second = tab(vi.fn());
      await first.claim(false);
      expect(await second.claim(true)).toBe(true);
      await vi.waitFor(() => expect(lost).toHaveBeenCalledOnce());
      expect(await first.claim(false)).toBe(false);
    });

    it("and may ask again without harm", async () => {
      const first = browser(kind)(vi.fn());
      expect(await first.claim(false)).toBe(true);
      expect(await first.claim(false)).toBe(true);
    });
  },
);
