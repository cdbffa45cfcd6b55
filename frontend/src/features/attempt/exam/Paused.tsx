import { CirclePause } from "lucide-react";
import { useEffect } from "react";
import type { Attempt } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { inWords } from "@/shared/time";
import { announce, EmptyState } from "@/shared/ui";

/** An invigilator has stopped the clock: the paper is out of sight, and as much time is left as there was. */
export function Paused({
  attempt: { deadline, paused_at: pausedAt },
}: {
  attempt: Pick<Attempt, "deadline" | "paused_at">;
}) {
  const { t, i18n } = useTranslation("attempt");
  const title = t("paused.title");
  // An effect, because speech follows a change that has been drawn.
  useEffect(() => announce(title), [title]);
  return (
    <main className="mx-auto flex w-full max-w-2xl flex-1 flex-col justify-center px-4 py-12">
      <h1 tabIndex={-1} className="sr-only">
        {title}
      </h1>
      <EmptyState icon={<CirclePause />} title={title}>
        {t("paused.lead")}
        {deadline !== null && pausedAt !== null && (
          <span className="tabular mt-3 block font-medium text-ink">
            {t("paused.left", {
              time: inWords(Date.parse(deadline) - Date.parse(pausedAt), i18n.language),
            })}
          </span>
        )}
      </EmptyState>
    </main>
  );
}
