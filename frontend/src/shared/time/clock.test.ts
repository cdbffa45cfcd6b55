import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ServerClock } from "./clock";
import { clockFace, inWords } from "./format";

describe("the server's clock", () => {
  it("runs on by the monotonic counter, whatever happens to the device's clock", () => {
    let counter = 1_000;
    let wall = 50_000;
    const clock = new ServerClock(
      () => counter,
      () => wall,
    );
    clock.read(1_000_000, 990, 1_010);
    counter += 5_000;
    wall += 5_000;
    expect(clock.now()).toBe(1_005_000);
    wall -= 3_600_000; // somebody turns the clock back
    expect(clock.now()).toBe(1_005_000);
  });

  it("follows a server whose clock was set, however slow the reading that says so", () => {
    let counter = 1_000;
    const clock = new ServerClock(
      () => counter,
      () => counter,
    );
    clock.read(1_000_000, 990, 1_010);
    counter += 5_000;
    clock.read(1_425_000, counter - 200, counter + 200); // seven minutes on, and both can't be true
    expect(clock.now()).toBe(1_425_000);
    clock.read(1_005_150, counter - 150, counter + 150); // and back
    expect(clock.now()).toBe(1_005_150);
    clock.read(1_005_100, counter - 250, counter + 250); // a slower one that may be as true changes nothing
    expect(clock.now()).toBe(1_005_150);
  });

  it("trusts the reading with the shortest round trip", () => {
    const clock = new ServerClock(
      () => 10_000,
      () => 0,
    );
    clock.read(1_000_000, 9_980, 10_000);
    clock.read(1_000_900, 8_000, 10_000);
    expect(clock.now()).toBe(1_000_010);
  });

  it("reads anew after the device slept, because the counter may have stopped meanwhile", () => {
    let counter = 1_000;
    let wall = 1_000;
    const clock = new ServerClock(
      () => counter,
      () => wall,
    );
    clock.read(1_000_000, 1_000, 1_000);
    counter += 100;
    wall += 1_800_000;
    clock.read(2_800_000, 1_000, 1_100);
    expect(clock.now()).toBe(2_800_050);
  });

  it("is never off by more than half of the best round trip", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(2_000), fc.nat(2_000)), { minLength: 1, maxLength: 10 }),
        (trips) => {
          let counter = 0;
          const ahead = 123_456_789;
          const clock = new ServerClock(
            () => counter,
            () => counter,
          );
          for (const [there, back] of trips) {
            const sentAt = counter;
            counter += there;
            const serverTime = counter + ahead;
            counter += back;
            clock.read(serverTime, sentAt, counter);
          }
          const best = Math.min(...trips.map(([there, back]) => there + back)) / 2;
          // Readings lose a little worth with age, so that drift is followed.
          expect(Math.abs(clock.now() - (counter + ahead))).toBeLessThanOrEqual(
            best + counter * 0.0005 + 0.001,
          );
        },
      ),
    );
  });
});

describe("a running clock's face", () => {
  it.each([
    [0, "0:00"],
    [-5_000, "0:00"],
    [1, "0:01"],
    [59_000, "0:59"],
    [61_000, "1:01"],
    [3_600_000, "1:00:00"],
    [7_509_000, "2:05:09"],
  ])("%d ms is %s", (milliseconds, face) => {
    expect(clockFace(milliseconds)).toBe(face);
  });

  it("is said in words, in two units at most", () => {
    expect(inWords(5_430_000, "en")).toBe("1 hour, 30 minutes");
    expect(inWords(600_000, "en")).toBe("10 minutes");
    expect(inWords(0, "en")).toBe("0 seconds");
    expect(inWords(5_400_000, "zh-CN")).toBe("1小时30分钟");
  });
});
