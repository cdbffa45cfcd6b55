import { BookOpen, ChevronDown } from "lucide-react";
import { useId, useState } from "react";
import { useTranslation } from "@/shared/i18n";
import { cx } from "@/shared/lib/cx";
import { RichText } from "@/shared/rich";

/** The passage that questions are about: beside the question where there is room, else above it and foldable. */
export function Stimulus({ html }: { html: string }) {
  const { t } = useTranslation("attempt");
  const [open, setOpen] = useState(true);
  const id = useId();
  return (
    <section
      aria-label={t("passage.title")}
      className="min-w-0 self-start rounded-lg border border-line bg-surface xl:sticky xl:top-[calc(var(--bar)+1.5rem)]"
    >
      <h2 className="hidden items-center gap-2 border-b border-line px-5 py-3 text-sm font-semibold text-muted xl:flex">
        <BookOpen aria-hidden className="size-4.5" />
        {t("passage.title")}
      </h2>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="flex min-h-11 w-full items-center gap-2 px-4 py-2 text-start font-semibold xl:hidden"
      >
        <BookOpen aria-hidden className="size-4.5 text-muted" />
        <span className="flex-1">{open ? t("passage.fold") : t("passage.unfold")}</span>
        <ChevronDown
          aria-hidden
          className={cx("size-5 text-muted transition-transform", open && "rotate-180")}
        />
      </button>
      <div
        id={id}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
        tabIndex={0}
        className={cx(
          "max-h-[50dvh] overflow-y-auto px-4 pb-4 xl:block xl:max-h-[calc(100dvh-var(--bar)-11rem)] xl:px-6 xl:py-5",
          !open && "hidden",
        )}
      >
        <RichText html={html} />
      </div>
    </section>
  );
}
