import { File as SentFile } from "node:buffer";
import { vi } from "vitest";

/** Gives the page forms and files that can be sent: jsdom's own arrive at the server without their content. */
export async function giveSendableForms(): Promise<void> {
  const form = await new Response(new URLSearchParams()).formData();
  vi.stubGlobal("FormData", form.constructor);
  vi.stubGlobal("File", SentFile);
}
