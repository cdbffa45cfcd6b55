import { api, type MediaUploaded, take } from "../api";

/** Keeps an image for questions; texts name it by its hash. */
export function uploadMedia(file: File): Promise<MediaUploaded> {
  const form = new FormData();
  form.set("file", file);
  return take(
    api.POST("/api/v1/questions/media", {
      body: { file: file.name },
      bodySerializer: () => form,
    }),
  );
}
