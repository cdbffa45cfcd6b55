import type { Solution } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { RichText } from "@/shared/rich";

/** What the author says about the answer, and why the right one is right. */
export function Explanations({ solution }: { solution: Solution }) {
  const { t } = useTranslation("review");
  const { feedback, model_answer_html: modelAnswer } = solution;
  const said = [
    ...feedback.parts.map(({ part, html }) => ({
      key: `part ${part}`,
      title: t("feedback"),
      html,
    })),
    { key: "general", title: t("feedback"), html: feedback.general_html },
    { key: "explanation", title: t("explanation"), html: feedback.explanation_html },
    { key: "model", title: t("modelAnswer"), html: modelAnswer },
  ].filter(({ html }) => html !== null && html.trim() !== "");
  if (said.length === 0) return null;
  return (
    <div className="mt-4 flex flex-col gap-3 rounded-lg bg-accent-soft px-4 py-3">
      {said.map(({ key, title, html }, index) => (
        <section key={key}>
          {/* Several remarks in a row stand under one title. */}
          {title !== said[index - 1]?.title && (
            <h3 className="mb-1 text-sm font-semibold text-accent">{title}</h3>
          )}
          <RichText html={html ?? ""} />
        </section>
      ))}
    </div>
  );
}
