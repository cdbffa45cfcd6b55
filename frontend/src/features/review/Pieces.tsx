import type { HtmlChoice, Interaction } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { RichText } from "@/shared/rich";

/** What there was to match or to put in order, as it was given. */
export function Pieces({ interaction }: { interaction: Interaction }) {
  const { t } = useTranslation("review");
  if (interaction.type === "ordering")
    return <Given title={t("toOrder")} pieces={interaction.items} />;
  if (interaction.type !== "matching") return null;
  return (
    <div className="grid gap-x-4 sm:grid-cols-2">
      <Given title={t("toMatch")} pieces={interaction.prompts} />
      <Given title={t("matchWith")} pieces={interaction.targets} />
    </div>
  );
}

function Given({ title, pieces }: { title: string; pieces: readonly HtmlChoice[] }) {
  return (
    <section className="mt-3">
      <h3 className="mb-1 text-sm font-semibold text-muted">{title}</h3>
      <ul className="flex list-disc flex-col gap-1 ps-5">
        {pieces.map(({ id, html }) => (
          <li key={id}>
            <RichText html={html} inline />
          </li>
        ))}
      </ul>
    </section>
  );
}
