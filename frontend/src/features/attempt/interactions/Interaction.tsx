import type { CandidateQuestion, QuestionResponse } from "@/shared/api";
import { emptyResponse } from "../response";
import { Cloze } from "./Cloze";
import { Essay } from "./Essay";
import { type Files, FileUpload } from "./FileUpload";
import { Matching } from "./Matching";
import { MultipleChoice } from "./MultipleChoice";
import { Numeric } from "./Numeric";
import { Ordering } from "./Ordering";
import { ShortText } from "./ShortText";
import { SingleChoice } from "./SingleChoice";
import { TrueFalse } from "./TrueFalse";
import type { ResponseOf } from "./types";

/** The way a question is answered, whatever its type. */
export function InteractionView({
  question,
  response,
  askedBy,
  disabled,
  onChange,
  onSettle,
  files,
}: {
  question: CandidateQuestion;
  response: QuestionResponse | undefined;
  askedBy: string;
  disabled: boolean;
  onChange: (response: QuestionResponse) => void;
  onSettle: () => void;
  files: Files;
}) {
  const { interaction } = question;
  const common = { onChange, onSettle, askedBy };
  const drawn = () => {
    switch (interaction.type) {
      case "single_choice":
        return (
          <SingleChoice {...common} interaction={interaction} response={given(interaction.type)} />
        );
      case "multiple_choice":
        return (
          <MultipleChoice
            {...common}
            interaction={interaction}
            response={given(interaction.type)}
          />
        );
      case "true_false":
        return (
          <TrueFalse {...common} interaction={interaction} response={given(interaction.type)} />
        );
      case "short_text":
        return (
          <ShortText {...common} interaction={interaction} response={given(interaction.type)} />
        );
      case "numeric":
        return <Numeric {...common} interaction={interaction} response={given(interaction.type)} />;
      case "cloze":
        return <Cloze {...common} interaction={interaction} response={given(interaction.type)} />;
      case "matching":
        return (
          <Matching {...common} interaction={interaction} response={given(interaction.type)} />
        );
      case "ordering":
        return (
          <Ordering {...common} interaction={interaction} response={given(interaction.type)} />
        );
      case "essay":
        return <Essay {...common} interaction={interaction} response={given(interaction.type)} />;
      case "file_upload":
        return (
          <FileUpload
            {...common}
            interaction={interaction}
            response={given(interaction.type)}
            files={files}
          />
        );
      case "description":
        return null;
    }
  };
  /** The response if it is of the question's type, else the empty one. */
  function given<K extends QuestionResponse["type"]>(type: K): ResponseOf<K> {
    return (response?.type === type ? response : emptyResponse(interaction)) as ResponseOf<K>;
  }
  if (interaction.type === "description") return null;
  return (
    <fieldset disabled={disabled} className="min-w-0">
      {drawn()}
    </fieldset>
  );
}
