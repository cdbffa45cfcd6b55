import type { Interaction } from "@/shared/api";
import type { Translate } from "@/shared/i18n";
import { plainText } from "@/shared/rich";

/** What a part of a question is called: the words of an option, prompt or item, or the number of a gap. */
export function partName(interaction: Interaction, part: string, t: Translate<"review">): string {
  const words = (parts: readonly { id: string; html: string }[]) =>
    plainText(parts.find(({ id }) => id === part)?.html ?? part);
  switch (interaction.type) {
    case "single_choice":
    case "multiple_choice":
      return words(interaction.options);
    case "matching":
      return words(interaction.prompts);
    case "ordering":
      return words(interaction.items);
    case "cloze":
      return t("gap", { number: interaction.gaps.findIndex(({ id }) => id === part) + 1 });
    default:
      return part;
  }
}
