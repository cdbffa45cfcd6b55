import { useMutation } from "@tanstack/react-query";
import { useEffect, useId, useState } from "react";
import { useTranslation } from "../i18n";
import { Button, Dialog, ErrorNote, FileDrop, TextField } from "../ui";
import { uploadMedia } from "./uploadMedia";

/** Formats that every browser shows and that hold no script. */
const IMAGE_TYPES = ["image/png", "image/jpeg", "image/gif", "image/webp"];
/** Megabytes of an image; larger ones make a paper slow to load. */
const IMAGE_MEGABYTES_MAX = 5;

/** An image with the words that stand for it. */
export function ImageDialog({
  start,
  onInsert,
  onClose,
}: {
  /** An image that was pasted or dropped. */
  start: File | null;
  onInsert: (image: string) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation("author");
  const form = useId();
  const [file, setFile] = useState(start);
  const [words, setWords] = useState("");
  const [shown, setShown] = useState<string | null>(null);
  const wrong =
    file === null
      ? null
      : !IMAGE_TYPES.includes(file.type)
        ? t("image.wrongType")
        : file.size > IMAGE_MEGABYTES_MAX * 1024 * 1024
          ? t("image.tooLarge", { most: IMAGE_MEGABYTES_MAX })
          : null;
  // An effect, because the address of a file in memory has to be given back.
  useEffect(() => {
    if (file === null || wrong !== null) {
      setShown(null);
      return;
    }
    const address = URL.createObjectURL(file);
    setShown(address);
    return () => URL.revokeObjectURL(address);
  }, [file, wrong]);
  const upload = useMutation({
    mutationFn: (image: File) => uploadMedia(image),
    onSuccess: (media) => onInsert(`![${words.trim().replace(/[[\]]/g, "")}](${media.reference})`),
  });
  const ready = file !== null && wrong === null && words.trim() !== "";
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("image.title")}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button
            look="primary"
            type="submit"
            form={form}
            disabled={!ready}
            busy={upload.isPending}
          >
            {t("insert")}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="mt-2 flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          if (ready) upload.mutate(file);
        }}
      >
        {shown === null ? (
          <FileDrop
            label={t("image.choose")}
            hint={wrong ?? t("image.hint", { most: IMAGE_MEGABYTES_MAX })}
            accept={IMAGE_TYPES.join(",")}
            onFile={setFile}
          />
        ) : (
          <div className="flex flex-col items-center gap-2 rounded-md border border-line bg-ground p-3">
            <img src={shown} alt={words} className="max-h-64 max-w-full rounded bg-[#ffffff]" />
            <Button size="sm" look="quiet" onClick={() => setFile(null)}>
              {t("image.another")}
            </Button>
          </div>
        )}
        <TextField
          label={t("image.words")}
          hint={t("image.wordsHint")}
          value={words}
          onChange={(event) => setWords(event.target.value)}
          maxLength={500}
        />
        {upload.error && <ErrorNote error={upload.error} />}
      </form>
    </Dialog>
  );
}
