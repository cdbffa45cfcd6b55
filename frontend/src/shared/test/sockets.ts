import { act } from "@testing-library/react";
import { vi } from "vitest";

/** A push channel whose other end is the test: it opens, says and drops what the test wants. */
export class TestSocket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly sent: string[] = [];
  readonly url: string;

  constructor(url: string) {
    this.url = url;
    opened.push(this);
  }
  send(data: string) {
    this.sent.push(data);
  }
  close() {}

  /** The server takes the connection. */
  open() {
    act(() => this.onopen?.());
  }
  /** The server says something. */
  say(message: Record<string, unknown>) {
    act(() => this.onmessage?.({ data: JSON.stringify(message) }));
  }
  /** The connection is lost, or closed by the server with a code. */
  drop(code = 1006) {
    act(() => this.onclose?.({ code }));
  }
}

let opened: TestSocket[] = [];

/** Puts test sockets in the place of the browser's; answers the ones that the page has opened so far. */
export function useTestSockets(): () => readonly TestSocket[] {
  opened = [];
  vi.stubGlobal("WebSocket", TestSocket);
  return () => opened;
}
