import { useQuery } from "@tanstack/react-query";
import type { ApiError, QuestionView } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { moment } from "@/shared/time";
import { Button, Dialog, ErrorNote, Loading } from "@/shared/ui";
import { diffQuery } from "../api/diffVersions";
import { Changes } from "../versions/Changes";

/** Somebody else saved the question meanwhile: shows what they changed, and asks whose text goes on. */
export function ConflictDialog({
  error,
  mine,
  onTakeTheirs,
  onKeepMine,
  onClose,
}: {
  error: ApiError;
  /** The version that the author began from. */
  mine: QuestionView;
  onTakeTheirs: () => void;
  onKeepMine: (version: number) => void;
  onClose: () => void;
}) {
  const { t, i18n } = useTranslation("questions");
  const { version, saved_at: savedAt } = error.facts;
  const theirs = typeof version === "number" ? version : mine.version + 1;
  const diff = useQuery(diffQuery(mine.id, mine.version, theirs));
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("conflict.title")}
      description={
        typeof savedAt === "string"
          ? t("conflict.leadAt", { version: theirs, at: moment(savedAt, i18n.language) })
          : t("conflict.lead", { version: theirs })
      }
      width="lg"
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            {t("conflict.back")}
          </Button>
          <Button onClick={onTakeTheirs}>{t("conflict.theirs")}</Button>
          <Button look="primary" onClick={() => onKeepMine(theirs)}>
            {t("conflict.mine")}
          </Button>
        </>
      }
    >
      <h3 className="mt-4 mb-2 font-semibold">{t("conflict.changes")}</h3>
      {diff.error ? (
        <ErrorNote error={diff.error} />
      ) : diff.data ? (
        <Changes changes={diff.data.changes} />
      ) : (
        <Loading />
      )}
    </Dialog>
  );
}
