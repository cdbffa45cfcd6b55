import { afterEach, expect, test, vi } from "vitest";
import { drawMath } from "./drawMath";
import { prepareRichText } from "./prepareRichText";

afterEach(() => vi.useRealTimers());

test("a prepared formula is drawn at once", async () => {
  const html = '<span class="math math-inline">x^2</span>';
  await prepareRichText(html);
  const text = document.createElement("p");
  text.innerHTML = html;
  void drawMath(text);
  expect(text.querySelector("math")).not.toBeNull();
});

test("a picture that doesn't come in is waited for two seconds", async () => {
  vi.useFakeTimers();
  vi.stubGlobal(
    "Image",
    class {
      src = "";
      decode = () => new Promise(() => {});
    },
  );
  let ready = false;
  void prepareRichText('<p><img src="/slow" alt=""></p>').then(() => {
    ready = true;
  });
  await vi.advanceTimersByTimeAsync(1_900);
  expect(ready).toBe(false);
  await vi.advanceTimersByTimeAsync(200);
  expect(ready).toBe(true);
});

test("a text without either is ready", async () => {
  await prepareRichText("<p>Words</p>");
});
