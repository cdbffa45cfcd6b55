import { useId } from "react";
import { InteractionView } from "@/features/attempt/interactions/Interaction";
import type { CandidateViewProps } from "@/shared/authoring/candidateView";
import { randomUuid } from "@/shared/lib/uuid";
import { RichText } from "@/shared/rich";

/** A question drawn with the player's own parts. */
export function CandidateView({ view, stimulusHtml, response, onChange }: CandidateViewProps) {
  const stem = useId();
  return (
    <div className="flex flex-col gap-5">
      {stimulusHtml && (
        <div className="max-h-80 overflow-y-auto rounded-lg border border-line bg-surface p-4">
          <RichText html={stimulusHtml} />
        </div>
      )}
      <div id={stem}>
        <RichText html={view.stem_html} className="text-lg" />
      </div>
      <InteractionView
        question={{
          id: "",
          number: 1,
          section: 0,
          points: 1,
          stimulus: null,
          ...view,
        }}
        response={response}
        askedBy={stem}
        disabled={false}
        onChange={onChange}
        onSettle={() => undefined}
        files={{
          waiting: [],
          retry: () => undefined,
          // Trying a question leaves nothing behind: the file is named, and not sent.
          add: ({ name, size }) =>
            onChange({
              type: "file_upload",
              files: [
                ...(response?.type === "file_upload" ? response.files : []),
                { id: randomUuid(), name, bytes: size },
              ],
            }),
        }}
      />
    </div>
  );
}
