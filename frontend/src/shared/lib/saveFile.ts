/** Hands a file to the person, as the browser saves downloads. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads the address after the click has been dealt with.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A title as part of a file's name: what file systems refuse becomes a dash. */
export function fileName(title: string, extension: string): string {
  const plain = title
    .normalize("NFC")
    .replace(/[\p{Cc}\\/:*?"<>|]+/gu, "-")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 80);
  return `${plain === "" ? "file" : plain}.${extension}`;
}
