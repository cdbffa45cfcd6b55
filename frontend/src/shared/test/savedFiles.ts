import { Blob as FetchedBlob } from "node:buffer";
import { vi } from "vitest";

/** A file that the page handed to the person to save. */
export interface SavedFile {
  name: string;
  content: Blob;
}

/** Takes the files that the page saves, instead of the browser, which jsdom has no downloads for. */
export function takeSavedFiles(): readonly SavedFile[] {
  const saved: SavedFile[] = [];
  const contents = new Map<string, Blob>();
  // What is fetched comes as Node's blob, which jsdom's own doesn't know.
  vi.stubGlobal("Blob", FetchedBlob);
  vi.stubGlobal(
    "URL",
    Object.assign(class extends URL {}, {
      createObjectURL: (content: Blob) => {
        const address = `blob:saved-${contents.size}`;
        contents.set(address, content);
        return address;
      },
      revokeObjectURL: () => undefined,
    }),
  );
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    const content = contents.get(this.href);
    if (content !== undefined) saved.push({ name: this.download, content });
  });
  return saved;
}
