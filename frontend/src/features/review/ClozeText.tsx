import type { Interaction } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { RichText } from "@/shared/rich";

const GAP_LOOK =
  "mx-1 inline-block rounded-md border border-dashed border-edge bg-sunken px-2 text-sm text-muted";

/** The text of a cloze to read: where a gap is, its number stands. */
export function ClozeText({ interaction }: { interaction: Interaction & { type: "cloze" } }) {
  const { t } = useTranslation("review");
  const parsed = new DOMParser().parseFromString(interaction.html, "text/html");
  for (const place of parsed.querySelectorAll("[data-gap]")) {
    const index = interaction.gaps.findIndex(({ id }) => id === place.getAttribute("data-gap"));
    if (index < 0) continue;
    place.textContent = t("gap", { number: index + 1 });
    place.className = GAP_LOOK;
  }
  return <RichText html={parsed.body.innerHTML} className="mt-3 leading-loose" />;
}
