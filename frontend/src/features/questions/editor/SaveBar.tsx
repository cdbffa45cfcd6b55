import { MessageSquarePlus } from "lucide-react";
import { useState } from "react";
import type { QuestionView } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { moment } from "@/shared/time";
import { Button, TextField } from "@/shared/ui";

const NOTE_CHARS_MAX = 500;

/** Always in reach: whether something is unsaved, and the two ways to save it. */
export function SaveBar({
  stored,
  dirty,
  busy,
  onSave,
}: {
  stored: QuestionView | null;
  dirty: boolean;
  /** Which of the two is under way. */
  busy: "draft" | "ready" | null;
  onSave: (state: "draft" | "ready", note: string) => void;
}) {
  const { t, i18n } = useTranslation("questions");
  const [note, setNote] = useState<string | null>(null);
  const [noted, setNoted] = useState(stored);
  // A note belongs to one save: it goes when that has succeeded, not when it was tried.
  if (stored !== noted) {
    setNoted(stored);
    setNote(null);
  }
  const save = (state: "draft" | "ready") => onSave(state, note ?? "");
  const status = dirty
    ? t("save.unsaved")
    : stored === null
      ? t("save.new")
      : t("save.saved", {
          version: stored.version,
          at: moment(stored.saved_at, i18n.language),
        });
  return (
    <div className="sticky bottom-0 z-20 -mx-4 mt-8 border-t border-line bg-surface px-4 py-3 shadow-raised sm:-mx-8 sm:px-8">
      {note !== null && (
        <TextField
          className="mb-3 max-w-2xl"
          label={t("save.note")}
          placeholder={t("save.notePlaceholder")}
          value={note}
          maxLength={NOTE_CHARS_MAX}
          autoFocus
          onChange={(event) => setNote(event.target.value)}
        />
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p role="status" className="me-auto text-sm text-muted">
          {status}
          {dirty && stored?.frozen && (
            <span className="block">{t("save.frozen", { version: stored.version })}</span>
          )}
        </p>
        {note === null && stored !== null && (
          <Button look="quiet" icon={<MessageSquarePlus aria-hidden />} onClick={() => setNote("")}>
            {t("save.addNote")}
          </Button>
        )}
        <Button busy={busy === "draft"} onClick={() => save("draft")}>
          {t("save.draft")}
        </Button>
        <Button look="primary" busy={busy === "ready"} onClick={() => save("ready")}>
          {t("save.ready")}
        </Button>
      </div>
    </div>
  );
}
