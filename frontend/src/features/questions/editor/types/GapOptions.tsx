import type { GapKind, GapOption } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { TextField } from "@/shared/ui";
import { letterOf, nextLetter } from "../../model/ids";
import { Spot } from "../findings";
import { AddButton, Letter, ListFinding, RemoveButton } from "../parts";

type Choice = Extract<GapKind, { kind: "choice" }>;
const OPTIONS_MAX = 40;

/** The options of a gap: plain text, because the browser's own list shows nothing else. */
export function GapOptions({
  path,
  input,
  onChange,
}: {
  path: string;
  input: Choice;
  onChange: (input: Choice) => void;
}) {
  const { t } = useTranslation("questions");
  const become = (options: GapOption[]) => onChange({ ...input, options });
  const { options } = input;
  return (
    <div className="flex flex-col items-start gap-2">
      {options.map((option, place) => {
        const name = t("option.name", { letter: letterOf(place) });
        return (
          <div key={option.id} className="flex w-full items-start gap-1">
            <Letter>{letterOf(place)}</Letter>
            <Spot path={`${path}.options[${place}].text`} className="min-w-0 flex-1">
              {(error) => (
                <TextField
                  label={name}
                  labelHidden
                  value={option.text}
                  error={error}
                  onChange={(event) =>
                    become(
                      options.map((one) =>
                        one.id === option.id ? { ...one, text: event.target.value } : one,
                      ),
                    )
                  }
                />
              )}
            </Spot>
            <RemoveButton
              label={t("option.remove", { name })}
              disabled={options.length <= 1}
              onClick={() => become(options.filter((one) => one.id !== option.id))}
            />
          </div>
        );
      })}
      <ListFinding path={`${path}.options`} />
      <AddButton
        disabled={options.length >= OPTIONS_MAX}
        onClick={() =>
          become([...options, { id: nextLetter(options.map((one) => one.id)), text: "" }])
        }
      >
        {t("option.add")}
      </AddButton>
    </div>
  );
}
