import type { ReactElement } from "react";
import { CandidateViewContext, type CandidateViewProps } from "../authoring/candidateView";
import { RichText } from "../rich";

/** Stands in for the player's own view of a question, which lies in another feature: the stem, and options to choose. */
function View({ view: { stem_html, interaction }, response, onChange }: CandidateViewProps) {
  const chosen = response?.type === "single_choice" ? response.choice : null;
  return (
    <fieldset>
      <legend>
        <RichText html={stem_html} />
      </legend>
      {interaction.type === "single_choice" &&
        interaction.options.map(({ id, html }) => (
          <label key={id}>
            <input
              type="radio"
              checked={chosen === id}
              onChange={() => onChange({ type: "single_choice", choice: id })}
            />
            <RichText inline html={html} />
          </label>
        ))}
    </fieldset>
  );
}

export const withCandidateView = (page: ReactElement) => (
  <CandidateViewContext value={View}>{page}</CandidateViewContext>
);
