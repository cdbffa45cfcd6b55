/** Where the server keeps the pictures of questions, by hash. */
const ON_SERVER = /\/api\/v1\/questions\/media\/([0-9a-f]{64})/g;

/** Pictures that are on this page already, as addresses of its own. */
const here = new Map<string, string>();

/** Shows the picture of this hash from the page's own memory from now on, whatever becomes of the network. */
export function providePicture(hash: string, picture: Blob): void {
  if (!here.has(hash)) here.set(hash, URL.createObjectURL(picture));
}

/** Lets go of all pictures. */
export function forgetPictures(): void {
  for (const address of here.values()) URL.revokeObjectURL(address);
  here.clear();
}

/** A text that shows those pictures from here that are here. */
export function withPictures(html: string): string {
  if (here.size === 0) return html;
  return html.replace(ON_SERVER, (address, hash: string) => here.get(hash) ?? address);
}
