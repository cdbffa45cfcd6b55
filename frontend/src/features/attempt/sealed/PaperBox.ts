import type { Attempt, CandidatePaper, OpenedAttempt, Unsealing } from "@/shared/api";
import { forgetPictures, providePicture } from "@/shared/rich";
import type { AttemptAccess } from "../api/attemptApi";
import { getPaper } from "../api/getPaper";
import { startAttempt } from "../api/startAttempt";
import { forgetSealed, keepSealed, keptSealed } from "../journal/device";
import { arrange, type WholePaper } from "./arrange";
import { prepareUnsealing, unseal } from "./unseal";

/**
 * The paper, fetched sealed while the candidate waits: the start's small answer opens it, so that ten thousand who start
 * at once fetch nothing. What goes wrong here costs a moment, not the exam: then the paper is asked for.
 */
export class PaperBox {
  readonly #access: AttemptAccess;
  readonly #here = new Map<string, Promise<Uint8Array>>();

  constructor(access: AttemptAccess) {
    this.#access = access;
  }

  /** Fetches what lies sealed; whatever fails is fetched when it is needed. */
  async fetchAhead(files: OpenedAttempt["sealed"]): Promise<void> {
    // A server of the version before says nothing of sealed files.
    if (!files) return;
    await prepareUnsealing();
    const all = [files.paper, ...files.media].map(({ sha256 }) => this.#sealed(sha256));
    await Promise.allSettled(all);
  }

  /** Starts the working time, and opens the paper. */
  async start(lease: number): Promise<{ attempt: Attempt; paper: CandidatePaper }> {
    const { attempt, unseal } = await startAttempt(this.#access, lease);
    const paper = await this.#open(unseal).catch(() => null);
    return { attempt, paper: paper ?? (await getPaper(this.#access)) };
  }

  /** Lets go of everything that was fetched. */
  async forget(): Promise<void> {
    const kept = [...this.#here.keys()];
    this.#here.clear();
    forgetPictures();
    await forgetSealed(kept);
  }

  async #open({ paper, key, arrangement }: Unsealing): Promise<CandidatePaper | null> {
    if (paper === null || key === null) return null;
    const content = await unseal(await this.#sealed(paper.sha256), key);
    const whole: WholePaper = JSON.parse(new TextDecoder().decode(content));
    // Nobody waits for a picture: until it is opened, the server's own address stands in the text.
    const pictures = Object.entries(whole.media).map(([hash, one]) =>
      this.#sealed(one.sealed)
        .then((sealed) => unseal(sealed, one.key))
        .then((bytes) => providePicture(hash, new Blob([bytes.slice()], { type: one.media_type }))),
    );
    await Promise.allSettled(pictures);
    return arrange(this.#access.attemptId, whole, arrangement);
  }

  #sealed(sha256: string): Promise<Uint8Array> {
    const known = this.#here.get(sha256);
    if (known !== undefined) return known;
    const fetched = fetchSealed(sha256);
    this.#here.set(sha256, fetched);
    fetched.catch(() => this.#here.delete(sha256));
    return fetched;
  }
}

async function fetchSealed(sha256: string): Promise<Uint8Array> {
  const kept = await keptSealed(sha256);
  if (kept !== null) return kept;
  const reply = await fetch(`/api/v1/exams/sealed/${sha256}`);
  if (!reply.ok) throw new Error(`sealed file: ${reply.status}`);
  const bytes = new Uint8Array(await reply.arrayBuffer());
  void keepSealed(sha256, bytes);
  return bytes;
}
