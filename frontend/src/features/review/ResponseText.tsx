import { FileText } from "lucide-react";
import type { HtmlChoice, Interaction, QuestionResponse } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { RichText } from "@/shared/rich";

/** A response as words, whatever its type. */
export function ResponseText({
  interaction,
  response,
}: {
  interaction: Interaction;
  response: QuestionResponse | null;
}) {
  const { t } = useTranslation("review");
  const nothing = <p className="text-muted italic">{t("noAnswer")}</p>;
  if (response === null || response.type !== interaction.type) return nothing;
  switch (response.type) {
    case "single_choice": {
      const chosen = optionsOf(interaction).filter(({ id }) => id === response.choice);
      return chosen.length === 0 ? nothing : <Choices options={chosen} />;
    }
    case "multiple_choice": {
      const chosen = optionsOf(interaction).filter(({ id }) => response.choices.includes(id));
      return chosen.length === 0 ? nothing : <Choices options={chosen} />;
    }
    case "true_false":
      return response.value === null ? nothing : <p>{response.value ? t("true") : t("false")}</p>;
    case "short_text":
      return response.text.trim() === "" ? nothing : <p>{response.text}</p>;
    case "essay":
      return response.text.trim() === "" ? (
        nothing
      ) : (
        <p className="whitespace-pre-wrap">{response.text}</p>
      );
    case "numeric":
      return response.text.trim() === "" ? (
        nothing
      ) : (
        <p className="tabular">{[response.text, response.unit].filter(Boolean).join(" ")}</p>
      );
    case "cloze": {
      const gaps = interaction.type === "cloze" ? interaction.gaps : [];
      return (
        <ol className="flex list-decimal flex-col gap-1 ps-5">
          {gaps.map((gap) => {
            const given = response.gaps[gap.id] ?? "";
            const words = gap.options.find(({ id }) => id === given)?.text ?? given;
            return (
              <li key={gap.id}>
                {words === "" ? <span className="text-muted italic">{t("noAnswer")}</span> : words}
              </li>
            );
          })}
        </ol>
      );
    }
    case "matching": {
      if (interaction.type !== "matching") return nothing;
      return (
        <ul className="flex flex-col gap-1.5">
          {interaction.prompts.map((prompt) => {
            const target = interaction.targets.find(({ id }) => id === response.pairs[prompt.id]);
            return (
              <li key={prompt.id} className="flex flex-wrap gap-x-2">
                <RichText html={prompt.html} inline className="font-medium" />
                <span aria-hidden="true">→</span>
                {target ? (
                  <RichText html={target.html} inline />
                ) : (
                  <span className="text-muted italic">{t("noAnswer")}</span>
                )}
              </li>
            );
          })}
        </ul>
      );
    }
    case "ordering": {
      const items = interaction.type === "ordering" ? interaction.items : [];
      const ordered = response.order.flatMap((id) => items.find((item) => item.id === id) ?? []);
      return ordered.length === 0 ? (
        nothing
      ) : (
        <ol className="flex list-decimal flex-col gap-1 ps-5">
          {ordered.map((item) => (
            <li key={item.id}>
              <RichText html={item.html} inline />
            </li>
          ))}
        </ol>
      );
    }
    case "file_upload":
      return response.files.length === 0 ? (
        nothing
      ) : (
        <ul className="flex flex-col gap-1">
          {response.files.map((file) => (
            <li key={file.id} className="flex items-center gap-2">
              <FileText aria-hidden className="size-4 text-muted" />
              {file.name}
            </li>
          ))}
        </ul>
      );
  }
}

function optionsOf(interaction: Interaction): HtmlChoice[] {
  return interaction.type === "single_choice" || interaction.type === "multiple_choice"
    ? interaction.options
    : [];
}

function Choices({ options }: { options: HtmlChoice[] }) {
  return (
    <ul className="flex flex-col gap-1">
      {options.map((option) => (
        <li key={option.id}>
          <RichText html={option.html} inline />
        </li>
      ))}
    </ul>
  );
}
